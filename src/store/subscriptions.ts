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
  const result = await db
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
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
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

/**
 * Takes back what is planned or deferred for a subscription; a part that is on its way stays. The cursor goes back to
 * before the earliest edition of which no part had left, so that its articles are still to come.
 */
export async function withdraw(
  transaction: Db,
  subscriptionId: number,
  reason: string,
  now: number,
): Promise<void> {
  const untouched = await transaction
    .selectFrom('deliveries')
    .innerJoin('editions', 'editions.id', 'deliveries.edition_id')
    .select(['slot', 'from_seq'])
    .where('subscription_id', '=', subscriptionId)
    .groupBy(['slot', 'edition_id'])
    .having(sql<number>`sum(state not in ('planned', 'deferred'))`, '=', 0)
    .orderBy('slot')
    .executeTakeFirst();
  await transaction
    .updateTable('deliveries')
    .set({ state: 'dead', reason, updated_at: now })
    .where('subscription_id', '=', subscriptionId)
    .where('state', 'in', ['planned', 'deferred'])
    .execute();
  if (untouched === undefined) return;
  await transaction
    .updateTable('subscriptions')
    .set({ cursor: untouched.from_seq })
    .where('id', '=', subscriptionId)
    .execute();
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
    const editionId = await saveEdition(transaction, edition, now);
    for (let part = 0; part < edition.parts.length; part++) {
      await transaction
        .insertInto('deliveries')
        .columns(['subscription_id', 'slot', 'edition_id', 'part', 'state', 'attempt', 'updated_at'])
        .expression(
          sameAsRead.select([
            'id',
            'next_at',
            sql.val(editionId).as('edition_id'),
            sql.val(part).as('part'),
            sql.val('planned').as('state'),
            sql.val(0).as('attempt'),
            sql.val(now).as('updated_at'),
          ]),
        )
        .onConflict((conflict) => conflict.columns(['subscription_id', 'slot', 'part']).doNothing())
        .execute();
    }
  }
  const stopped = group.nextAt === null ? { state: 'stopped' as const, reason: 'no-next-slot' } : {};
  await transaction
    .updateTable('subscriptions')
    .set({ next_at: group.nextAt, ...stopped, ...(edition === null ? {} : { cursor: edition.toSeq }) })
    .where('id', 'in', sameAsRead.select('id'))
    .execute();
}

/** An edition with the same key has the same content: it is used again. */
async function saveEdition(transaction: Db, edition: FrozenEdition, now: number): Promise<number> {
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
  const row = await transaction
    .selectFrom('editions')
    .select('id')
    .where('key', '=', edition.key)
    .executeTakeFirstOrThrow();
  return row.id;
}
