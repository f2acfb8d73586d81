/**
 * Which articles are worth reading for a query: of those with all its words, rows of several sources (phrases, neighbours,
 * titles, accents) are added up, and the best are taken; so are a few that lack a word, where others say much. Exact,
 * deterministic, and never more than `READ_AT_ONCE`.
 */
import { anyForm, phrases, type Find } from './expressions.ts';
import { all, phrase, some, unfinished } from './match.ts';
import { constrain, isConstrained, type Plan } from './plan.ts';
import { mainForm, requiredSlots, type Beginning, type Reading, type Slot } from './reading.ts';
import type { Recent } from './recent.ts';
import type { Rows } from './rows.ts';
import { createTally, type Tally } from './tally.ts';
import { SHORT_WORDS } from './weights.ts';

/** Articles whose text is read and scored for one reading, before it is known whether more are needed. */
export const READ_AT_ONCE = 30;

/** The same for a corrected one, of which there may be several. */
const READ_CORRECTED = 15;

/** So many that have the query as a phrase are enough without those that have its words in the title. */
const ENOUGH_PHRASES = 120;

/** Hits that are counted and can be paged to. */
export const MAX_HITS = 1_000;

/** minisearch scores every article that has a word before it intersects, so it gets rare words only, and few of them. */
const MINI_IDF = 3;
const MINI_WORDS = 2;
/** An unfinished word, with all that it may become, is not for it. */
const MINI_FORMS = 3;

/** Articles with the typed accents that are looked at, and that are added to those with the bare words. */
const MAX_ACCENTED = 20_000;
const NEW_ACCENTED = 100;

const MAX_PHRASES = 300;
const MAX_BEGUN = 150;
/** FTS5 puts the lists of all words that begin so together before it answers: of so many entries in some ten milliseconds. */
const MAX_BEGINNING = 60_000;
/** So few articles with all but the unfinished word as a phrase are read whatever follows there. */
const FEW_BEGUN = 10;

/**
 * What it says that a source has an article. In a large archive a thousand newer articles have all the words somewhere, so
 * one with the words side by side must outweigh all that these have in common.
 */
const WORTH = {
  allWords: 1,
  /** All words of "A OR B", which may be anywhere. */
  bothWords: 2,
  /** Of minisearch's hits the first; the others less. */
  recent: 0.5,
  wordsInTitles: 0.6,
  wordsInTitle: 0.4,
  phrase: 6,
  phraseInTitles: 4,
  /** More than all others of articles with all words together, of which only the newest are asked for. */
  phraseInTitle: 24,
  /** Two phrases, apart. */
  halves: 4,
  /** All but the unfinished last word as a phrase, and a form of it somewhere. */
  begun: 4,
  /** So few of these that all are to be read. */
  fewBegun: 8,
  /** With the beginning behind them. */
  begunInTitles: 8,
  accents: 1,
  accentsOfShort: 4,
  /** No other source named it. */
  accentsAlone: 4,
};

/** Longer queries are seldom in an article as they stand. */
const MAX_PHRASE_WORDS = 6;

export interface Candidates {
  /** To be read and scored, the most promising first. */
  seqs: number[];
  /** All articles with all words, newest first, at most `MAX_HITS`. */
  complete: number[];
  /** Of a crowd, the articles that have the accents that were typed, and the words side by side: perhaps with just those accents. */
  accented: readonly number[];
}

export interface Sources {
  find: Find;
  rows: Rows;
  recent: Recent;
}

interface Search {
  find: Find;
  tally: Tally;
  /** Articles that are read. */
  limit: number;
  /** Whether hits must meet conditions besides. */
  constrained: boolean;
}

export function collect(reading: Reading, plan: Plan, { find, rows, recent }: Sources): Candidates {
  const search: Search = {
    find,
    tally: createTally(),
    limit: reading.kind === 'corrected' ? READ_CORRECTED : READ_AT_ONCE,
    constrained: isConstrained(plan),
  };
  const { tally, limit, constrained } = search;
  const { slots } = reading;
  const required = requiredSlots(reading);
  // "A OR B": every word may be missing, and the condition says that one is there.
  const either = required.every((slot) => slot.optional);
  const words = (either ? some : all)(required.map(anyForm));
  const complete =
    words === '' && plan.must.length === 0
      ? []
      : find('all', words === '' ? constrain(plan, '') : words, MAX_HITS);
  tally.add(complete, WORTH.allWords);
  if (either) tally.add(find('all', all(required.map(anyForm)), MAX_HITS), WORTH.bothWords);
  if (!constrained) {
    const telling = required
      .filter((slot) => slot.idf >= MINI_IDF && slot.forms.size <= MINI_FORMS)
      .sort((a, b) => b.idf - a.idf);
    const forms = telling.slice(0, MINI_WORDS).map((slot) => [...slot.forms.keys()]);
    if (forms.length > 0 && required.length > 1)
      recent.withAll(forms, 30).forEach((hit, i) => tally.add([hit.seq], WORTH.recent * (1 - i / 30)));
  }
  // Fewer are read (nearly) all, in whatever order; of more, those that promise most.
  const isCrowd = complete.length > limit;
  let accented: readonly number[] = [];
  // An unfinished word may become one that was not thought of.
  if (isCrowd || slots.at(-1)?.beginning != null) {
    const whole = addPhrases(slots, search);
    const alone = required.length === 1;
    if (isCrowd && (alone || whole.length < ENOUGH_PHRASES)) {
      tally.add(find('titles', words, alone ? 2_000 : 300), WORTH.wordsInTitles);
      tally.add(find('titles', `title : (${words})`, 150), WORTH.wordsInTitle);
    }
    if (isCrowd) accented = addAccented(slots, whole, rows, search);
  }
  return { seqs: tally.best(limit), complete, accented };
}

