/**
 * Every string one slip away from a folded word: a letter too few, too many, wrong, or swapped with its neighbour. Pure.
 */

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Longer words have too many neighbours to look all of them up. */
export const MAX_EDITED_LENGTH = 24;

/** Without the word itself; some 50 strings for each letter. Empty for words longer than `MAX_EDITED_LENGTH`. */
export function oneEditAway(word: string): Set<string> {
  const near = new Set<string>();
  if (word.length > MAX_EDITED_LENGTH) return near;
  for (let i = 0; i <= word.length; i += 1) {
    const before = word.slice(0, i);
    const rest = word.slice(i + 1);
    const here = word.charAt(i);
    if (i < word.length) near.add(before + rest);
    if (i + 1 < word.length) near.add(before + rest.charAt(0) + here + word.slice(i + 2));
    for (const letter of LETTERS) {
      if (i < word.length) near.add(before + letter + rest);
      near.add(before + letter + here + rest);
    }
  }
  near.delete(word);
  near.delete('');
  return near;
}
