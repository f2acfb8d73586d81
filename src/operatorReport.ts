/**
 * The figures that operators see in /status, gathered from every room.
 */
import type { Delivery } from './delivery/delivery.ts';
import type { Ingestion } from './ingestion.ts';
import type { SearchThread } from './search/thread.ts';
import type { SqlArticles } from './store/articles.ts';
import type { ChatStore } from './store/chats.ts';
import type { OperatorReport } from './telegram/services.ts';

const REFUSED_SHOWN = 10;
const UNKNOWN_SHOWN = 10;
const DAY_MS = 24 * 3_600_000;

export interface ReportSources {
  articles: SqlArticles;
  chats: ChatStore;
  delivery: Delivery;
  searcher: SearchThread;
  ingestion: Ingestion;
  now: () => number;
}

export async function operatorReport(from: ReportSources): Promise<OperatorReport> {
  const { articles, chats, delivery } = from;
  const counts = await chats.counts();
  const stats = await delivery.stats(from.now() - DAY_MS);
  const refused = await articles.refusals(REFUSED_SHOWN);
  const search = from.searcher.status();
  return {
    figures: [
      ['articles', String(await articles.count(Number.MAX_SAFE_INTEGER))],
      ['sources', String(await articles.sourcesCount())],
      ['refused', String(await articles.refusalCount())],
      ['folder', from.ingestion.problem() ?? 'ok'],
      ['chats', String(counts.active)],
      ['gone', String(counts.gone)],
      ['subscriptions', String(counts.subscriptions)],
      ['waiting', String(stats.planned + stats.inflight)],
      ['deferred', String(stats.deferred)],
      ['unknown', String(stats.unknown)],
      ['dead', String(stats.dead)],
      ['rate', `${stats.ratePerSecond.toFixed(1)}/s, ${stats.sent}/24h`],
      ['search', search === null ? 'restarting' : search.complete ? 'ok' : 'catching up'],
    ],
    unknown: await delivery.unknownFor(null, UNKNOWN_SHOWN),
    refused: refused.map(
      ({ path, reason, detail }) => `${path}: ${reason}${detail === '' ? '' : `, ${detail}`}`,
    ),
  };
}
