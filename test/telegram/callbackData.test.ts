import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/digest/change.ts';
import {
  decodePress,
  decodeStart,
  encodePress,
  encodeStart,
  type Press,
  type StartPayload,
} from '../../src/telegram/callbackData.ts';
import { PAGES, type SettingsPress, type Target } from '../../src/telegram/settingsData.ts';

const HERE: Target = { chatId: null, threadId: 0 };

const TOKEN_CHARS = 'ABCXYZabcxyz0189_-';
const token = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...Array.from(TOKEN_CHARS)), minLength: length, maxLength: length });
/** Far more articles than any newsroom will ever have. */
const MOST_ARTICLES = 36 ** 10 - 1;
const seq = fc.integer({ min: 0, max: MOST_ARTICLES });
const page = fc.integer({ min: 0, max: 1_000_000 });
const COMMANDS = [
  ...(['latest', 'search', 'subscribe', 'unsubscribe', 'digest', 'status', 'help'] as const),
  ...(['settings', 'chats'] as const),
] as const;

/** As large as ids and names may ever be. */
const target: fc.Arbitrary<Target> = fc.record({
  chatId: fc.option(fc.maxSafeInteger()),
  threadId: fc.maxSafeNat(),
});
const minute = fc.integer({ min: 0, max: 1_439 });
const how = fc.constantFrom('add' as const, 'remove' as const, 'only' as const);
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    set: fc.constant('times' as const),
    minutes: fc.array(minute, { minLength: 1, maxLength: 3 }),
    how,
  }),
  fc.record({
    set: fc.constant('days' as const),
    days: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 7 }),
    how,
  }),
  fc.record({
    set: fc.constant('zone' as const),
    zone: fc.constantFrom('America/Argentina/ComodRivadavia', 'Etc/GMT+7', 'UTC', 'America/Port-au-Prince'),
  }),
  fc
    .tuple(minute, minute)
    .map(([from, to]): Change => ({ set: 'quiet', quiet: from === to ? null : { from, to } })),
  fc.constant<Change>({ set: 'silent' }),
  fc.record({ set: fc.constant('items' as const), maxItems: fc.option(fc.integer({ min: 1, max: 99 })) }),
  fc.record({
    set: fc.constant('style' as const),
    style: fc.constantFrom('short' as const, 'normal' as const, 'full' as const),
  }),
  fc.record({ set: fc.constant('quietDay' as const), tells: fc.boolean() }),
  fc.record({ set: fc.constant('pauseDays' as const), days: fc.integer({ min: 1, max: 366 }) }),
  fc.constant<Change>({ set: 'pause', until: null }),
);
const asked = fc.constantFrom('times' as const, 'zone' as const, 'quiet' as const, 'pause' as const);
const settings: fc.Arbitrary<SettingsPress> = fc.oneof(
  fc.record({ do: fc.constant('settings' as const), target, page: fc.constantFrom(...PAGES) }),
  fc.record({ do: fc.constant('change' as const), target, change }),
  fc.record({ do: fc.constant('begin' as const), target, minute: fc.option(minute) }),
  fc.record({ do: fc.constantFrom('end' as const, 'preview' as const), target }),
  fc.record({
    do: fc.constant('speak' as const),
    target,
    language: fc.constantFrom('vi' as const, 'en' as const),
  }),
  fc.record({ do: fc.constant('ask' as const), target, what: asked }),
);

const press: fc.Arbitrary<Press> = fc.oneof(
  fc.record({
    do: fc.constant('latest' as const),
    page,
    maxSeq: seq,
    count: fc.option(fc.integer({ min: 1, max: 999_999 })),
  }),
  fc.record({
    do: fc.constant('search' as const),
    token: token(10),
    page,
    order: fc.constantFrom('relevance' as const, 'newest' as const),
  }),
  fc.record({
    do: fc.constantFrom('open' as const, 'turn' as const, 'story' as const, 'turnStory' as const),
    id: token(12),
    page,
  }),
  fc.record({
    do: fc.constantFrom('edition' as const, 'turnEdition' as const),
    fromSeq: fc.option(seq),
    toSeq: seq,
    page,
  }),
  fc.record({ do: fc.constant('command' as const), name: fc.constantFrom(...COMMANDS) }),
  fc.record({
    do: fc.constant('language' as const),
    language: fc.constantFrom('vi' as const, 'en' as const),
  }),
  fc.record({
    do: fc.constant('sent' as const),
    chatId: fc.option(fc.maxSafeInteger()),
    day: fc.constantFrom('2025-12-24', '1999-01-01', '2028-02-29'),
    skip: page,
  }),
  fc.record({ do: fc.constant('redeliver' as const), deliveryId: seq }),
  fc.record({ do: fc.constant('chats' as const), page }),
  fc.constant({ do: 'nothing' as const }),
  settings,
);

