/**
 * Follows in the database. Each change writes in the same transaction what the follows make of the digest, so that
 * the planner never asks for them.
 */
import { sql, type Selectable, type Transaction } from 'kysely';
import { filterOf } from '../follows/filter.ts';
import { MAX_FOLLOWS, type Follow, type FollowStore } from '../follows/follow.ts';
import type { FollowTexts } from '../follows/matcher.ts';
import type { Db } from './database.ts';
import type { Database, FollowsTable } from './schema.ts';

type Trx = Transaction<Database>;

export function createFollowStore(db: Db): FollowStore & FollowTexts {
  /** Does something about one follow of this chat or topic, and writes the filter anew. */
  const change = (
    chatId: number,
    threadId: number,
    id: number,
    work: (trx: Trx, subscriptionId: number) => Promise<void>,
  ): Promise<boolean> =>
    db.transaction().execute(async (trx) => {
      const subscriptionId = await subscriptionOf(trx, chatId, threadId);
      if (subscriptionId === null) return false;
      const found = await trx
        .selectFrom('follows')
        .select('id')
        .where('id', '=', id)
        .where('subscription_id', '=', subscriptionId)
        .executeTakeFirst();
      if (found === undefined) return false;
      await work(trx, subscriptionId);
      await writeFilter(trx, subscriptionId);
      return true;
    });

  return {
    async list(chatId, threadId) {
      const subscriptionId = await subscriptionOf(db, chatId, threadId);
      return subscriptionId === null ? [] : (await rowsOf(db, subscriptionId)).map(fromRow);
    },

    add: (chatId, threadId, { text, mode }, now) =>
      db.transaction().execute(async (trx) => {
        const subscriptionId = await subscriptionOf(trx, chatId, threadId);
        if (subscriptionId === null) return { ok: false, why: 'none' };
        const rows = await rowsOf(trx, subscriptionId);
        const isKnown = rows.some((row) => row.text === text);
        if (!isKnown && rows.length >= MAX_FOLLOWS) return { ok: false, why: 'too-many' };
        const row = await trx
          .insertInto('follows')
          .values({ ...(await fresh(trx, subscriptionId, text, now)), mode })
          .onConflict((conflict) => conflict.columns(['subscription_id', 'text']).doUpdateSet({ mode }))
          .returningAll()
          .executeTakeFirstOrThrow();
        await writeFilter(trx, subscriptionId);
        return { ok: true, follow: fromRow(row) };
      }),

    rewrite: (chatId, threadId, id, text, now) =>
      change(chatId, threadId, id, async (trx, subscriptionId) => {
        const old = await trx
          .deleteFrom('follows')
          .where('id', '=', id)
          .returning('mode')
          .executeTakeFirstOrThrow();
        await trx
          .insertInto('follows')
          .values({ ...(await fresh(trx, subscriptionId, text, now)), mode: old.mode })
          .onConflict((conflict) =>
            conflict.columns(['subscription_id', 'text']).doUpdateSet({ mode: old.mode }),
          )
          .execute();
      }),

    setMode: (chatId, threadId, id, mode) =>
      change(chatId, threadId, id, async (trx) => {
        await trx.updateTable('follows').set({ mode }).where('id', '=', id).execute();
      }),

    remove: (chatId, threadId, id) =>
      change(chatId, threadId, id, async (trx) => {
        await trx.deleteFrom('follows').where('id', '=', id).execute();
      }),

    async textsAfter(after, limit) {
      const { last } = await db
        .selectFrom('follows')
        .select((eb) => eb.fn.max<number | null>('id').as('last'))
        .where('id', '>', after)
        .where('id', '<=', (eb) =>
          eb
            .selectFrom('follows')
            .select(sql<number>`min(id) + ${limit - 1}`.as('id'))
            .where('id', '>', after),
        )
        .executeTakeFirstOrThrow();
      if (last === null) return { texts: [], last: null };
      const rows = await db
        .selectFrom('follows')
        .select('text')
        .distinct()
        .where('id', '>', after)
        .where('id', '<=', last)
        .execute();
      return { texts: rows.map(({ text }) => text), last };
    },

    async count() {
      const { count } = await db
        .selectFrom('follows')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return count;
    },
  };
}

async function subscriptionOf(db: Db | Trx, chatId: number, threadId: number): Promise<number | null> {
  const row = await db
    .selectFrom('subscriptions')
    .select('id')
    .where('chat_id', '=', chatId)
    .where('thread_id', '=', threadId)
    .executeTakeFirst();
  return row?.id ?? null;
}

function rowsOf(db: Db | Trx, subscriptionId: number): Promise<Selectable<FollowsTable>[]> {
  return db
    .selectFrom('follows')
    .selectAll()
    .where('subscription_id', '=', subscriptionId)
    .orderBy('id')
    .execute();
}

async function fresh(trx: Trx, subscriptionId: number, text: string, now: number) {
  const { seq } = await trx
    .selectFrom('articles')
    .select(sql<number>`coalesce(max(seq), 0)`.as('seq'))
    .executeTakeFirstOrThrow();
  return { subscription_id: subscriptionId, text, from_seq: seq, created_at: now };
}

export async function writeFilter(trx: Trx, subscriptionId: number): Promise<void> {
  const filter = filterOf(await rowsOf(trx, subscriptionId));
  await trx.updateTable('subscriptions').set({ filter }).where('id', '=', subscriptionId).execute();
}

function fromRow(row: Selectable<FollowsTable>): Follow {
  const { id, text, mode } = row;
  return { id, text, mode, createdAt: row.created_at, fromSeq: row.from_seq };
}
