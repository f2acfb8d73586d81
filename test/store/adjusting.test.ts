import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Change } from '../../src/digest/change.ts';
import { DAY, HOUR, MINUTE, Newsroom, SEVEN } from '../digest/newsroom.ts';

const ANNE = 1;

let room: Newsroom;

beforeEach(async () => {
  room = await Newsroom.open();
  await room.publish(1);
});

afterEach(() => room.close());

const nextAt = async (): Promise<number | null> => (await room.store.known(ANNE, 0))?.nextAt ?? null;
const only = (hours: number): Change => ({ set: 'times', minutes: [hours * 60], how: 'only' });
/** Slots of what was planned, from the first 07:00 on, in hours. */
const planned = async (): Promise<number[]> =>
  (await room.deliveries(ANNE)).map(({ slot }) => (slot - SEVEN) / HOUR);

describe('a subscription that is changed', () => {
  it('keeps what it was told, all of it', async () => {
    await room.subscribe(ANNE);
    const changes: Change[] = [
      { set: 'schedule', cron: '30 6 * * 1-5; 0 18 * * *' },
      { set: 'zone', zone: 'Europe/Berlin' },
      { set: 'quiet', quiet: { from: 1_320, to: 390 } },
      { set: 'items', maxItems: 5 },
      { set: 'style', style: 'full' },
      { set: 'pause', until: SEVEN + 3 * DAY },
    ];
    for (const change of changes) expect(await room.adjust(ANNE, change, SEVEN)).toMatchObject({ ok: true });
    const found = await room.store.find(ANNE, 0);
    expect(found).toMatchObject({
      cron: '30 6 * * 1-5; 0 18 * * *',
      zone: 'Europe/Berlin',
      quiet: { from: 1_320, to: 390 },
      maxItems: 5,
      style: 'full',
      silent: false,
      pausedUntil: SEVEN + 3 * DAY,
      nextAt: Date.parse('2026-11-27T05:30:00Z'),
    });
    await room.adjust(ANNE, { set: 'silent' }, SEVEN);
    await room.adjust(ANNE, { set: 'items', maxItems: null }, SEVEN);
    expect(await room.store.find(ANNE, 0)).toMatchObject({ silent: true, quiet: null, maxItems: null });
  });

  it('says why it was not', async () => {
    expect(await room.adjust(ANNE, only(6), SEVEN)).toEqual({ ok: false, why: 'none' });
    await room.subscribe(ANNE);
    const before = await room.store.find(ANNE, 0);
    expect(await room.adjust(ANNE, { set: 'times', minutes: [420], how: 'remove' }, SEVEN)).toEqual({
      ok: false,
      why: 'no-time-left',
    });
    expect(await room.adjust(ANNE, { set: 'schedule', cron: '0 7 30 2 *' }, SEVEN)).toEqual({
      ok: false,
      why: 'never',
    });
    expect(await room.store.find(ANNE, 0)).toEqual(before);
  });

  it('to a time later today: today has two digests, each with its own articles', async () => {
    await room.subscribe(ANNE);
    await room.tick(SEVEN);
    await room.adjust(ANNE, only(18), SEVEN + HOUR);
    await room.publish(1);
    await room.tick(SEVEN + 11 * HOUR);
    expect(await planned()).toEqual([0, 11]);
  });

  it('to a time that is past today: the next one is tomorrow’s, with everything', async () => {
    await room.subscribe(ANNE);
    await room.adjust(ANNE, only(6), SEVEN - 10 * MINUTE);
    await room.tick(SEVEN);
    expect(await planned()).toEqual([]);
    await room.tick(SEVEN + 23 * HOUR);
    expect(await planned()).toEqual([23]);
  });

  it('while its slot is due: the digest still comes, once', async () => {
    await room.subscribe(ANNE);
    await room.adjust(ANNE, only(18), SEVEN + 20_000);
    await room.tick(SEVEN + MINUTE);
    expect(await planned()).toEqual([0]);
    expect(await nextAt()).toBe(SEVEN + 11 * HOUR);
  });

  it('while its digest is on its way: what is planned leaves, and nothing twice', async () => {
    await room.publish(20, (name) => name.padEnd(300, '.'));
    await room.subscribe(ANNE);
    await room.tick(SEVEN, 20);
    expect(await room.send(ANNE, SEVEN, 1)).toHaveLength(1);
    await room.adjust(ANNE, only(8), SEVEN + MINUTE);
    await room.adjust(ANNE, { set: 'style', style: 'short' }, SEVEN + MINUTE);
    const rest = await room.send(ANNE, SEVEN + 2 * MINUTE);
    expect(rest.length).toBeGreaterThan(0);
    await room.tick(SEVEN + HOUR, 20);
    expect(await room.send(ANNE, SEVEN + HOUR)).toEqual([]);
  });

  it('in the second before its slot, when it was planned already: not a second time', async () => {
    await room.subscribe(ANNE);
    await room.tick(SEVEN);
    await room.publish(1);
    // A heart that beat a little early: for the chat it is not seven yet.
    await room.adjust(ANNE, { set: 'style', style: 'short' }, SEVEN - 300);
    await room.tick(SEVEN + MINUTE);
    expect(await planned()).toEqual([0]);
    expect(await nextAt()).toBe(SEVEN + DAY);
  });

  it('while it is stopped: it stays stopped, and comes back as it was changed', async () => {
    await room.subscribe(ANNE);
    await room.unsubscribe(ANNE, SEVEN - 2 * MINUTE);
    expect(await room.adjust(ANNE, only(9), SEVEN - MINUTE)).toMatchObject({ ok: true });
    expect(await nextAt()).toBeNull();
    expect(await room.tick(SEVEN + 3 * HOUR)).toBe(0);
    await room.subscribe(ANNE, { at: SEVEN + 3 * HOUR });
    expect(await nextAt()).toBe(SEVEN + 2 * HOUR + DAY);
  });

  it('in one topic only, where it was changed', async () => {
    await room.subscribe(-100, { thread: 7 });
    await room.subscribe(-100, { thread: 8 });
    await room.adjust(-100, only(9), SEVEN - HOUR, 7);
    expect((await room.store.find(-100, 7))?.cron).toBe('0 9 * * *');
    expect((await room.store.find(-100, 8))?.cron).toBe('0 7 * * *');
  });
});

