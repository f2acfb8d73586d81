/**
 * Subscriptions in the database, and the transaction that turns due ones into planned deliveries.
 */
import { sql } from 'kysely';
import type { FrozenEdition, PlannedGroup, PlannerStore } from '../digest/planner.ts';
import type { SubscriptionStore } from '../digest/subscription.ts';
import type { Db } from './database.ts';
import { toldTo } from './alerts.ts';
import { adjust, fromRow, known, subscribe, unsubscribe, withSurface } from './subscriptionChanges.ts';

export function createSubscriptionStore(db: Db): SubscriptionStore & PlannerStore {
  return {
    async find(chatId, threadId) {
      const row = await withSurface(db)
        .where('chat_id', '=', chatId)
        .where('thread_id', '=', threadId)
        .where('subscriptions.state', '=', 'active')
        .executeTakeFirst();
      return row === undefined ? null : fromRow(row);
    },
    known: (chatId, threadId) => known(db, chatId, threadId),
    subscribe: (wish) => subscribe(db, wish),
    adjust: (chatId, threadId, change, now) => adjust(db, chatId, threadId, change, now),
    unsubscribe: (chatId, threadId, now) => unsubscribe(db, chatId, threadId, now),
    async wasStopped(chatId) {
      const row = await db
        .selectFrom('subscriptions')
        .select('id')
        .where('chat_id', '=', chatId)
        .where('thread_id', '=', 0)
        .where('reason', '=', 'unsubscribed')
        .executeTakeFirst();
      return row !== undefined;
    },
    async due(now, limit) {
      const rows = await withSurface(db)
        .where('subscriptions.state', '=', 'active')
        .where('next_at', '<=', now)
        .orderBy('next_at')
        .orderBy('filter')
        .limit(limit)
        .execute();
      return rows.map(fromRow);
    },
    told: (subscriptions) => toldTo(db, subscriptions),
    async commit(groups, now) {
      await db.transaction().execute(async (transaction) => {
        for (const group of groups) await commitGroup(transaction, group, now);
      });
    },
  };
}

async function commitGroup(transaction: Db, group: PlannedGroup, now: number): Promise<void> {
  const { edition } = group;
  const silent = group.silent ? 1 : 0;
  const sameAsRead = transaction
    .selectFrom('subscriptions')
    .where('id', 'in', group.subscriptionIds)
    .where('state', '=', 'active')
    .where('next_at', '<=', now)
    .where('cursor', group.cursor === null ? 'is' : '=', group.cursor)
    .where('told_seq', group.toldSeq === null ? 'is' : '=', group.toldSeq);
  if (edition !== null) {
    const { id: editionId, partCount } = await saveEdition(transaction, edition, now);
    // Slots of a subscription only grow, also when the clock was set back: an edition never takes the place of another.
    const slot = sql<number>`max(${group.slot}, coalesce(1 + (select max(d.slot) from deliveries d
      where d.subscription_id = subscriptions.id), 0))`;
    await transaction
      .insertInto('deliveries')
      .columns(['subscription_id', 'slot', 'edition_id', 'part', 'state', 'attempt', 'silent', 'updated_at'])
      .expression(
        sameAsRead
          .innerJoin(
            sql<{ number: number }>`(select value as number from json_each(${numbers(partCount)}))`.as(
              'part',
            ),
            (join) => join.onTrue(),
          )
          .select([
            'id',
            slot.as('slot'),
            sql.val(editionId).as('edition_id'),
            'part.number as part',
            sql.val('planned').as('state'),
            sql.val(0).as('attempt'),
            sql.val(silent).as('silent'),
            sql.val(now).as('updated_at'),
          ])
          .orderBy('part.number')
          .orderBy('id'),
      )
      .execute();
  }
  const stopped = group.nextAt === null ? { state: 'stopped' as const, reason: 'no-next-slot' } : {};
  await transaction
    .updateTable('subscriptions')
    .set({
      next_at: group.nextAt,
      ...stopped,
      ...(group.coveredTo === null ? {} : { cursor: group.coveredTo }),
    })
    .where('id', 'in', sameAsRead.select('id'))
    .execute();
}

/**
 * An edition with the same key is used again as it was frozen, also when one of its articles was edited since and would
 * make it longer or shorter now.
 */
async function saveEdition(
  transaction: Db,
  edition: FrozenEdition,
  now: number,
): Promise<{ id: number; partCount: number }> {
  await transaction
    .insertInto('editions')
    .values({
      key: edition.key,
      from_seq: edition.fromSeq,
      to_seq: edition.toSeq,
      filter: edition.filter,
      told: JSON.stringify(edition.told ?? []),
      parts: JSON.stringify(edition.parts),
      article_ids: JSON.stringify(edition.articleIds),
      created_at: now,
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  return transaction
    .selectFrom('editions')
    .select(['id', sql<number>`json_array_length(parts)`.as('partCount')])
    .where('key', '=', edition.key)
    .executeTakeFirstOrThrow();
}

/** The numbers from 0 up, as JSON. */
function numbers(count: number): string {
  return JSON.stringify(Array.from({ length: count }, (_, number) => number));
}
