/** What stands around the bot: the world on disk, the scene, the clock that moves on, the newsdesk. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseArticle } from '../../src/articles/format.ts';
import { MovableClock } from '../../src/playground/clock.ts';
import { fileName, MAX_DROPPED_BYTES } from '../../src/playground/newsdesk.ts';
import { CHANNEL, CHATS, FORUM, GROUP, LAN, TOM } from '../../src/playground/scene.ts';
import { currentChat, showChat, showPosts } from '../../src/playground/show.ts';
import { openStage, type Stage } from '../../src/playground/stage.ts';
import { Travel } from '../../src/playground/travel.ts';
import type { Message } from '../../src/playground/wire.ts';
import { callBotApi } from '../tools/botApiClient.ts';
import { VirtualClock } from '../tools/virtualClock.ts';

const DAY = 86_400_000;

let dir: string;
let stage: Stage;
const bugs: unknown[] = [];

const open = (): Promise<Stage> =>
  openStage({
    dir: join(dir, 'playground'),
    library: join(dir, 'library'),
    onBug: (error) => bugs.push(error),
  });

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'diemtin-stage-'));
  mkdirSync(join(dir, 'library'));
  stage = await open();
  stage.begin();
});

afterEach(async () => {
  await stage.close();
  rmSync(dir, { recursive: true, force: true });
  expect(bugs).toEqual([]);
});

/** Ends the playground and starts it again. */
async function restart(): Promise<void> {
  await stage.close();
  stage = await open();
  stage.begin();
}

const chat = (id: number) => {
  const state = currentChat(stage.api.state, id);
  if (state === null) throw new Error(`no chat ${id}`);
  return showChat(stage.api.state, state);
};

describe('the scene', () => {
  it('has two people, a group and a forum with the bot, and a channel that waits for it', () => {
    expect(CHATS.map((id) => [chat(id).kind, chat(id).bot])).toEqual([
      ['private', 'member'],
      ['private', 'member'],
      ['group', 'member'],
      ['forum', 'member'],
      ['channel', 'out'],
    ]);
    expect(chat(FORUM).topics.map(({ name }) => name)).toEqual(['General', 'Thời sự', 'Thể thao']);
    expect(chat(GROUP).members).toEqual([
      { personId: LAN, role: 'owner' },
      { personId: TOM, role: 'member' },
    ]);
    expect(stage.api.updates.pending).toBe(0);
  });
});

