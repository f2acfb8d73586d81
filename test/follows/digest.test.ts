/** What follows make of digests, and what is told at once: on a real store, through the real planner and outbox. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountFor } from '../../src/follows/account.ts';
import { MAX_ALERTS_PER_HOUR, MAX_FOLLOWS, type FollowMode } from '../../src/follows/follow.ts';
import { createAccounts } from '../../src/store/accounts.ts';
import { DAY, HOUR, MINUTE, Newsroom, SEVEN } from '../digest/newsroom.ts';

const ANNE = 1;
const BINH = 2;

let room: Newsroom;

beforeEach(async () => {
  room = await Newsroom.open();
});

afterEach(() => room.close());

/** Articles about these things; their numbers follow from the order. */
async function publish(...topics: string[]): Promise<void> {
  for (const topic of topics) await room.publish(1, (name) => `${name} ${topic}`);
}

async function follow(chatId: number, text: string, mode: FollowMode, at = SEVEN - HOUR): Promise<number> {
  const added = await room.follows.add(chatId, 0, { text, mode }, at);
  if (!added.ok) throw new Error(added.why);
  return added.follow.id;
}

/** Numbers of the articles in each message that was ever planned for a chat, in their order. */
async function planned(chatId: number): Promise<number[][]> {
  return (await room.deliveries(chatId)).map(({ articles }) => articles.map((id) => Number(id.slice(7))));
}

/** A chat that had its first digest, of what there was. */
async function settled(chatId: number): Promise<void> {
  if ((await room.articles.lastSeq()) === 0) await publish('đầu tiên');
  await room.subscribe(chatId);
  await room.tick(SEVEN);
  await room.send(chatId, SEVEN);
}

describe('a digest with follows', () => {
  it('has only what is followed, where that was chosen', async () => {
    await settled(ANNE);
    await settled(BINH);
    await follow(ANNE, 'vàng', 'only');
    await publish('giá vàng', 'bóng đá', 'vang đỏ', 'Vàng miếng');
    await room.tick(SEVEN + DAY);
    expect((await planned(ANNE)).at(-1)).toEqual([5, 2]);
    expect((await planned(BINH)).at(-1)).toEqual([5, 4, 3, 2]);
  });

  it('begins with what is followed, where that was chosen', async () => {
    await settled(ANNE);
    await follow(ANNE, 'bóng đá', 'first');
    await publish('bóng đá', 'giá vàng', 'bóng đá nữ', 'mưa');
    await room.tick(SEVEN + DAY);
    expect((await planned(ANNE)).at(-1)).toEqual([4, 2, 5, 3]);
  });

  it('leaves behind for good what was not wanted, also when nothing was', async () => {
    await settled(ANNE);
    const id = await follow(ANNE, 'vàng', 'only');
    await publish('bóng đá', 'mưa');
    await room.tick(SEVEN + DAY);
    expect(await planned(ANNE)).toHaveLength(1);
    expect((await room.store.find(ANNE, 0))?.cursor).toBe(3);
    await room.follows.remove(ANNE, 0, id);
    await publish('nắng');
    await room.tick(SEVEN + 2 * DAY);
    expect((await planned(ANNE)).at(-1)).toEqual([4]);
  });

  it('looks for the newest that match, when it is the first one', async () => {
    await publish('giá vàng', 'mưa', 'nắng');
    await room.subscribe(ANNE);
    await follow(ANNE, 'vàng', 'only');
    await room.tick(SEVEN);
    expect(await planned(ANNE)).toEqual([[1]]);
  });

  it('is one edition for all with the same follows', async () => {
    for (const chatId of [1, 2, 3]) await settled(chatId);
    for (const chatId of [1, 2]) {
      await follow(chatId, chatId === 1 ? 'vàng' : 'mưa', 'only');
      await follow(chatId, chatId === 1 ? 'mưa' : 'vàng', 'only');
    }
    await publish('giá vàng', 'mưa', 'nắng');
    await room.tick(SEVEN + DAY);
    const edition = async (chatId: number) => (await room.deliveries(chatId)).at(-1)?.editionId;
    expect(await edition(1)).toBe(await edition(2));
    expect(await edition(3)).not.toBe(await edition(1));
  });

  it('takes a follow that was made between the question and the answer', async () => {
    await settled(ANNE);
    const sieve = await room.sieve();
    await publish('giá vàng', 'mưa');
    const { stories } = await sieve
      .through({ filter: '{"only":["mưa"],"first":[]}' })
      .stories(1, 3, { offset: 0, limit: 10 });
    expect(stories.flatMap(({ reports }) => reports.map(({ seq }) => seq))).toEqual([3]);
  });

  it('has no story whose reports were removed after they were put in order', async () => {
    await settled(ANNE);
    await publish('giá vàng', 'mưa');
    const sieve = (await room.sieve()).through({ filter: null, told: [2] });
    expect((await sieve.stories(1, 3, { offset: 0, limit: 0 })).total).toBe(1);
    await room.db.updateTable('articles').set({ removed_at: 1 }).where('seq', '=', 3).execute();
    expect((await sieve.stories(1, 3, { offset: 0, limit: 10 })).stories).toEqual([]);
  });
});

