/**
 * Which articles are worth reading for a query: rows of several sources (phrases, neighbours, all words, some words) are
 * added up, and the best are taken. Exact, deterministic, and never more than `CANDIDATES`.
 */
import { isConstrained, constrain, type Plan } from './plan.ts';
import { all, phrase, some } from './match.ts';
import { requiredSlots, type Reading, type Slot } from './reading.ts';
import type { Recent } from './recent.ts';
import type { Rows, Table } from './rows.ts';

/** Articles whose text is read and scored for one reading. */
export const CANDIDATES = 50;

/** The same for a reading that completes or corrects. */
export const GUESSED_CANDIDATES = 30;

/** So many are put in order; those past the ones that are read serve when accents leave too few. */
const ORDERED = 400;

/** Hits that are counted and can be paged to. */
export const MAX_HITS = 1_000;

/** minisearch scores every article that has a word before it intersects, so it gets rare words only, and few of them. */
const MINI_IDF = 2.3;
const MINI_WORDS = 3;

/** Articles with the typed accents that are looked at, and that are added to those with the bare words. */
const MAX_ACCENTED = 20_000;
const NEW_ACCENTED = 100;

/** Rows taken from one source when all words cannot be had; the rarest words come first. */
const MAX_ROWS = 12_000;

/** Ways to write a phrase out when a slot has several forms. */
const MAX_VARIANTS = 12;

export interface Candidates {
  /** To be read and scored, the most promising first; more than are usually read. */
  seqs: number[];
  /** All articles with all words, newest first, at most `MAX_HITS`. */
  complete: number[];
}

export interface Sources {
  rows: Rows;
  recent: Recent;
}

/** What `collect` may go for: articles with all words only, or, where those are too few, with some. */
export type Reach = 'complete' | 'partial';

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
  add(complete, 1);
  const many = complete.length > CANDIDATES;
  if (many || required.length === 1) {
    add(find('titles', words, required.length === 1 ? 2_000 : 300), 0.6);
    add(find('titles', `title : (${words})`, 150), 0.4);
  }
  if (!limited) {
    addAccented(slots, rows, add, (seq) => sums.has(seq));
    const telling = required.filter((slot) => slot.idf >= MINI_IDF).sort((a, b) => b.idf - a.idf);
    const forms = telling.slice(0, MINI_WORDS).map((slot) => [...slot.forms.keys()]);
    if (forms.length > 0 && required.length > 1)
      recent.withAll(forms, 30).forEach((hit, i) => add([hit.seq], 0.5 - i / 60));
  }
  if (slots.length > 2 && slots.at(-1)?.beginning != null) {
    const before = phrases(slots.slice(0, -1));
    if (before !== '') add(find('all', before, 150), 1);
  }
  const whole = phrases(slots);
  if (slots.length > 1 && whole !== '') {
    add(find('titles', whole, 100), 1);
    if (many) add(find('all', whole, 300), 2);
  }
  if (slots.length > 2 && many) {
    for (let i = 1; i < slots.length; i += 1) {
      const pair = phrases(slots.slice(i - 1, i + 1));
      const others = required.filter((slot) => slot !== slots[i] && slot !== slots[i - 1]).map(anyForm);
      if (pair !== '') add(find('all', all([pair, ...others]), 300), 0.5);
    }
  }
  if (reach === 'partial' && required.length > 1) addPartial(required, slots, find, add);
  const seqs = [...sums.entries()]
    .sort((a, b) => b[1] - a[1] || b[0] - a[0])
    .slice(0, ORDERED)
    .map(([seq]) => seq);
  return { seqs, complete };
}

/** Articles that have the words with the accents that were typed. */
function addAccented(
  slots: readonly Slot[],
  rows: Rows,
  add: (seqs: readonly number[], worth: number) => void,
  known: (seq: number) => boolean,
): void {
  const codes = slots.flatMap((slot) => (slot.code === null ? [] : [phrase([slot.code])]));
  if (codes.length === 0) return;
  const match = all(codes);
  const accented = rows.find('accents', match, MAX_ACCENTED);
  // Of a single word nothing else is known; of several, phrases and neighbours say more than accents.
  const worth = slots.length === 1 ? 3 : 1;
  const others = accented.filter((seq) => !known(seq));
  add(accented.filter(known), worth);
  // Of those that no other source named, the ones in which the words also stand side by side.
  const whole = slots.length > 1 ? phrases(slots) : '';
  const beside = whole === '' ? null : new Set(rows.find('all', whole, MAX_ACCENTED));
  add(
    (beside === null ? others : others.filter((seq) => beside.has(seq))).slice(0, NEW_ACCENTED),
    worth + (beside === null ? 0 : 2),
  );
}

/** Articles that have the rare words, or rare neighbours, of the query. */
function addPartial(
  required: readonly Slot[],
  slots: readonly Slot[],
  find: (table: Table, match: string, limit: number) => number[],
  add: (seqs: readonly number[], worth: number) => void,
): void {
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
function anyForm(slot: Slot): string {
  return some([...slot.forms.keys()].map((form) => phrase([form])));
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