describe('an edition', () => {
  it('is shared by those who want the same of it, and by nobody else', async () => {
    await room.publish(5);
    for (const chat of [1, 2, 3, 4]) await room.subscribe(chat);
    await room.adjust(2, { set: 'items', maxItems: 3 }, SEVEN - HOUR);
    await room.adjust(3, { set: 'style', style: 'short' }, SEVEN - HOUR);
    // What is chosen is the same as what the others have without choosing.
    await room.adjust(4, { set: 'items', maxItems: 10 }, SEVEN - HOUR);
    await room.tick(SEVEN);
    const [one, two, three, four] = await Promise.all([1, 2, 3, 4].map((chat) => room.deliveries(chat)));
    expect(four?.[0]?.editionId).toBe(one?.[0]?.editionId);
    expect(new Set([one, two, three].map((sent) => sent?.[0]?.editionId)).size).toBe(3);
    expect([one, two, three].map((sent) => sent?.[0]?.articles.length)).toEqual([6, 3, 6]);
    // Each has seen everything all the same: the rest is behind its button.
    for (const chat of [1, 2, 3, 4]) expect((await room.store.find(chat, 0))?.cursor).toBe(6);
  });
});

describe('a pause', () => {
  const pause = (days: number, at: number) => room.adjust(ANNE, { set: 'pauseDays', days }, at);

  it('brings nothing, and then one digest of at most the maximum, the rest behind its button', async () => {
    await room.subscribe(ANNE);
    await room.tick(SEVEN);
    await room.send(ANNE, SEVEN);
    await pause(3, SEVEN + HOUR);
    expect(await nextAt()).toBe(SEVEN + 4 * DAY);
    await room.publish(30);
    for (const day of [1, 2, 3]) expect(await room.tick(SEVEN + day * DAY)).toBe(0);
    await room.tick(SEVEN + 4 * DAY);
    const [digest = '', ...others] = await room.send(ANNE, SEVEN + 4 * DAY);
    expect(others).toEqual([]);
    expect(digest.match(/>Tin \d+/gu)).toHaveLength(10);
    const [last] = (await room.deliveries(ANNE)).slice(-1);
    expect(last).toMatchObject({ fromSeq: 1, toSeq: 31 });
    await room.tick(SEVEN + 5 * DAY);
    expect(await room.send(ANNE, SEVEN + 5 * DAY)).toEqual([]);
  });

  it('ends early when it is told to', async () => {
    await room.subscribe(ANNE);
    await pause(30, SEVEN - HOUR);
    await room.adjust(ANNE, { set: 'pause', until: null }, SEVEN - MINUTE);
    await room.tick(SEVEN);
    expect(await planned()).toEqual([0]);
  });

  it('takes in the slot that is just due', async () => {
    await room.subscribe(ANNE);
    await pause(1, SEVEN + 20_000);
    await room.tick(SEVEN + MINUTE);
    expect(await planned()).toEqual([]);
    expect(await nextAt()).toBe(SEVEN + 2 * DAY);
  });

  it('stays when the time is changed meanwhile', async () => {
    await room.subscribe(ANNE);
    await pause(2, SEVEN - HOUR);
    await room.adjust(ANNE, only(8), SEVEN - HOUR);
    expect(await nextAt()).toBe(SEVEN + 2 * DAY + HOUR);
  });

  it('lasts while the bot was down over its end', async () => {
    await room.subscribe(ANNE);
    await pause(2, SEVEN + MINUTE);
    await room.tick(SEVEN + 5 * DAY + 2 * HOUR);
    expect(await planned()).toEqual([5 * 24]);
  });

  it('is over for whoever subscribes again', async () => {
    await room.subscribe(ANNE);
    await pause(9, SEVEN - HOUR);
    await room.unsubscribe(ANNE, SEVEN - HOUR);
    await room.subscribe(ANNE, { at: SEVEN - MINUTE });
    expect(await room.store.find(ANNE, 0)).toMatchObject({ pausedUntil: null, nextAt: SEVEN });
  });
});

