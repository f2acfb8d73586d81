/**
 * Near-duplicates: the same text in several newspapers, perhaps under another title. Two reports of one event in
 * different words are no duplicates.
 */
import type { Folded } from './fold.ts';

export interface Comparable {
  title: Folded[];
  /** As `piecesOf` makes them. */
  pieces: Int32Array;
}

/** The beginning of an article tells; the rest differs by the page's furniture. */
const COMPARED_WORDS = 150;

/** Share of common three-word pieces from which two texts are the same. */
const SAME = 0.5;

/** Pieces that are compared first. That texts with half of their pieces in common share none of these does not happen. */
const SKETCH = 24;

/** Texts of fewer pieces are too short to be called the same. */
const MIN_PIECES = 12;

/** Puts each item that repeats an earlier one under it. The order of what stays is kept. */
export function foldDuplicates<T extends Comparable>(items: readonly T[]): { kept: T; folded: T[] }[] {
  const groups: { kept: T; folded: T[]; numbers: string }[] = [];
  for (const item of items) {
    const numbers = numbersOf(item);
    const same = groups.find(
      (group) => agree(group.numbers, numbers) && alike(group.kept.pieces, item.pieces),
    );
    if (same === undefined) groups.push({ kept: item, folded: [], numbers });
    else same.folded.push(item);
  }
  return groups.map(({ kept, folded }) => ({ kept, folded }));
}

/** The numbers in a title, in order; empty for none. */
function numbersOf(item: Comparable): string {
  return item.title
    .map(({ folded }) => folded)
    .filter((word) => /\d/u.test(word))
    .join(' ');
}

/** "Giá vàng ngày 3" and "Giá vàng ngày 4" are alike in everything but what matters. */
function agree(one: string, other: string): boolean {
  return one === '' || other === '' || one === other;
}

/** The three-word pieces of a text's beginning, each once, as hashes in ascending order. */
export function piecesOf(...fields: readonly (readonly Folded[])[]): Int32Array {
  const words = fields.flatMap((field) => field.slice(0, COMPARED_WORDS)).slice(0, COMPARED_WORDS);
  const hashes = words.map(({ folded }) => hashOf(folded));
  const pieces = new Set<number>();
  for (let i = 2; i < hashes.length; i += 1)
    pieces.add(mixed(mixed(hashes[i - 2] ?? 0, hashes[i - 1] ?? 0), hashes[i] ?? 0));
  return Int32Array.from(pieces).sort();
}

/** FNV-1a over UTF-16 units. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i += 1) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return hash;
}

function mixed(one: number, other: number): number {
  return Math.imul(one ^ (one >>> 15), 0x2c1b3c6d) ^ other;
}

function alike(a: Int32Array, b: Int32Array): boolean {
  const [small, large] = a.length <= b.length ? [a.length, b.length] : [b.length, a.length];
  if (small < MIN_PIECES || small < large * SAME) return false;
  // Of texts that share half of their pieces the first ones are not all different; most pairs of texts share nothing.
  if (common(a.subarray(0, SKETCH), b.subarray(0, SKETCH)) === 0) return false;
  return common(a, b) >= (SAME / (1 + SAME)) * (a.length + b.length);
}

/** How many numbers stand in both; each list ascends. */
function common(a: Int32Array, b: Int32Array): number {
  let count = 0;
  for (let i = 0, k = 0; i < a.length && k < b.length;) {
    const one = a[i] ?? 0;
    const other = b[k] ?? 0;
    if (one === other) count += 1;
    if (one <= other) i += 1;
    if (other <= one) k += 1;
  }
  return count;
}
