import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lastDelivery } from '../../src/store/reports.ts';
import { DAY, MINUTE, Newsroom, SEVEN } from '../digest/newsroom.ts';

const ANNE = 1;
const GROUP = -100;

let room: Newsroom;

beforeEach(async () => {
  room = await Newsroom.open();
});

afterEach(() => room.close());

/** An edition of two messages that waits to be sent. */
async function planTwoParts(at = SEVEN): Promise<void> {
  await room.publish(15, (name) => name.padEnd(300, '.'));
  await room.subscribe(ANNE);
  await room.tick(at, 15);
}

describe('the last delivery of a chat', () => {
  it('is none before the first digest', async () => {
    expect(await lastDelivery(room.db, ANNE, 0)).toBeNull();
    await room.subscribe(ANNE);
    expect(await lastDelivery(room.db, ANNE, 0)).toBeNull();
  });

  it('waits until all of its parts were sent', async () => {
    await planTwoParts();
    expect(await lastDelivery(room.db, ANNE, 0)).toEqual({ slot: SEVEN, outcome: 'waiting', reason: null });
    await room.send(ANNE, SEVEN, 1);
    expect((await lastDelivery(room.db, ANNE, 0))?.outcome).toBe('waiting');
    await room.takeOne(ANNE, SEVEN);
    expect((await lastDelivery(room.db, ANNE, 0))?.outcome).toBe('waiting');
  });

  it('is sent when all of its parts were', async () => {
    await planTwoParts();
    await room.send(ANNE, SEVEN);
    expect(await lastDelivery(room.db, ANNE, 0)).toEqual({ slot: SEVEN, outcome: 'sent', reason: null });
  });

  it('is as bad as its worst part, with the reason', async () => {
    await planTwoParts();
    const first = await room.takeOne(ANNE, SEVEN);
    await room.outbox.settle([{ kind: 'unknown', id: first?.id ?? 0, reason: 'ECONNRESET' }], SEVEN, []);
    expect(await lastDelivery(room.db, ANNE, 0)).toEqual({
      slot: SEVEN,
      outcome: 'unknown',
      reason: 'ECONNRESET',
    });
    const second = await room.takeOne(ANNE, SEVEN);
    await room.outbox.settle([{ kind: 'dead', id: second?.id ?? 0, reason: 'refused' }], SEVEN, []);
    expect(await lastDelivery(room.db, ANNE, 0)).toEqual({ slot: SEVEN, outcome: 'dead', reason: 'refused' });
  });

  it('waits when it is put off', async () => {
    await planTwoParts();
    const first = await room.takeOne(ANNE, SEVEN);
    await room.outbox.settle(
      [
        {
          ...{ kind: 'again', id: first?.id ?? 0, notBefore: SEVEN + MINUTE, reason: 'flood' },
          ...{ plain: false, offTopic: false, doubt: false },
        },
      ],
      SEVEN,
      [],
    );
    expect(await lastDelivery(room.db, ANNE, 0)).toEqual({
      slot: SEVEN,
      outcome: 'waiting',
      reason: null,
    });
  });

  it('is that of the latest slot', async () => {
    await planTwoParts();
    await room.send(ANNE, SEVEN);
    await room.publish(1);
    await room.tick(SEVEN + DAY);
    expect(await lastDelivery(room.db, ANNE, 0)).toEqual({
      slot: SEVEN + DAY,
      outcome: 'waiting',
      reason: null,
    });
  });

  it('is known after the chat has unsubscribed', async () => {
    await planTwoParts();
    await room.send(ANNE, SEVEN);
    await room.unsubscribe(ANNE, SEVEN + MINUTE);
    expect((await lastDelivery(room.db, ANNE, 0))?.outcome).toBe('sent');
  });

  it.each([
    ['nothing of it had left', 0],
    ['a part of it had left', 1],
  ])('says why the chat did not get it, when %s', async (_, parts) => {
    await planTwoParts();
    await room.send(ANNE, SEVEN, parts);
    await room.outbox.chatGone(ANNE, 'blocked', SEVEN + MINUTE);
    expect(await lastDelivery(room.db, ANNE, 0)).toEqual({ slot: SEVEN, outcome: 'dead', reason: 'blocked' });
  });

  it("is the topic's own", async () => {
    await room.publish(1);
    await room.subscribe(GROUP);
    await room.subscribe(GROUP, { thread: 7, cron: '0 8 * * *' });
    await room.tick(SEVEN);
    expect((await lastDelivery(room.db, GROUP, 0))?.slot).toBe(SEVEN);
    expect(await lastDelivery(room.db, GROUP, 7)).toBeNull();
  });
});
