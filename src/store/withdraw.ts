/**
 * Takes back what a subscription was to get and did not. Nothing is lost by it: the cursor goes back over editions of
 * which nothing left, the rest of an edition that was begun is kept for the day on which the subscription goes on, and
 * what may have arrived stays unknown, to be offered.
 */
import { sql, type Transaction } from 'kysely';
import type { Database } from './schema.ts';

/** Before the reason of a delivery that `revive` brings back. */
const KEPT = 'kept:';

const IS_KEPT = sql`d.state = 'dead' and d.reason like ${`${KEPT}%`}`;

interface Row {
  id: number;
  slot: number;
  state: string;
  doubts: number;
  fromSeq: number | null;
  kept: 0 | 1;
}

/** Deliveries in flight are left alone: they settle on their own. */
export async function withdraw(
  trx: Transaction<Database>,
  subscriptionId: number,
  reason: string,
  now: number,
): Promise<void> {
  // What was kept because a part before it was on its way is looked at again: that part may have come back unsent.
  const { rows } = await sql<Row>`
    select d.id, d.slot, d.state, d.doubts, e.from_seq as fromSeq, (${IS_KEPT}) as kept
    from deliveries d join editions e on e.id = d.edition_id
    where d.subscription_id = ${subscriptionId} and d.slot >= (
      select min(d.slot) from deliveries d where d.subscription_id = ${subscriptionId}
        and (d.state in ('planned', 'deferred') or ${IS_KEPT}))
    order by d.slot, d.id`.execute(trx);
  const open = rows.filter((row) => row.state === 'planned' || row.state === 'deferred' || row.kept === 1);
  const left = rows.filter((row) => row.doubts > 0 || ['sent', 'unknown', 'inflight'].includes(row.state));
  const lastLeft = Math.max(...left.map((row) => row.slot), Number.NEGATIVE_INFINITY);
  const doubtful = open.filter((row) => row.doubts > 0);
  const untouched = open.filter((row) => row.doubts === 0 && row.slot > lastLeft);
  const begun = open.filter((row) => row.doubts === 0 && row.slot <= lastLeft && row.kept === 0);
  const close = async (closed: readonly Row[], state: 'dead' | 'unknown', why: string): Promise<void> => {
    if (closed.length === 0) return;
    await trx
      .updateTable('deliveries')
      .set({ state, reason: why, not_before: null, asked_at: null, updated_at: now })
      .where(
        'id',
        'in',
        closed.map((row) => row.id),
      )
      .execute();
  };
  await close(untouched, 'dead', reason);
  await close(begun, 'dead', KEPT + reason);
  await close(doubtful, 'unknown', reason);
  const earliest = untouched[0];
  if (earliest === undefined) return;
  await trx
    .updateTable('subscriptions')
    .set({ cursor: earliest.fromSeq })
    .where('id', '=', subscriptionId)
    .where((e) => (earliest.fromSeq === null ? e.lit(true) : e('cursor', '>', earliest.fromSeq)))
    .execute();
}

/** Plans again what was kept for the day on which the subscription goes on. */
export async function revive(trx: Transaction<Database>, subscriptionId: number, now: number): Promise<void> {
  await trx
    .updateTable('deliveries')
    .set({ state: 'planned', reason: null, updated_at: now })
    .where('subscription_id', '=', subscriptionId)
    .where('state', '=', 'dead')
    .where('reason', 'like', `${KEPT}%`)
    .execute();
}
