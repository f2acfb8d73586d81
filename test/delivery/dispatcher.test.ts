import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inFlightLimit } from '../../src/delivery/sender.ts';
import { createRig, type Rig } from '../tools/deliveryRig.ts';
import { flood, lost, no, silence, yes } from '../tools/outside.ts';
import { addChat, addSubscription, planEdition, SLOT, states } from '../tools/plan.ts';

const ANNE = 1;
const BINH = 2;
const CHI = 3;
const FORUM = -1_001_000_000_001;
const DAY = 86_400_000;

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

async function addChats(count: number): Promise<void> {
  for (let chat = 1; chat <= count; chat += 1) await addChat(rig.db, chat);
}

/** When this chat was written to, in seconds since the start. */
const times = (chatId: number): number[] =>
  rig.outside.calls.filter((call) => call.chatId === chatId).map((call) => call.at / 1_000);

describe('a broadcast', () => {
  it('brings every part to every chat, once and in order', async () => {
    await addChats(60);
    await planEdition(rig.db, { parts: 3 });
    await rig.begin();
    await rig.clock.advance(30_000);
    for (let chat = 1; chat <= 60; chat += 1) {
      expect(rig.outside.arrived(chat)).toEqual([`${chat}:e1p0`, `${chat}:e1p1`, `${chat}:e1p2`]);
    }
    expect((await states(rig.db)).every((state) => state.endsWith(' sent'))).toBe(true);
    const rows = await rig.db.selectFrom('deliveries').select(['message_id', 'attempt']).execute();
    expect(rows.every((row) => row.message_id !== null && row.attempt === 1)).toBe(true);
  });

  it('takes as long as its rate makes it, and no more', async () => {
    await addChats(500);
    await planEdition(rig.db);
    await rig.begin({ ratePerSecond: 25 });
    const done = await rig.clock.until(() => rig.outside.arrived().length === 500, 20_500);
    expect(done, `${rig.outside.arrived().length} of 500`).toBe(true);
    expect(rig.clock.monotonic()).toBeGreaterThan(19_000);
  });

  it('goes in groups of at most a hundred, however high the rate, so that answers get between', async () => {
    await addChats(1_000);
    await planEdition(rig.db);
    const take = vi.spyOn(rig.outbox, 'take');
    await rig.begin({ ratePerSecond: 10_000 });
    await rig.clock.advance(3_000);
    expect(rig.outside.arrived()).toHaveLength(1_000);
    expect(rig.outside.mostInFlight).toBe(inFlightLimit(10_000));
    expect(Math.max(...take.mock.calls.map(([ids]) => ids.length))).toBe(100);
  });

  it('sends what is planned while it runs, when it is woken', async () => {
    await addChat(rig.db, ANNE);
    const delivery = await rig.begin();
    await rig.clock.advance(60_000);
    await planEdition(rig.db);
    delivery.wake();
    await rig.clock.advance(1_000);
    expect(rig.outside.arrived()).toEqual(['1:e1p0']);
  });

  it('says how and where: silently, in a topic', async () => {
    await addChat(rig.db, FORUM, { thread_id: 7, silent: 1 });
    await planEdition(rig.db);
    await rig.begin();
    await rig.clock.advance(1_000);
    expect(rig.outside.calls[0]).toMatchObject({ chatId: FORUM, threadId: 7, silent: true, plain: false });
  });

  it('tells what it did', async () => {
    await addChat(rig.db, ANNE);
    await planEdition(rig.db);
    await rig.begin();
    await rig.clock.advance(1_000);
    expect(rig.events).toEqual([{ kind: 'sent', deliveryId: 1, chatId: ANNE, messageId: 1, tookMs: 120 }]);
  });

  it('goes on when a listener fails', async () => {
    await addChats(2);
    await planEdition(rig.db);
    await rig.begin({
      onEvent: () => {
        throw new Error('a listener’s mistake');
      },
    });
    await rig.clock.advance(1_000);
    expect(rig.outside.arrived()).toHaveLength(2);
  });

  it('drops a part that its edition does not have, and goes on', async () => {
    await addChats(2);
    await planEdition(rig.db);
    await rig.db.updateTable('editions').set({ parts: 'not JSON' }).execute();
    await planEdition(rig.db, { slot: SLOT + DAY });
    await rig.begin();
    await rig.clock.advance(5_000);
    expect(rig.outside.arrived().sort()).toEqual(['1:e2p0', '2:e2p0']);
    expect(rig.events.filter((event) => event.kind === 'dead')).toHaveLength(2);
  });
});

