import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRig, type Rig } from '../tools/deliveryRig.ts';
import { blocked, flood, lost, moved, no, yes } from '../tools/outside.ts';
import { addChat, addSubscription, planEdition, SLOT, states } from '../tools/plan.ts';

const ANNE = 1;
const BINH = 2;
const GROUP = -500;
const SUPERGROUP = -1_001_000_000_500;
const DAY = 86_400_000;

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

const subscription = (chatId: number, threadId = 0) =>
  rig.db
    .selectFrom('subscriptions')
    .selectAll()
    .where('chat_id', '=', chatId)
    .where('thread_id', '=', threadId)
    .executeTakeFirst();
const chat = (id: number) => rig.db.selectFrom('chats').selectAll().where('id', '=', id).executeTakeFirst();
const statesOf = async (chatId: number) =>
  (await states(rig.db)).filter((state) => state.startsWith(`${chatId}:`));

describe('a chat that is gone', () => {
  it('gets no call after its 403, keeps its preferences, and costs the others nothing', async () => {
    await addChat(rig.db, ANNE, { cron: '30 6 * * 1', silent: 1 });
    await addChat(rig.db, BINH);
    await planEdition(rig.db, { parts: 3 });
    rig.outside.react = (parcel) => (parcel.chatId === ANNE ? blocked() : yes());
    await rig.begin();
    await rig.clock.advance(20_000);
    expect(rig.outside.calls.filter((call) => call.chatId === ANNE)).toHaveLength(1);
    expect(rig.outside.arrived(BINH)).toHaveLength(3);
    expect(await chat(ANNE)).toMatchObject({ state: 'gone', reason: 'blocked' });
    expect(await subscription(ANNE)).toMatchObject({
      state: 'stopped',
      reason: 'gone:blocked',
      next_at: null,
      cron: '30 6 * * 1',
      silent: 1,
    });
    expect(rig.events).toContainEqual({
      kind: 'chat',
      change: { kind: 'gone', chatId: ANNE, reason: 'blocked', subscriptions: 1 },
    });
  });

  it('of which nothing had left gets the same articles again when it is back', async () => {
    await addChat(rig.db, ANNE);
    await planEdition(rig.db, { fromSeq: 0, toSeq: 10, parts: 2 });
    await planEdition(rig.db, { slot: SLOT + DAY, fromSeq: 10, toSeq: 20 });
    rig.outside.react = () => blocked();
    const delivery = await rig.begin();
    await rig.clock.advance(5_000);
    expect(await statesOf(ANNE)).toEqual([
      '1:e1p0 dead (gone:blocked)',
      '1:e1p1 dead (gone:blocked)',
      '1:e2p0 dead (gone:blocked)',
    ]);
    expect((await subscription(ANNE))?.cursor).toBe(0);

    expect(await delivery.chatBack(ANNE)).toBe(1);
    rig.outside.react = () => yes();
    await rig.clock.advance(5_000);
    expect(rig.outside.arrived(), 'they come with the next edition, not on their own').toEqual([]);
    const back = await subscription(ANNE);
    expect(back).toMatchObject({ state: 'active', reason: null });
    // 7:00 in Vietnam is midnight in UTC.
    expect(back?.next_at).toBe(SLOT + DAY);
    expect((await chat(ANNE))?.state).toBe('active');
  });

  it('in the middle of a digest gets the rest of it when it is back', async () => {
    await addChat(rig.db, ANNE);
    await planEdition(rig.db, { fromSeq: 0, toSeq: 10, parts: 3 });
    await planEdition(rig.db, { slot: SLOT + DAY, fromSeq: 10, toSeq: 20 });
    rig.outside.react = (_parcel, count) => (count === 1 ? blocked() : yes());
    const delivery = await rig.begin();
    await rig.clock.advance(10_000);
    expect(await statesOf(ANNE)).toEqual([
      '1:e1p0 sent',
      '1:e1p1 dead (kept:gone:blocked)',
      '1:e1p2 dead (kept:gone:blocked)',
      '1:e2p0 dead (gone:blocked)',
    ]);
    expect((await subscription(ANNE))?.cursor).toBe(10);
    await delivery.chatBack(ANNE);
    await rig.clock.advance(10_000);
    expect(rig.outside.arrived(ANNE)).toEqual(['1:e1p0', '1:e1p1', '1:e1p2']);
    expect(await delivery.chatBack(ANNE), 'being back twice changes nothing').toBe(0);
  });

  it('does not get twice what was taken back, however often it goes and comes', async () => {
    await addChat(rig.db, ANNE);
    await planEdition(rig.db, { fromSeq: 0, toSeq: 10 });
    rig.outside.react = () => blocked();
    const delivery = await rig.begin();
    await rig.clock.advance(2_000);
    await delivery.chatBack(ANNE);
    rig.outside.react = () => yes();
    await planEdition(rig.db, { slot: SLOT + DAY, fromSeq: 0, toSeq: 20 });
    delivery.wake();
    await rig.clock.advance(2_000);
    await delivery.chatGone(ANNE, 'blocked');
    await delivery.chatBack(ANNE);
    await rig.clock.advance(5_000);
    expect(rig.outside.arrived()).toEqual(['1:e2p0']);
    expect((await subscription(ANNE))?.cursor).toBe(20);
  });

  it('keeps what it may have missed, to be had at a tap when it is back', async () => {
    await addChat(rig.db, ANNE);
    await planEdition(rig.db, { fromSeq: 0, toSeq: 10 });
    rig.outside.react = (_parcel, count) => (count === 0 ? lost(false) : count === 1 ? blocked() : yes());
    const delivery = await rig.begin();
    await rig.clock.advance(2_000);
    await delivery.redeliver(ANNE, 1);
    await rig.clock.advance(2_000);
    expect(await statesOf(ANNE)).toEqual(['1:e1p0 unknown (gone:blocked)']);
    expect((await subscription(ANNE))?.cursor, 'it may have arrived').toBe(10);
    await delivery.chatBack(ANNE);
    expect(await delivery.redeliver(ANNE, 1)).toBe(1);
    await rig.clock.advance(2_000);
    expect(rig.outside.arrived()).toEqual(['1:e1p0']);
  });

  it('gets a first edition again if it never had one', async () => {
    await addChat(rig.db, ANNE, { cursor: null });
    await planEdition(rig.db, { fromSeq: null, toSeq: 10 });
    rig.outside.react = () => blocked();
    await rig.begin();
    await rig.clock.advance(2_000);
    expect((await subscription(ANNE))?.cursor).toBeNull();
  });

  it('by its own word (my_chat_member) while a message is in flight', async () => {
    await addChat(rig.db, ANNE);
    await planEdition(rig.db, { fromSeq: 0, toSeq: 10, parts: 2 });
    const delivery = await rig.begin();
    await rig.clock.advance(50);
    expect(await delivery.chatGone(ANNE, 'blocked')).toMatchObject({ kind: 'gone', subscriptions: 1 });
    expect(await delivery.chatGone(ANNE, 'blocked'), 'the 403 that follows adds nothing').toBeNull();
    await rig.clock.advance(5_000);
    expect(await statesOf(ANNE)).toEqual(['1:e1p0 sent', '1:e1p1 dead (kept:gone:blocked)']);
  });

  it.each([
    ['refused: all of it is taken back', blocked(), []],
    ['told to wait, and then nobody is there any more', flood(2), []],
    ['never heard of again: it may have arrived', lost(false), ['1:e1p1']],
  ])('by its own word while the first of two parts is in flight and %s', async (_what, answer, revived) => {
    await addChat(rig.db, ANNE);
    await planEdition(rig.db, { fromSeq: 0, toSeq: 10, parts: 2 });
    rig.outside.react = (_parcel, count) => (count === 0 ? answer : yes());
    const delivery = await rig.begin();
    await rig.clock.advance(50);
    await delivery.chatGone(ANNE, 'blocked');
    await rig.clock.advance(20_000);
    await delivery.chatBack(ANNE);
    await rig.clock.advance(20_000);
    expect(rig.outside.arrived(), 'what the cursor went back over comes with the next edition').toEqual(
      revived,
    );
    expect((await subscription(ANNE))?.cursor).toBe(revived.length === 0 ? 0 : 10);
  });

  it('by its own word while a later part is in flight and told to wait: the rest comes when it is back', async () => {
    await addChat(rig.db, ANNE);
    await planEdition(rig.db, { fromSeq: 0, toSeq: 10, parts: 3 });
    rig.outside.react = (_parcel, count) => (count === 1 ? flood(2) : yes());
    const delivery = await rig.begin();
    await rig.clock.until(() => rig.outside.calls.length === 2, 5_000);
    await delivery.chatGone(ANNE, 'blocked');
    await rig.clock.advance(20_000);
    expect(rig.outside.calls).toHaveLength(2);
    await delivery.chatBack(ANNE);
    await rig.clock.advance(20_000);
    expect(rig.outside.arrived()).toEqual(['1:e1p0', '1:e1p1', '1:e1p2']);
  });

  it('with a wait of its own is closed when the wait is over, if it unsubscribed meanwhile', async () => {
    await addChat(rig.db, ANNE);
    await planEdition(rig.db, { fromSeq: 0, toSeq: 10 });
    rig.outside.react = () => flood(8);
    await rig.begin();
    await rig.clock.advance(2_000);
    await rig.db.updateTable('subscriptions').set({ state: 'stopped', reason: 'unsubscribed' }).execute();
    await rig.clock.advance(60_000);
    expect(rig.outside.calls).toHaveLength(1);
    expect(await statesOf(ANNE)).toEqual(['1:e1p0 dead (stopped)']);
    expect((await subscription(ANNE))?.cursor).toBe(0);
  });

  it('is not known here: nothing happens', async () => {
    const delivery = await rig.begin();
    expect(await delivery.chatGone(99, 'blocked')).toBeNull();
    expect(await delivery.chatBack(99)).toBe(0);
    expect(await delivery.chatMoved(99, -1)).toBeNull();
  });
});

