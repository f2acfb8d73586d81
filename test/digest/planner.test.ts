import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Subscription } from '../../src/digest/subscription.ts';
import { DAY, HOUR, MINUTE, Newsroom, SEVEN } from './newsroom.ts';

const ANNE = 1;
const BINH = 2;
const GROUP = -100;
const CHANNEL = -1_001;

let room: Newsroom;

beforeEach(async () => {
  room = await Newsroom.open();
});

afterEach(() => room.close());

/** What each delivery of a chat holds: the articles of the edition, newest first. */
async function editionsOf(chatId: number): Promise<string[][]> {
  return (await room.deliveries(chatId)).filter(({ part }) => part === 0).map(({ articles }) => articles);
}

async function subscription(chatId: number): Promise<Subscription> {
  const found = await room.store.find(chatId, 0);
  if (found === null) throw new Error('not subscribed');
  return found;
}

describe('the editions of a subscription', () => {
  it('begin with the newest articles there are, and no promise of older ones', async () => {
    const ids = await room.publish(12);
    await room.subscribe(ANNE);
    expect(await room.tick(SEVEN)).toBe(1);
    const [first] = await room.deliveries(ANNE);
    expect(first).toMatchObject({ slot: SEVEN, part: 0, state: 'planned', fromSeq: null, toSeq: 12 });
    expect(first?.articles).toEqual(ids.slice(2).reverse());
    expect((await subscription(ANNE)).cursor).toBe(12);
  });

  it('go on with exactly what is new', async () => {
    await room.publish(3);
    await room.subscribe(ANNE);
    await room.tick(SEVEN);
    const fresh = await room.publish(2);
    await room.tick(SEVEN + DAY);
    expect((await editionsOf(ANNE))[1]).toEqual([...fresh].reverse());
  });

  it('cover what is beyond the maximum, behind the button', async () => {
    await room.publish(1);
    await room.subscribe(ANNE);
    await room.tick(SEVEN);
    await room.publish(15);
    await room.tick(SEVEN + DAY);
    const [, second] = await room.deliveries(ANNE);
    expect(second).toMatchObject({ fromSeq: 1, toSeq: 16 });
    expect(second?.articles).toHaveLength(10);
    expect((await subscription(ANNE)).cursor).toBe(16);
    await room.publish(1);
    await room.tick(SEVEN + 2 * DAY);
    expect((await editionsOf(ANNE))[2]).toEqual(['article00017']);
  });

  it('are not made when there is nothing new, and the next slot comes all the same', async () => {
    await room.publish(1);
    await room.subscribe(ANNE);
    await room.tick(SEVEN);
    await room.tick(SEVEN + DAY);
    expect(await editionsOf(ANNE)).toHaveLength(1);
    expect(await subscription(ANNE)).toMatchObject({ cursor: 1, nextAt: SEVEN + 2 * DAY });
  });

  it('wait for the first article of an empty newsroom', async () => {
    await room.subscribe(ANNE);
    await room.tick(SEVEN);
    expect(await subscription(ANNE)).toMatchObject({ cursor: null, nextAt: SEVEN + DAY });
    await room.publish(1);
    await room.tick(SEVEN + DAY);
    expect(await editionsOf(ANNE)).toEqual([['article00001']]);
  });

  it('leave out what was removed, also when that is all that was new', async () => {
    await room.publish(1);
    await room.subscribe(ANNE);
    await room.tick(SEVEN);
    const [gone = ''] = await room.publish(1);
    await room.remove(gone);
    await room.tick(SEVEN + DAY);
    expect(await editionsOf(ANNE)).toHaveLength(1);
  });

  it('are planned once, however often one asks', async () => {
    await room.publish(1);
    await room.subscribe(ANNE);
    expect([await room.tick(SEVEN), await room.tick(SEVEN), await room.tick(SEVEN + MINUTE)]).toEqual([
      1, 0, 0,
    ]);
    expect(await editionsOf(ANNE)).toHaveLength(1);
  });

  it('are not planned before their time', async () => {
    await room.publish(1);
    await room.subscribe(ANNE);
    expect(await room.tick(SEVEN - 1)).toBe(0);
    expect(await room.deliveries()).toEqual([]);
  });

  it('may have several parts, all of the same slot', async () => {
    await room.publish(15, (name) => name.padEnd(300, '.'));
    await room.subscribe(ANNE);
    await room.tick(SEVEN, 15);
    const parts = await room.deliveries(ANNE);
    expect(parts.map(({ part, slot, state }) => [part, slot, state])).toEqual([
      [0, SEVEN, 'planned'],
      [1, SEVEN, 'planned'],
    ]);
  });
});