describe('the number in flight', () => {
  it.each([
    [1, 1],
    [10, 4],
    [25, 10],
    [1_000, 400],
    [100_000, 400],
  ])('at %i a second is at most %i', (rate, limit) => {
    expect(inFlightLimit(rate)).toBe(limit);
  });

  it('is never passed, however slow the answers: in the database either', async () => {
    await addChats(100);
    await planEdition(rig.db);
    rig.outside.react = () => ({ ...yes(), afterMs: 3_000 });
    await rig.begin();
    let most = 0;
    for (let step = 0; step < 100; step += 1) {
      await rig.clock.advance(97);
      most = Math.max(most, (await rig.outbox.counts(0)).inflight);
    }
    expect(most).toBe(10);
    expect(rig.outside.mostInFlight).toBe(10);
  });
});

describe('a 429', () => {
  it('is obeyed to the second, and other chats go on meanwhile', async () => {
    await addChats(3);
    await planEdition(rig.db, { parts: 2 });
    rig.outside.react = (parcel, count) => (parcel.chatId === ANNE && count === 0 ? flood(7) : yes());
    await rig.begin();
    await rig.clock.advance(20_000);
    const [refused, again] = times(ANNE);
    expect(again ?? 0).toBeGreaterThanOrEqual((refused ?? 0) + 0.12 + 7);
    expect(again ?? 0).toBeLessThan((refused ?? 0) + 0.12 + 7.5);
    expect(times(BINH).at(-1)).toBeLessThan(2);
    expect(rig.outside.arrived(ANNE)).toEqual(['1:e1p0', '1:e1p1']);
  });

  it('is obeyed also by another topic of that chat', async () => {
    await addChat(rig.db, FORUM, { thread_id: 1 });
    await addSubscription(rig.db, FORUM, { thread_id: 2 });
    await planEdition(rig.db);
    rig.outside.react = (_parcel, count) => (count === 0 ? flood(9) : yes());
    await rig.begin();
    await rig.clock.advance(20_000);
    expect(times(FORUM)).toHaveLength(3);
    expect(times(FORUM)[1]).toBeGreaterThan(9.1);
  });

  it('of several chats makes everybody wait', async () => {
    await addChats(20);
    await planEdition(rig.db);
    rig.outside.react = (_parcel, count) =>
      count === 0 && rig.clock.monotonic() < 1_000 ? flood(30) : yes();
    const delivery = await rig.begin();
    await rig.clock.advance(2_000);
    expect((await delivery.stats(0)).everyoneUntil).toBeGreaterThan(rig.clock.now() + 27_000);
    await rig.clock.advance(40_000);
    const late = rig.outside.calls.filter((call) => call.at > 1_000).map((call) => call.at);
    expect(Math.min(...late)).toBeGreaterThan(30_000);
    expect(rig.outside.arrived()).toHaveLength(20);
  });

  it('of twenty hours for the whole bot is obeyed over restarts, and found out with two messages', async () => {
    await addChats(20);
    await planEdition(rig.db);
    const until = 73_414_000;
    rig.outside.react = () => {
      const left = until - rig.clock.monotonic();
      return left > 0 ? flood(Math.ceil(left / 1_000)) : yes();
    };
    const first = await rig.begin({ ratePerSecond: 1 });
    await rig.clock.advance(65_000);
    await first.stop(1_000);
    expect(rig.outside.calls).toHaveLength(2);
    for (let restart = 0; restart < 5; restart += 1) {
      const next = await rig.begin({ ratePerSecond: 1 });
      await rig.clock.advance(4 * 3_600_000);
      await next.stop(1_000);
    }
    expect(rig.outside.calls).toHaveLength(2);
    await rig.begin({ ratePerSecond: 1 });
    await rig.clock.advance(3_600_000);
    expect(rig.outside.arrived()).toHaveLength(20);
  });

  it('of days for one chat costs the others a minute, also after a restart', async () => {
    await addChats(60);
    await planEdition(rig.db);
    const days = 5 * 86_400;
    rig.outside.react = (parcel, count) => (parcel.chatId === ANNE && count === 0 ? flood(days) : yes());
    const first = await rig.begin({ ratePerSecond: 10 });
    await rig.clock.advance(500);
    expect(first.pauses()).toEqual({ everyoneUntil: rig.clock.now() + 59_620, chatsHeldLong: 1 });
    await rig.clock.advance(59_000);
    expect(rig.outside.calls.length, 'what was on its way').toBeLessThan(5);
    await rig.clock.advance(10_000);
    expect(rig.outside.arrived()).toHaveLength(59);
    expect(first.pauses()).toEqual({ everyoneUntil: null, chatsHeldLong: 1 });
    await first.stop(1_000);
    const next = await rig.begin({ ratePerSecond: 10 });
    await planEdition(rig.db, { slot: SLOT + 86_400_000 });
    next.wake();
    await rig.clock.advance(20_000);
    expect(rig.outside.arrived()).toHaveLength(59 * 2);
    await rig.clock.advance(days * 1_000);
    expect(rig.outside.arrived(ANNE)).toEqual(['1:e1p0', '1:e2p0']);
  });

  it('of a group is obeyed over a restart, by that group', async () => {
    await addChat(rig.db, FORUM, { thread_id: 1 });
    await addSubscription(rig.db, FORUM, { thread_id: 2 });
    await addChat(rig.db, ANNE);
    await planEdition(rig.db);
    rig.outside.react = (_parcel, count) => (count === 0 && rig.clock.monotonic() < 500 ? flood(600) : yes());
    const first = await rig.begin();
    await rig.clock.advance(200);
    await first.stop(1_000);
    await rig.begin();
    await rig.clock.advance(590_000);
    expect(times(FORUM)).toHaveLength(1);
    await rig.clock.advance(30_000);
    expect(rig.outside.arrived(FORUM)).toHaveLength(2);
  });

  it('comes with the rate down', async () => {
    await addChats(3);
    await planEdition(rig.db);
    rig.outside.react = (_parcel, count) => (count === 0 ? flood(1) : yes());
    const delivery = await rig.begin();
    await rig.clock.advance(500);
    const { ratePerSecond, chatsHeld } = await delivery.stats(0);
    expect(ratePerSecond).toBeLessThan(24);
    expect(chatsHeld).toBe(3);
    expect(rig.events.filter((event) => event.kind === 'flood')).toHaveLength(3);
  });
});

