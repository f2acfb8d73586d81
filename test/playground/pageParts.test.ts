/** What the page decides without a browser: how entities nest, where links lead, which commands are offered. */
import { describe, expect, it } from 'vitest';
import { en } from '../../src/playground/page/en.ts';
import { formatsFor } from '../../src/playground/page/format.ts';
import { destinationOf } from '../../src/playground/page/links.ts';
import { commandsFor } from '../../src/playground/page/menu.ts';
import { segmentsOf, textOf, type Segment } from '../../src/playground/page/segments.ts';
import { Store } from '../../src/playground/page/store.ts';
import { explain, textsFor } from '../../src/playground/page/texts.ts';
import { vi } from '../../src/playground/page/vi.ts';
import type { ChatView, Hello, PostView } from '../../src/playground/protocol.ts';
import type { Entity, EntityType } from '../../src/playground/wire.ts';

/** `b[i[ab]c]d`: entities as brackets. */
function notation(segments: readonly Segment[]): string {
  return segments
    .map((segment) =>
      typeof segment === 'string'
        ? segment
        : `${segment.entity.type.charAt(0)}[${notation(segment.children)}]`,
    )
    .join('');
}

const entity = (type: EntityType, offset: number, length: number): Entity => ({ type, offset, length });

describe('entities', () => {
  it.each<[what: string, text: string, entities: Entity[], seen: string]>([
    ['none', 'abc', [], 'abc'],
    ['one', 'abcd', [entity('bold', 1, 2)], 'ab[bc]d'],
    ['side by side', 'abcd', [entity('bold', 0, 2), entity('italic', 2, 2)], 'b[ab]i[cd]'],
    ['one in another', 'abcd', [entity('italic', 1, 1), entity('bold', 0, 3)], 'b[ai[b]c]d'],
    ['two at one place', 'ab', [entity('bold', 0, 2), entity('italic', 0, 2)], 'b[i[ab]]'],
    ['sticking out of what holds it', 'abcd', [entity('bold', 0, 3), entity('italic', 2, 2)], 'b[abi[c]]d'],
    ['beyond the end', 'ab', [entity('bold', 1, 9), entity('italic', 5, 1)], 'ab[b]'],
    ['behind an emoji', '😀b', [entity('bold', 2, 1)], '😀b[b]'],
  ])('%s', (_, text, entities, seen) => {
    const segments = segmentsOf(text, entities);
    expect(notation(segments)).toBe(seen);
    expect(segments.map(textOf).join('')).toBe(text);
  });
});

describe('a link', () => {
  it.each([
    ['https://t.me/diemtin_bot?start=a_1', { kind: 'start', payload: 'a_1' }],
    ['t.me/Diemtin_Bot?start=', { kind: 'start', payload: '' }],
    ['https://t.me/diemtin_bot?start=a b', { kind: 'start', payload: '' }],
    [
      'https://t.me/diemtin_bot?startchannel&admin=post_messages',
      { kind: 'add', to: 'channel', asAdmin: true },
    ],
    ['https://t.me/diemtin_bot?startgroup', { kind: 'add', to: 'group', asAdmin: false }],
    ['https://t.me/kenh_tin_sang', { kind: 'chat', username: 'kenh_tin_sang' }],
    ['https://t.me/share/url?url=https%3A%2F%2Fe.vn&text=Tin', { kind: 'share', text: 'https://e.vn\nTin' }],
    ['https://t.me/kenh/12', { kind: 'out', url: 'https://t.me/kenh/12' }],
    ['e.vn/1', { kind: 'out', url: 'https://e.vn/1' }],
    ['http://e.vn', { kind: 'out', url: 'http://e.vn/' }],
    ['javascript:alert(1)', { kind: 'nowhere' }],
    ['data:text/html,x', { kind: 'nowhere' }],
    ['tg://user?id=1', { kind: 'nowhere' }],
    ['https://', { kind: 'nowhere' }],
  ])('%s', (url, destination) => {
    expect(destinationOf(url, 'diemtin_bot')).toEqual(destination);
  });
});

describe('the menu of commands', () => {
  const list = (command: string) => [{ command, description: command }];
  const lan = { personId: 1, language: 'vi', isAdmin: true };
  const group: Pick<ChatView, 'id' | 'kind'> = { id: -5, kind: 'group' };
  it.each<[string, Hello['commands'], Pick<ChatView, 'id' | 'kind'>, string | undefined]>([
    ['the default', [['default|', list('a')]], group, 'a'],
    [
      'the person’s language first',
      [
        ['default|', list('a')],
        ['default|vi', list('b')],
      ],
      group,
      'b',
    ],
    [
      'a narrower scope before a language',
      [
        ['default|vi', list('a')],
        ['all_group_chats|', list('b')],
      ],
      group,
      'b',
    ],
    [
      'what is for admins',
      [
        ['all_group_chats|', list('a')],
        ['all_chat_administrators|', list('b')],
      ],
      group,
      'b',
    ],
    [
      'one member',
      [
        ['chat:-5:0|', list('a')],
        ['chat_member:-5:1|', list('b')],
      ],
      group,
      'b',
    ],
    [
      'nothing of a group in private',
      [['all_group_chats|', list('a')]],
      { id: 1, kind: 'private' },
      undefined,
    ],
    [
      'nothing in an empty list',
      [
        ['chat:-5:0|', []],
        ['default|', list('a')],
      ],
      group,
      'a',
    ],
  ])('has %s', (_, commands, chat, first) => {
    expect(commandsFor(commands, chat, lan)[0]?.command).toBe(first);
  });
});