describe('the world on disk', () => {
  it('is there again after a restart: what was said, who is where, what the clock says', async () => {
    const { api, clock } = stage;
    const lan = api.world.person(LAN);
    lan.says('/start');
    const { result } = await callBotApi(api, 'sendMessage', { chat_id: LAN, text: 'một' });
    const id = (result as Message).message_id;
    await callBotApi(api, 'editMessageText', { chat_id: LAN, message_id: id, text: 'hai' });
    await callBotApi(api, 'setMyCommands', { commands: [{ command: 'latest', description: 'Tin mới' }] });
    api.world.room(CHANNEL).setBot('administrator', { rights: { can_post_messages: true } });
    const topic = chat(FORUM).topics[1]?.id ?? 0;
    api.world.room(FORUM).closeTopic(topic);
    lan.blocks();
    clock.moveTo(clock.now() + 3 * DAY);
    const before = CHATS.map(chat);
    await restart();
    expect(stage.isContinued).toBe(true);
    expect(CHATS.map(chat)).toEqual(before);
    expect(stage.api.posts(LAN).map(({ text, edits }) => [text, edits])).toEqual([
      ['/start', 0],
      ['hai', 1],
    ]);
    expect([...stage.api.profile.commands]).toHaveLength(1);
    expect(stage.clock.offsetMs).toBe(clock.offsetMs);
    const next = await callBotApi(stage.api, 'sendMessage', { chat_id: TOM, text: 'x' });
    expect(next.status).toBe(403);
    stage.api.world.person(LAN).unblocks();
    const sent = await callBotApi(stage.api, 'sendMessage', { chat_id: LAN, text: 'ba' });
    expect((sent.result as Message).message_id).toBeGreaterThan(id);
  });

  it('follows a group that was upgraded', async () => {
    stage.api.world.room(GROUP).migrate();
    const { id } = chat(GROUP);
    await restart();
    expect(chat(GROUP)).toMatchObject({ id, kind: 'group', canUpgrade: false });
    expect(chat(GROUP).members).toHaveLength(2);
  });

  it('keeps the newest messages of a long chat', async () => {
    const lan = stage.api.world.person(LAN);
    for (let number = 1; number <= 400; number++) lan.sends(GROUP, `lời ${number}`);
    await restart();
    expect(stage.api.posts(GROUP)).toHaveLength(300);
    expect(stage.api.posts(GROUP).at(-1)?.text).toBe('lời 400');
  });

  it.each(['', '{"version":1', '{"version":99}', 'null'])(
    'begins anew when the file is %j',
    async (content) => {
      stage.api.world.person(LAN).says('/start');
      await stage.close();
      writeFileSync(join(dir, 'playground', 'world.json'), content);
      stage = await open();
      expect(stage.isContinued).toBe(false);
      expect(stage.api.posts(LAN)).toEqual([]);
    },
  );

  it('is not touched before the bot runs: the folder may be another process’s', async () => {
    const other = await open();
    other.api.world.person(LAN).says('/start');
    await other.close();
    expect(readFileSync(join(dir, 'playground', 'world.json'), 'utf8')).not.toContain('/start');
  });

  it('begins anew when asked to', async () => {
    const { api, clock, newsdesk } = stage;
    api.world.person(LAN).says('/start');
    api.world.room(CHANNEL).setBot('administrator', { rights: 'all' });
    api.faults.add({ kind: 'hang', after: false });
    clock.moveTo(clock.now() + DAY);
    newsdesk.drop('tin.txt', Buffer.from('x'));
    stage.startOver();
    expect(api.posts(LAN)).toEqual([]);
    expect(chat(CHANNEL).bot).toBe('out');
    expect([api.faults.waiting, clock.offsetMs, api.updates.pending]).toEqual([0, 0, 0]);
    expect(readdirSync(join(newsdesk.dir, 'page'))).toEqual([]);
    await restart();
    expect(stage.api.posts(LAN)).toEqual([]);
  });
});

describe('messages for the page', () => {
  it('come page by page, oldest first, each topic by itself, without the deleted', () => {
    const { api } = stage;
    const lan = api.world.person(LAN);
    const [, topic] = chat(FORUM).topics;
    for (let number = 1; number <= 5; number++) lan.sends(FORUM, `chung ${number}`);
    lan.sends(FORUM, 'riêng', { threadId: topic?.id ?? 0 });
    const state = currentChat(api.state, FORUM);
    if (state === null) throw new Error('no forum');
    const texts = (threadId: number, before: number, limit: number) =>
      showPosts(api.state, state, { threadId, before, limit }).map(({ text }) => text);
    const all = Number.MAX_SAFE_INTEGER;
    expect(texts(0, all, 2)).toEqual(['chung 4', 'chung 5']);
    const fourth = api.posts(FORUM).find(({ text }) => text === 'chung 4');
    expect(texts(0, fourth?.id ?? 0, 2)).toEqual(['chung 2', 'chung 3']);
    expect(texts(topic?.id ?? 0, all, 9).at(-1)).toBe('riêng');
    if (fourth !== undefined) api.state.delete(fourth);
    expect(texts(0, all, 2)).toEqual(['chung 3', 'chung 5']);
  });
});

