/**
 * Words as stories compare them: folded, hashed, with what their shape says. Pure.
 */
import { foldWord } from '../search/fold.ts';
import { eachWord } from '../search/tokens.ts';
import { isPlain } from './plainWords.ts';

export interface Word {
  form: Form;
  /**
   * What stands before it: nothing but a space or a hyphen, something that no pair spans (a dash, a bracket), a comma
   * (which a pair of words spans and a name does not), or the end of a sentence.
   */
  gap: 'none' | 'comma' | 'apart' | 'sentence';
  startsSentence: boolean;
  /** A name by itself: foreign, letters and digits together (G20, SE1), or an abbreviation. */
  isName: boolean;
  /** Where capitals tell something: not in a text that is all in capitals. */
  isCapital: boolean;
}

/** What a word is wherever it stands. */
export interface Form {
  /** With the accents as digits, as `foldWord` makes it. */
  code: string;
  /** Of the folded word; 32 bits, signed. */
  hash: number;
  /** Says nothing about an event; numbers are plain too, they are compared apart. */
  isPlain: boolean;
  isCapital: boolean;
  isForeign: boolean;
  /** Two capitals or more, or a digit among letters. */
  isSign: boolean;
  length: number;
}

/** Vietnamese is written with some 7,000 syllables; the rest are names and what other languages write. */
const MAX_FORMS = 20_000;
/** Enough of a text to see that it is all in capitals, where names cannot be told. */
const SHOUT_CHARS = 100;

type EachWord = (
  text: string,
  limit: number,
  take: (word: Word) => void,
) => {
  words: number;
  /** The index behind the last word; the length of the text when all were read. */
  end: number;
};

export function wordReader(): EachWord {
  const forms = new Map<string, Form>();
  const formOf = (raw: string): Form => {
    const known = forms.get(raw);
    if (known !== undefined) return known;
    if (forms.size >= MAX_FORMS) forms.clear();
    const form = makeForm(raw);
    forms.set(raw, form);
    return form;
  };
  return (text, limit, take) => {
    if (limit <= 0) return { words: 0, end: 0 };
    const start = text.slice(0, SHOUT_CHARS);
    const isShouted = start === start.toUpperCase();
    let words = 0;
    let end = 0;
    eachWord(text, (raw, at, until) => {
      if (words >= limit) return;
      const form = formOf(raw);
      const gap = words === 0 ? 'sentence' : gapOf(text.slice(end, at));
      const startsSentence = gap === 'sentence';
      const isCapital = form.isCapital && !isShouted;
      // A short foreign word at the beginning of a sentence is as likely a common one.
      const isName = isCapital && (form.isSign || (form.isForeign && (form.length > 4 || !startsSentence)));
      take({ form, gap, startsSentence, isCapital, isName });
      words += 1;
      end = until;
    });
    return { words, end: words >= limit ? end : text.length };
  };
}

function gapOf(between: string): Word['gap'] {
  if (between === ' ' || /^ ?[-–'’] ?$/u.test(between)) return 'none';
  if (between === ', ') return 'comma';
  return /[.!?…:;\n“”"«»()[\]|]/u.test(between) ? 'sentence' : 'apart';
}

/** A syllable as Vietnamese has them, folded. */
const SYLLABLE =
  /^(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?$/u;
const MIN_NAME_LETTERS = 3;

function makeForm(raw: string): Form {
  const { folded, code } = foldWord(raw);
  const isLong = folded.length >= MIN_NAME_LETTERS;
  const hasDigit = /\d/u.test(folded);
  const first = raw.charAt(0);
  return {
    code,
    hash: hashOf(folded),
    isPlain: isPlain(code) || /^\d+$/u.test(folded),
    isCapital: first !== first.toLowerCase() || (/^\d/u.test(raw) && /\p{Lu}/u.test(raw)),
    isForeign: isLong && !hasDigit && !SYLLABLE.test(folded),
    isSign:
      isLong && (hasDigit ? /\p{L}/u.test(folded) : raw === raw.toUpperCase() && raw !== raw.toLowerCase()),
    length: folded.length,
  };
}

/** FNV-1a, 32 bits. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return hash | 0;
}

/** The hash of two hashes in this order: multiplied, then the last steps of murmur3. */
export function mix(one: number, other: number): number {
  let hash = Math.imul(one, 0x9e3779b1) ^ Math.imul(other, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