describe('a slot that was missed', () => {
  it.each([
    ['by a beat', MINUTE, false],
    ['by hours', 5 * HOUR, true],
  ])('%s is made up for in one edition (late: %j)', async (_, delay, late) => {
    await room.publish(2);
    await room.subscribe(ANNE);
    await room.tick(SEVEN + delay);
    const [first, ...more] = await room.deliveries(ANNE);
    expect(more).toEqual([]);
    expect(first?.slot).toBe(SEVEN);
    expect(first?.html.includes('Gửi muộn')).toBe(late);
    expect((await subscription(ANNE)).nextAt).toBe(SEVEN + DAY);
  });

  it('again and again is made up for in one edition, named after the last one of them', async () => {
    await room.publish(1);
    await room.subscribe(ANNE);
    await room.tick(SEVEN);
    await room.publish(3);
    // Down for three slots, and back half an hour after the third: this is the digest that the chat waits for.
    await room.tick(SEVEN + 3 * DAY + HOUR / 2);
    const [, late, ...more] = await room.deliveries(ANNE);
    expect(more).toEqual([]);
    expect(late).toMatchObject({ slot: SEVEN + 3 * DAY, fromSeq: 1, toSeq: 4 });
    expect(late?.html).toContain('27/11/2026');
    expect(late?.html).toContain('Gửi muộn');
    expect(await subscription(ANNE)).toMatchObject({ cursor: 4, nextAt: SEVEN + 4 * DAY });
  });

  it('is not late any more when the program is back in time for the next one', async () => {
    await room.publish(1);
    await room.subscribe(ANNE);
    await room.tick(SEVEN + 2 * DAY);
    const [first] = await room.deliveries(ANNE);
    expect(first?.slot).toBe(SEVEN + 2 * DAY);
    expect(first?.html).not.toContain('Gửi muộn');
  });

  it('by too much is skipped, and loses no article', async () => {
    await room.publish(1);
    await room.subscribe(ANNE);
    await room.tick(SEVEN);
    await room.publish(2);
    await room.tick(SEVEN + DAY + 6 * HOUR + 1);
    expect(await editionsOf(ANNE)).toHaveLength(1);
    expect(await subscription(ANNE)).toMatchObject({ cursor: 1, nextAt: SEVEN + 2 * DAY });
    await room.tick(SEVEN + 2 * DAY);
    expect((await editionsOf(ANNE))[1]).toEqual(['article00003', 'article00002']);
  });

  it('by a pause is skipped, and loses no article', async () => {
    await room.publish(1);
    await room.subscribe(ANNE);
    await room.db
      .updateTable('subscriptions')
      .set({ paused_until: SEVEN + DAY })
      .execute();
    await room.tick(SEVEN);
    expect(await room.deliveries()).toEqual([]);
    await room.tick(SEVEN + DAY);
    expect(await editionsOf(ANNE)).toEqual([['article00001']]);
  });
});

