/** Subscriptions in the database. How due ones become planned deliveries stands in `plannedCommit.ts`. */
import type { PlannerStore } from '../digest/planner.ts';
import type { SubscriptionStore } from '../digest/subscription.ts';
import type { Db } from './database.ts';
import { toldTo } from './alerts.ts';
import { commitPlanned } from './plannedCommit.ts';
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
        .orderBy('subscriptions.id')
        .limit(limit)
        .execute();
      return rows.map(fromRow);
    },
    told: (subscriptions) => toldTo(db, subscriptions),
    async commit(groups, editions, now) {
      await db.transaction().execute(async (transaction) => {
        await commitPlanned(transaction, groups, editions, now);
      });
    },
  };
}
