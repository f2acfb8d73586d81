/**
 * The peer: what is usually done about near-duplicates. Texts as sets of three words in a row, two texts are alike by
 * the share of what they have in common (Jaccard), and MinHash with bands finds the pairs worth comparing. One threshold
 * decides.
 */
import type { BenchArticle } from '../search/corpus.ts';
import { seeded } from '../search/random.ts';

/** 64 bands of two: 93 % of pairs at 0.2 share a band, 99.8 % at 0.3. */
const HASHES = 128;
const ROWS = 2;
/** A band that more texts share is boilerplate. */
const MAX_BUCKET = 60;

export type Shingles = ReadonlySet<number>;

export function shinglesOf({ title, summary, body }: BenchArticle): Shingles {
  const words = `${title} ${summary} ${body}`.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const shingles = new Set<number>();
  for (let n = 0; n + 2 < words.length; n += 1) shingles.add(hashOf(words.slice(n, n + 3).join(' ')));
  return shingles;
}

export function jaccard(a: Shingles, b: Shingles): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let common = 0;
  for (const shingle of small) if (large.has(shingle)) common += 1;
  return common / Math.max(1, a.size + b.size - common);
}

export interface AlikePair {
  /** Indices, the lower one first. */
  a: number;
  b: number;
  jaccard: number;
}

/** Pairs that share a band, with at least so much in common, the likest first. */
export function alikePairs(texts: readonly Shingles[], atLeast: number): AlikePair[] {
  const random = seeded(11);
  const factors = Array.from({ length: HASHES }, () => Math.floor(random() * 2 ** 31) | 1);
  const buckets = new Map<string, number[]>();
  for (const [n, shingles] of texts.entries()) {
    const least = new Uint32Array(HASHES).fill(0xffffffff);
    for (const shingle of shingles) {
      for (let h = 0; h < HASHES; h += 1) {
        const hash = Math.imul(shingle ^ (shingle >>> 15), factors[h] ?? 1) >>> 0;
        if (hash < (least[h] ?? 0)) least[h] = hash;
      }
    }
    for (let band = 0; band < HASHES; band += ROWS) {
      const key = `${band} ${least.subarray(band, band + ROWS).join(' ')}`;
      const bucket = buckets.get(key);
      if (bucket === undefined) buckets.set(key, [n]);
      else bucket.push(n);
    }
  }
  const pairs = new Map<string, AlikePair>();
  for (const bucket of buckets.values()) {
    if (bucket.length > MAX_BUCKET) continue;
    for (const [at, a] of bucket.entries()) {
      for (const b of bucket.slice(at + 1)) {
        const key = `${a} ${b}`;
        if (pairs.has(key)) continue;
        pairs.set(key, { a, b, jaccard: jaccard(texts[a] ?? new Set(), texts[b] ?? new Set()) });
      }
    }
  }
  return [...pairs.values()]
    .filter((pair) => pair.jaccard >= atLeast)
    .sort((one, other) => other.jaccard - one.jaccard);
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