const start: fc.Arbitrary<StartPayload> = fc.oneof(
  fc.record({ open: fc.constantFrom('article' as const, 'story' as const), id: token(12) }),
  fc.record({ open: fc.constant('search' as const), token: token(10) }),
  fc.record({ open: fc.constant('edition' as const), fromSeq: fc.option(seq), toSeq: seq, page }),
  fc.record({ open: fc.constant('sifted' as const), key: token(22), page }),
  fc.record({
    open: fc.constant('settings' as const),
    chatId: fc.maxSafeInteger(),
    threadId: fc.maxSafeNat(),
    asked: fc.option(asked),
  }),
);

describe('what a button says', () => {
  it('is understood as it was meant, within 64 bytes', () => {
    fc.assert(
      fc.property(press, (wish) => {
        const data = encodePress(wish);
        expect(decodePress(data)).toEqual(wish);
        expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
      }),
      { numRuns: 500 },
    );
  });

  it.each<[Press, string]>([
    // Written down, since messages with these buttons are years old when they are pressed.
    [{ do: 'latest', page: 2, maxSeq: 40, count: null }, 'l:2:14:'],
    [{ do: 'latest', page: 0, maxSeq: 40, count: 10 }, 'l:0:14:10'],
    [{ do: 'search', token: 'Ab_-567890', page: 1, order: 'newest' }, 's:Ab_-567890:1:n'],
    [{ do: 'search', token: 'Ab_-567890', page: 0, order: 'relevance' }, 's:Ab_-567890:0:r'],
    [{ do: 'open', id: 'article00001', page: 0 }, 'a:article00001:0'],
    [{ do: 'turn', id: 'article00001', page: 3 }, 'p:article00001:3'],
    [{ do: 'edition', fromSeq: null, toSeq: 35, page: 0 }, 'n::z:0'],
    [{ do: 'turnEdition', fromSeq: 0, toSeq: 36, page: 1 }, 'm:0:10:1'],
    [{ do: 'command', name: 'digest' }, 'c:digest'],
    [{ do: 'language', language: 'en' }, 'g:en'],
    [{ do: 'redeliver', deliveryId: 37 }, 'r:11'],
    [{ do: 'sent', chatId: null, day: '2025-12-24', skip: 8 }, 'd:2025-12-24:8'],
    [{ do: 'sent', chatId: -1_001, day: '2025-12-24', skip: 0 }, 'd:2025-12-24:0:-rt'],
    [{ do: 'nothing' }, 'x'],
    [{ do: 'chats', page: 1 }, 'k:1'],
    [{ do: 'settings', target: HERE, page: 'times' }, 'o:::=times'],
    [{ do: 'begin', target: { chatId: -1_001, threadId: 36 }, minute: 390 }, 'o:-rt:10:b390'],
    [{ do: 'begin', target: HERE, minute: null }, 'o:::b'],
    [{ do: 'end', target: HERE }, 'o:::e'],
    [{ do: 'preview', target: HERE }, 'o:::v'],
    [{ do: 'speak', target: HERE, language: 'en' }, 'o:::gen'],
    [{ do: 'ask', target: HERE, what: 'pause' }, 'o:::?p'],
    [
      { do: 'change', target: HERE, change: { set: 'times', minutes: [390, 1_080], how: 'add' } },
      'o:::t+390,1080',
    ],
    [
      { do: 'change', target: HERE, change: { set: 'days', days: [1, 2, 3, 4, 5], how: 'only' } },
      'o:::d=12345',
    ],
    [{ do: 'change', target: HERE, change: { set: 'zone', zone: 'Etc/GMT+7' } }, 'o:::zEtc/GMT+7'],
    [
      { do: 'change', target: HERE, change: { set: 'quiet', quiet: { from: 1_320, to: 360 } } },
      'o:::q1320-360',
    ],
    [{ do: 'change', target: HERE, change: { set: 'silent' } }, 'o:::qs'],
    [{ do: 'change', target: HERE, change: { set: 'items', maxItems: 5 } }, 'o:::i5'],
    [{ do: 'change', target: HERE, change: { set: 'style', style: 'full' } }, 'o:::sf'],
    [{ do: 'change', target: HERE, change: { set: 'pauseDays', days: 7 } }, 'o:::p7'],
    [{ do: 'change', target: HERE, change: { set: 'pause', until: null } }, 'o:::p'],
  ])('%j is %j', (wish, data) => {
    expect(encodePress(wish)).toBe(data);
    expect(decodePress(data)).toEqual(wish);
  });

  it.each([
    ...['', ':', 'l', 'l:1', 'l::14:', 'l:-1:14:', 'l:1.5:14:', 'l:1:14:many', 'l:9999999:14:', 'l:1:!:'],
    ...['s:token', 's::0:r', 's:tok en:0:r', `s:${'t'.repeat(21)}:0:r`, 's:token:0:', 's:token:0:x'],
    ...[
      'a:id',
      'a::0',
      'p:id:',
      'a:<b>:0',
      'n:0:5',
      'n:!:5:0',
      'n:0::0',
      'm::5:',
      'c:',
      'c:start',
      'c:toString',
    ],
    ...[
      'k:',
      'k:-1',
      'o:::',
      'o:::=',
      'o:::=constructor',
      'o:::b1440',
      'o:::b-1',
      'o:::ex',
      'o:::gfr',
      'o:::?x',
    ],
    ...[
      'o:::?constructor',
      'o:::t',
      'o:::t390',
      'o:::t+',
      'o:::t+1,',
      'o:::t+1440',
      'o:::d+7',
      'o:::d=',
      'o:::z',
    ],
    ...[
      'o:::z+07:00',
      'o:::q1-1',
      'o:::q1',
      'o:::q1-2-3',
      'o:::i0',
      'o:::i100',
      'o:::sx',
      'o:::p0',
      'o:::p9999',
    ],
    ...['o:::y', 'o:!::e', 'o:--1::e', 'o::-1:e', 'o:zzzzzzzzzzz::e', 'o::zzzzzzzzzzz:e', 'o:1:e', 'O:::e'],
    ...['g:fr', 'g:', 'r:', 'r:-1', 'r:12345678901', 'y:1', 'L:1:14:', 'constructor'],
  ])('%j is no button of ours', (data) => {
    expect(decodePress(data)).toBeNull();
  });

  it('may be anything at all, and never throws', () => {
    const letters = fc.string({
      unit: fc.constantFrom(...Array.from('lsapnmcgrxko:=+?0159abdqtz_-é🗞\n')),
      maxLength: 64,
    });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 64 }), letters), (data) => {
        const wish = decodePress(data);
        if (wish !== null) expect(decodePress(encodePress(wish))).toEqual(wish);
      }),
      { numRuns: 500 },
    );
  });
});

