/**
 * Looks for the articles that answer a plan: first by the words as typed, then, as long as nothing good was found, by
 * completing, decoding and correcting them. Every article keeps the reading that fits it best.
 */
import { collect, READ_AT_ONCE } from './candidates.ts';
import { completionOf } from './completion.ts';
import { createContext } from './context.ts';
import { correctionsOf } from './correction.ts';
import { finder, type Find } from './expressions.ts';
import { isAccented } from './fold.ts';
import { guessesOf } from './guesses.ts';
import type { Indexer } from './indexer.ts';
import { accentedWord } from './keyboard.ts';
import { some } from './match.ts';
import { collectPartial } from './partial.ts';
import { isQuestion, type Plan } from './plan.ts';
import { idf, mainForm, plainReading, type Reading } from './reading.ts';
import type { Recent } from './recent.ts';
import { withRest } from './rest.ts';
import type { Rows, Span } from './rows.ts';
import { hasAllWords, scoreArticle, type MeanLengths, type Score } from './score.ts';
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
  /** All articles that have every word of some reading. */
  complete: number[];
  /** The readings that were tried, the plain one first. */
  readings: Reading[];
}

/** With fewer hits that have all words, or none as it was meant, articles that have some of them are looked at too. */
const ENOUGH = 3;

/** Of so few that meet the conditions all are read, whatever they say. */
const READ_ALL = 60;

/** Articles with some of the words that are read. */
const READ_PARTIAL = 20;

/** From this share of neighbours on a hit that has all words is what was meant. */
const GOOD_ADJACENCY = 0.5;

/** Of a short query with accents so many hits with just those are looked for, among so many articles, of which so many are read. */
const ENOUGH_EXACT = 10;
const MAX_LOOKED_AT = 2_500;
const MAX_READ = 400;

export function investigate(plan: Plan, text: string, parts: Parts): Investigation {
  const { vocabulary } = parts.indexer;
  const { articles, lengths } = parts.indexer.totals();
  const n = Math.max(1, articles);
  const means: MeanLengths = [lengths[0] / n, lengths[1] / n, lengths[2] / n];
  const weigh = (word: string): number => idf(vocabulary.frequency(word), n);
  const context = createContext(parts.rows, parts.recent);
  const span = plan.filter === null ? null : parts.rows.spanOf(plan.filter);
  const find = finder(plan, parts.rows, span);
  const few = span === null ? null : fewThatMeet(plan, parts.rows, find, span);
  const found = new Map<number, Found>();
  const complete = new Set<number>();
  const readings: Reading[] = [];

  function judge(reading: Reading): void {
    readings.push(reading);
    if (few !== null) {
      for (const seq of read(reading, few)) complete.add(seq);
      return;
    }
    const candidates = collect(reading, plan, { ...parts, find });
    for (const seq of candidates.complete) complete.add(seq);
    read(reading, candidates.seqs);
    if (reading.slots.length === SHORT_WORDS) readAccented(reading, candidates.accented);
  }

  /** @returns those that have all words of the reading */
  function read(reading: Reading, seqs: readonly number[]): number[] {
    const full: number[] = [];
    for (const article of parts.shelf.read(seqs)) {
      const score = scoreOf(reading, article);
      if (hasAllWords(score)) full.push(article.seq);
      const before = found.get(article.seq);
      if (before === undefined || score.value > before.score.value)
        found.set(article.seq, { article, score, reading });
    }
    return full;
  }

  function scoreOf(reading: Reading, article: ShelfArticle): Score {
    const score = scoreArticle(reading, article, means);
    if (!article.isCut || score.phraseIn !== null) return score;
    const { rows } = parts;
    const whole = withRest(reading, article, (table, match) => rows.has(table, article.seq, match));
    return scoreArticle(reading, whole, means);
  }

  /** The index knows the accents of an article, not where they stand: now and then most candidates only seem to have them. */
  function readAccented(reading: Reading, seqs: readonly number[]): void {
    const pair = spelledPair(reading, plan);
    let rest = seqs.filter((seq) => !found.has(seq)).slice(0, MAX_LOOKED_AT);
    for (let room = MAX_READ; room > 0 && rest.length > 0 && exactHits() < ENOUGH_EXACT;) {
      const next =
        pair === null ? rest.slice(0, READ_AT_ONCE) : parts.shelf.withPair(rest, pair, READ_AT_ONCE);
      if (next.length === 0) return;
      read(reading, next);
      room -= next.length;
      rest = rest.slice(rest.indexOf(next.at(-1) ?? -1) + 1);
    }
  }

  function exactHits(): number {
    let hits = 0;
    for (const { score } of found.values()) if (score.accents === 1 && score.phraseWorth === 1) hits += 1;
    return hits;
  }

  const any = (test: (score: Score) => boolean): boolean => {
    for (const { score } of found.values()) if (hasAllWords(score) && test(score)) return true;
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
  judge(plain);
  const foundPlain = complete.size > 0;
  const completion = exact() ? null : completionOf(plain, plan, vocabulary, context, weigh);
  if (completion !== null && (completion.isNumber ? !isPhrase() : completion.likely || !settled()))
    judge(completion.reading);
  if (!good()) for (const guess of guessesOf(plan, vocabulary, context, weigh)) judge(guess);
  if (!good())
    for (const corrected of correctionsOf(plain, plan, vocabulary, context, weigh, foundPlain))
      judge(corrected);
  const answered = isQuestion(plan) ? isPhrase() : good();
  const hasEnough = answered && complete.size >= ENOUGH;
  // What a guess read for other words may have more of those that were typed.
  const lacking = [...found.values()].filter(({ score }) => !hasAllWords(score));
  const seqs = lacking.map(({ article }) => article.seq);
  if (few !== null && hasEnough) for (const seq of seqs) found.delete(seq);
  if (few === null && !hasEnough) {
    read(plain, seqs);
    const passes = (seq: number): boolean => !found.has(seq) && !complete.has(seq);
    read(plain, collectPartial(plain, find, { limit: READ_PARTIAL, articles: n, passes }));
  }
  return { found: [...found.values()], complete: [...complete], readings };
}

/** All articles that meet the conditions, of which days are one; null when they are many. */
function fewThatMeet(plan: Plan, rows: Rows, find: Find, span: Span): number[] | null {
  const seqs =
    plan.must.length > 0 ? find('all', '', READ_ALL + 1) : rows.newest(null, plan.filter, READ_ALL + 1);
  if (seqs.length > READ_ALL) return null;
  if (plan.must.length > 0 || plan.not.length === 0) return seqs;
  const unwanted = new Set(rows.find('all', some(plan.not), READ_ALL, plan.filter, span));
  return seqs.filter((seq) => !unwanted.has(seq));
}

/** The two words of a reading as they are written; null when one of them may be several. */
function spelledPair({ slots }: Reading, plan: Plan): [string, string] | null {
  const [left, right] = slots.map((slot) => {
    if (slot.forms.size !== 1 || slot.beginning !== null) return null;
    const typed = plan.words.find(
      ({ word }) => slot.forms.has(word.folded) && slot.code === (isAccented(word) ? word.code : null),
    );
    return typed?.text ?? (slot.code === null ? mainForm(slot) : accentedWord(slot.code));
  });
  return left == null || right == null ? null : [left, right];
}