describe('subscriptions side by side', () => {
  beforeEach(() => room.publish(2));

  it('share an edition when they get the same', async () => {
    await room.subscribe(ANNE);
    await room.subscribe(BINH);
    await room.subscribe(GROUP);
    await room.tick(SEVEN);
    expect(new Set((await room.deliveries()).map(({ editionId }) => editionId)).size).toBe(1);
  });

  it('get their own in their language, and where buttons cannot answer', async () => {
    await room.subscribe(ANNE);
    await room.subscribe(BINH, { language: 'en' });
    await room.subscribe(CHANNEL);
    await room.tick(SEVEN);
    expect(new Set((await room.deliveries()).map(({ editionId }) => editionId)).size).toBe(3);
    expect((await room.deliveries(ANNE))[0]?.html).toContain('Điểm tin');
    expect((await room.deliveries(BINH))[0]?.html).toContain('News digest');
  });

  it('get their own from their cursor on', async () => {
    await room.subscribe(ANNE);
    await room.tick(SEVEN);
    await room.subscribe(BINH, { at: SEVEN + HOUR });
    await room.publish(1);
    await room.tick(SEVEN + DAY);
    expect((await editionsOf(ANNE))[1]).toEqual(['article00003']);
    expect((await editionsOf(BINH))[0]).toEqual(['article00003', 'article00002', 'article00001']);
  });

  it('are due by their own schedules and zones', async () => {
    await room.subscribe(ANNE);
    await room.subscribe(BINH, { zone: 'Europe/Paris' });
    await room.subscribe(GROUP, { cron: '30 7 * * *' });
    expect(await room.tick(SEVEN)).toBe(1);
    expect(await room.tick(SEVEN + HOUR)).toBe(1);
    expect(await room.tick(SEVEN + 6 * HOUR)).toBe(1);
    expect((await room.deliveries()).map(({ slot }) => slot - SEVEN)).toEqual([0, HOUR / 2, 6 * HOUR]);
  });

  it('of a chat and its topics are apart', async () => {
    await room.subscribe(GROUP);
    await room.subscribe(GROUP, { thread: 7 });
    await room.tick(SEVEN);
    const deliveries = await room.deliveries(GROUP);
    expect(new Set(deliveries.map(({ subscriptionId }) => subscriptionId)).size).toBe(2);
  });

  it('are named after the day that it is for them', async () => {
    await room.subscribe(ANNE);
    await room.subscribe(BINH, { cron: '0 19 * * *', zone: 'America/New_York', at: SEVEN - HOUR });
    await room.tick(SEVEN);
    expect((await room.deliveries(ANNE))[0]?.html).toContain('24/11/2026');
    expect((await room.deliveries(BINH))[0]?.html).toContain('23/11/2026');
  });
});

describe('a schedule without a future', () => {
  it('has its last edition and then stops', async () => {
    await room.publish(1);
    await room.subscribe(ANNE);
    await room.db.updateTable('subscriptions').set({ cron: '0 7 30 2 *' }).execute();
    await room.tick(SEVEN);
    expect(await editionsOf(ANNE)).toHaveLength(1);
    expect(await room.store.find(ANNE, 0)).toBeNull();
    expect(await room.tick(SEVEN + 400 * DAY)).toBe(0);
  });
});

describe('a slot with nothing new', () => {
  const wants = (chatId: number) => room.adjust(chatId, { set: 'quietDay', tells: true }, SEVEN - HOUR);

  it('brings one line to a chat that chose it, and silence to the others', async () => {
    await room.publish(1);
    for (const chat of [ANNE, BINH]) await room.subscribe(chat);
    await wants(ANNE);
    await room.tick(SEVEN);
    const first = await room.deliveries();
    // With news there is no difference: they share the edition.
    expect(new Set(first.map(({ editionId }) => editionId)).size).toBe(1);
    await room.tick(SEVEN + DAY);
    const [line, ...others] = (await room.deliveries()).slice(first.length);
    expect(others).toEqual([]);
    expect(line).toMatchObject({ articles: [], slot: SEVEN + DAY, fromSeq: 1, toSeq: 1 });
    expect(line?.html).toBe('🗞 <b>Điểm tin Thứ Tư, 25/11/2026</b>\nKhông có tin mới kể từ bản tin trước.');
    expect(await room.send(ANNE, SEVEN + DAY)).toHaveLength(2);
  });

  it('loses nothing of what comes after it', async () => {
    await room.publish(1);
    await room.subscribe(ANNE);
    await wants(ANNE);
    for (const day of [0, 1, 2]) await room.tick(SEVEN + day * DAY);
    const [id] = await room.publish(1);
    await room.tick(SEVEN + 3 * DAY);
    expect(await editionsOf(ANNE)).toEqual([['article00001'], [], [], [id]]);
  });

  it('is silent before a first edition, which is to have the newest', async () => {
    await room.subscribe(ANNE);
    await wants(ANNE);
    await room.tick(SEVEN);
    expect(await room.deliveries()).toEqual([]);
    expect((await subscription(ANNE)).cursor).toBeNull();
  });
});
