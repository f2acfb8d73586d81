/**
 * Readings of a query for when the plain one finds nothing better: raw keyboard input decoded, words that ran together
 * taken apart, words that fell apart put together.
 */
import type { Context } from './context.ts';
import { foldStart, foldWord, isAccented, type Folded } from './fold.ts';
import { accentedWord, decodeKeys, withoutRepeats } from './keyboard.ts';
import type { Plan, PlanWord } from './plan.ts';
import { plainReading, type FormKind, type Reading } from './reading.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A word that is so much rarer than what it decodes to was hardly meant as it stands. */
const RARER = 50;

/** Longer words are not taken apart. */
const MAX_JOINED = 30;

/** A guess is worth this much of the same hit by the words as typed. */
const TRUST = 0.9;

export function guessesOf(
  plan: Plan,
  vocabulary: Vocabulary,
  context: Context,
  weigh: (word: string) => number,
): Reading[] {
  const reading = (kind: FormKind, words: PlanWord[] | null): Reading[] => {
    if (words === null) return [];
    const text = words.map((word) => word.text).join(' ');
    return [{ ...plainReading({ ...plan, words }, text, weigh), kind, trust: TRUST }];
  };
  return [
    ...reading('decoded', decoded(plan.words, vocabulary)),
    ...reading('split', split(plan.words, vocabulary, context)),
    ...reading('joined', joined(plan.words, vocabulary)),
  ];
}

function decoded(words: readonly PlanWord[], vocabulary: Vocabulary): PlanWord[] | null {
  const result = words.map((word) => {
    const own = vocabulary.frequency(word.word.folded);
    const keys = decodeKeys(word.text);
    const meant =
      keys !== null && vocabulary.frequency(keys.folded) > own * RARER
        ? keys
        : unstuck(word, own, vocabulary);
    return meant === null ? word : wordOf(accentedWord(meant.code), meant, word);
  });
  return result.some((word, i) => word !== words[i]) ? result : null;
}

function unstuck(word: PlanWord, own: number, vocabulary: Vocabulary): Folded | null {
  const once = withoutRepeats(word.word.folded);
  return once !== null && own === 0 && vocabulary.frequency(once) > 0 ? { folded: once, code: once } : null;
}

/** Words that are unknown as they stand and are two or three known ones that stand side by side in articles. */
function split(words: readonly PlanWord[], vocabulary: Vocabulary, context: Context): PlanWord[] | null {
  const result = words.flatMap((word) => {
    const parts = vocabulary.frequency(word.word.folded) > 2 ? null : partsOf(word.text, vocabulary, context);
    if (parts === null) return [word];
    return parts.map((part, i) => ({
      ...wordOf(part, foldWord(part), word),
      follows: i > 0 || word.follows,
    }));
  });
  return result.length > words.length ? result : null;
}

function partsOf(text: string, vocabulary: Vocabulary, context: Context): string[] | null {
  if (text.length > MAX_JOINED || !/^\p{L}+$/u.test(text)) return null;
  const known = (part: string): boolean =>
    part.length >= 2 && vocabulary.frequency(foldWord(part).folded) > 0;
  const together = (a: string, b: string): number => context.together(foldWord(a).folded, foldWord(b).folded);
  let best: { parts: string[]; worth: number } | null = null;
  for (let i = 2; i <= text.length - 2; i += 1) {
    const [left, right] = [text.slice(0, i), text.slice(i)];
    if (!known(left)) continue;
    if (known(right)) {
      const worth = together(left, right) + context.inBodies(foldWord(left).folded, foldWord(right).folded);
      if (worth > 0 && (best === null || worth > best.worth)) best = { parts: [left, right], worth };
    }
    for (let k = i + 2; k <= text.length - 2; k += 1) {
      const [middle, end] = [text.slice(i, k), text.slice(k)];
      if (!known(middle) || !known(end)) continue;
      const worth = Math.min(together(left, middle), together(middle, end));
      if (worth > 0 && (best === null || worth > best.worth)) best = { parts: [left, middle, end], worth };
    }
  }
  return best?.parts ?? null;
}

/** "face book" where articles write "facebook". */
function joined(words: readonly PlanWord[], vocabulary: Vocabulary): PlanWord[] | null {
  for (let i = 1; i < words.length; i += 1) {
    const [left, right] = [words[i - 1], words[i]];
    if (left === undefined || right?.follows !== true) continue;
    const text = left.text + right.text;
    const rarest = Math.min(vocabulary.frequency(left.word.folded), vocabulary.frequency(right.word.folded));
    const whole = foldWord(text);
    if (whole.folded.length < 5 || vocabulary.frequency(whole.folded) <= rarest) continue;
    return [...words.slice(0, i - 1), wordOf(text, whole, left), ...words.slice(i + 1)];
  }
  return null;
}

function wordOf(text: string, word: Folded, like: PlanWord): PlanWord {
  return {
    text,
    word,
    start: foldStart(text),
    accented: isAccented(word),
    optional: like.optional,
    follows: like.follows,
  };
}
