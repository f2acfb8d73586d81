/**
 * Cuts text into words, with their places in the original string, so that what was found can be shown where it stands.
 *
 * A word is a run of letters, marks and digits: for Vietnamese that is a syllable. Runs in scripts that write no spaces
 * (Chinese, Japanese, Thai and their neighbours) are cut by the dictionary of `Intl.Segmenter`.
 */

export interface Token {
  /** The word as written, cut to `MAX_WORD_LENGTH`. */
  text: string;
  /** UTF-16 offsets in the text that was cut. */
  start: number;
  end: number;
}

/** Longer runs are no words (base64, a stuck key); only their beginning is compared. */
export const MAX_WORD_LENGTH = 48;

const LETTER = /[\p{L}\p{M}\p{N}]/u;
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
/** The alphabets up to Vietnamese and Greek, which are asked about most: 1 for what belongs to a word. */
const NEAR = 0x2000;
const NEAR_LETTERS = Uint8Array.from({ length: NEAR }, (_, unit) =>
  LETTER.test(String.fromCharCode(unit)) ? 1 : 0,
);
/** The segmenter's time grows with the square of the text: 10 s for 80,000 letters, .05 s for each 10,000 of them. */
const SEGMENTED_AT_ONCE = 1_000;
const SEGMENTER = new Intl.Segmenter(['th', 'zh', 'ja'], { granularity: 'word' });

/** The words of a text in their order. Linear in the length of the text; never throws. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  eachWord(text, (word, start, end) => tokens.push({ text: word, start, end }));
  return tokens;
}

/** Calls `take` for every word, with its place; for when there are many and no list is wanted. */
export function eachWord(text: string, take: (word: string, start: number, end: number) => void): void {
  const length = text.length;
  let at = 0;
  while (at < length) {
    const step = wordStep(text, at);
    if (step === 0) {
      at += 1;
      continue;
    }
    const start = at;
    // Scripts without spaces begin at Thai, above the Vietnamese letters; below there is nothing to look for.
    let far = false;
    for (let next = step; next > 0 && at < length; next = wordStep(text, at)) {
      const unit = text.charCodeAt(at);
      if (unit >= 0x0e00 && unit >>> 8 !== 0x1e) far = true;
      at += next;
    }
    if (far && UNSPACED.test(text.slice(start, at))) cutUnspaced(text, start, at, take);
    else take(text.slice(start, Math.min(at, start + MAX_WORD_LENGTH)), start, at);
  }
}

function cutUnspaced(
  text: string,
  start: number,
  end: number,
  take: (word: string, start: number, end: number) => void,
): void {
  for (let from = start; from < end;) {
    let to = Math.min(end, from + SEGMENTED_AT_ONCE);
    // Not through a surrogate pair.
    if (to < end && wordStep(text, to - 1) === 2) to -= 1;
    for (const { segment, index } of SEGMENTER.segment(text.slice(from, to))) {
      if (!LETTER.test(segment)) continue;
      take(segment.slice(0, MAX_WORD_LENGTH), from + index, from + index + segment.length);
    }
    from = to;
  }
}

/** How many code units the word character at `at` takes; 0 when there is none. */
function wordStep(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (unit < NEAR) return NEAR_LETTERS[unit] ?? 0;
  if (unit >= 0xd800 && unit <= 0xdfff) {
    const point = text.codePointAt(at) ?? 0;
    return point > 0xffff && LETTER.test(String.fromCodePoint(point)) ? 2 : 0;
  }
  return LETTER.test(text.charAt(at)) ? 1 : 0;
}
