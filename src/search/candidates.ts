/**
 * Which articles are worth reading for a query: rows of several sources (phrases, neighbours, all words, some words) are
 * added up, and the best are taken. Exact, deterministic, and never more than `CANDIDATES`.
 */
import { isConstrained, constrain, type Plan } from './plan.ts';
import { all, phrase, some, unfinished } from './match.ts';
import { mainForm, requiredSlots, type Beginning, type Reading, type Slot } from './reading.ts';
import type { Recent } from './recent.ts';
import type { Rows, Table } from './rows.ts';
import { SHORT_WORDS } from './weights.ts';

/** Articles whose text is read and scored for one reading. */
export const CANDIDATES = 40;

/** The same for a reading that completes or corrects. */
export const GUESSED_CANDIDATES = 30;

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

/** Rows taken from one source when all words cannot be had; the rarest words come first. */
const MAX_ROWS = 12_000;

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
  /** All but the unfinished last word as a phrase; with its beginning behind them. */
  begun: 4,
  begunInTitles: 8,
  accents: 1,
  accentsOfShort: 4,
  /** No other source named it. */
  accentsAlone: 4,
};

/** Longer queries are seldom in an article as they stand. */
const MAX_PHRASE_WORDS = 6;

/** Ways to write a phrase out when a slot has several forms: those that weigh most. */
const MAX_VARIANTS = 4;

export interface Candidates {
  /** To be read and scored, the most promising first. */
  seqs: number[];
  /** All articles with all words, newest first, at most `MAX_HITS`. */
  complete: number[];
  /** Of a crowd, the articles that have the accents that were typed, and the words side by side: perhaps with just those accents. */
  accented: readonly number[];
}

export interface Sources {
  rows: Rows;
  recent: Recent;
}

/** What `collect` may go for: articles with all words only, or, where those are too few, with some. */
export type Reach = 'complete' | 'partial';

type Find = (table: Table, match: string, limit: number) => number[];
type Add = (seqs: readonly number[], worth: number) => void;

export function collect(reading: Reading, plan: Plan, { rows, recent }: Sources, reach: Reach): Candidates {
  const limited = isConstrained(plan);
  const { slots } = reading;
  const sums = new Map<number, number>();
  const add = (seqs: readonly number[], worth: number): void => {
    for (const seq of seqs) sums.set(seq, (sums.get(seq) ?? 0) + worth);
  };
  // Conditions reach into bodies, so with them titles are asked of the large table.
  const find = (table: Table, match: string, limit: number): number[] =>
    limited
      ? rows.find(
          'all',
          constrain(plan, table === 'titles' ? `{title summary} : (${match})` : match),
          limit,
          plan.filter,
        )
      : rows.find(table, match, limit);

  const required = requiredSlots(reading);
  const words = all(required.map(anyForm));
  const complete =
    words === '' && plan.must.length === 0
      ? []
      : find('all', words === '' ? constrain(plan, '') : words, MAX_HITS);
  add(complete, WORTH.allWords);
  if (!limited) {
    const telling = required
      .filter((slot) => slot.idf >= MINI_IDF && slot.forms.size <= MINI_FORMS)
      .sort((a, b) => b.idf - a.idf);
    const forms = telling.slice(0, MINI_WORDS).map((slot) => [...slot.forms.keys()]);
    if (forms.length > 0 && required.length > 1)
      recent.withAll(forms, 30).forEach((hit, i) => add([hit.seq], WORTH.recent * (1 - i / 30)));
  }
  // Fewer are read (nearly) all, in whatever order; of more, those that promise most.
  const isCrowd = complete.length > CANDIDATES;
  let accented: readonly number[] = [];
  // An unfinished word may become one that was not thought of.
  if (isCrowd || slots.at(-1)?.beginning != null) {
    const whole = addPhrases(slots, find, add, limited);
    const alone = required.length === 1;
    if (alone || whole.length < 3 * CANDIDATES) {
      add(find('titles', words, alone ? 2_000 : 300), WORTH.wordsInTitles);
      add(find('titles', `title : (${words})`, 150), WORTH.wordsInTitle);
    }
    if (isCrowd) accented = addAccented(slots, whole, limited, rows, add, (seq) => sums.has(seq));
  }
  if (reach === 'partial' && required.length > 1) addPartial(required, slots, find, add);
  const seqs = [...sums.entries()]
    .sort((a, b) => b[1] - a[1] || b[0] - a[0])
    .slice(0, CANDIDATES)
    .map(([seq]) => seq);
  return { seqs, complete, accented };
}

