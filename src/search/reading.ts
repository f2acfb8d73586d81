/**
 * A reading of a query: which forms of a word count as each of the words that were typed, and how much. The plain
 * reading takes the words as they stand; others complete, correct, split or decode them.
 */
import type { Plan } from './plan.ts';

/** Why a form stands for the typed word. */
export type FormKind = 'typed' | 'completed' | 'corrected' | 'decoded' | 'split' | 'joined';

export interface Form {
  /** 1 for the word as typed, less for guesses. */
  weight: number;
  kind: FormKind;
}

/** An unfinished word. */
export interface Beginning {
  start: string;
  /** Articles that have a word which begins so, once for each such word: what FTS5 has to go through. Asked when needed. */
  frequency: () => number;
}

export interface Slot {
  /** What is asked of the accents; null when the reader typed none. */
  code: string | null;
  /** No accent was typed here, though elsewhere in the query: then it may be meant as it stands. */
  bare: boolean;
  /** By folded word; the typed one first. */
  forms: Map<string, Form>;
  /** How much the word says: ln((N + 1) / (df + 1)) of the most frequent of its forms. */
  idf: number;
  optional: boolean;
  follows: boolean;
  /** Words that begin so count too where they follow the word before; null for finished words. */
  beginning: Beginning | null;
}

export interface Reading {
  kind: FormKind;
  slots: Slot[];
  /** 1 for the plain reading; a hit by another one is worth this share. */
  trust: number;
  /** The query in this reading, folded or as typed; what `highlight` is to mark. */
  text: string;
}

/** What a word that is everywhere still says; above 0, so that a query of such words ranks too. */
const MIN_IDF = 0.05;

export function idf(frequency: number, articles: number): number {
  return Math.max(MIN_IDF, Math.log((articles + 1) / (frequency + 1)));
}

/** The query as it was typed. */
export function plainReading(plan: Plan, text: string, weigh: (word: string) => number): Reading {
  const withAccents = plan.words.some((word) => word.accented);
  const slots = plan.words.map((word): Slot => ({
    code: word.accented ? word.word.code : null,
    bare: withAccents && !word.accented,
    forms: new Map([[word.word.folded, { weight: 1, kind: 'typed' }]]),
    idf: weigh(word.word.folded),
    optional: word.optional,
    follows: word.follows,
    beginning: null,
  }));
  return { kind: 'typed', slots, trust: 1, text };
}

/** The reading with other forms added to (or put in the place of) those of one slot. */
export function withForms(
  reading: Reading,
  at: number,
  forms: Iterable<[string, Form]>,
  keep: boolean,
): Reading {
  const slots = reading.slots.map((slot, i) =>
    i === at ? { ...slot, forms: new Map([...(keep ? slot.forms : []), ...forms]) } : slot,
  );
  return { ...reading, slots };
}

/** The slots that a hit should have. */
export function requiredSlots(reading: Reading): Slot[] {
  const required = reading.slots.filter((slot) => !slot.optional);
  return required.length > 0 ? required : reading.slots;
}

/** The form that weighs most. */
export function mainForm(slot: Slot): string {
  let best = '';
  let weight = -1;
  for (const [form, { weight: w }] of slot.forms) {
    if (w > weight) [best, weight] = [form, w];
  }
  return best;
}
