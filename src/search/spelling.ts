/**
 * How two words may stand side by side in a text as it was written: for a look at many texts without cutting them into
 * words. What is written in yet another way (with i for y, across a longer dash) is overlooked.
 */

/** A vowel with or without its tone, in open oa, oe and uy: it stands on the first (hòa) or on the second letter (hoà). */
const OPEN_RHYME = /([ou])([\u0300\u0301\u0303\u0309\u0323]?)([aey])([\u0300\u0301\u0303\u0309\u0323]?)$/u;

/** What stands between words and behind them: no letter up to the Vietnamese ones, and no digit. */
const BREAK = '[^a-zA-Z0-9À-ỹ]';
const GAPS = [BREAK, BREAK.repeat(2), BREAK.repeat(3)];

/**
 * Patterns for SQLite's GLOB, at least one of which holds for a text with the two words: in small letters, the first
 * letter of each large or not, or all in capitals. They also hold where a longer word ends as the first one does.
 */
export function sideBySide(left: string, right: string): string[] {
  const patterns = placements(left).flatMap((before) =>
    placements(right).flatMap((behind) => [
      ...GAPS.map((gap) => `*${ending(before)}${gap}${eitherCase(behind)}${BREAK}*`),
      `*${before.toUpperCase()}${BREAK}${behind.toUpperCase()}${BREAK}*`,
    ]),
  );
  return [...new Set(patterns)];
}

/** All but the first letter, which may be large: a pattern is looked for quickest when it begins with a letter and no choice. */
function ending(word: string): string {
  const letters = Array.from(word);
  return letters.length > 1 ? letters.slice(1).join('') : ` ${eitherCase(word)}`;
}

function eitherCase(word: string): string {
  const [first = '', ...rest] = word;
  return `[${first}${first.toUpperCase()}]${rest.join('')}`;
}

function placements(word: string): string[] {
  const apart = word.toLowerCase().normalize('NFD');
  return ['$1$2$4$3', '$1$3$2$4'].map((order) => apart.replace(OPEN_RHYME, order).normalize('NFC'));
}
