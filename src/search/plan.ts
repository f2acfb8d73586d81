/**
 * From a parsed query to what the index is asked: the words that are looked for, in their order, and the conditions
 * that every hit must meet. Pure.
 */
import { addDays, dayStart } from './days.ts';
import { foldStart, foldWord, isAccented, type Folded } from './fold.ts';
import { all, none, phrase, some } from './match.ts';
import type { Operand, Query } from './query.ts';
import { tokenize } from './tokens.ts';
import { QUESTION_WORDS } from './weights.ts';

export interface PlanWord {
  /** As typed. */
  text: string;
  word: Folded;
  /** As the beginning of a longer word. */
  start: string;
  accented: boolean;
  /** Adds to the place of a hit, but a hit may lack it: one side of an OR, the words of "hôm nay" read as a day. */
  optional: boolean;
  /** Whether it stands directly after the word before it in the query. */
  follows: boolean;
}

/** Both ends of a range of days: as a day for articles of which only the day is known, as an instant for the others. */
export interface DayBound {
  day: string;
  instant: string;
}

export interface Filter {
  from: DayBound | null;
  /** Exclusive. */
  until: DayBound | null;
  /** Folded words between spaces, all of which must be in the source's (the author's) name. */
  sources: string[];
  authors: string[];
  /** ISO 639-1, any of them; empty for all. */
  languages: string[];
  /** Codes of accented words that were put in quotes: all of them must be there. */
  codes: string[];
  /** Accented words or phrases that must not be there: folded, with their codes. */
  lacking: { match: string; codes: string[] }[];
}

export interface Plan {
  words: PlanWord[];
  /** FTS5 expressions over everything: all of `must`, none of `not`. */
  must: string[];
  not: string[];
  filter: Filter | null;
  /** Whether the last word may be unfinished. */
  open: boolean;
}

/**
 * @param spoken how "hôm nay" without a field is taken: as a day, or as two words
 * @param open whether the reader may still be typing the last word
 */
export function planQuery(query: Query, zone: string, spoken: 'day' | 'words', open: boolean): Plan {
  const plan: Plan = { words: [], must: [], not: [], filter: null, open: false };
  const filter: Filter = {
    from: null,
    until: null,
    sources: [],
    authors: [],
    languages: [],
    codes: [],
    lacking: [],
  };
  // Conditions behind it finish no word: "flood source:…" narrows down what "flood" finds.
  let last: 'word' | 'other' = 'other';
  for (const clause of query.clauses) {
    switch (clause.kind) {
      case 'word':
        addWords(plan, clause.text, false, plan.words.length > 0);
        last = 'word';
        break;
      case 'phrase':
        addWords(plan, clause.text, false, false);
        last = 'other';
        plan.must.push(expression(clause));
        filter.codes.push(...codesOf(clause));
        break;
      case 'not': {
        const codes = codesOf(clause.of);
        // Whoever does not want "năm" has nothing against "nam".
        if (codes.length === 0) plan.not.push(expression(clause.of));
        else filter.lacking.push({ match: expression(clause.of), codes });
        break;
      }
      case 'any':
        for (const operand of clause.of) addWords(plan, operand.text, true, false);
        last = 'other';
        plan.must.push(some(clause.of.map(expression)));
        break;
      case 'field':
        if (clause.field === 'lang') filter.languages.push(foldWord(clause.text).folded);
        else
          filter[clause.field === 'source' ? 'sources' : 'authors'].push(` ${folds(clause.text).join(' ')} `);
        break;
      case 'day':
        if (clause.spoken !== null) {
          addWords(plan, clause.spoken, spoken === 'day', plan.words.length > 0);
          last = 'other';
        }
        if (clause.spoken === null || spoken === 'day') narrow(filter, clause.bound, clause.day, zone);
        break;
    }
  }
  plan.open = open && last === 'word';
  const { from, until, ...lists } = filter;
  if ((from ?? until) !== null || Object.values(lists).some((list) => list.length > 0)) plan.filter = filter;
  return plan;
}

/** Whether hits must meet more than to hold the words. */
export function isConstrained(plan: Plan): boolean {
  return plan.must.length > 0 || plan.not.length > 0 || plan.filter !== null;
}

/** Whether it is long enough for one, and nothing in it says what a hit must have. */
export function isQuestion(plan: Plan): boolean {
  return plan.must.length === 0 && plan.words.filter((word) => !word.optional).length >= QUESTION_WORDS;
}

/** The conditions as one FTS5 expression around another one; `inner` empty when there are no words to look for. */
export function constrain(plan: Plan, inner: string): string {
  const wanted = all([...(inner === '' ? [] : [inner]), ...plan.must]);
  return none(wanted, plan.not);
}

function addWords(plan: Plan, text: string, optional: boolean, follows: boolean): void {
  let first = true;
  for (const token of tokenize(text)) {
    const word = foldWord(token.text);
    if (word.folded === '') continue;
    plan.words.push({
      text: token.text,
      word,
      start: foldStart(token.text),
      accented: isAccented(word),
      optional,
      follows: first ? follows : true,
    });
    first = false;
  }
}

function expression(operand: Operand): string {
  const words = folds(operand.text);
  return phrase(words);
}

/** The accented words of it, as they are indexed. */
function codesOf(operand: Operand): string[] {
  return tokenize(operand.text)
    .map((token) => foldWord(token.text))
    .filter(isAccented)
    .map((word) => word.code);
}

function folds(text: string): string[] {
  return tokenize(text)
    .map((token) => foldWord(token.text).folded)
    .filter((word) => word !== '');
}

function narrow(filter: Filter, bound: 'after' | 'before' | 'on', day: string, zone: string): void {
  const at = (name: string): DayBound => ({ day: name, instant: dayStart(name, zone) });
  const from = bound === 'before' ? null : at(day);
  const until = bound === 'after' ? null : at(bound === 'on' ? addDays(day, 1) : day);
  if (from !== null && (filter.from === null || from.day > filter.from.day)) filter.from = from;
  if (until !== null && (filter.until === null || until.day < filter.until.day)) filter.until = until;
}
