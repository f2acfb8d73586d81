/**
 * From a request to a page of hits: readings of the query, candidates for each, one score for all of them.
 */
import type { Corpus, CorpusArticle } from './corpus.ts';
import { collect } from './candidates.ts';
import type { FoldedArticle, Indexer } from './indexer.ts';
import type { Lexicon } from './lexicon.ts';
import { planQuery } from './plan.ts';
import { isPlain, parseQuery, printQuery } from './query.ts';
import { idf, plainReading } from './reading.ts';
import type { Recent } from './recent.ts';
import type { Rows } from './rows.ts';
import { scoreArticle, type MeanLengths, type Score } from './score.ts';
import type { SearchRequest, SearchResult } from './searcher.ts';

export interface Parts {
  corpus: Corpus;
  rows: Rows;
  recent: Recent;
  lexicon: Lexicon;
  indexer: Indexer;
  read(seqs: readonly number[]): { article: CorpusArticle; folded: FoldedArticle }[];
}

export function rank(request: SearchRequest, parts: Parts, catchingUp: boolean): SearchResult {
  const query = parseQuery(request.text, request);
  const plan = planQuery(query, request.zone, 'words', !/\s$/u.test(request.text));
  const totals = parts.indexer.totals();
  const n = Math.max(1, totals.articles);
  const means: MeanLengths = [totals.lengths[0] / n, totals.lengths[1] / n, totals.lengths[2] / n];
  const reading = plainReading(plan, request.text, (word) =>
    idf(parts.indexer.vocabulary.frequency(word), n),
  );
  const { seqs, complete } = collect(reading, plan, parts);
  const scored = parts
    .read(seqs)
    .map(({ article, folded }) => ({ article, score: scoreArticle(reading, folded, means) }))
    .sort((a, b) => b.score.value - a.score.value || b.article.seq - a.article.seq);
  const ids = new Map<number, string>(scored.map(({ article }) => [article.seq, article.id]));
  const order: number[] = [...new Set([...scored.map(({ article }) => article.seq), ...complete])];
  const page = order.slice(request.offset, request.offset + request.limit);
  const missing = page.filter((seq) => !ids.has(seq));
  for (const article of parts.corpus.read(missing)) ids.set(article.seq, article.id);
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

export type { Score };
