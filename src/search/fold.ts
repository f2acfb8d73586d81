/**
 * Folding: what makes two spellings the same word. NFD and NFC, capitals, tone marks wherever they are placed, đ and d,
 * kĩ and kỹ, full-width letters all come out alike.
 *
 * Two forms are made of a word: `folded`, which has no accents at all, and `code`, which keeps them as digits in an
 * order that does not depend on how they were typed. Marks of scripts in which they are letters (Devanagari, Thai, kana) stay.
 */

/** A word in the two forms in which it is compared. */
export interface Folded {
  /** Lower case without accents: "đường" → "duong". */
  folded: string;
  /** Accents as VNI digits, the tone last: "đường" → "d9u7o7ng2", hoà = hòa → "hoa2"; equal to `folded` when there are none. */
  code: string;
}

const TONES: Record<string, string> = {
  '\u0301': '1',
  '\u0300': '2',
  '\u0309': '3',
  '\u0303': '4',
  '\u0323': '5',
};
const QUALITIES: Record<string, string> = { '\u0302': '6', '\u031b': '7', '\u0306': '8' };

/** Latin letters that no decomposition takes apart. */
const STROKES: Record<string, string> = {
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ø: 'o',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ħ: 'h',
};

/** Marks that are accents, not letters: Latin, Greek and Cyrillic; Hebrew points; Arabic vowels; variation selectors. */
const ACCENTS =
  /[\u0300-\u036f]|[\u0483-\u0489]|[\u0591-\u05c7]|[\u0610-\u061a]|[\u064b-\u065f]|\u0670|[\u1ab0-\u1aff]|[\u1dc0-\u1dff]|[\u20d0-\u20ff]|[\ufe00-\ufe0f]|[\ufe20-\ufe2f]/gu;

/** Open syllables whose last vowel is written with i or y: kĩ/kỹ, Mĩ/Mỹ, lí/lý, quí/quý; not tui/tuy, which differ. */
const OPEN_Y = /^(?:h|k|l|m|s|t|v|qu)y$/u;

const PLAIN = /^[a-z0-9]*$/u;
const SEPARATOR = /[\u0000-/:-`{-\u007f]/u;

/** The word in both forms. Any string is taken; never throws. */
export function foldWord(word: string): Folded {
  const bare = bareOf(word);
  if (!OPEN_Y.test(bare.folded)) return bare;
  const folded = `${bare.folded.slice(0, -1)}i`;
  return { folded, code: bare.code.replace(/y(?=\d*$)/u, 'i') };
}

/** The folded beginning of an unfinished word, in which y is not yet known to be i: "my" of "Myanmar". */
export function foldStart(word: string): string {
  return bareOf(word).folded;
}

/** Whether the word carries an accent, so that its writer told nam from năm. */
export function isAccented(word: Folded): boolean {
  return word.code !== word.folded;
}

function bareOf(word: string): Folded {
  const lower = word.toLowerCase();
  if (PLAIN.test(lower)) return { folded: lower, code: lower };
  let folded = '';
  let code = '';
  let tone = '';
  for (const char of lower.normalize('NFKD').toLowerCase()) {
    const mark = TONES[char];
    const quality = QUALITIES[char];
    if (mark !== undefined) tone += mark;
    else if (quality !== undefined) code += quality;
    // "⒈" is taken apart into "1." and "ﷺ" into four words; what comes out must be one word for the index as well.
    else if (SEPARATOR.test(char)) continue;
    else {
      const plain = STROKES[char] ?? char;
      folded += plain;
      code += char === 'đ' ? 'd9' : plain;
    }
  }
  return { folded: withoutAccents(folded), code: withoutAccents(code) + tone };
}

function withoutAccents(text: string): string {
  return PLAIN.test(text) ? text : text.replace(ACCENTS, '').normalize('NFC');
}