describe('whoever comes back', () => {
  it('has the schedule and the zone of before, whatever the settings say today', async () => {
    await room.subscribe(ANNE, { cron: '30 6 * * 1-5', zone: 'Europe/Berlin' });
    await room.unsubscribe(ANNE, SEVEN);
    await room.subscribe(ANNE, { cron: '0 7 * * *', zone: 'Asia/Ho_Chi_Minh', at: SEVEN });
    expect(await room.store.find(ANNE, 0)).toMatchObject({
      cron: '30 6 * * 1-5',
      zone: 'Europe/Berlin',
      nextAt: Date.parse('2026-11-24T05:30:00Z'),
    });
  });

  it('has the time that was chosen on coming back, in the zone of before', async () => {
    await room.subscribe(ANNE, { cron: '30 6 * * 1-5', zone: 'Europe/Berlin' });
    await room.unsubscribe(ANNE, SEVEN);
    const fallback = { cron: '0 7 * * *', zone: 'Asia/Ho_Chi_Minh' };
    const wish = { chatId: ANNE, threadId: 0, language: 'vi', now: SEVEN } as const;
    await room.store.subscribe({ ...wish, chosenCron: '0 20 * * *', fallback });
    expect(await room.store.find(ANNE, 0)).toMatchObject({
      cron: '0 20 * * *',
      zone: 'Europe/Berlin',
      nextAt: Date.parse('2026-11-24T19:00:00Z'),
    });
  });

  it('has that of the settings when their own has no future any more', async () => {
    await room.subscribe(ANNE);
    await room.unsubscribe(ANNE, SEVEN);
    await room.db.updateTable('subscriptions').set({ cron: '0 7 30 2 *' }).execute();
    await room.subscribe(ANNE, { cron: '0 9 * * *', at: SEVEN });
    expect(await room.store.find(ANNE, 0)).toMatchObject({ cron: '0 9 * * *', nextAt: SEVEN + 2 * HOUR });
  });
});

describe('quiet hours', () => {
  const silences = async (): Promise<boolean[]> => {
    const waiting = await room.outbox.planned(0, 100);
    const intents = await room.outbox.take(
      waiting.map(({ id }) => id),
      'boot',
      SEVEN,
    );
    return intents.sort((a, b) => a.chatId - b.chatId).map(({ silent }) => silent);
  };

  it('silence what falls into them, for whom they are', async () => {
    for (const chat of [1, 2, 3, 4]) await room.subscribe(chat);
    await room.adjust(1, { set: 'quiet', quiet: { from: 22 * 60, to: 7 * 60 + 1 } }, SEVEN - HOUR);
    await room.adjust(2, { set: 'quiet', quiet: { from: 22 * 60, to: 7 * 60 } }, SEVEN - HOUR);
    await room.adjust(3, { set: 'silent' }, SEVEN - HOUR);
    await room.tick(SEVEN);
    expect(await silences()).toEqual([true, false, true, false]);
  });

  it('silence a digest that is so late that it leaves in them', async () => {
    await room.subscribe(1);
    await room.adjust(1, { set: 'quiet', quiet: { from: 9 * 60, to: 10 * 60 } }, SEVEN - HOUR);
    await room.tick(SEVEN + 2 * HOUR + MINUTE);
    expect(await silences()).toEqual([true]);
  });
});
