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
export const CANDIDATES = 100;

/** Hits that are counted and can be paged to. */
export const MAX_HITS = 1_000;

/** With fewer articles that have all words, those that have some are looked at too. */
const ENOUGH = 10;

/** Rows taken from one source when all words cannot be had; the rarest words come first. */
const MAX_ROWS = 30_000;

/** Ways to write a phrase out when a slot has several forms. */
const MAX_VARIANTS = 12;

export interface Candidates {
  /** To be read and scored, the most promising first. */
  seqs: number[];
  /** All articles with all words, newest first, at most `MAX_HITS`. */
  complete: number[];
}

export interface Sources {
  rows: Rows;
  recent: Recent;
}

export function collect(reading: Reading, plan: Plan, { rows, recent }: Sources): Candidates {
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
  if (complete.length > CANDIDATES || required.length === 1) {
    add(find('titles', words, 300), 2);
    add(find('titles', `title : (${words})`, 150), 1);
  }
  if (!limited) {
    const codes = slots.flatMap((slot) => (slot.code === null ? [] : [`x : ${phrase([slot.code])}`]));
    if (codes.length > 0) {
      add(rows.find('titles', all(codes), 150), 2);
      const straight = slots.every((slot) => slot.code !== null && slot.follows);
      if (straight && slots.length > 1)
        add(rows.find('titles', `x : ${phrase(slots.map((slot) => slot.code ?? ''))}`, 100), 1);
    }
    const forms = required.map((slot) => [...slot.forms.keys()]);
    if (forms.length > 1) recent.withAll(forms, 50).forEach((hit, i) => add([hit.seq], 2 - i / 50));
  }
  const whole = phrases(slots);
  if (slots.length > 1 && whole !== '') {
    add(find('titles', whole, 100), 4);
    if (complete.length > CANDIDATES) add(find('all', whole, 150), 3);
  }
  if (slots.length > 2 && complete.length > CANDIDATES) {
    for (let i = 1; i < slots.length; i += 1) {
      const pair = phrases(slots.slice(i - 1, i + 1));
      if (pair !== '') add(find('all', all([words, pair]), 300), (slots[i]?.idf ?? 0) / 4 + 0.2);
    }
  }
  if (complete.length < ENOUGH && required.length > 1) addPartial(required, slots, find, add);
  const seqs = [...sums.entries()]
    .sort((a, b) => b[1] - a[1] || b[0] - a[0])
    .slice(0, CANDIDATES)
    .map(([seq]) => seq);
  return { seqs, complete };
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