/** Articles that have the query as a phrase, which are returned, or as two phrases apart. */
function addPhrases(slots: readonly Slot[], find: Find, add: Add, limited: boolean): readonly number[] {
  if (slots.length < 2 || slots.length > MAX_PHRASE_WORDS) return [];
  const last = slots.at(-1);
  const accented = slots.some((slot) => slot.code !== null);
  const most = accented ? MAX_ACCENTED : MAX_PHRASES;
  let whole = phrases(slots);
  if (last?.beginning != null && slots.length > 2) {
    const begun = addBegun(slots, last.beginning, { find, add, most, limited });
    if (begun.rows.length > 0) return begun.rows;
    if (begun.isAll) whole = '';
  }
  const rows = whole === '' ? [] : find('all', whole, most);
  add(rows.slice(0, MAX_PHRASES), WORTH.phrase);
  if (rows.length > 0) {
    add(find('titles', whole, 100), WORTH.phraseInTitles);
    if (rows.length > CANDIDATES) add(find('titles', `title : (${whole})`, 100), WORTH.phraseInTitle);
    return rows;
  }
  // In the middle the two say most; of an odd number of words either middle will do.
  const middles = new Set([Math.floor(slots.length / 2), Math.ceil(slots.length / 2)]);
  for (const at of slots.length > 2 ? middles : []) {
    const [left, right] = [phrases(slots.slice(0, at)), phrases(slots.slice(at))];
    if (left !== '' && right !== '') add(find('all', all([left, right]), MAX_PHRASES), WORTH.halves);
  }
  return rows;
}

/**
 * Articles in which all but the unfinished word stand as a phrase, those first that go on with one of its forms. Returned are
 * those that may have the whole query as a phrase; `isAll` when no others can have it.
 */
function addBegun(
  slots: readonly Slot[],
  { start, frequency }: Beginning,
  { find, add, most, limited }: { find: Find; add: Add; most: number; limited: boolean },
): { rows: readonly number[]; isAll: boolean } {
  const before = phrases(slots.slice(0, -1));
  if (before === '') return { rows: [], isAll: false };
  const likely = find('all', all([before, anyForm(slots.at(-1))]), MAX_BEGUN);
  add(likely, WORTH.begun);
  const few = find('all', before, FEW_BEGUN + 1);
  if (few.length <= FEW_BEGUN) add(few, WORTH.begun);
  if (few.length === 0) return { rows: [], isAll: true };
  if (slots.at(-1)?.follows !== true) return { rows: likely, isAll: false };
  const begun = unfinished([...slots.slice(0, -1).map(mainForm), start]);
  const isCheap = frequency() <= MAX_BEGINNING;
  // Titles alone have few entries; with conditions they are asked of the large table.
  if (isCheap || !limited) {
    add(find('titles', begun, 100), WORTH.begunInTitles);
    add(find('titles', `title : (${begun})`, 100), WORTH.phraseInTitle);
  }
  if (few.length <= FEW_BEGUN) return { rows: few, isAll: true };
  if (!isCheap)
    return { rows: likely.length <= GUESSED_CANDIDATES ? likely : [], isAll: likely.length === 0 };
  const rows = find('all', begun, most);
  add(rows.slice(0, MAX_PHRASES), WORTH.phrase);
  return { rows, isAll: true };
}

/** Articles that have the words with the accents that were typed; returned are those in which they also stand side by side. */
function addAccented(
  slots: readonly Slot[],
  whole: readonly number[],
  limited: boolean,
  rows: Rows,
  add: Add,
  known: (seq: number) => boolean,
): readonly number[] {
  const codes = slots.flatMap((slot) => (slot.code === null ? [] : [phrase([slot.code])]));
  if (codes.length === 0) return [];
  const accented = rows.find('accents', all(codes), MAX_ACCENTED);
  add(accented.filter(known), slots.length <= SHORT_WORDS ? WORTH.accentsOfShort : WORTH.accents);
  const beside = new Set(whole);
  const together = accented.filter((seq) => beside.has(seq));
  // Of a single word nothing else is known (and not whether it meets conditions); of several, neighbours say more than accents.
  const telling = slots.length > 1 ? together : limited ? [] : accented;
  add(telling.filter((seq) => !known(seq)).slice(0, NEW_ACCENTED), WORTH.accentsAlone);
  return together;
}

/** Articles that have the rare words, or rare neighbours, of the query. */
function addPartial(required: readonly Slot[], slots: readonly Slot[], find: Find, add: Add): void {
  let room = MAX_ROWS;
  const byRarity = [...required].sort((a, b) => b.idf - a.idf);
  for (const slot of byRarity) {
    if (room <= 0) break;
    const seqs = find('all', anyForm(slot), MAX_ROWS);
    room -= seqs.length;
    add(seqs, slot.idf);
  }
  for (let i = 1; i < slots.length; i += 1) {
    const pair = phrases(slots.slice(i - 1, i + 1));
    const weight = ((slots[i]?.idf ?? 0) + (slots[i - 1]?.idf ?? 0)) / 2;
    if (pair === '' || slots[i]?.follows !== true) continue;
    add(find('all', pair, 3_000), weight);
    add(find('titles', pair, 1_000), weight / 2);
  }
}

/** Any of the forms of a word. */
function anyForm(slot: Slot | undefined): string {
  return some([...(slot?.forms.keys() ?? [])].map((form) => phrase([form])));
}

/** The slots as a phrase, in as many ways as their forms allow; empty when the query breaks between them. */
function phrases(slots: readonly Slot[]): string {
  if (slots.slice(1).some((slot) => !slot.follows)) return '';
  let variants: string[][] = [[]];
  for (const slot of slots) {
    const forms = [...slot.forms.keys()];
    variants = variants.flatMap((words) => forms.map((form) => [...words, form])).slice(0, MAX_VARIANTS);
  }
  return some(variants.map(phrase));
}