describe('a group that becomes a supergroup', () => {
  const upgraded = (): void => {
    rig.outside.react = (parcel) => (parcel.chatId === GROUP ? moved(SUPERGROUP) : yes());
  };

  it('gets the same digest at once under its new id', async () => {
    await addChat(rig.db, GROUP, { cron: '30 6 * * 1' });
    await planEdition(rig.db, { parts: 2 });
    upgraded();
    await rig.begin();
    await rig.clock.advance(5_000);
    expect(rig.outside.calls.map((call) => call.chatId)).toEqual([GROUP, SUPERGROUP, SUPERGROUP]);
    expect(rig.outside.calls[1]?.at).toBeLessThan(500);
    expect(await chat(GROUP)).toBeUndefined();
    expect(await chat(SUPERGROUP)).toMatchObject({ type: 'supergroup', state: 'active' });
    expect(await subscription(SUPERGROUP)).toMatchObject({ state: 'active', cron: '30 6 * * 1', cursor: 10 });
    expect(rig.events).toContainEqual({
      kind: 'chat',
      change: { kind: 'moved', from: GROUP, to: SUPERGROUP, merged: false },
    });
  });

  it.each(['before', 'in the middle of', 'after'])(
    'is moved once, with the service message %s the error',
    async (when) => {
      await addChat(rig.db, GROUP);
      await planEdition(rig.db);
      upgraded();
      if (when === 'before') await rig.outbox.chatMoved(GROUP, SUPERGROUP, rig.clock.now());
      const delivery = await rig.begin();
      await rig.clock.advance(when === 'after' ? 5_000 : 60);
      await delivery.chatMoved(GROUP, SUPERGROUP);
      await rig.clock.advance(20_000);
      expect(rig.outside.arrived()).toEqual([`${SUPERGROUP}:e1p0`]);
      expect(rig.events.filter((event) => event.kind === 'chat').length).toBeLessThanOrEqual(1);
    },
  );

  it('is not gone because the old id is', async () => {
    await addChat(rig.db, GROUP);
    await planEdition(rig.db);
    rig.outside.react = (parcel) =>
      parcel.chatId === GROUP ? no(403, 'Forbidden: the group chat was deleted') : yes();
    const delivery = await rig.begin();
    await rig.clock.advance(60);
    await delivery.chatMoved(GROUP, SUPERGROUP);
    await rig.clock.advance(5_000);
    expect(rig.outside.arrived()).toEqual([`${SUPERGROUP}:e1p0`]);
    expect((await chat(SUPERGROUP))?.state).toBe('active');
  });

  it('comes back when its new id is learned after the error without one', async () => {
    await addChat(rig.db, GROUP);
    await planEdition(rig.db, { fromSeq: 0, toSeq: 10 });
    rig.outside.react = (parcel) =>
      parcel.chatId === GROUP ? no(400, 'Bad Request: group chat was upgraded to a supergroup chat') : yes();
    const delivery = await rig.begin();
    await rig.clock.advance(2_000);
    expect(await chat(GROUP)).toMatchObject({ state: 'gone', reason: 'upgraded' });
    await delivery.chatMoved(GROUP, SUPERGROUP);
    expect(await subscription(SUPERGROUP)).toMatchObject({ state: 'active', cursor: 0, next_at: SLOT + DAY });
  });

  it('that moves in circles is tried less and less often', async () => {
    await addChat(rig.db, GROUP);
    await planEdition(rig.db);
    rig.outside.react = (parcel) => moved(parcel.chatId === GROUP ? SUPERGROUP : GROUP);
    await rig.begin();
    await rig.clock.advance(3_600_000);
    expect(rig.outside.calls.length).toBeLessThan(20);
  });

  it('that was flooded many times before it moved is followed at once', async () => {
    await addChat(rig.db, GROUP);
    await planEdition(rig.db);
    rig.outside.react = (parcel, count) =>
      parcel.chatId === SUPERGROUP ? yes() : count < 12 ? flood(2) : moved(SUPERGROUP);
    await rig.begin();
    await rig.clock.advance(120_000);
    expect(rig.outside.arrived()).toEqual([`${SUPERGROUP}:e1p0`]);
  });

  it('that is said to have moved to where it is, is tried again later', async () => {
    await addChat(rig.db, GROUP);
    await planEdition(rig.db);
    rig.outside.react = (_parcel, count) => (count === 0 ? moved(GROUP) : yes());
    await rig.begin();
    await rig.clock.advance(30_000);
    expect(rig.outside.arrived()).toEqual([`${GROUP}:e1p0`]);
  });

  describe('with a subscription at the new id already', () => {
    it('keeps that one’s preferences, and gets an edition of the same slot once', async () => {
      await addChat(rig.db, GROUP, { cron: '0 6 * * *', language: 'en' });
      await addChat(rig.db, SUPERGROUP, { cron: '0 20 * * *', language: 'vi' });
      await planEdition(rig.db, { fromSeq: 0, toSeq: 10 });
      upgraded();
      await rig.begin();
      await rig.clock.advance(20_000);
      expect(rig.outside.arrived()).toEqual([`${SUPERGROUP}:e1p0`]);
      expect(await subscription(SUPERGROUP)).toMatchObject({
        cron: '0 20 * * *',
        language: 'vi',
        cursor: 10,
      });
      expect(await chat(GROUP)).toBeUndefined();
      expect(await rig.db.selectFrom('subscriptions').selectAll().execute()).toHaveLength(1);
      expect(rig.events.filter((event) => event.kind === 'chat')).toMatchObject([
        { change: { merged: true } },
      ]);
    });

    it('does not get once more what had arrived under the old id', async () => {
      await addChat(rig.db, GROUP);
      await addChat(rig.db, SUPERGROUP);
      await planEdition(rig.db, { fromSeq: 0, toSeq: 10 });
      rig.outside.react = (parcel, count) => (parcel.chatId === SUPERGROUP && count === 0 ? flood(5) : yes());
      const delivery = await rig.begin();
      await rig.clock.advance(1_000);
      await delivery.chatMoved(GROUP, SUPERGROUP);
      await rig.clock.advance(20_000);
      expect(rig.outside.arrived()).toEqual([`${GROUP}:e1p0`]);
    });

    it('takes over what the old one was still to get', async () => {
      await addChat(rig.db, GROUP, { cursor: 0 });
      await addChat(rig.db, SUPERGROUP, { cursor: null });
      const [old] = await rig.db
        .selectFrom('subscriptions')
        .select('id')
        .where('chat_id', '=', GROUP)
        .execute();
      await planEdition(rig.db, { subscriptionIds: [old?.id ?? 0], fromSeq: 0, toSeq: 10 });
      upgraded();
      await rig.begin();
      await rig.clock.advance(20_000);
      expect(rig.outside.arrived()).toEqual([`${SUPERGROUP}:e1p0`]);
      expect((await subscription(SUPERGROUP))?.cursor).toBe(10);
    });

    it.each<
      [
        why: string,
        old: { cursor: number | null; filter?: string },
        kept: { cursor: number | null; filter?: string },
        expected: number | null,
      ]
    >([
      [
        'both had everything up to their cursors, so together up to the later one',
        { cursor: 30 },
        { cursor: 20 },
        30,
      ],
      ['also if that is the kept one’s', { cursor: 20 }, { cursor: 30 }, 30],
      ['the kept one never had an edition', { cursor: 20 }, { cursor: null }, 20],
      ['the old one never had an edition', { cursor: null }, { cursor: 20 }, 20],
      ['neither had', { cursor: null }, { cursor: null }, null],
      [
        'what the old one filtered out, the kept one may want',
        { cursor: 30, filter: 'bóng đá' },
        { cursor: 20 },
        20,
      ],
      ['the same filter', { cursor: 30, filter: 'G20' }, { cursor: 20, filter: 'G20' }, 30],
      ['the old one had all', { cursor: 30 }, { cursor: 20, filter: 'G20' }, 30],
    ])('goes on after the right article: %s', async (_why, old, kept, expected) => {
      await addChat(rig.db, GROUP, old);
      await addChat(rig.db, SUPERGROUP, kept);
      await rig.outbox.chatMoved(GROUP, SUPERGROUP, SLOT);
      expect((await subscription(SUPERGROUP))?.cursor).toBe(expected);
    });

    it('leaves it unsubscribed if somebody unsubscribed it there', async () => {
      await addChat(rig.db, GROUP);
      await addChat(rig.db, SUPERGROUP, { state: 'stopped', reason: 'unsubscribed', next_at: null });
      await rig.outbox.chatMoved(GROUP, SUPERGROUP, SLOT);
      expect(await subscription(SUPERGROUP)).toMatchObject({ state: 'stopped', reason: 'unsubscribed' });
    });

    it('moves topics that are only there', async () => {
      await addChat(rig.db, GROUP);
      await addChat(rig.db, SUPERGROUP, { thread_id: 7 });
      await rig.outbox.chatMoved(GROUP, SUPERGROUP, SLOT);
      expect(await subscription(SUPERGROUP, 0)).toBeDefined();
      expect(await subscription(SUPERGROUP, 7)).toBeDefined();
    });
  });
});

