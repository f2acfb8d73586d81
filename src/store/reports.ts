/**
 * What /status says about deliveries.
 */
import type { Db } from './database.ts';
import type { DeliveryState } from './schema.ts';

export interface LastDelivery {
  /** Epoch milliseconds. */
  slot: number;
  outcome: 'sent' | 'waiting' | 'unknown' | 'dead';
  /** Why it is unknown or dead; null otherwise. */
  reason: string | null;
}

/** The last digest of a chat's or topic's subscription, all parts together; null before the first one. */
export async function lastDelivery(db: Db, chatId: number, threadId: number): Promise<LastDelivery | null> {
  const rows = await db
    .selectFrom('deliveries')
    .innerJoin('subscriptions', 'subscriptions.id', 'deliveries.subscription_id')
    .select(['slot', 'deliveries.state', 'deliveries.reason'])
    .where('chat_id', '=', chatId)
    .where('thread_id', '=', threadId)
    .innerJoin('editions', 'editions.id', 'deliveries.edition_id')
    // What is told at once is no digest.
    .where('editions.alert', '=', 0)
    .where('slot', '=', (e) =>
      e
        .selectFrom('deliveries as latest')
        .select((max) => max.fn.max('latest.slot').as('slot'))
        .whereRef('latest.subscription_id', '=', 'deliveries.subscription_id')
        .innerJoin('editions as said', 'said.id', 'latest.edition_id')
        .where('said.alert', '=', 0),
    )
    .execute();
  const [first] = rows;
  if (first === undefined) return null;
  const { slot } = first;
  // The worst part is what the chat should hear of.
  for (const [states, outcome] of WORST_FIRST) {
    const row = rows.find(({ state }) => states.includes(state));
    if (row === undefined) continue;
    const reason = row.reason?.replace(/^(?:kept:)?(?:gone:)?/u, '') ?? null;
    return { slot, outcome, reason: outcome === 'unknown' || outcome === 'dead' ? reason : null };
  }
  return null;
}

const WORST_FIRST: [DeliveryState[], LastDelivery['outcome']][] = [
  [['dead'], 'dead'],
  [['unknown'], 'unknown'],
  [['planned', 'deferred', 'inflight'], 'waiting'],
  [['sent'], 'sent'],
];
