/**
 * What the playground shows of the bot's own memory: its articles, its subscriptions, and the ledger of deliveries as it
 * stands. Looks only.
 */
import type { Db } from './database.ts';
import type { DeliveryState } from './schema.ts';

const DELIVERIES = 60;
const REFUSED = 5;

export interface LedgerRow {
  id: number;
  chatId: number;
  threadId: number;
  /** Epoch milliseconds. */
  slot: number;
  /** From 0. */
  part: number;
  state: DeliveryState;
  attempt: number;
  notBefore: number | null;
  reason: string | null;
}

export interface BotMemory {
  articles: number;
  /** The title that came last; null before the first. */
  newestArticle: string | null;
  refused: { path: string; reason: string }[];
  subscriptions: number;
  /** When somebody is due next, epoch milliseconds; null when nobody is subscribed. */
  nextSlot: number | null;
  counts: Partial<Record<DeliveryState, number>>;
  /** The newest, newest first. */
  deliveries: LedgerRow[];
}

/** When the next subscription is due, epoch milliseconds; null when there is none. */
export async function nextSlotOf(db: Db): Promise<number | null> {
  const row = await db
    .selectFrom('subscriptions')
    .select((e) => e.fn.min('next_at').as('at'))
    .where('state', '=', 'active')
    .executeTakeFirst();
  return row?.at ?? null;
}

export async function readMemory(db: Db): Promise<BotMemory> {
  const [articles, newest, refused, active, nextSlot, states, deliveries] = await Promise.all([
    db
      .selectFrom('articles')
      .select((e) => e.fn.countAll<number>().as('n'))
      .where('removed_at', 'is', null)
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('articles')
      .select('title')
      .where('removed_at', 'is', null)
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst(),
    db
      .selectFrom('files')
      .select(['path', 'reason', 'detail'])
      .where('reason', 'is not', null)
      .limit(REFUSED)
      .execute(),
    db
      .selectFrom('subscriptions')
      .select((e) => e.fn.countAll<number>().as('n'))
      .where('state', '=', 'active')
      .executeTakeFirstOrThrow(),
    nextSlotOf(db),
    db
      .selectFrom('deliveries')
      .select(['state', (e) => e.fn.countAll<number>().as('n')])
      .groupBy('state')
      .execute(),
    newestDeliveries(db),
  ]);
  return {
    articles: articles.n,
    newestArticle: newest?.title ?? null,
    refused: refused.map(({ path, reason, detail }) => ({
      path,
      reason: [reason, detail].filter((part) => part !== null && part !== '').join(': '),
    })),
    subscriptions: active.n,
    nextSlot,
    counts: Object.fromEntries(states.map(({ state, n }) => [state, n])),
    deliveries,
  };
}

async function newestDeliveries(db: Db): Promise<LedgerRow[]> {
  const rows = await db
    .selectFrom('deliveries')
    .innerJoin('subscriptions', 'subscriptions.id', 'deliveries.subscription_id')
    .select([
      'deliveries.id',
      'chat_id',
      'thread_id',
      'slot',
      'part',
      'deliveries.state',
      'attempt',
      'not_before',
      'deliveries.reason',
    ])
    .orderBy('deliveries.id', 'desc')
    .limit(DELIVERIES)
    .execute();
  return rows.map(({ chat_id: chatId, thread_id: threadId, not_before: notBefore, ...row }) => ({
    ...row,
    chatId,
    threadId,
    notBefore,
  }));
}
