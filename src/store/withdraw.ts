/**
 * Takes back what a subscription was to get and did not. Nothing is lost by it: the cursor goes back over editions of
 * which nothing left, the rest of an edition that was begun is kept for the day on which the subscription goes on, and
 * what may have arrived stays unknown, to be offered.
 */
import { sql, type Transaction } from 'kysely';
import type { Database } from './schema.ts';

type Trx = Transaction<Database>;

/** Before the reason of a delivery that `revive` brings back. */
const KEPT = 'kept:';

const IS_KEPT = sql`d.state = 'dead' and d.reason like ${`${KEPT}%`}`;

/** A delivery that is to come: open, or kept. */
interface ToCome {
  id: number;
  doubts: number;
  /** Of its edition: exclusive, null for a first one. */
  fromSeq: number | null;
  /** Inclusive. */
  toSeq: number;
  kept: 0 | 1;
  /** 1 for an article that was told at once. */
  alert: 0 | 1;
}

export interface Unsent {
  /** Of editions of which no part left: the cursor can go back over them, and all of them are after the others. */
  untouched: ToCome[];
  /** Of editions that were begun, or that come before one that was; and what is told at once. */
  begun: ToCome[];
  /** May have arrived at an earlier attempt. */
  doubtful: ToCome[];
}

/** Deliveries in flight count as having left: they settle on their own. */
export async function unsentOf(trx: Trx, subscriptionId: number): Promise<Unsent> {
  const { rows } = await sql<ToCome>`
    select d.id, d.doubts, e.from_seq as fromSeq, e.to_seq as toSeq, e.alert, (${IS_KEPT}) as kept
    from deliveries d join editions e on e.id = d.edition_id
    where d.subscription_id = ${subscriptionId} and (d.state in ('planned', 'deferred') or ${IS_KEPT})
    order by d.id`.execute(trx);
  if (rows.length === 0) return { untouched: [], begun: [], doubtful: [] };
  const left = await sql<{ upTo: number | null }>`
    select max(e.to_seq) as upTo from deliveries d join editions e on e.id = d.edition_id
    where d.subscription_id = ${subscriptionId} and e.alert = 0
      and (d.doubts > 0 or d.state in ('sent', 'unknown', 'inflight'))`.execute(trx);
  const upTo = left.rows[0]?.upTo ?? null;
  // No digest has what was to be told at once, and the cursor knows nothing of it: it is kept.
  const isUntouched = ({ fromSeq, alert }: ToCome): boolean =>
    alert === 0 && (upTo === null || (fromSeq !== null && fromSeq >= upTo));
  const certain = rows.filter((row) => row.doubts === 0);
  return {
    untouched: certain.filter(isUntouched),
    begun: certain.filter((row) => !isUntouched(row)),
    doubtful: rows.filter((row) => row.doubts > 0),
  };
}

/** Where the cursor stands when everything untouched is taken back. */
export function cursorBefore(untouched: readonly ToCome[], cursor: number | null): number | null {
  const starts = untouched.map(({ fromSeq }) => fromSeq);
  if (cursor === null || starts.includes(null)) return null;
  return Math.min(cursor, ...starts.filter((start) => start !== null));
}

export async function withdraw(trx: Trx, subscriptionId: number, reason: string, now: number): Promise<void> {
  // What was kept because a part before it was on its way is looked at again: that part may have come back unsent.
  const { untouched, begun, doubtful } = await unsentOf(trx, subscriptionId);
  await close(trx, untouched, 'dead', reason, now);
  const fresh = begun.filter((row) => row.kept === 0);
  await close(trx, fresh, 'dead', KEPT + reason, now);
  await close(trx, doubtful, 'unknown', reason, now);
  if (untouched.length === 0) return;
  const { cursor } = await trx
    .selectFrom('subscriptions')
    .select('cursor')
    .where('id', '=', subscriptionId)
    .executeTakeFirstOrThrow();
  await trx
    .updateTable('subscriptions')
    .set({ cursor: cursorBefore(untouched, cursor) })
    .where('id', '=', subscriptionId)
    .execute();
}

export async function close(
  trx: Trx,
  deliveries: readonly { id: number }[],
  state: 'dead' | 'unknown',
  reason: string,
  now: number,
): Promise<void> {
  if (deliveries.length === 0) return;
  await trx
    .updateTable('deliveries')
    .set({ state, reason, not_before: null, asked_at: null, updated_at: now })
    .where(
      'id',
      'in',
      deliveries.map(({ id }) => id),
    )
    .execute();
}

/** Plans again what was kept for the day on which the subscription goes on. */
export async function revive(trx: Trx, subscriptionId: number, now: number): Promise<void> {
  await trx
    .updateTable('deliveries')
    .set({ state: 'planned', reason: null, updated_at: now })
    .where('subscription_id', '=', subscriptionId)
    .where('state', '=', 'dead')
    .where('reason', 'like', `${KEPT}%`)
    .execute();
}
