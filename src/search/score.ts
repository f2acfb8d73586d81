/**
 * How well one article answers one reading of a query. Pure.
 *
 * Three things are added: which words it has and where (BM25 over fields), which of them stand side by side as in the
 * query, and whether the whole query stands there as a phrase. What is missing takes away more than its share.
 */
import { hashOf, type Word } from './lexicon.ts';
import type { Reading, Slot } from './reading.ts';
import { SHORT_WORDS, WEIGHTS, type Weights } from './weights.ts';

export interface Fields {
  title: Word[];
  summary: Word[];
  body: Word[];
}

/** The mean number of words of each field. */
export type MeanLengths = readonly [number, number, number];

export interface Score {
  value: number;
  /** Share of the query's weight that the article has, 0 to 1. */
  coverage: number;
  /** The same without regard to how well the words fit: 1 when every word is there in some form. */
  presence: number;
  /** The field in which the whole query stands as a phrase; null when nowhere. */
  phraseIn: FieldName | null;
  /** What the best of these phrases is worth: 1 when it stands just as it was typed, accents and all; 0 for none. */
  phraseWorth: number;
  /** Share of neighbouring words that are neighbours in the article, 0 to 1. */
  adjacency: number;
  /** Share of the accented words found with just those accents, 0 to 1; 1 when none were typed. */
  accents: number;
  /** Best field in which any of the words was found. */
  bestField: FieldName;
}

/** Whether the article has every word in some form; rounding aside, nothing is missing. */
export function hasAllWords({ presence }: Score): boolean {
  return presence > 0.999;
}

export type FieldName = 'title' | 'summary' | 'body';
const FIELD_NAMES: readonly FieldName[] = ['title', 'summary', 'body'];

/** Longer queries are more than a few names, and their words are seldom found side by side. */
const MAX_TOGETHER = 5;

/** A field of fewer words, as a share of the mean, gains nothing more by being short. */
const SHORTEST = 0.5;

interface Found {
  /** Weighted occurrences in each field, of the word and of the pair that it ends. */
  words: Float64Array;
  pairs: Float64Array;
  best: number;
  exactAccent: boolean;
}

export function scoreArticle(
  reading: Reading,
  fields: Fields,
  means: MeanLengths,
  weights: Weights = WEIGHTS,
): Score {
  const { slots } = reading;
  const found = slots.map((): Found => ({
    words: new Float64Array(3),
    pairs: new Float64Array(3),
    best: 0,
    exactAccent: false,
  }));
  const lookup = lookupOf(slots);
  const texts = [fields.title, fields.summary, fields.body];
  const phrases = { counts: new Float64Array(3), best: 0 };
  texts.forEach((words, f) => scanField(words, f, slots, lookup, found, phrases, weights));
  return combine(slots, found, phrases, texts, means, weights, reading.trust);
}

/** Which slots a word of the text is for. */
interface Lookup {
  slots: Map<string, number[]>;
  /** 1 where the low byte of a form's hash is: of most words it says that they are for none. */
  sieve: Uint8Array;
}

function lookupOf(slots: readonly Slot[]): Lookup {
  const lookup = new Map<string, number[]>();
  const sieve = new Uint8Array(256);
  slots.forEach((slot, i) => {
    for (const form of slot.forms.keys()) {
      sieve[hashOf(form) & 255] = 1;
      const list = lookup.get(form);
      if (list === undefined) lookup.set(form, [i]);
      else list.push(i);
    }
  });
  return { slots: lookup, sieve };
}

/** Occurrences of the whole query as a phrase, weighted, in each field. */
interface Phrases {
  counts: Float64Array;
  best: number;
}

/** Goes over a field once. */
function scanField(
  words: readonly Word[],
  f: number,
  slots: readonly Slot[],
  { slots: lookup, sieve }: Lookup,
  found: Found[],
  phrases: Phrases,
  weights: Weights,
): void {
  const count = slots.length;
  // Where each slot was last seen, what it was worth there, and how long and how good a run ended there.
  const lastAt = new Int32Array(count).fill(-1_000);
  const lastWeight = new Float64Array(count);
  const runLength = new Int32Array(count);
  const runWeight = new Float64Array(count);
  const near = new Float64Array(count);
  const short = count <= SHORT_WORDS;
  const bare = short ? weights.noAccentShort : weights.noAccent;
  const unasked = short ? weights.unaskedShort : weights.unasked;
  const other = short ? weights.otherAccentShort : weights.otherAccent;
  const open = count > 1 ? (slots[count - 1]?.beginning?.start ?? null) : null;
  const last = [count - 1];
  for (let p = 0; p < words.length; p += 1) {
    const word = words[p];
    if (word === undefined) continue;
    let at = sieve[word.hash & 255] === 1 ? lookup.get(word.folded) : undefined;
    if (at === undefined) {
      if (open === null || lastAt[count - 2] !== p - 1 || !word.folded.startsWith(open)) continue;
      at = last;
    }
    // From the back, so that a slot doesn't see its neighbour's place at this very word.
    for (let k = at.length - 1; k >= 0; k -= 1) {
      const i = at[k] ?? 0;
      const slot = slots[i];
      const seen = found[i];
      if (slot === undefined || seen === undefined) continue;
      const exact = slot.code === null || slot.code === word.code;
      const plain = word.code === word.folded;
      const accent = exact ? (slot.bare && !plain ? unasked : 1) : plain ? bare : other;
      const weight = (slot.forms.get(word.folded)?.weight ?? weights.begun) * accent;
      seen.words[f] = (seen.words[f] ?? 0) + weight;
      if (weight > seen.best) seen.best = weight;
      if (exact) seen.exactAccent = true;
      let run = 1;
      let worth = weight;
      if (i > 0) {
        const gap = p - (lastAt[i - 1] ?? 0);
        const pairWorth = Math.min(weight, lastWeight[i - 1] ?? 0);
        if (gap === 1 && slot.follows) {
          seen.pairs[f] = (seen.pairs[f] ?? 0) + pairWorth;
          run = (runLength[i - 1] ?? 0) + 1;
          worth = Math.min(worth, runWeight[i - 1] ?? 0);
        } else if (gap <= weights.nearWithin && pairWorth * weights.near > (near[i] ?? 0)) {
          near[i] = pairWorth * weights.near;
        }
      }
      lastAt[i] = p;
      lastWeight[i] = weight;
      runLength[i] = run;
      runWeight[i] = worth;
      if (run === count && count > 1) {
        phrases.counts[f] = (phrases.counts[f] ?? 0) + worth;
        phrases.best = Math.max(phrases.best, worth);
      }
    }
  }
  found.forEach((seen, i) => {
    if ((seen.pairs[f] ?? 0) < (near[i] ?? 0)) seen.pairs[f] = near[i] ?? 0;
  });
}