describe('what is told at once', () => {
  it('is a message of its own, and no news in the digest', async () => {
    await settled(ANNE);
    await follow(ANNE, 'vàng', 'alert');
    await publish('giá vàng', 'mưa');
    expect(await room.tell(SEVEN + HOUR)).toBe(1);
    const [told] = await room.send(ANNE, SEVEN + HOUR);
    expect(told).toContain('Vì đang theo dõi “vàng”');
    expect(told).toContain('Tin 2. giá vàng');
    await room.tick(SEVEN + DAY);
    expect((await planned(ANNE)).slice(1)).toEqual([[2], [3]]);
  });

  it('is told once, however often it is looked for', async () => {
    await settled(ANNE);
    await follow(ANNE, 'vàng', 'alert');
    await publish('giá vàng');
    expect(await room.tell(SEVEN + HOUR)).toBe(1);
    expect(await room.tell(SEVEN + HOUR)).toBe(0);
    await room.db.updateTable('meta').set({ value: '0' }).where('key', '=', 'follows.told').execute();
    expect(await room.tell(SEVEN + HOUR)).toBe(0);
  });

  it('is not what was there before the follow', async () => {
    await settled(ANNE);
    await room.tell(SEVEN);
    await publish('giá vàng');
    await follow(ANNE, 'vàng', 'alert');
    expect(await room.tell(SEVEN + HOUR)).toBe(0);
    await room.tick(SEVEN + DAY);
    expect((await planned(ANNE)).at(-1)).toEqual([2]);
  });

  it('is not what a digest had already', async () => {
    await settled(ANNE);
    await follow(ANNE, 'vàng', 'alert');
    await publish('giá vàng');
    await room.tick(SEVEN + DAY);
    expect(await room.tell(SEVEN + DAY)).toBe(0);
  });

  it('waits for the digest where it is too much for an hour', async () => {
    await settled(ANNE);
    await follow(ANNE, 'vàng', 'alert');
    const count = MAX_ALERTS_PER_HOUR + 2;
    await publish(...Array.from({ length: count }, () => 'giá vàng'));
    expect(await room.tell(SEVEN + HOUR)).toBe(MAX_ALERTS_PER_HOUR);
    await room.tick(SEVEN + DAY);
    expect((await planned(ANNE)).at(-1)).toEqual([count + 1, count]);
    await publish('giá vàng');
    expect(await room.tell(SEVEN + DAY + HOUR)).toBe(1);
  });

  it('waits for the digest also where that has only what is followed', async () => {
    await settled(ANNE);
    await follow(ANNE, 'mưa', 'only');
    await follow(ANNE, 'vàng', 'alert');
    await publish(...Array.from({ length: MAX_ALERTS_PER_HOUR + 1 }, () => 'giá vàng'), 'mưa', 'nắng');
    await room.tell(SEVEN + HOUR);
    await room.tick(SEVEN + DAY);
    expect((await planned(ANNE)).at(-1)).toEqual([9, 8]);
  });

  it('is silent in quiet hours, and waits for the digest while that is paused', async () => {
    await settled(ANNE);
    await settled(BINH);
    for (const chatId of [ANNE, BINH]) await follow(chatId, 'vàng', 'alert');
    await room.adjust(ANNE, { set: 'quiet', quiet: { from: 0, to: 1_439 } }, SEVEN);
    await room.adjust(BINH, { set: 'pause', until: SEVEN + 2 * DAY }, SEVEN);
    await publish('giá vàng');
    expect(await room.tell(SEVEN + HOUR)).toBe(1);
    const rows = await room.db.selectFrom('deliveries').select('silent').orderBy('id').execute();
    expect(rows.at(-1)?.silent).toBe(1);
  });

  it('is not taken for a digest by what asks how far those have come', async () => {
    await settled(ANNE);
    await follow(ANNE, 'vàng', 'alert');
    await publish('mưa', 'nắng', 'giá vàng');
    await room.tell(SEVEN + HOUR);
    await room.send(ANNE, SEVEN + HOUR);
    await room.tick(SEVEN + DAY);
    // Stopped before the digest left: its articles come with the next one, and what was told does not.
    await room.unsubscribe(ANNE, SEVEN + DAY + MINUTE);
    await room.subscribe(ANNE, { at: SEVEN + DAY + HOUR });
    await room.tick(SEVEN + 2 * DAY);
    expect((await planned(ANNE)).at(-1)).toEqual([3, 2]);
  });

  it('is kept for whoever comes back, and so not in the digest', async () => {
    await settled(ANNE);
    await follow(ANNE, 'vàng', 'alert');
    await publish('giá vàng', 'mưa');
    await room.tell(SEVEN + HOUR);
    await room.unsubscribe(ANNE, SEVEN + HOUR);
    await room.subscribe(ANNE, { at: SEVEN + 2 * HOUR });
    await room.tick(SEVEN + DAY);
    const sent = await room.send(ANNE, SEVEN + DAY);
    expect(sent.map((html) => html.includes('giá vàng'))).toEqual([true, false]);
  });
});

