/**
 * Looks for the articles that answer a plan: first by the words as typed, then, as long as nothing good was found, by
 * completing, decoding and correcting them. Every article keeps the reading that fits it best.
 */
import { CANDIDATES, collect, GUESSED_CANDIDATES, type Reach } from './candidates.ts';
import { completionOf } from './completion.ts';
import { createContext } from './context.ts';
import { correctionsOf } from './correction.ts';
import { guessesOf } from './guesses.ts';
import type { Indexer } from './indexer.ts';
import type { Plan } from './plan.ts';
import { idf, plainReading, type Reading } from './reading.ts';
import type { Recent } from './recent.ts';
import type { Rows } from './rows.ts';
import { scoreArticle, type MeanLengths, type Score } from './score.ts';
import type { Shelf, ShelfArticle } from './shelf.ts';
import { SHORT_WORDS, WEIGHTS } from './weights.ts';

export interface Parts {
  rows: Rows;
  recent: Recent;
  indexer: Indexer;
  shelf: Shelf;
}

export interface Found {
  article: ShelfArticle;
  score: Score;
  reading: Reading;
}

export interface Investigation {
  /** Articles that were read and scored, in no order. */
  found: Found[];
  /** All articles that have every word of some reading, newest first within each. */
  complete: number[];
  /** The readings that were tried, the plain one first. */
  readings: Reading[];
}

/** With fewer hits that have all words, articles that have some of them are looked at too. */
const ENOUGH = 3;

/** From this share of neighbours on a hit that has all words is what was meant. */
const GOOD_ADJACENCY = 0.5;

/** Of a short query with accents so many hits with just those are looked for, among so many articles at most. */
const ENOUGH_EXACT = 10;
const MAX_LOOKED_AT = 4_000;

/** Nothing is missing, rounding aside. */
const ALL = 0.999;

export function investigate(plan: Plan, text: string, parts: Parts): Investigation {
  const { vocabulary } = parts.indexer;
  const { articles, lengths } = parts.indexer.totals();
  const n = Math.max(1, articles);
  const means: MeanLengths = [lengths[0] / n, lengths[1] / n, lengths[2] / n];
  const weigh = (word: string): number => idf(vocabulary.frequency(word), n);
  const context = createContext(parts.rows, parts.recent);
  const found = new Map<number, Found>();
  const complete = new Set<number>();
  const readings: Reading[] = [];

  function judge(reading: Reading, reach: Reach): void {
    const candidates = collect(reading, plan, parts, reach);
    for (const seq of candidates.complete) complete.add(seq);
    if (!readings.includes(reading)) readings.push(reading);
    const size = reading.kind === 'typed' ? CANDIDATES : GUESSED_CANDIDATES;
    read(reading, candidates.seqs.slice(0, size));
    if (reading === plain) readAccented(candidates.accented);
  }

  function read(reading: Reading, seqs: readonly number[]): void {
    for (const article of parts.shelf.read(seqs)) {
      const score = scoreArticle(reading, article, means);
      const before = found.get(article.seq);
      if (before === undefined || score.value > before.score.value)
        found.set(article.seq, { article, score, reading });
    }
  }

  /** The index knows the accents of an article, not where they stand: now and then most candidates only seem to have them. */
  function readAccented(seqs: readonly number[]): void {
    const [left, right, ...others] = plan.words;
    if (left === undefined || right === undefined || others.length > 0) return;
    let missing = ENOUGH_EXACT;
    for (const { score } of found.values()) if (score.accents === 1 && score.phraseWorth === 1) missing -= 1;
    if (missing <= 0) return;
    const unread = seqs.filter((seq) => !found.has(seq)).slice(0, MAX_LOOKED_AT);
    read(plain, parts.shelf.withPair(unread, left.text, right.text, missing));
  }

  const any = (test: (score: Score) => boolean): boolean => {
    for (const { score } of found.values()) if (score.presence > ALL && test(score)) return true;
    return false;
  };
  const alone = plan.words.length === 1;
  /** The query stands somewhere just as it was typed, accents and all. */
  const exact = (): boolean =>
    plan.words.some((word) => word.accented) &&
    any(({ phraseWorth, accents }) => accents === 1 && (alone || phraseWorth === 1));
  const asTyped = plan.words.length <= SHORT_WORDS ? WEIGHTS.unaskedShort : WEIGHTS.unasked;
  /** The query stands in a title or summary with the accents that were typed: its last word is no beginning of another. */
  const settled = (): boolean =>
    any(
      ({ phraseIn, phraseWorth }) =>
        alone || (phraseIn !== null && phraseIn !== 'body' && phraseWorth >= asTyped),
    );
  /** The query stands somewhere, in whatever accents. */
  const isPhrase = (): boolean => any(({ phraseIn }) => phraseIn !== null);
  const good = (): boolean =>
    any(({ phraseIn, adjacency }) => alone || phraseIn !== null || adjacency >= GOOD_ADJACENCY);

  const plain = plainReading(plan, text, weigh);
  judge(plain, 'complete');
  const foundPlain = complete.size > 0;
  const completion = completionOf(plain, plan, vocabulary, context, weigh);
  if (
    completion !== null &&
    !exact() &&
    (completion.isNumber ? !isPhrase() : completion.likely || !settled())
  )
    judge(completion.reading, 'complete');
  if (!good()) for (const guess of guessesOf(plan, vocabulary, context, weigh)) judge(guess, 'complete');
  if (!good())
    for (const corrected of correctionsOf(plain, plan, vocabulary, context, weigh, foundPlain))
      judge(corrected, 'complete');
  if (!good() || complete.size < ENOUGH) judge(plain, 'partial');
  return { found: [...found.values()], complete: [...complete], readings };
}
