/**
 * Near-duplicates: the same text in several newspapers, perhaps under another title. Two reports of one event in
 * different words are no duplicates.
 */
import type { Word } from './lexicon.ts';

export interface Comparable {
  title: Word[];
  /** As `piecesOf` makes them. */
  pieces: () => Int32Array;
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
      (group) => agree(group.numbers, numbers) && alike(group.kept.pieces(), item.pieces()),
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
export function piecesOf(...fields: readonly (readonly Word[])[]): Int32Array {
  const hashes = new Int32Array(COMPARED_WORDS);
  let count = 0;
  for (const field of fields)
    for (let i = 0; i < field.length && count < COMPARED_WORDS; i += 1) hashes[count++] = field[i]?.hash ?? 0;
  if (count < 3) return new Int32Array(0);
  const pieces = new Int32Array(count - 2);
  for (let i = 2; i < count; i += 1)
    pieces[i - 2] = mixed(mixed(hashes[i - 2] ?? 0, hashes[i - 1] ?? 0), hashes[i] ?? 0);
  pieces.sort();
  let kept = 1;
  for (let i = 1; i < pieces.length; i += 1) if (pieces[i] !== pieces[i - 1]) pieces[kept++] = pieces[i] ?? 0;
  return pieces.slice(0, kept);
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