describe('the follows of a chat', () => {
  it('are as many as can be looked over', async () => {
    await room.subscribe(ANNE);
    for (let n = 0; n < MAX_FOLLOWS; n += 1) await follow(ANNE, `mục ${n}`, 'first');
    expect(await room.follows.add(ANNE, 0, { text: 'thêm', mode: 'first' }, SEVEN)).toEqual({
      ok: false,
      why: 'too-many',
    });
    await follow(ANNE, 'mục 3', 'only');
    expect((await room.follows.list(ANNE, 0))[3]).toMatchObject({ text: 'mục 3', mode: 'only' });
  });

  it('are nobody else’s to change', async () => {
    await room.subscribe(ANNE);
    await room.subscribe(BINH);
    const id = await follow(ANNE, 'vàng', 'only');
    expect(await room.follows.remove(BINH, 0, id)).toBe(false);
    expect(await room.follows.setMode(BINH, 0, id, 'first')).toBe(false);
    expect(await room.follows.rewrite(BINH, 0, id, 'mưa', SEVEN)).toBe(false);
    expect(await room.follows.rewrite(ANNE, 0, id, 'mưa', SEVEN)).toBe(true);
    expect(await room.follows.list(ANNE, 0)).toMatchObject([{ text: 'mưa', mode: 'only' }]);
    expect(await room.follows.list(3, 0)).toEqual([]);
    expect(await room.follows.add(3, 0, { text: 'mưa', mode: 'only' }, SEVEN)).toEqual({
      ok: false,
      why: 'none',
    });
  });

  it('go along when the group is upgraded and has none there yet', async () => {
    const [group, supergroup] = [-100, -1_001_000_000_100];
    await room.subscribe(group);
    await room.subscribe(supergroup);
    await follow(group, 'vàng', 'only');
    await room.outbox.chatMoved(group, supergroup, SEVEN);
    expect(await room.follows.list(supergroup, 0)).toMatchObject([{ text: 'vàng' }]);
    expect((await room.store.find(supergroup, 0))?.filter).toBe('{"only":["vàng"],"first":[]}');
  });
});

