/**
 * One slip of the finger: which words were meant instead, judged by the words beside them.
 */
import { MAX_COUNT, type Context } from './context.ts';
import { oneEditAway } from './edits.ts';
import type { Plan } from './plan.ts';
import { mainForm, withForms, type Reading } from './reading.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Shorter words have so many neighbours that a correction would be a guess; all the more without a word beside them. */
const MIN_LETTERS = 3;
const MIN_LETTERS_ALONE = 5;

/** In a longer question a known word is left alone: so many words, so many false alarms. */
const MAX_KNOWN_WORDS = 6;

/** What a corrected hit is worth when nothing has the words as typed, and when something has. */
const TRUST = 0.9;
const TRUST_AGAINST_HITS = 0.72;

/** Neighbours of one word that are judged by their context, the most frequent first. */
const CONSIDERED = 16;

/** Of all of them, those for which the bodies are asked too when titles know none of the pairs. */
const CONSIDERED_IN_BODIES = 8;

/** Corrected queries that are searched. */
export const CORRECTIONS = 3;

/** A correction must be so much better attested, on a scale of natural logarithms. */
const MIN_GAIN = 0.5;

/** How much a word's own frequency speaks for it. */
const PRIOR = 0.12;

interface Option {
  at: number;
  word: string;
  /** How much better than the typed word it goes with its neighbours. */
  gain: number;
  worth: number;
  inBodies: () => number;
}

/**
 * Corrected readings, the most plausible first. Empty when nothing speaks for one.
 *
 * @param found whether some article has all words as they were typed
 */
export function correctionsOf(
  reading: Reading,
  plan: Plan,
  vocabulary: Vocabulary,
  context: Context,
  weigh: (word: string) => number,
  found: boolean,
): Reading[] {
  const words = reading.slots.map(mainForm);
  const options: Option[] = [];

  const unknown = words.flatMap((word, i) =>
    correctable(word) && vocabulary.frequency(word) === 0 ? [i] : [],
  );
  const known =
    words.length > MAX_KNOWN_WORDS ? [] : words.flatMap((word, i) => (correctable(word) ? [i] : []));
  const suspects = unknown.length > 0 ? unknown : known;
  for (const at of suspects) {
    const word = words[at] ?? '';
    const left = plan.words[at]?.follows === true ? words[at - 1] : undefined;
    const right = plan.words[at + 1]?.follows === true ? words[at + 1] : undefined;
    if (left === undefined && right === undefined && word.length < MIN_LETTERS_ALONE) continue;
    const fit = (candidate: string, count: (a: string, b: string) => number): number =>
      (left === undefined ? 0 : Math.log1p(count(left, candidate))) +
      (right === undefined ? 0 : Math.log1p(count(candidate, right)));
    const own = unknown.length > 0 ? 0 : fit(word, context.together);
    const sides = (left === undefined ? 0 : 1) + (right === undefined ? 0 : 1);
    // Nothing could go so much better with its neighbours.
    if (unknown.length === 0 && own + MIN_GAIN > sides * Math.log1p(MAX_COUNT)) continue;
    for (const { word: candidate, frequency } of vocabulary.known([...oneEditAway(word)], CONSIDERED)) {
      const gain = fit(candidate, context.together) - own;
      const worth = gain + PRIOR * Math.log1p(frequency);
      options.push({ at, word: candidate, gain, worth, inBodies: () => fit(candidate, context.inBodies) });
    }
  }
  const plausible = (option: Option): boolean => unknown.length > 0 || option.gain >= MIN_GAIN;
  const order = (a: Option, b: Option): number =>
    b.worth - a.worth || a.at - b.at || (a.word < b.word ? -1 : 1);
  options.sort(order);
  if (!options.some((option) => option.gain >= MIN_GAIN))
    for (const option of options.slice(0, CONSIDERED_IN_BODIES)) {
      const more = option.inBodies();
      option.gain += more;
      option.worth += more;
    }
  options.sort(order);
  return options
    .filter(plausible)
    .slice(0, CORRECTIONS)
    .map(({ at, word }) => {
      const corrected = withForms(reading, at, [[word, { weight: 1, kind: 'corrected' }]], false);
      const slots = corrected.slots.map((slot, i) =>
        i === at ? { ...slot, code: null, bare: false, idf: weigh(word) } : slot,
      );
      return { ...corrected, slots, kind: 'corrected', trust: found ? TRUST_AGAINST_HITS : TRUST };
    });
}

function correctable(word: string): boolean {
  return word.length >= MIN_LETTERS && /^[a-z]+$/u.test(word);
}
