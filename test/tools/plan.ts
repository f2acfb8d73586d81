/**
 * Puts chats, subscriptions and planned editions into a database, the way planning does, with texts by which a test
 * recognises them: `e1p0` is part 0 of edition 1.
 */
import type { Insertable } from 'kysely';
import type { DigestPart } from '../../src/delivery/courier.ts';
import type { Db } from '../../src/store/database.ts';
import type { DeliveriesTable, SubscriptionsTable } from '../../src/store/schema.ts';

export const SLOT = Date.UTC(2026, 0, 5);

export async function addChat(
  db: Db,
  id: number,
  subscription: Partial<Omit<Insertable<SubscriptionsTable>, 'id'>> | null = {},
): Promise<void> {
  const type = id > 0 ? 'private' : 'supergroup';
  await db
    .insertInto('chats')
    .values({
      id,
      type,
      title: null,
      username: null,
      language: null,
      state: 'active',
      reason: null,
      updated_at: 0,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  if (subscription !== null) await addSubscription(db, id, subscription);
}

export async function addSubscription(
  db: Db,
  chatId: number,
  subscription: Partial<Omit<Insertable<SubscriptionsTable>, 'id'>> = {},
): Promise<number> {
  const { id } = await db
    .insertInto('subscriptions')
    .values({
      chat_id: chatId,
      thread_id: 0,
      cron: '0 7 * * *',
      zone: 'Asia/Ho_Chi_Minh',
      language: 'vi',
      filter: null,
      style: 'normal',
      silent: 0,
      paused_until: null,
      cursor: 0,
      next_at: SLOT,
      state: 'active',
      reason: null,
      created_at: 0,
      ...subscription,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export interface PlanWish {
  /** All active ones when it is missing. */
  subscriptionIds?: number[];
  slot?: number;
  fromSeq?: number | null;
  toSeq?: number;
  parts?: number;
}

/** Plans one edition and moves the cursors. Returns its id. */
export async function planEdition(db: Db, wish: PlanWish = {}): Promise<number> {
  const { slot = SLOT, fromSeq = 0, toSeq = 10, parts = 1 } = wish;
  return db.transaction().execute(async (trx) => {
    const edition = await trx
      .insertInto('editions')
      .values({
        key: `${slot}/${Math.random()}`,
        from_seq: fromSeq,
        to_seq: toSeq,
        parts: '[]',
        part_count: parts,
        article_ids: '[]',
        created_at: 0,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const texts: DigestPart[] = Array.from({ length: parts }, (_, part) => {
      return { html: `e${edition.id}p${part}`, buttons: [] };
    });
    await trx
      .updateTable('editions')
      .set({ parts: JSON.stringify(texts) })
      .where('id', '=', edition.id)
      .execute();
    const chosen = trx
      .selectFrom('subscriptions')
      .where('state', '=', 'active')
      .$if(wish.subscriptionIds !== undefined, (query) =>
        query.where('id', 'in', wish.subscriptionIds ?? []),
      );
    for (let part = 0; part < parts; part += 1) {
      await trx
        .insertInto('deliveries')
        .columns(['subscription_id', 'slot', 'edition_id', 'part', 'state', 'attempt', 'updated_at'])
        .expression(
          chosen
            .select((e) => [
              'id',
              e.lit(slot).as('slot'),
              e.lit(edition.id).as('edition_id'),
              e.lit(part).as('part'),
              e.val('planned').as('state'),
              e.lit(0).as('attempt'),
              e.lit(0).as('updated_at'),
            ])
            .orderBy('id'),
        )
        .execute();
    }
    await trx
      .updateTable('subscriptions')
      .set({ cursor: toSeq, next_at: slot + 86_400_000 })
      .where('id', 'in', chosen.select('id'))
      .execute();
    return edition.id;
  });
}

/** All deliveries as `chat:text state reason`, in the order of their ids; the reason only if there is one. */
export async function states(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('deliveries')
    .innerJoin('subscriptions', 'subscriptions.id', 'deliveries.subscription_id')
    .select(['chat_id', 'edition_id', 'part', 'deliveries.state', 'deliveries.reason'])
    .orderBy('deliveries.id')
    .execute();
  return rows.map((row) => {
    const reason = row.reason === null ? '' : ` (${row.reason})`;
    return `${row.chat_id}:e${row.edition_id}p${row.part} ${row.state}${reason}`;
  });
}

export async function deliveries(db: Db): Promise<(Omit<DeliveriesTable, 'id'> & { id: number })[]> {
  return (await db.selectFrom('deliveries').selectAll().orderBy('id').execute()) as never;
}