describe('the page’s language', () => {
  it('is the chosen one, otherwise the browser’s', () => {
    expect([
      textsFor('en', 'vi-VN'),
      textsFor(null, 'vi-VN'),
      textsFor(null, 'de'),
      textsFor('fr', 'vi'),
    ]).toEqual([en, vi, en, vi]);
  });

  it('says the same things in both, none of them empty', () => {
    const shape = (value: unknown): unknown =>
      typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shape(inner)]))
        : typeof value === 'string'
          ? value.trim() !== ''
          : typeof value;
    expect(shape(vi)).toEqual(shape(en));
  });

  it('explains refusals, and shows those that it does not know as they are', () => {
    expect(explain(vi, 'Bad Request: message is too long')).toBe(vi.errors.tooLong);
    expect(explain(en, 'something else')).toBe('something else');
  });

  it('shows times in the newsroom’s zone', () => {
    const formats = formatsFor('vi', 'Asia/Ho_Chi_Minh');
    const at = Date.UTC(2025, 11, 24, 17, 5);
    expect([formats.time(at), formats.dayKey(at)]).toEqual(['00:05', '2025-12-25']);
  });
});

describe('what the page knows', () => {
  const chat = (id: number, more: Partial<ChatView> = {}): ChatView => ({
    id,
    kind: 'group',
    title: 'Nhóm',
    username: null,
    personId: null,
    members: [
      { personId: 2, role: 'member' },
      { personId: 1, role: 'owner' },
    ],
    bot: 'member',
    started: false,
    blocked: false,
    canUpgrade: true,
    topics: [],
    newest: [],
    ...more,
  });
  const store = (...chats: ChatView[]): Store =>
    new Store({ chats, people: [], clockOffsetMs: 0 } as unknown as Hello);
  const post = (chatId: number, more: Partial<PostView> = {}): PostView =>
    ({ chatId, threadId: 0, id: 1, version: 0, service: null, ...more }) as PostView;

  it('takes the owner for oneself until somebody else is chosen', () => {
    const known = store(chat(-5));
    const group = known.chat(-5);
    if (group === null) throw new Error('no group');
    expect(known.persona(group)).toEqual({ personId: 1, anonymous: false });
    known.choosePersona(-5, { personId: 2, anonymous: false });
    expect(known.voice({ chatId: -5, threadId: 0 })).toEqual({
      chatId: -5,
      threadId: 0,
      personId: 2,
      anonymous: false,
    });
    known.choosePersona(-5, { personId: 9, anonymous: true });
    expect(known.persona(group).personId).toBe(1);
  });

  it('counts what is unread, but no edits, no service messages and nothing that is open', () => {
    const known = store(chat(-5), chat(-6));
    known.openPlace({ chatId: -5, threadId: 0 });
    known.takePost(post(-5));
    known.takePost(post(-6));
    known.takePost(post(-6, { version: 1 }));
    known.takePost(post(-6, { service: { kind: 'joined' } }));
    expect([...known.unread]).toEqual([['-6/0', 1]]);
    known.openPlace({ chatId: -6, threadId: 0 });
    expect(known.unread.size).toBe(0);
  });

  it('stays in a group that becomes another chat', () => {
    const known = store(chat(-5));
    known.openPlace({ chatId: -5, threadId: 0 });
    known.takeChats([chat(-1005, { canUpgrade: false })]);
    expect(known.place).toEqual({ chatId: -1005, threadId: 0 });
  });

  it.each([
    ['#-5/0', { chatId: -5, threadId: 0 }],
    ['#-5/7', { chatId: -5, threadId: 7 }],
    ['#-5/8', { chatId: -5, threadId: 0 }],
    ['#-6/0', null],
    ['', null],
  ])('finds the place in the address %s', (hash, place) => {
    expect(store(chat(-5, { topics: [{ id: 7, name: 'Tin', closed: false }] })).placeOf(hash)).toEqual(place);
  });

  describe('of the newest messages', () => {
    const at = (id: number, more: Partial<PostView> = {}): PostView => post(-5, { id, threadId: 0, ...more });
    const newestOf = (known: Store): string =>
      (known.chat(-5)?.newest ?? [])
        .map(({ threadId, id, version }) => `${threadId}/${id}.${version}`)
        .join(' ');

    it('takes one in before it tells of it', () => {
      const known = store(chat(-5));
      const told: string[] = [];
      known.on('post', () => told.push(newestOf(known)));
      for (const id of [1, 2]) known.takePost(at(id));
      expect(told).toEqual(['0/1.0', '0/2.0']);
    });

    it('takes no older message that changes, no older state, and none that is gone', () => {
      const known = store(chat(-5, { newest: [at(5, { version: 2 })] }));
      for (const other of [at(4, { version: 9 }), at(5, { version: 1 }), at(6, { deleted: true })])
        known.takePost(other);
      expect(newestOf(known)).toBe('0/5.2');
      known.takePost(at(5, { version: 3 }));
      expect(newestOf(known)).toBe('0/5.3');
    });

    it('knows one for each topic', () => {
      const known = store(chat(-5, { newest: [at(1)] }));
      known.takePost(at(2, { threadId: 3 }));
      known.takePost(at(4));
      expect(newestOf(known)).toBe('0/4.0 3/2.0');
    });
  });
});