describe('what a link into the bot says', () => {
  it('is understood as it was meant, in at most 64 of the characters that Telegram takes', () => {
    fc.assert(
      fc.property(start, (wish) => {
        const payload = encodeStart(wish);
        expect(decodeStart(payload)).toEqual(wish);
        expect(payload).toMatch(/^[A-Za-z0-9_-]{1,64}$/u);
      }),
    );
  });

  it.each<[StartPayload, string]>([
    [{ open: 'article', id: 'article00001' }, 'a_article00001'],
    [{ open: 'article', id: '_-_-_-_-_-_-' }, 'a__-_-_-_-_-_-'],
    [{ open: 'search', token: '_-_-_-_-_-' }, 'w__-_-_-_-_-'],
    [{ open: 'edition', fromSeq: null, toSeq: 35, page: 0 }, 'n__z'],
    [{ open: 'edition', fromSeq: 35, toSeq: 36, page: 2 }, 'n_z_10_2'],
    [{ open: 'sifted', key: '_-_-_-_-_-_-_-_-_-_-_-', page: 0 }, 'q__-_-_-_-_-_-_-_-_-_-_-'],
    [{ open: 'sifted', key: '_-_-_-_-_-_-_-_-_-_-_1', page: 3 }, 'q__-_-_-_-_-_-_-_-_-_-_1_3'],
    [{ open: 'settings', chatId: -1_001, threadId: 0, asked: null }, 's_-rt_0'],
    [{ open: 'settings', chatId: 35, threadId: 36, asked: 'zone' }, 'sz_z_10'],
  ])('%j is %j', (wish, payload) => {
    expect(encodeStart(wish)).toBe(payload);
    expect(decodeStart(payload)).toEqual(wish);
  });

  it.each([
    '',
    'a_',
    'a_<b>',
    'w_',
    'w_a b',
    'n_',
    'n__',
    'n_1_',
    's_',
    's_1',
    's_1_',
    'sx_1_0',
    's_1_-1',
    's_zzzzzzzzzzz_0',
    'n_12345678901_5',
    'n__12345678901',
    'hello',
    'A_article00001',
  ])('%j leads nowhere', (payload) => {
    expect(decodeStart(payload)).toBeNull();
  });

  it('may be anything at all, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (payload) => {
        decodeStart(payload);
      }),
    );
  });
});
