/**
 * One article against many follows: the index, and a loop over the same compiled queries as its peer. Both must say the
 * same.
 */
import { matches } from '../../src/follows/compiled.ts';
import { createFollowIndex } from '../../src/follows/followIndex.ts';
import { compileFollow } from '../../src/follows/reading.ts';
import { viewOf } from '../../src/follows/view.ts';
import { createLexicon } from '../../src/search/lexicon.ts';
import type { BenchArticle } from '../search/corpus.ts';
import { seeded } from '../search/random.ts';
import { makeFollows } from './queries.ts';

/** Articles that the index learns from, as in the program. */
const SAMPLE = 200;
const ASKED = 200;
/** The loop is slow, so it answers fewer. */
const LOOPED = 20;

export interface MatchingResult {
  buildSeconds: number;
  megabytes: number;
  /** Of one article, its folding included, in milliseconds. */
  index: Spread;
  loop: Spread;
  /** Of the same articles, in processor time, which a busy machine does not lengthen. */
  indexProcessor: Spread;
  loopProcessor: Spread;
  /** Follows that one article matches, on average. */
  matched: number;
}

export interface Spread {
  p50: number;
  p95: number;
  most: number;
}

/** @throws when the two disagree */
export function measureMatching(count: number, articles: readonly BenchArticle[]): MatchingResult {
  const texts = makeFollows(count, articles, seeded(5));
  const lexicon = createLexicon();
  const view = (article: BenchArticle) =>
    viewOf({ ...article, source: 'Báo Thử', author: null, language: 'vi' }, lexicon);
  const heapBefore = heap();
  const begin = performance.now();
  const index = createFollowIndex();
  for (const article of articles.slice(0, SAMPLE)) index.learn(view(article));
  const compiled = texts.flatMap((text) => {
    const query = compileFollow(text);
    return query === null ? [] : [{ text, query }];
  });
  for (const { text, query } of compiled) index.add(text, query);
  const buildSeconds = (performance.now() - begin) / 1_000;
  const megabytes = (heap() - heapBefore) / 1e6;
  const asked = articles.slice(SAMPLE, SAMPLE + ASKED);
  let matched = 0;
  const indexTimes = asked.map((article) => timed(() => (matched += index.match(view(article)).length)));
  const loopTimes = asked.slice(0, LOOPED).map((article) => {
    let found: string[] = [];
    const took = timed(() => {
      const seen = view(article);
      found = compiled.filter(({ query }) => matches(query, seen)).map(({ text }) => text);
    });
    if (found.sort().join('\n') !== index.match(view(article)).sort().join('\n'))
      throw new Error('the index and the loop disagree');
    return took;
  });
  return {
    ...{ buildSeconds, megabytes, matched: matched / asked.length },
    ...{ index: spread(indexTimes, 'wall'), loop: spread(loopTimes, 'wall') },
    ...{ indexProcessor: spread(indexTimes, 'processor'), loopProcessor: spread(loopTimes, 'processor') },
  };
}

interface Took {
  wall: number;
  processor: number;
}

function timed(work: () => void): Took {
  const [begin, used] = [performance.now(), process.cpuUsage()];
  work();
  const { user, system } = process.cpuUsage(used);
  return { wall: performance.now() - begin, processor: (user + system) / 1_000 };
}

function spread(times: readonly Took[], of: keyof Took): Spread {
  const sorted = times.map((took) => took[of]).sort((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), most: at(1) };
}

function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