/** Articles that have the query as a phrase, which are returned, or as two phrases apart. */
function addPhrases(slots: readonly Slot[], search: Search): readonly number[] {
  const { find, tally, limit } = search;
  if (slots.length < 2 || slots.length > MAX_PHRASE_WORDS) return [];
  const last = slots.at(-1);
  const accented = slots.some((slot) => slot.code !== null);
  const most = accented ? MAX_ACCENTED : MAX_PHRASES;
  let whole = phrases(slots);
  if (last?.beginning != null && slots.length > 2) {
    const begun = addBegun(slots, last.beginning, most, search);
    if (begun.rows.length > 0) return begun.rows;
    if (begun.isAll) whole = '';
  }
  const rows = whole === '' ? [] : find('all', whole, most);
  tally.add(rows.slice(0, MAX_PHRASES), WORTH.phrase);
  if (rows.length > 0) {
    tally.add(find('titles', whole, 100), WORTH.phraseInTitles);
    if (rows.length > limit) tally.add(find('titles', `title : (${whole})`, 100), WORTH.phraseInTitle);
    return rows;
  }
  // In the middle the two say most; of an odd number of words either middle will do.
  const middles = new Set([Math.floor(slots.length / 2), Math.ceil(slots.length / 2)]);
  for (const at of slots.length > 2 ? middles : []) {
    const [left, right] = [phrases(slots.slice(0, at)), phrases(slots.slice(at))];
    if (left !== '' && right !== '') tally.add(find('all', all([left, right]), MAX_PHRASES), WORTH.halves);
  }
  return rows;
}

/**
 * Articles in which all but the unfinished word stand as a phrase; unless they are few, those first that go on with one of
 * its forms. Returned are those that may have the whole query as a phrase; `isAll` when no others can have it.
 */
function addBegun(
  slots: readonly Slot[],
  { start, frequency }: Beginning,
  most: number,
  { find, tally, limit, constrained }: Search,
): { rows: readonly number[]; isAll: boolean } {
  const before = phrases(slots.slice(0, -1));
  if (before === '') return { rows: [], isAll: false };
  const few = find('all', before, FEW_BEGUN + 1);
  // All of them are read, so nothing needs to be known of what follows there.
  if (few.length <= FEW_BEGUN) tally.add(few, WORTH.fewBegun);
  if (few.length === 0) return { rows: [], isAll: true };
  const follows = slots.at(-1)?.follows === true;
  if (follows && few.length <= FEW_BEGUN) return { rows: few, isAll: true };
  const likely = find('all', all([before, anyForm(slots.at(-1))]), MAX_BEGUN);
  tally.add(likely, WORTH.begun);
  if (!follows) return { rows: likely, isAll: false };
  const begun = unfinished([...slots.slice(0, -1).map(mainForm), start]);
  const isCheap = frequency() <= MAX_BEGINNING;
  // Titles alone have few entries; with conditions they are asked of the large table.
  if (isCheap || !constrained) {
    tally.add(find('titles', begun, 100), WORTH.begunInTitles);
    tally.add(find('titles', `title : (${begun})`, 100), WORTH.phraseInTitle);
  }
  if (!isCheap) return { rows: likely.length <= limit ? likely : [], isAll: likely.length === 0 };
  const rows = find('all', begun, most);
  tally.add(rows.slice(0, MAX_PHRASES), WORTH.phrase);
  return { rows, isAll: true };
}

/** Articles that have the words with the accents that were typed; returned are those in which they also stand side by side. */
function addAccented(
  slots: readonly Slot[],
  whole: readonly number[],
  rows: Rows,
  { tally, constrained }: Search,
): readonly number[] {
  const codes = slots.flatMap((slot) => (slot.code === null ? [] : [phrase([slot.code])]));
  if (codes.length === 0) return [];
  const accented = rows.find('accents', all(codes), MAX_ACCENTED);
  tally.add(
    accented.filter((seq) => tally.has(seq)),
    slots.length <= SHORT_WORDS ? WORTH.accentsOfShort : WORTH.accents,
  );
  const beside = new Set(whole);
  const together = accented.filter((seq) => beside.has(seq));
  // Of a single word nothing else is known (and not whether it meets conditions); of several, neighbours say more than accents.
  const telling = slots.length > 1 ? together : constrained ? [] : accented;
  tally.add(telling.filter((seq) => !tally.has(seq)).slice(0, NEW_ACCENTED), WORTH.accentsAlone);
  return together;
}