type Step =
  | { do: 'publish'; topics: string[] }
  | { do: 'follow'; chat: number; text: string; mode: FollowMode }
  | { do: 'unfollow'; chat: number }
  | { do: 'hour' | 'day' };

const TOPICS = ['vàng', 'mưa', 'bóng đá', 'vàng mưa'];
const chat = fc.constantFrom(ANNE, BINH);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('publish' as const),
      topics: fc.array(fc.constantFrom(...TOPICS), { minLength: 1, maxLength: 9 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('follow' as const),
      chat,
      text: fc.constantFrom(...TOPICS, 'mưa -vàng'),
      mode: fc.constantFrom('only' as const, 'first' as const, 'alert' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unfollow' as const), chat }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('hour' as const, 'day' as const) }) },
);

describe('whatever is followed, and when', () => {
  it('each article comes once, as an alert or in a digest, or is accounted for', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), async (steps) => {
        const here = await Newsroom.open();
        let now = SEVEN;
        const accounts = createAccounts(here.db);
        /** By chat: how often each article came, and which ones /why accounted for. */
        const came = new Map<number, number[]>([ANNE, BINH].map((id) => [id, []]));
        const explained = new Map<number, Set<number>>([ANNE, BINH].map((id) => [id, new Set()]));
        const sent = async (): Promise<void> => {
          for (const chatId of [ANNE, BINH]) {
            for (const html of await here.send(chatId, now))
              came.get(chatId)?.push(...[...html.matchAll(/>Tin (\d+)\./gu)].map(([, n]) => Number(n)));
            const record = await accounts.last(chatId, 0);
            if (record === null) continue;
            const { items } = await accountFor(record, here.articles);
            for (const { seq, verdict } of items) {
              if (verdict.kind === 'filtered' || verdict.kind === 'beyond') explained.get(chatId)?.add(seq);
              else expect(came.get(chatId), `${verdict.kind} ${seq}`).toContain(seq);
            }
          }
        };
        await here.publish(1);
        for (const chatId of [ANNE, BINH]) await here.subscribe(chatId);
        await here.tick(now, 3);
        await sent();
        for (const one of [...steps, { do: 'day' } as const]) {
          now += MINUTE;
          if (one.do === 'publish') {
            for (const topic of one.topics) await here.publish(1, (name) => `${name} ${topic}`);
            await here.tell(now);
          } else if (one.do === 'follow') {
            await here.follows.add(one.chat, 0, { text: one.text, mode: one.mode }, now);
          } else if (one.do === 'unfollow') {
            const [first] = await here.follows.list(one.chat, 0);
            if (first !== undefined) await here.follows.remove(one.chat, 0, first.id);
          } else {
            now += one.do === 'hour' ? HOUR : DAY;
            await here.tick(now, 3);
          }
          await sent();
        }
        const last = await here.articles.lastSeq();
        for (const chatId of [ANNE, BINH]) {
          const times = came.get(chatId) ?? [];
          expect(new Set(times).size, 'told twice').toBe(times.length);
          // After the last digest there may have been some that nobody wanted.
          const end = (await accounts.last(chatId, 0))?.toSeq ?? 0;
          for (let seq = 1; seq <= Math.min(end, last); seq += 1) {
            const isKnown = times.includes(seq) || explained.get(chatId)?.has(seq);
            expect(isKnown, `article ${seq} of chat ${chatId}`).toBe(true);
          }
        }
        await here.close();
      }),
      { numRuns: 25 },
    );
  });
});
