/**
 * Tells at once what is followed so: looks at each article that is new since it last looked, and plans a message for every
 * chat that waits for one. Planned like a digest and sent by the outbox, so with the same guarantees; how far it has looked
 * is committed with what was planned.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Article } from '../articles/article.ts';
import type { DigestPart } from '../delivery/courier.ts';
import { isQuiet, minuteFinder, type QuietHours } from '../digest/quiet.ts';
import type { DigestLanguage, Surface } from '../digest/subscription.ts';
import { MAX_ALERTS_PER_HOUR } from './follow.ts';
import type { Matcher } from './matcher.ts';
import type { Shelves } from './sieve.ts';

/** A subscription that follows an article so, and has not been sent it: active, not paused, its cursor before the article. */
export interface Waiting {
  subscriptionId: number;
  language: DigestLanguage;
  surface: Surface;
  zone: string;
  quiet: QuietHours | null;
  /** Its queries that the article matches, at least one. */
  texts: string[];
  /** Alerts to it within the last hour. */
  recent: number;
}

/** Subscriptions that get the same message. */
export interface PlannedAlert {
  subscriptionIds: number[];
  article: Article;
  /** What makes two of them the same. */
  key: string;
  silent: boolean;
  part: DigestPart;
}

export interface AlertStore {
  /** The `seq` up to which articles were looked at. */
  progress(): Promise<number>;
  /** @param hourAgo epoch milliseconds: from when alerts are counted */
  waiting(article: Article, texts: readonly string[], now: number, hourAgo: number): Promise<Waiting[]>;
  /** One transaction: messages, and the progress. A subscription that was sent the article meanwhile is left out. */
  commit(alerts: readonly PlannedAlert[], progress: number, now: number): Promise<number>;
}

export interface AlertOptions {
  store: AlertStore;
  shelves: Shelves;
  matcher: Matcher;
  render: (
    article: Article,
    why: { texts: string[]; language: DigestLanguage; surface: Surface },
  ) => DigestPart;
  signal: AbortSignal;
}

/** Articles of one look at the store. */
const BATCH = 20;
const HOUR_MS = 3_600_000;

/** Returns how many messages were planned. */
export async function tellAtOnce(now: number, options: AlertOptions): Promise<number> {
  const { store, shelves, matcher, signal } = options;
  let from = await store.progress();
  const last = await shelves.lastSeq();
  if (from >= last) return 0;
  await matcher.sync();
  const minuteOf = minuteFinder();
  let planned = 0;
  while (from < last && !signal.aborted) {
    const upTo = Math.min(last, from + BATCH);
    const seqs = Array.from({ length: upTo - from }, (_, n) => from + n + 1);
    for (const article of await shelves.bySeqs(seqs)) {
      const texts = matcher.match(article);
      if (texts.length === 0) continue;
      const waiting = await store.waiting(article, texts, now, now - HOUR_MS);
      const alerts = planAlerts(article, waiting, now, minuteOf, options.render);
      // With the article itself as the progress, so that a kill in between repeats nothing.
      if (alerts.length > 0) planned += await store.commit(alerts, article.seq, now);
      await nextTurn();
    }
    await store.commit([], upTo, now);
    from = upTo;
  }
  return planned;
}

/** Who of those waiting is told now: not more than a chat can bear within an hour. Pure. */
export function planAlerts(
  article: Article,
  waiting: readonly Waiting[],
  now: number,
  minuteOf: (at: number, zone: string) => number,
  render: AlertOptions['render'],
): PlannedAlert[] {
  const alerts = new Map<string, PlannedAlert>();
  for (const { subscriptionId, language, surface, zone, quiet, recent, ...rest } of waiting) {
    if (recent >= MAX_ALERTS_PER_HOUR) continue;
    const texts = [...rest.texts].sort();
    const silent = quiet !== null && isQuiet(quiet, minuteOf(now, zone));
    const key = JSON.stringify([article.seq, language, surface, ...texts]);
    const same = `${key}/${silent}`;
    const known = alerts.get(same);
    if (known !== undefined) known.subscriptionIds.push(subscriptionId);
    else {
      const part = render(article, { texts, language, surface });
      alerts.set(same, { subscriptionIds: [subscriptionId], article, key, silent, part });
    }
  }
  return [...alerts.values()];
}