describe('a topic that takes no messages', () => {
  const closed = no(400, 'Bad Request: TOPIC_CLOSED');
  const deleted = no(400, 'Bad Request: message thread not found');

  it('closed: this edition goes to the chat itself, the next one tries the topic again', async () => {
    await addChat(rig.db, SUPERGROUP, { thread_id: 7 });
    await planEdition(rig.db, { parts: 2 });
    rig.outside.react = (parcel, count) => (count === 0 && parcel.threadId === 7 ? closed : yes());
    const delivery = await rig.begin();
    await rig.clock.advance(10_000);
    await planEdition(rig.db, { slot: SLOT + DAY });
    delivery.wake();
    await rig.clock.advance(10_000);
    expect(rig.outside.calls.map((call) => `${call.html} → ${call.threadId}`)).toEqual([
      'e1p0 → 7',
      'e1p0 → 0',
      'e1p1 → 0',
      'e2p0 → 7',
    ]);
    expect(rig.events).toContainEqual({
      kind: 'chat',
      change: {
        kind: 'topicLost',
        subscriptionId: 1,
        chatId: SUPERGROUP,
        threadId: 7,
        closed: true,
        became: 'general',
      },
    });
  });

  it('deleted: the subscription is the chat’s from now on', async () => {
    await addChat(rig.db, SUPERGROUP, { thread_id: 7 });
    await planEdition(rig.db, { parts: 2 });
    rig.outside.react = (parcel) => (parcel.threadId === 7 ? deleted : yes());
    await rig.begin();
    await rig.clock.advance(10_000);
    expect(rig.outside.calls.map((call) => call.threadId)).toEqual([7, 0, 0]);
    expect(await subscription(SUPERGROUP, 0)).toMatchObject({ state: 'active' });
  });

  it.each([
    ['closed', closed, 'gone:topic-closed'],
    ['deleted', deleted, 'topic-deleted'],
  ])('%s, and the chat has a digest of its own: the topic’s stops', async (_how, reaction, reason) => {
    await addChat(rig.db, SUPERGROUP, { thread_id: 7 });
    await addSubscription(rig.db, SUPERGROUP, { thread_id: 0 });
    await planEdition(rig.db, { fromSeq: 0, toSeq: 10 });
    rig.outside.react = (parcel) => (parcel.threadId === 7 ? reaction : yes());
    await rig.begin();
    await rig.clock.advance(10_000);
    expect(rig.outside.arrived()).toHaveLength(1);
    expect(await subscription(SUPERGROUP, 7)).toMatchObject({ state: 'stopped', reason, cursor: 0 });
    expect(await subscription(SUPERGROUP, 0)).toMatchObject({ state: 'active', cursor: 10 });
  });

  it('closed, and General closed too: stops, and goes on when the chat says that it may', async () => {
    await addChat(rig.db, SUPERGROUP, { thread_id: 7 });
    await planEdition(rig.db, { fromSeq: 0, toSeq: 10 });
    rig.outside.react = () => closed;
    const delivery = await rig.begin();
    await rig.clock.advance(10_000);
    expect(rig.outside.calls).toHaveLength(2);
    expect(await subscription(SUPERGROUP, 7)).toMatchObject({ state: 'stopped', cursor: 0 });
    expect((await chat(SUPERGROUP))?.state).toBe('active');
    expect(await delivery.chatBack(SUPERGROUP)).toBe(1);
    expect(await subscription(SUPERGROUP, 7)).toMatchObject({ state: 'active' });
  });
});
