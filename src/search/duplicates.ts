/**
 * Near-duplicates: the same text in several newspapers, perhaps under another title. Two reports of one event in
 * different words are no duplicates.
 */
import type { Folded } from './fold.ts';

export interface Comparable {
  title: Folded[];
  summary: Folded[];
  body: Folded[];
}

/** The beginning of an article tells; the rest differs by the page's furniture. */
const COMPARED_WORDS = 150;
const SHINGLE = 3;

/** Share of common three-word pieces from which two texts are the same. */
const SAME = 0.5;

/** Texts of fewer pieces are too short to be called the same. */
const MIN_PIECES = 12;

/** Puts each item that repeats an earlier one under it. The order of what stays is kept. */
export function foldDuplicates<T extends Comparable>(items: readonly T[]): { kept: T; folded: T[] }[] {
  const groups: { kept: T; folded: T[]; pieces: Set<string>; numbers: string }[] = [];
  for (const item of items) {
    const pieces = piecesOf(item);
    const numbers = numbersOf(item);
    const same = groups.find((group) => agree(group.numbers, numbers) && alike(group.pieces, pieces));
    if (same === undefined) groups.push({ kept: item, folded: [], pieces, numbers });
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

function piecesOf(item: Comparable): Set<string> {
  const words = [...item.title, ...item.summary, ...item.body].slice(0, COMPARED_WORDS);
  const pieces = new Set<string>();
  for (let i = SHINGLE; i <= words.length; i += 1)
    pieces.add(`${words[i - 3]?.folded ?? ''} ${words[i - 2]?.folded ?? ''} ${words[i - 1]?.folded ?? ''}`);
  return pieces;
}

function alike(a: Set<string>, b: Set<string>): boolean {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  if (small.size < MIN_PIECES || small.size < large.size * SAME) return false;
  // Most pairs share nothing at all, which the first pieces show.
  let common = 0;
  let left = small.size;
  const needed = (SAME / (1 + SAME)) * (a.size + b.size);
  for (const piece of small) {
    if (large.has(piece)) common += 1;
    left -= 1;
    if (common + left < needed) return false;
  }
  return common >= needed;
}
