/**
 * Joins follows to articles and delivery: planning asks through it what a chat's digest is left with, and articles that
 * have come are looked at for whoever wants to be told at once. One look at a time; a failed one is tried again with the
 * next articles, or the next minute.
 */
import type { Article } from './articles/article.ts';
import type { DigestPart } from './delivery/courier.ts';
import type { DigestLanguage, Surface } from './digest/subscription.ts';
import { tellAtOnce, type AlertStore } from './follows/alerts.ts';
import { createMatcher, type FollowTexts } from './follows/matcher.ts';
import { createSieve, type Shelves, type Sieve } from './follows/sieve.ts';
import { errorFields, type Log } from './log.ts';

export interface Following {
  sieve(): Promise<Sieve>;
  /** There may be new articles. Resolves when they were looked at; never rejects. */
  look(): Promise<void>;
}

export interface FollowingOptions {
  follows: FollowTexts;
  alerts: AlertStore;
  shelves: Shelves;
  render: (
    article: Article,
    why: { texts: string[]; language: DigestLanguage; surface: Surface },
  ) => DigestPart;
  /** Something is to be sent. */
  planned: () => void;
  log: Log;
  now: () => number;
  signal: AbortSignal;
}

/** The index learns from so many of the newest articles which words are frequent. */
const SAMPLE = 200;

export function joinFollows(options: FollowingOptions): Following {
  const { follows, alerts, shelves, render, planned, log, now, signal } = options;
  const sample = async (): Promise<Article[]> => {
    const last = await shelves.lastSeq();
    return shelves.bySeqs(Array.from({ length: Math.min(SAMPLE, last) }, (_, n) => last - n));
  };
  const matcher = createMatcher(follows, sample);
  let looking: Promise<void> = Promise.resolve();

  async function lookOnce(): Promise<void> {
    if (signal.aborted) return;
    try {
      const count = await tellAtOnce(now(), { store: alerts, shelves, matcher, render, signal });
      if (count === 0) return;
      log.info({ count }, 'articles were told at once');
      planned();
    } catch (error) {
      log.error(errorFields(error), 'follows could not be looked at; the next look tries again');
    }
  }

  return {
    async sieve() {
      await matcher.sync();
      return createSieve(shelves, matcher);
    },
    look() {
      looking = looking.then(lookOnce);
      return looking;
    },
  };
}