describe('groups', () => {
  it('never hold up private chats', async () => {
    // Forty topics of one forum, planned before everybody else: 18 a minute.
    await addChat(rig.db, FORUM, { thread_id: 1 });
    for (let topic = 2; topic <= 40; topic += 1) await addSubscription(rig.db, FORUM, { thread_id: topic });
    await addChats(200);
    await planEdition(rig.db);
    await rig.begin();
    await rig.clock.advance(10_000);
    const people = rig.outside.calls.filter((call) => call.chatId > 0);
    expect(people).toHaveLength(200);
    await rig.clock.advance(180_000);
    expect(rig.outside.arrived(FORUM)).toHaveLength(40);
    const toForum = times(FORUM);
    toForum.forEach((time, index) => {
      expect((toForum[index + 18] ?? Infinity) - time).toBeGreaterThanOrEqual(60);
    });
  });

  it('that wait for minutes wait in the database', async () => {
    await addChat(rig.db, FORUM, { thread_id: 1 });
    for (let topic = 2; topic <= 40; topic += 1) await addSubscription(rig.db, FORUM, { thread_id: topic });
    await planEdition(rig.db);
    rig.outside.react = (_parcel, count) => (count === 0 ? flood(300) : yes());
    await rig.begin();
    await rig.clock.advance(5_000);
    expect((await rig.outbox.counts(0)).deferred).toBe(40);
    await rig.clock.advance(600_000);
    expect(rig.outside.arrived(FORUM)).toHaveLength(40);
  });
});

describe('a later digest', () => {
  it('waits for the earlier one of its subscription, and for no other', async () => {
    await addChats(2);
    await planEdition(rig.db);
    await planEdition(rig.db, { slot: SLOT + DAY, fromSeq: 10, toSeq: 20 });
    rig.outside.react = (parcel, count) => (parcel.chatId === ANNE && count === 0 ? flood(8) : yes());
    await rig.begin();
    await rig.clock.advance(5_000);
    expect(rig.outside.arrived()).toEqual(['2:e1p0', '2:e2p0']);
    await rig.clock.advance(10_000);
    expect(rig.outside.arrived(ANNE)).toEqual(['1:e1p0', '1:e2p0']);
  });

  it.each([
    ['unknown', () => lost(false)],
    ['dead', () => no(400, 'Bad Request: BUTTON_DATA_INVALID')],
  ])('does not wait for one that is %s', async (state, reaction) => {
    await addChat(rig.db, ANNE);
    await planEdition(rig.db);
    await planEdition(rig.db, { slot: SLOT + DAY, fromSeq: 10, toSeq: 20 });
    rig.outside.react = (parcel) => (parcel.part.html === 'e1p0' ? reaction() : yes());
    await rig.begin();
    await rig.clock.advance(10_000);
    expect(rig.outside.arrived()).toEqual(['1:e2p0']);
    expect((await states(rig.db))[0]).toContain(`1:e1p0 ${state}`);
  });
});

