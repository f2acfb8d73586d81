/**
 * Subscriptions in the database, and the transaction that turns due ones into planned deliveries.
 */
import { sql, type Selectable } from 'kysely';
import type { FrozenEdition, PlannedGroup, PlannerStore } from '../digest/planner.ts';
import {
  DEFAULT_STYLE,
  type NewSubscription,
  type Subscription,
  type SubscriptionStore,
} from '../digest/subscription.ts';
import type { Db } from './database.ts';
import type { SubscriptionsTable } from './schema.ts';
import { revive, withdraw } from './withdraw.ts';

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
    subscribe: (wish) => subscribe(db, wish),
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
        .limit(limit)
        .execute();
      return rows.map(fromRow);
    },
    async commit(groups, now) {
      await db.transaction().execute(async (transaction) => {
        for (const group of groups) await commitGroup(transaction, group, now);
      });
    },
  };
}

function withSurface(db: Db) {
  return db
    .selectFrom('subscriptions')
    .innerJoin('chats', 'chats.id', 'subscriptions.chat_id')
    .selectAll('subscriptions')
    .select('chats.type as chat_type');
}

type Row = Selectable<SubscriptionsTable> & { chat_type: string };

function fromRow(row: Row): Subscription {
  return {
    id: row.id,
    chatId: row.chat_id,
    threadId: row.thread_id,
    surface: row.chat_type === 'channel' ? 'channel' : 'chat',
    cron: row.cron,
    zone: row.zone,
    language: row.language,
    filter: row.filter,
    style: row.style,
    silent: row.silent === 1,
    pausedUntil: row.paused_until,
    cursor: row.cursor,
    nextAt: row.next_at,
  };
}

async function subscribe(db: Db, wish: NewSubscription): Promise<boolean> {
  const active = { state: 'active' as const, reason: null, next_at: wish.nextAt };
  return db.transaction().execute(async (transaction) => {
    const row = await transaction
      .insertInto('subscriptions')
      .values({
        ...active,
        chat_id: wish.chatId,
        thread_id: wish.threadId,
        cron: wish.cron,
        zone: wish.zone,
        language: wish.language,
        filter: null,
        style: DEFAULT_STYLE,
        silent: 0,
        paused_until: null,
        cursor: null,
        created_at: wish.now,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['chat_id', 'thread_id'])
          .doUpdateSet({ ...active, language: wish.language })
          .where('subscriptions.state', '=', 'stopped'),
      )
      .returning('id')
      .executeTakeFirst();
    // The rest of an edition that had begun to leave when the subscription was stopped.
    if (row !== undefined) await revive(transaction, row.id, wish.now);
    return row !== undefined;
  });
}

async function unsubscribe(db: Db, chatId: number, threadId: number, now: number): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const row = await transaction
      .selectFrom('subscriptions')
      .select('id')
      .where('chat_id', '=', chatId)
      .where('thread_id', '=', threadId)
      .where('state', '=', 'active')
      .executeTakeFirst();
    if (row === undefined) return false;
    await withdraw(transaction, row.id, 'unsubscribed', now);
    await transaction
      .updateTable('subscriptions')
      .set({ state: 'stopped', reason: 'unsubscribed', next_at: null })
      .where('id', '=', row.id)
      .execute();
    return true;
  });
}

async function commitGroup(transaction: Db, group: PlannedGroup, now: number): Promise<void> {
  const { edition } = group;
  const sameAsRead = transaction
    .selectFrom('subscriptions')
    .where('id', 'in', group.subscriptionIds)
    .where('state', '=', 'active')
    .where('next_at', '<=', now)
    .where('cursor', group.cursor === null ? 'is' : '=', group.cursor);
  if (edition !== null) {
    const { id: editionId, partCount } = await saveEdition(transaction, edition, now);
    // Slots of a subscription only grow, also when the clock was set back: an edition never takes the place of another.
    const slot = sql<number>`max(${group.slot}, coalesce(1 + (select max(d.slot) from deliveries d
      where d.subscription_id = subscriptions.id), 0))`;
    await transaction
      .insertInto('deliveries')
      .columns(['subscription_id', 'slot', 'edition_id', 'part', 'state', 'attempt', 'updated_at'])
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
    .set({ next_at: group.nextAt, ...stopped, ...(edition === null ? {} : { cursor: edition.toSeq }) })
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
