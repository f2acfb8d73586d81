import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRig, type Rig } from '../tools/deliveryRig.ts';
import { blocked, flood, lost, moved, no, yes } from '../tools/outside.ts';
import { addChat, planEdition, SLOT, states } from '../tools/plan.ts';

const GROUP = -500;
const SUPERGROUP = -1_001_000_000_500;
const OLD = 1;
const KEPT = 2;
const DAY = 86_400_000;
const FIRST = { fromSeq: 0, toSeq: 10 };

let rig: Rig;

beforeEach(async () => {
  rig = await createRig();
  await addChat(rig.db, GROUP);
  await addChat(rig.db, SUPERGROUP);
});
afterEach(() => rig.close());

const cursor = async () =>
  (await rig.db.selectFrom('subscriptions').select('cursor').where('chat_id', '=', SUPERGROUP).execute()).map(
    (row) => row.cursor,
  );
const plan = (subscription: number, wish: Parameters<typeof planEdition>[1]) =>
  planEdition(rig.db, { subscriptionIds: [subscription], ...wish });

describe('a group with a subscription under its old id and one under its new id', () => {
  it('loses nothing when the new one had lost the same slot', async () => {
    await plan(OLD, FIRST);
    await plan(KEPT, FIRST);
    await rig.outbox.chatGone(SUPERGROUP, 'kicked', SLOT);
    rig.outside.react = (parcel) => (parcel.chatId === GROUP ? moved(SUPERGROUP) : yes());
    await rig.begin();
    await rig.clock.advance(20_000);
    expect(rig.outside.arrived()).toEqual([`${SUPERGROUP}:e1p0`]);
    expect(await cursor()).toEqual([10]);
  });

  it('gets the rest of what it had begun to get under the old one', async () => {
    await plan(OLD, { ...FIRST, parts: 2 });
    rig.outside.react = (parcel, count) =>
      parcel.chatId === GROUP && count > 0
        ? no(400, 'Bad Request: group chat was upgraded to a supergroup chat')
        : yes();
    const delivery = await rig.begin();
    await rig.clock.advance(5_000);
    expect(await states(rig.db)).toContain(`${GROUP}:e1p1 dead (kept:gone:upgraded)`);
    await delivery.chatMoved(GROUP, SUPERGROUP);
    delivery.wake();
    await rig.clock.advance(5_000);
    expect(rig.outside.arrived()).toEqual([`${GROUP}:e1p0`, `${SUPERGROUP}:e1p1`]);
  });

  it('does not get what the new one had, though the old one’s edition has more: that comes with the next', async () => {
    await plan(KEPT, { fromSeq: 0, toSeq: 20 });
    rig.outside.react = (parcel) => (parcel.chatId === GROUP ? moved(SUPERGROUP) : yes());
    const delivery = await rig.begin();
    await rig.clock.advance(2_000);
    await plan(OLD, { slot: SLOT + DAY, fromSeq: 10, toSeq: 30 });
    delivery.wake();
    await rig.clock.advance(5_000);
    expect(rig.outside.arrived()).toEqual([`${SUPERGROUP}:e1p0`]);
    expect(await cursor()).toEqual([20]);
  });

  it('gets the editions of whichever had more', async () => {
    await plan(KEPT, FIRST);
    await plan(OLD, FIRST);
    await plan(OLD, { slot: SLOT + DAY, fromSeq: 10, toSeq: 30 });
    await rig.outbox.chatMoved(GROUP, SUPERGROUP, SLOT + DAY);
    await rig.begin();
    await rig.clock.advance(5_000);
    expect(rig.outside.arrived()).toEqual([`${SUPERGROUP}:e2p0`, `${SUPERGROUP}:e3p0`]);
    expect(await cursor()).toEqual([30]);
  });

  it('keeps the list of what may not have arrived under the old one', async () => {
    await plan(OLD, FIRST);
    await plan(KEPT, FIRST);
    rig.outside.react = (parcel, count) =>
      parcel.chatId === SUPERGROUP ? (count === 0 ? blocked() : yes()) : lost(false);
    const delivery = await rig.begin();
    await rig.clock.advance(5_000);
    await delivery.chatMoved(GROUP, SUPERGROUP);
    const unknown = await delivery.unknownFor(SUPERGROUP, 10);
    expect(unknown).toMatchObject([{ chatId: SUPERGROUP, partCount: 1 }]);
    expect(await delivery.redeliver(SUPERGROUP, unknown[0]?.id ?? 0)).toBe(1);
    await rig.clock.advance(5_000);
    expect(rig.outside.arrived()).toEqual([`${SUPERGROUP}:e1p0`]);
  });

  it('that was told to wait while it moved gets its digest once', async () => {
    await plan(OLD, FIRST);
    rig.outside.react = (_parcel, count) => (count === 0 ? flood(3) : yes());
    const delivery = await rig.begin();
    await rig.clock.advance(50);
    await plan(KEPT, FIRST);
    await delivery.chatMoved(GROUP, SUPERGROUP);
    await rig.clock.advance(30_000);
    expect(rig.outside.arrived()).toEqual([`${SUPERGROUP}:e1p0`]);
    expect(await cursor()).toEqual([10]);
  });

  it('still knows who added the bot', async () => {
    await rig.db.updateTable('chats').set({ added_by: 7 }).where('id', '=', GROUP).execute();
    await rig.outbox.chatMoved(GROUP, SUPERGROUP, SLOT);
    const chats = await rig.db.selectFrom('chats').select(['id', 'added_by']).execute();
    expect(chats).toEqual([{ id: SUPERGROUP, added_by: 7 }]);
  });
});