describe('refused content', () => {
  const broken = no(400, "Bad Request: can't parse entities: Unexpected end tag at byte offset 7");

  it('is sent once more as plain text, and told as our mistake', async () => {
    await addChats(2);
    await planEdition(rig.db, { parts: 2 });
    rig.outside.react = (parcel) => (parcel.part.html === 'e1p0' && !parcel.plain ? broken : yes());
    await rig.begin();
    await rig.clock.advance(10_000);
    expect(rig.outside.arrived(ANNE)).toEqual(['1:e1p0', '1:e1p1']);
    expect(rig.outside.calls.filter((call) => call.chatId === ANNE).map((call) => call.plain)).toEqual([
      false,
      true,
      false,
    ]);
    expect(rig.events.filter((event) => event.kind === 'refused')).toHaveLength(2);
  });

  it('stays plain when the second try has to wait', async () => {
    await addChat(rig.db, ANNE);
    await planEdition(rig.db);
    rig.outside.react = (_parcel, count) => [broken, flood(3), yes()][count] ?? yes();
    await rig.begin();
    await rig.clock.advance(10_000);
    expect(rig.outside.calls.map((call) => call.plain)).toEqual([false, true, true]);
  });

  it('is given up when plain text is refused too; the rest of the edition comes', async () => {
    await addChats(2);
    await planEdition(rig.db, { parts: 2 });
    rig.outside.react = (parcel) => (parcel.part.html === 'e1p0' ? broken : yes());
    await rig.begin();
    await rig.clock.advance(10_000);
    expect(rig.outside.arrived().sort()).toEqual(['1:e1p1', '2:e1p1']);
    expect((await states(rig.db))[0]).toMatch(/^1:e1p0 dead \(refused: Bad Request: can't parse entities/);
  });
});

describe('a delivery whose fate nobody knows', () => {
  const ofAnne = async () => (await rig.outbox.unknown(ANNE, 10)).map((one) => one.id);

  it.each([
    ['lost on the way there', () => lost(false)],
    ['lost on the way back', () => lost(true)],
    ['never answered', () => silence(true)],
  ])('(%s) is listed and not sent again on its own', async (_why, reaction) => {
    await addChats(2);
    await planEdition(rig.db, { parts: 2 });
    rig.outside.react = (parcel) =>
      parcel.chatId === ANNE && parcel.part.html === 'e1p0' ? reaction() : yes();
    const delivery = await rig.begin();
    await rig.clock.advance(120_000);
    expect(rig.outside.calls.filter((call) => call.html === 'e1p0' && call.chatId === ANNE)).toHaveLength(1);
    expect(await delivery.unknownFor(null, 10)).toMatchObject([
      { id: 1, chatId: ANNE, slot: SLOT, part: 0, partCount: 2, zone: 'Asia/Ho_Chi_Minh', language: 'vi' },
    ]);
    expect(await delivery.unknownFor(BINH, 10)).toEqual([]);
  });

  it('is made known by the next message that arrives, once', async () => {
    await addChat(rig.db, ANNE);
    await planEdition(rig.db);
    rig.outside.react = (parcel) => (['e1p0', 'e2p0'].includes(parcel.part.html) ? lost(false) : yes());
    const delivery = await rig.begin();
    await rig.clock.advance(2_000);
    for (const day of [1, 2, 3, 4]) {
      await planEdition(rig.db, { slot: SLOT + day * DAY, fromSeq: day * 10, toSeq: day * 10 + 10 });
      delivery.wake();
      await rig.clock.advance(2_000);
    }
    expect(rig.outside.calls.map((call) => `${call.html}: ${call.notice}`)).toEqual([
      'e1p0: null',
      // This one may not have arrived either, so it made nothing known.
      'e2p0: missing 1',
      'e3p0: missing 1',
      'e4p0: missing 2',
      'e5p0: null',
    ]);
    expect((await delivery.stats(0)).unannounced).toBe(0);
    expect((await delivery.unknownFor(ANNE, 10)).every((one) => one.announcedAt !== null)).toBe(true);
  });

  it('is not announced again by a digest when an answer has done so', async () => {
    await addChat(rig.db, ANNE);
    await planEdition(rig.db);
    rig.outside.react = (_parcel, count) => (count === 0 ? lost(true) : yes());
    const delivery = await rig.begin();
    await rig.clock.advance(2_000);
    await delivery.announced(await ofAnne());
    await planEdition(rig.db, { slot: SLOT + DAY });
    delivery.wake();
    await rig.clock.advance(2_000);
    expect(rig.outside.calls[1]?.notice).toBeNull();
  });

  it('does not keep the next digest back when the notice cannot be written, or does not fit', async () => {
    await addChats(2);
    await planEdition(rig.db);
    rig.outside.react = (_parcel, count) => (count === 0 ? lost(true) : yes());
    const delivery = await rig.begin({
      notice: ([first]) => {
        if (first?.chatId === ANNE) throw new Error('our mistake');
        return { html: 'x'.repeat(4_096), buttons: [] };
      },
    });
    await rig.clock.advance(2_000);
    await planEdition(rig.db, { slot: SLOT + DAY });
    delivery.wake();
    await rig.clock.advance(2_000);
    expect(rig.outside.arrived()).toContain('1:e2p0');
    expect(rig.outside.arrived()).toContain('2:e2p0');
    expect((await delivery.stats(0)).unannounced).toBe(2);
  });

  it('comes at a tap, the same parts, once a tap', async () => {
    await addChat(rig.db, ANNE);
    await planEdition(rig.db, { parts: 3 });
    rig.outside.react = (_parcel, count) => (count === 0 || count === 2 ? lost(false) : yes());
    const delivery = await rig.begin();
    await rig.clock.advance(5_000);
    expect(rig.outside.arrived()).toEqual(['1:e1p1']);
    const taps = await Promise.all([delivery.redeliver(ANNE, 1), delivery.redeliver(ANNE, 1)]);
    expect(taps).toEqual([2, 0]);
    await rig.clock.advance(5_000);
    expect(rig.outside.arrived()).toEqual(['1:e1p1', '1:e1p0', '1:e1p2']);
    // An old button.
    expect(await delivery.redeliver(ANNE, 1)).toBe(0);
    expect(await ofAnne()).toEqual([]);
  });

  it('can be asked for again when it got lost once more', async () => {
    await addChat(rig.db, ANNE);
    await planEdition(rig.db);
    rig.outside.react = (_parcel, count) => (count < 2 ? lost(false) : yes());
    const delivery = await rig.begin();
    for (const expected of [1, 1, 0]) {
      await rig.clock.advance(3_000);
      expect(await delivery.redeliver(ANNE, null)).toBe(expected);
    }
    expect(rig.outside.arrived()).toEqual(['1:e1p0']);
  });

  it('cannot be asked for by another chat', async () => {
    await addChats(2);
    await planEdition(rig.db);
    rig.outside.react = () => lost(false);
    const delivery = await rig.begin();
    await rig.clock.advance(3_000);
    expect(await delivery.redeliver(BINH, 1)).toBe(0);
    expect(await ofAnne()).toEqual([1]);
  });

  it('comes at a tap also to a chat that has unsubscribed since', async () => {
    await addChat(rig.db, ANNE);
    await planEdition(rig.db);
    rig.outside.react = (_parcel, count) => (count === 0 ? lost(false) : yes());
    const delivery = await rig.begin();
    await rig.clock.advance(3_000);
    await rig.db.updateTable('subscriptions').set({ state: 'stopped', reason: 'unsubscribed' }).execute();
    await delivery.redeliver(ANNE, null);
    await rig.clock.advance(3_000);
    expect(rig.outside.arrived()).toEqual(['1:e1p0']);
  });

  it('is sent again with the policy resend, five times at most, and then offered', async () => {
    await addChats(3);
    await planEdition(rig.db);
    rig.outside.react = (parcel, count) => {
      if (parcel.chatId === ANNE) return lost(false);
      return parcel.chatId === BINH && count < 2 ? lost(true) : yes();
    };
    await rig.begin({ policy: 'resend' });
    await rig.clock.advance(600_000);
    expect(times(ANNE)).toHaveLength(5);
    expect(rig.outside.arrived(BINH), 'twice more than it should, as that policy has it').toHaveLength(3);
    expect(rig.outside.arrived(CHI)).toHaveLength(1);
    expect(await ofAnne()).toEqual([1]);
  });
});
