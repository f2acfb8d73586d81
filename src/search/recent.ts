/**
 * minisearch over titles and summaries of the newest articles: a window of a fixed number of them, so that memory is
 * constant however large the archive grows.
 *
 * It answers what FTS5 cannot: which words of the window are like this one, or begin so, and which titles fit best.
 * Loses nothing when it is lost: it is filled again from the corpus after every start.
 */
import MiniSearch, { type Query as MiniQuery } from 'minisearch';
import type { Folded } from './fold.ts';

/** The newest articles of which titles and summaries are kept in memory: about 20 MB. */
export const WINDOW = 20_000;

/**
 * A word that more than a tenth of all articles have tells too little to be asked for here (`candidates.ts` asks for words
 * that a twentieth has at most), and such words make nine tenths of what minisearch would hold. The floor is for archives that
 * are small as yet, whose frequent words may be rare ones later.
 */
export function commonAbove(articles: number): number {
  return Math.max(1_000, articles / 10);
}

interface Doc {
  seq: number;
  title: string;
  summary: string;
}

export interface RecentHit {
  seq: number;
  score: number;
}

export interface Recent {
  add(seq: number, title: Folded[], summary: Folded[]): void;
  remove(seq: number): void;
  /** Title and summary as folded words between single spaces; none for an article outside of the window. */
  texts(seq: number): readonly string[];
  /** The lowest article number in the window; 0 when it is empty. */
  lowest(): number;
  size(): number;
  /** Articles that have one of the forms of every word, best first; a word with a common form is passed over. */
  withAll(words: readonly (readonly string[])[], limit: number): RecentHit[];
}

/** @param common words that are counted in the length of a text, and not found */
export function createRecent(common: ReadonlySet<string> = new Set()): Recent {
  const docs = new Map<number, Doc>();
  let low = 0;
  const mini = new MiniSearch<Doc>({
    idField: 'seq',
    fields: ['title', 'summary'],
    storeFields: [],
    tokenize: (text) => (text === '' ? [] : text.split(' ')),
    processTerm: (term) => (common.has(term) ? null : term),
    searchOptions: { boost: { title: 2 }, prefix: false, fuzzy: false, combineWith: 'AND' },
    autoVacuum: false,
  });
  const top = (query: MiniQuery, limit: number): RecentHit[] =>
    mini
      .search(query)
      .slice(0, limit)
      .map((hit) => ({ seq: hit.id as number, score: hit.score }));

  return {
    add(seq, title, summary) {
      const doc = { seq, title: text(title), summary: text(summary) };
      docs.set(seq, doc);
      mini.add(doc);
      if (low === 0 || seq < low) low = seq;
    },
    remove(seq) {
      const doc = docs.get(seq);
      if (doc === undefined) return;
      // With the text it was added with, so that nothing of it stays in the counts.
      mini.remove(doc);
      docs.delete(seq);
      if (seq !== low) return;
      // Numbers are given one after the other, so the next is near.
      if (docs.size === 0) low = 0;
      else
        do low += 1;
        while (!docs.has(low));
    },
    texts(seq) {
      const doc = docs.get(seq);
      return doc === undefined ? [] : [doc.title, doc.summary];
    },
    lowest: () => low,
    size: () => docs.size,
    withAll(words, limit) {
      const known = words.filter((forms) => !forms.some((form) => common.has(form)));
      const queries = known.map((forms): MiniQuery => ({ combineWith: 'OR', queries: [...forms] }));
      return queries.length === 0 ? [] : top({ combineWith: 'AND', queries }, limit);
    },
  };
}

function text(words: Folded[]): string {
  return words.map((word) => word.folded).join(' ');
}