describe('the newsdesk', () => {
  it('writes what the bot reads as it was meant', () => {
    const title = 'Giá <script>alert(1)</script>  vàng';
    const name = stage.newsdesk.write(
      { title, text: 'Tóm tắt.\n\nThân bài.', source: 'Báo Thử' },
      '2026-01-02',
    );
    const file = readFileSync(join(stage.newsdesk.dir, 'page', name), 'utf8');
    const read = parseArticle(file, Date.UTC(2026, 0, 2));
    expect(read).toMatchObject({
      ok: true,
      content: {
        title: 'Giá <script>alert(1)</script> vàng',
        publishedAt: '2026-01-02',
        summary: 'Tóm tắt.',
        source: 'Báo Thử',
      },
    });
  });

  it('links the newsroom’s folder and never writes into it', () => {
    writeFileSync(join(dir, 'library', 'mot.txt'), 'x');
    expect(readFileSync(join(stage.newsdesk.dir, 'newsroom', 'mot.txt'), 'utf8')).toBe('x');
    stage.newsdesk.drop('mot.txt', Buffer.from('y'));
    stage.newsdesk.clear();
    expect(readdirSync(join(dir, 'library'))).toEqual(['mot.txt']);
  });

  it.each([
    ['../../../etc/passwd.txt', 'etc-passwd.txt'],
    ['Lũ sông Đà.MD', 'lu-song-da.md'],
    ['.txt', 'article.txt'],
    ['新聞.txt', 'article.txt'],
    [`${'a'.repeat(300)}.txt`, `${'a'.repeat(80)}.txt`],
  ])('makes a file name of %j', (wanted, name) => {
    expect(fileName(wanted)).toBe(name);
  });

  it('keeps two files of one name apart, and refuses what is no article', () => {
    expect(stage.newsdesk.drop('a.txt', Buffer.from('1'))).toBe('a.txt');
    expect(stage.newsdesk.drop('a.txt', Buffer.from('2'))).toBe('a-2.txt');
    expect(() => stage.newsdesk.drop('a.exe', Buffer.from('1'))).toThrow('only .txt and .md');
    expect(MAX_DROPPED_BYTES).toBeGreaterThan(1_048_576);
    expect(existsSync(join(stage.newsdesk.dir, 'page', 'a-2.txt'))).toBe(true);
  });
});

describe('the clock', () => {
  it('goes on with the real one, and only ever forward', () => {
    const real = new VirtualClock(1_000_000);
    const clock = new MovableClock(real);
    clock.moveTo(5_000_000);
    expect(clock.now()).toBe(5_000_000);
    real.jump(7);
    expect(clock.now()).toBe(5_000_007);
    clock.moveTo(2_000_000);
    expect(clock.now()).toBe(5_000_007);
    clock.setOffset(-5);
    expect(clock.now()).toBe(real.now());
  });
});

describe('a journey through time', () => {
  /** A bot with a digest every day at noon, UTC. */
  function daily(subscribed = true) {
    const real = new VirtualClock(Date.UTC(2026, 0, 1, 9));
    const clock = new MovableClock(real);
    const planned: number[] = [];
    let next: number | null = subscribed ? Date.UTC(2026, 0, 1, 12) : null;
    const behind = {
      nextSlot: () => Promise.resolve(next),
      beat: () => {
        if (next !== null && next <= clock.now()) {
          planned.push(clock.now());
          next += DAY;
        }
        return Promise.resolve();
      },
    };
    return { clock, planned, travel: new Travel(clock, behind) };
  }

  it('ends at the next digest', async () => {
    const { clock, planned, travel } = daily();
    expect(await travel.go(0)).toEqual({ moved: true });
    expect(clock.now()).toBe(Date.UTC(2026, 0, 1, 12));
    expect(planned).toEqual([Date.UTC(2026, 0, 1, 12)]);
  });

  it('stops at every digest on its way through the days', async () => {
    const { clock, planned, travel } = daily();
    await Promise.all([travel.go(2), travel.go(1)]);
    expect(planned).toEqual([1, 2, 3].map((day) => Date.UTC(2026, 0, day, 12)));
    expect(clock.now()).toBe(Date.UTC(2026, 0, 4, 9));
  });

  it('has nowhere to go while nobody is subscribed, but days pass', async () => {
    const { clock, travel } = daily(false);
    expect(await travel.go(0)).toEqual({ moved: false });
    await travel.go(1);
    expect(clock.now()).toBe(Date.UTC(2026, 0, 2, 9));
  });
});
