/**
 * From a request to a page of hits: readings of the query, candidates for each, one score for all of them.
 */
import { collect, type Reach } from './candidates.ts';
import { completionOf } from './completion.ts';
import { createContext } from './context.ts';
import { correctionsOf } from './correction.ts';
import type { Indexer } from './indexer.ts';
import { planQuery } from './plan.ts';
import { isPlain, parseQuery, printQuery } from './query.ts';
import { idf, plainReading, type Reading } from './reading.ts';
import type { Recent } from './recent.ts';
import type { Rows } from './rows.ts';
import { scoreArticle, type MeanLengths, type Score } from './score.ts';
import type { Shelf, ShelfArticle } from './shelf.ts';
import type { SearchRequest, SearchResult } from './searcher.ts';

export interface Parts {
  rows: Rows;
  recent: Recent;
  indexer: Indexer;
  shelf: Shelf;
}

interface Ranked {
  article: ShelfArticle;
  score: Score;
  reading: Reading;
}

/** With fewer hits that have all words, articles that have some of them are looked at too. */
const ENOUGH = 10;

/** From this share of neighbours on a hit that has all words is what was meant. */
const GOOD_ADJACENCY = 0.6;

export function rank(request: SearchRequest, parts: Parts, catchingUp: boolean): SearchResult {
  const query = parseQuery(request.text, request);
  const plan = planQuery(query, request.zone, 'words', !/\s$/u.test(request.text));
  const { vocabulary } = parts.indexer;
  const totals = parts.indexer.totals();
  const n = Math.max(1, totals.articles);
  const means: MeanLengths = [totals.lengths[0] / n, totals.lengths[1] / n, totals.lengths[2] / n];
  const weigh = (word: string): number => idf(vocabulary.frequency(word), n);
  const plain = plainReading(plan, request.text, weigh);
  const context = createContext(parts.rows);
  const ranked = new Map<number, Ranked>();
  const completeSeqs: number[] = [];

  const seen = new Map<number, ShelfArticle>();
  const tried: Reading[] = [];
  const fetch = (seqs: readonly number[]): void => {
    for (const article of parts.shelf.read(seqs.filter((seq) => !seen.has(seq))))
      seen.set(article.seq, article);
  };
  const judge = (reading: Reading, reach: Reach): void => {
    const { seqs, complete } = collect(reading, plan, parts, reach);
    completeSeqs.push(...complete);
    fetch(seqs);
    tried.push(reading);
    for (const seq of seqs) {
      const article = seen.get(seq);
      if (article === undefined) continue;
      const score = scoreArticle(reading, article, means);
      const before = ranked.get(article.seq);
      if (before === undefined || score.value > before.score.value)
        ranked.set(article.seq, { article, score, reading });
    }
  };
  const good = (): boolean => {
    for (const { score } of ranked.values())
      if (
        score.coverage > 0.99 &&
        (plain.slots.length === 1 || score.phraseIn !== null || score.adjacency >= GOOD_ADJACENCY)
      )
        return true;
    return false;
  };

  judge(plain, 'complete');
  const completion = completionOf(plain, plan, vocabulary, context, weigh);
  if (completion !== null && (completion.likely || !good())) judge(completion.reading, 'complete');
  if (!good())
    for (const reading of correctionsOf(plain, plan, vocabulary, context, weigh)) judge(reading, 'complete');
  if (!good() || completeSeqs.length < ENOUGH) judge(plain, 'partial');

  const scored = [...ranked.values()].sort(
    (a, b) => b.score.value - a.score.value || b.article.seq - a.article.seq,
  );
  const ids = new Map<number, string>(scored.map(({ article }) => [article.seq, article.id]));
  const order: number[] = [...new Set([...scored.map(({ article }) => article.seq), ...completeSeqs])];
  const page = order.slice(request.offset, request.offset + request.limit);
  const missing = page.filter((seq) => !ids.has(seq));
  for (const article of parts.shelf.read(missing)) ids.set(article.seq, article.id);
  return {
    hits: page.flatMap((seq) => {
      const id = ids.get(seq);
      return id === undefined ? [] : [{ seq, id, folded: [] }];
    }),
    total: order.length,
    understood: isPlain(query) ? null : printQuery(query),
    matched: request.text,
    suggestions: [],
    catchingUp,
  };
}
