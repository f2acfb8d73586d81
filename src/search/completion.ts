/**
 * The last word as the beginning of one: which words the reader may be on the way to.
 */
import type { Context } from './context.ts';
import type { Plan } from './plan.ts';
import { mainForm, withForms, type Beginning, type Form, type Reading } from './reading.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Words that are looked at, the most frequent first, and that are taken. */
const CONSIDERED = 40;
const CONSIDERED_IN_BODIES = 15;
const TAKEN = 12;

/** A completion that stands beside the word before it so much more often than what was typed wins over it. */
const FAR_MORE = 3;

/** What a completed hit is worth when the typed word does not stand beside the one before it, and when it does. */
const TRUST = 0.95;
const TRUST_AGAINST_WORD = 0.8;

export interface Completion {
  reading: Reading;
  /** Whether the words speak for it so much that it is to be tried even when the typed word is found. */
  likely: boolean;
  /** A number as it was typed: to be completed only when it is nowhere behind the other words. */
  isNumber: boolean;
}

/** Null when the last word is finished, or begins no other word; "5" is a number, "20" behind two words may be a year's. */
export function completionOf(
  reading: Reading,
  plan: Plan,
  vocabulary: Vocabulary,
  context: Context,
  weigh: (word: string) => number,
): Completion | null {
  const at = reading.slots.length - 1;
  const slot = reading.slots[at];
  const word = plan.words[at];
  if (!plan.open || slot === undefined || word === undefined) return null;
  const isNumber = /^\d{1,2}$/u.test(word.start);
  if (isNumber && (at < 2 || word.start.length < 2)) return null;
  const before = at > 0 && slot.follows ? reading.slots[at - 1] : undefined;
  if (before === undefined && word.start.length < 2) return null;
  const typed = word.word.folded;
  const left = before === undefined ? null : mainForm(before);
  const beforeLeft = at > 1 && reading.slots[at - 1]?.follows === true ? reading.slots[at - 2] : undefined;
  const following =
    left === null
      ? new Map<string, number>()
      : context.following(beforeLeft === undefined ? null : mainForm(beforeLeft), left, word.start);
  const evidence = (option: string, frequency: number): number =>
    left === null ? frequency / 10 : (following.get(option) ?? 0) + Math.min(1, frequency / 1_000);
  const options = new Map(
    vocabulary.startingWith(word.start, CONSIDERED).map((option) => [option.word, option.frequency]),
  );
  for (const option of following.keys())
    if (!options.has(option)) options.set(option, vocabulary.frequency(option));
  options.delete(typed);
  if (options.size === 0) return null;
  let judged = [...options].map(([option, frequency]) => ({ option, worth: evidence(option, frequency) }));
  if (left !== null && judged.every(({ worth }) => worth <= 1))
    judged = judged.map(({ option, worth }, i) => ({
      option,
      worth: i < CONSIDERED_IN_BODIES ? worth + context.inBodies(left, option) : worth,
    }));
  const ranked = judged.sort((a, b) => b.worth - a.worth || (a.option < b.option ? -1 : 1)).slice(0, TAKEN);
  const best = ranked[0]?.worth ?? 0;
  const own = evidence(typed, vocabulary.frequency(typed));
  const forms = ranked.map(({ option, worth }): [string, Form] => [
    option,
    { weight: 0.7 + 0.3 * (worth / best), kind: 'completed' },
  ]);
  const completed = withForms(reading, at, forms, false);
  const weight = Math.max(...ranked.map(({ option }) => weigh(option)));
  const beginning: Beginning | null =
    left === null ? null : { start: word.start, frequency: () => vocabulary.beginningFrequency(word.start) };
  const slots = completed.slots.map((each, i) =>
    i === at ? { ...each, idf: weight, code: null, bare: false, beginning } : each,
  );
  return {
    reading: { ...completed, slots, kind: 'completed', trust: own >= 1 ? TRUST_AGAINST_WORD : TRUST },
    likely: left !== null && best > FAR_MORE * own + 2,
    isNumber,
  };
}
