/**
 * Takes back what a subscription was to get and did not. Nothing is lost by it: the cursor goes back over editions of
 * which nothing left, the rest of an edition that was begun is kept for the day on which the subscription goes on, and
 * what may have arrived stays unknown, to be offered.
 */
import type { Transaction } from 'kysely';
import type { Database } from './schema.ts';

/** Before the reason of a delivery that `revive` brings back. */
const KEPT = 'kept:';

/** Deliveries in flight are left alone: they settle on their own. */
export async function withdraw(
  trx: Transaction<Database>,
  subscriptionId: number,
  reason: string,
  now: number,
): Promise<void> {
  const rows = await trx
    .selectFrom('deliveries')
    .innerJoin('editions', 'editions.id', 'deliveries.edition_id')
    .select(['deliveries.id', 'slot', 'state', 'doubts', 'from_seq'])
    .where('subscription_id', '=', subscriptionId)
    .where('slot', '>=', (query) =>
      query
        .selectFrom('deliveries')
        .select((e) => e.fn.min('slot').as('slot'))
        .where('subscription_id', '=', subscriptionId)
        .where('state', 'in', ['planned', 'deferred']),
    )
    .orderBy('slot')
    .execute();
  const open = rows.filter((row) => row.state === 'planned' || row.state === 'deferred');
  const left = rows.filter((row) => row.doubts > 0 || ['sent', 'unknown', 'inflight'].includes(row.state));
  const lastLeft = Math.max(...left.map((row) => row.slot), Number.NEGATIVE_INFINITY);
  const doubtful = open.filter((row) => row.doubts > 0);
  const untouched = open.filter((row) => row.doubts === 0 && row.slot > lastLeft);
  const begun = open.filter((row) => row.doubts === 0 && row.slot <= lastLeft);
  const close = async (closed: typeof rows, state: 'dead' | 'unknown', why: string): Promise<void> => {
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
    .set({ cursor: earliest.from_seq })
    .where('id', '=', subscriptionId)
    .where((e) => (earliest.from_seq === null ? e.lit(true) : e('cursor', '>', earliest.from_seq)))
    .execute();
}

/** Plans again what `withdraw` kept for one of these reasons' sake. */
export async function revive(
  trx: Transaction<Database>,
  subscriptionIds: readonly number[],
  reasonPrefix: string,
  now: number,
): Promise<void> {
  for (const subscriptionId of subscriptionIds) {
    await trx
      .updateTable('deliveries')
      .set({ state: 'planned', reason: null, updated_at: now })
      .where('subscription_id', '=', subscriptionId)
      .where('state', '=', 'dead')
      .where('reason', 'like', `${KEPT}${reasonPrefix}%`)
      .execute();
  }
}
