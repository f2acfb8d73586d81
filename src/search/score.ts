/**
 * How well one article answers one reading of a query. Pure.
 *
 * Three things are added: which words it has and where (BM25 over fields), which of them stand side by side as in the
 * query, and whether the whole query stands there as a phrase. What is missing takes away more than its share.
 */
import type { Folded } from './fold.ts';
import type { Reading, Slot } from './reading.ts';

export interface Fields {
  title: Folded[];
  summary: Folded[];
  body: Folded[];
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
  /** Share of neighbouring words that are neighbours in the article, 0 to 1. */
  adjacency: number;
  /** Share of the accented words found with just those accents, 0 to 1; 1 when none were typed. */
  accents: number;
  /** Best field in which any of the words was found. */
  bestField: FieldName;
}

export type FieldName = 'title' | 'summary' | 'body';
const FIELD_NAMES: readonly FieldName[] = ['title', 'summary', 'body'];

/** Tuned on the development queries and on queries made from other articles; see bench/README.md. */
export const WEIGHTS = {
  /** Of one occurrence in the title, the summary, the body. */
  field: [3.6, 1.2, 1],
  /** BM25: how soon repetition stops counting, and how much a long field takes away. */
  saturation: 3,
  lengthShare: [0.3, 0.4, 0.9],
  words: 1,
  pairs: 2,
  pairField: [1, 0.9, 0.75],
  phrase: 1,
  phraseField: [1, 0.9, 0.85],
  /** What a pair is worth whose words stand near each other but not side by side. */
  near: 0.13,
  nearWithin: 4,
  coveragePower: 0.75,
  /** What a word with other accents than the typed ones is worth, and one without any. */
  otherAccent: 0.15,
  /** A word that only begins as the unfinished one, where the word before it fits. */
  begun: 0.75,
  noAccent: 0.4,
};
export type Weights = typeof WEIGHTS;

interface Found {
  /** Weighted occurrences in each field. */
  tf: [number, number, number];
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
  const found = slots.map((): Found => ({ tf: [0, 0, 0], best: 0, exactAccent: false }));
  const pairs = new Float64Array(slots.length);
  const lookup = slotsByForm(slots);
  const texts = [fields.title, fields.summary, fields.body];
  let phraseAt = -1;
  let phraseValue = 0;
  for (let f = 0; f < 3; f += 1) {
    const value = scanField(texts[f] ?? [], f, slots, lookup, found, pairs, weights);
    if (value > 0 && value * (weights.phraseField[f] ?? 0) > phraseValue) {
      phraseValue = value * (weights.phraseField[f] ?? 0);
      phraseAt = f;
    }
  }
  return combine(slots, found, pairs, phraseAt, phraseValue, texts, means, weights, reading.trust);
}

function slotsByForm(slots: readonly Slot[]): Map<string, number[]> {
  const lookup = new Map<string, number[]>();
  slots.forEach((slot, i) => {
    for (const form of slot.forms.keys()) {
      const list = lookup.get(form);
      if (list === undefined) lookup.set(form, [i]);
      else list.push(i);
    }
  });
  return lookup;
}

/** Goes over a field once; returns what the best full phrase in it is worth, 0 when there is none. */
function scanField(
  words: readonly Folded[],
  f: number,
  slots: readonly Slot[],
  lookup: Map<string, number[]>,
  found: Found[],
  pairs: Float64Array,
  weights: Weights,
): number {
  const count = slots.length;
  const pairField = weights.pairField[f] ?? 0;
  // Where each slot was last seen, what it was worth there, and how long and how good a run ended there.
  const lastAt = new Int32Array(count).fill(-1_000);
  const lastWeight = new Float64Array(count);
  const runLength = new Int32Array(count);
  const runWeight = new Float64Array(count);
  let phrase = 0;
  const open = count > 1 ? (slots[count - 1]?.beginning ?? null) : null;
  const last = [count - 1];
  for (let p = 0; p < words.length; p += 1) {
    const word = words[p];
    if (word === undefined) continue;
    let at = lookup.get(word.folded);
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
      const accent = exact ? 1 : word.code === word.folded ? weights.noAccent : weights.otherAccent;
      const weight = (slot.forms.get(word.folded)?.weight ?? weights.begun) * accent;
      seen.tf[f as 0 | 1 | 2] += weight;
      if (weight > seen.best) seen.best = weight;
      if (exact) seen.exactAccent = true;
      let run = 1;
      let worth = weight;
      if (i > 0) {
        const gap = p - (lastAt[i - 1] ?? 0);
        const pairWorth = Math.min(weight, lastWeight[i - 1] ?? 0) * pairField;
        if (gap === 1 && slot.follows) {
          if (pairWorth > (pairs[i] ?? 0)) pairs[i] = pairWorth;
          run = (runLength[i - 1] ?? 0) + 1;
          worth = Math.min(worth, runWeight[i - 1] ?? 0);
        } else if (gap <= weights.nearWithin && pairWorth * weights.near > (pairs[i] ?? 0)) {
          pairs[i] = pairWorth * weights.near;
        }
      }
      lastAt[i] = p;
      lastWeight[i] = weight;
      runLength[i] = run;
      runWeight[i] = worth;
      if (run === count && count > 1 && worth > phrase) phrase = worth;
    }
  }
  return phrase;
}

function combine(
  slots: readonly Slot[],
  found: readonly Found[],
  pairs: Float64Array,
  phraseAt: number,
  phraseValue: number,
  texts: readonly Folded[][],
  means: MeanLengths,
  weights: Weights,
  trust: number,
): Score {
  let words = 0;
  let wanted = 0;
  let covered = 0;
  let present = 0;
  let total = 0;
  let pairSum = 0;
  let pairTotal = 0;
  let accented = 0;
  let accentHits = 0;
  let bestField = 2;
  slots.forEach((slot, i) => {
    const seen = found[i];
    if (seen === undefined) return;
    let mass = 0;
    for (const f of [0, 1, 2] as const) {
      const share = weights.lengthShare[f] ?? 0;
      const length = 1 - share + (share * (texts[f]?.length ?? 0)) / Math.max(1, means[f]);
      mass += ((weights.field[f] ?? 0) * seen.tf[f]) / length;
      if (seen.tf[f] > 0 && f < bestField) bestField = f;
    }
    words += (slot.idf * mass) / (mass + weights.saturation);
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
      pairSum += weight * (pairs[i] ?? 0);
      pairTotal += weight;
    }
  });
  const coverage = wanted > 0 ? covered / wanted : 1;
  const adjacency = pairTotal > 0 ? pairSum / pairTotal : 0;
  const value =
    (weights.words * (total > 0 ? words / total : 0) +
      weights.pairs * adjacency +
      weights.phrase * phraseValue) *
    coverage ** weights.coveragePower *
    trust;
  return {
    value,
    coverage,
    presence: wanted > 0 ? present / wanted : 1,
    phraseIn: phraseAt < 0 ? null : (FIELD_NAMES[phraseAt] ?? null),
    adjacency,
    accents: accented === 0 ? 1 : accentHits / accented,
    bestField: FIELD_NAMES[bestField] ?? 'body',
  };
}
