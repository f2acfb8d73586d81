/**
 * Text to folded words, with a memory of the words folded before: the same few thousand syllables come again and again.
 *
 * The memory is bounded. It has two halves; when the young one is full it becomes the old one, and what was not asked
 * for meanwhile is forgotten. That costs time now and then and changes no answer.
 */
import { foldWord, type Folded } from './fold.ts';
import { eachWord } from './tokens.ts';

/** A word of a text. */
export interface Word extends Folded {
  /** 32 bits that equal folded forms have in common, and now and then different ones. */
  hash: number;
}

export interface Lexicon {
  /** One word as it is written. Equal words may be the same object; they are not to be changed. */
  word(form: string): Word;
  /** The words of a text in their order. */
  words(text: string): Word[];
}

/** Of each half; both together are about 8 MB. 20,000 Vietnamese news articles have some 60,000 different forms. */
const MAX_FORMS = 25_000;

/** From so many characters on V8 cuts no piece out of a text but points into it, and the text stays for as long as the piece does. */
const SLICE_LENGTH = 13;

/** @param maxForms words that each half of the memory holds */
export function createLexicon(maxForms = MAX_FORMS): Lexicon {
  let young = new Map<string, Word>();
  let old = new Map<string, Word>();
  const fold = (form: string): Word => {
    const hit = young.get(form);
    if (hit !== undefined) return hit;
    const own = form.length < SLICE_LENGTH ? form : copyOf(form);
    const folded = old.get(own) ?? wordOf(own);
    if (young.size >= maxForms) {
      old = young;
      young = new Map();
    }
    young.set(own, folded);
    return folded;
  };
  return {
    word: fold,
    words(text) {
      const words: Word[] = [];
      eachWord(text, (form) => words.push(fold(form)));
      return words;
    },
  };
}

/** UTF-16, so that half a surrogate pair comes back as it was. */
function copyOf(form: string): string {
  return Buffer.from(form, 'utf16le').toString('utf16le');
}

function wordOf(form: string): Word {
  const { folded, code } = foldWord(form);
  return { folded, code, hash: hashOf(folded) };
}

/** FNV-1a over UTF-16 units. */
export function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i += 1) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return hash;
}