function combine(
  slots: readonly Slot[],
  found: readonly Found[],
  phrases: Phrases,
  texts: readonly Word[][],
  means: MeanLengths,
  weights: Weights,
  trust: number,
): Score {
  const lengths = texts.map((words, f) => {
    const share = weights.lengthShare[f] ?? 0;
    const mean = Math.max(1, means[f as 0 | 1 | 2]);
    return 1 - share + (share * Math.max(words.length, mean * SHORTEST)) / mean;
  });
  const saturated = (counts: Float64Array, field: readonly number[], half: number): number => {
    let mass = 0;
    for (let f = 0; f < 3; f += 1) mass += ((field[f] ?? 0) * (counts[f] ?? 0)) / (lengths[f] ?? 1);
    return mass / (mass + half);
  };
  let words = 0;
  let wanted = 0;
  let covered = 0;
  let present = 0;
  let total = 0;
  let pairSum = 0;
  let beside = 0;
  let pairTotal = 0;
  let accented = 0;
  let accentHits = 0;
  let bestField = 2;
  slots.forEach((slot, i) => {
    const seen = found[i];
    if (seen === undefined) return;
    words += slot.idf * saturated(seen.words, weights.field, weights.saturation);
    bestField = Math.min(bestField, firstField(seen.words));
    total += slot.idf;
    if (!slot.optional) {
      wanted += slot.idf;
      covered += slot.idf * seen.best;
      if (seen.best > 0) present += slot.idf;
    }
    if (slot.code !== null) {
      accented += 1;
      if (seen.exactAccent) accentHits += 1;
    }
    if (i > 0) {
      const weight = (slot.idf + (slots[i - 1]?.idf ?? 0)) / 2;
      pairSum += weight * saturated(seen.pairs, weights.pairField, weights.pairSaturation);
      beside += weight * Math.min(1, Math.max(...seen.pairs));
      pairTotal += weight;
    }
  });
  const coverage = wanted > 0 ? covered / wanted : 1;
  // However often it stands there in other accents, it is not what was typed.
  const alike = phrases.best > 0 ? phrases.counts.map((count) => count / phrases.best) : phrases.counts;
  const phrase = phrases.best * saturated(alike, weights.phraseField, weights.phraseSaturation);
  const phraseAt = firstField(phrases.counts);
  const value =
    (weights.words * (total > 0 ? words / total : 0) +
      weights.pairs * (pairTotal > 0 ? pairSum / pairTotal : 0) +
      weights.phrase * phrase) *
    coverage ** weights.coveragePower *
    togetherness(slots, found, weights.apart) *
    trust;
  return {
    value,
    coverage,
    presence: wanted > 0 ? present / wanted : 1,
    phraseIn: (phrases.counts[phraseAt] ?? 0) > 0 ? (FIELD_NAMES[phraseAt] ?? null) : null,
    phraseWorth: phrases.best,
    adjacency: pairTotal > 0 ? beside / pairTotal : 0,
    accents: accented === 0 ? 1 : accentHits / accented,
    bestField: FIELD_NAMES[bestField] ?? 'body',
  };
}

/** How much of the query's weight stands beside a neighbour, with the accents of both: 1 when all of it does, `apart` when none. */
function togetherness(slots: readonly Slot[], found: readonly Found[], apart: number): number {
  if (slots.length > MAX_TOGETHER) return 1;
  let total = 0;
  let together = 0;
  slots.forEach((slot, i) => {
    if (slot.optional) return;
    const pairs = [slot, slots[i + 1]].flatMap((end, k) =>
      end?.follows === true ? [Math.max(...(found[i + k]?.pairs ?? []))] : [],
    );
    total += slot.idf;
    together += slot.idf * (pairs.length === 0 ? 1 : Math.min(1, Math.max(...pairs)));
  });
  return total > 0 ? apart + ((1 - apart) * together) / total : 1;
}

/** The first field in which there is something; the body when there is nothing. */
function firstField(counts: Float64Array): number {
  const at = counts.findIndex((count) => count > 0);
  return at < 0 ? 2 : at;
}
