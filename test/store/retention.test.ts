import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type Db } from '../../src/store/database.ts';
import { forgetOldDeliveries } from '../../src/store/retention.ts';
import type { DeliveryState } from '../../src/store/schema.ts';

const DAY = 24 * 3_600_000;
const NOW = 1_000 * DAY;

let db: Db;

beforeEach(async () => {
  db = await openDatabase(':memory:');
  await db
    .insertInto('chats')
    .values({
      id: 1,
      type: 'private',
      title: null,
      username: null,
      language: null,
      state: 'active',
      reason: null,
      updated_at: 0,
    })
    .execute();
  const common = {
    cron: '0 7 * * *',
    zone: 'UTC',
    language: 'vi' as const,
    filter: null,
    style: 'normal' as const,
    silent: 0,
  };
  await db
    .insertInto('subscriptions')
    .values({
      ...common,
      id: 1,
      chat_id: 1,
      thread_id: 0,
      paused_until: null,
      cursor: null,
      next_at: null,
      state: 'active',
      reason: null,
      created_at: 0,
    })
    .execute();
});

afterEach(() => db.destroy());

async function deliver(
  daysAgo: number,
  state: DeliveryState,
  reason: string | null = null,
  part = 0,
): Promise<void> {
  const at = NOW - daysAgo * DAY;
  const { id } = await db
    .insertInto('editions')
    .values({
      key: `${daysAgo}`,
      from_seq: null,
      to_seq: 1,
      parts: '[]',
      part_count: 0,
      article_ids: '[]',
      created_at: at,
    })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ created_at: at }))
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('deliveries')
    .values({
      subscription_id: 1,
      slot: at,
      edition_id: id,
      part,
      state,
      attempt: 1,
      reason,
      updated_at: at,
    })
    .execute();
}

/** How many days old the deliveries and the editions are that are left. */
async function left(): Promise<{ deliveries: number[]; editions: number[] }> {
  const age = (at: number): number => (NOW - at) / DAY;
  const deliveries = await db.selectFrom('deliveries').select('slot').orderBy('slot', 'desc').execute();
  const editions = await db
    .selectFrom('editions')
    .select('created_at')
    .orderBy('created_at', 'desc')
    .execute();
  return {
    deliveries: deliveries.map(({ slot }) => age(slot)),
    editions: editions.map((row) => age(row.created_at)),
  };
}

describe('forgetting old deliveries', () => {
  it('takes what was settled more than two weeks ago, with its edition', async () => {
    await deliver(30, 'sent');
    await deliver(20, 'dead', 'blocked');
    await deliver(10, 'sent');
    expect(await forgetOldDeliveries(db, NOW)).toBe(2);
    expect(await left()).toEqual({ deliveries: [10], editions: [10] });
  });

  it('keeps the last one of a subscription, however old', async () => {
    await deliver(90, 'sent');
    await deliver(60, 'sent');
    await forgetOldDeliveries(db, NOW);
    expect(await left()).toEqual({ deliveries: [60], editions: [60] });
  });

  it('keeps what may still be sent, or asked for', async () => {
    await deliver(50, 'unknown');
    await deliver(40, 'deferred');
    await deliver(30, 'dead', 'kept:blocked');
    await deliver(1, 'sent');
    expect(await forgetOldDeliveries(db, NOW)).toBe(0);
  });

  it('keeps what left of an edition of which a part is still to come: it tells what is not to be sent again', async () => {
    for (const [days, state, reason] of [
      [50, 'unknown', null],
      [40, 'planned', null],
      [30, 'dead', 'kept:gone:blocked'],
    ] as const) {
      await deliver(days, 'sent', null, 0);
      await deliver(days, state, reason, 1);
    }
    await deliver(20, 'sent', null, 0);
    await deliver(20, 'dead', 'gone:blocked', 1);
    await deliver(1, 'sent');
    expect(await forgetOldDeliveries(db, NOW)).toBe(2);
    expect((await left()).deliveries).toEqual([1, 30, 30, 40, 40, 50, 50]);
  });
});
