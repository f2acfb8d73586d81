/**
 * What Vietnamese keyboards leave behind when they fail: raw Telex ("toongr"), raw VNI ("to6ng3"), a key that stuck.
 * Pure; says what a word would be, not whether it was meant.
 */
import { foldWord, type Folded } from './fold.ts';

const TELEX_TONES: Record<string, string> = { s: '1', f: '2', r: '3', x: '4', j: '5' };

/** A syllable without accents: at most one onset, one rhyme that exists, so that "news" is not read as Telex. */
const SYLLABLE =
  /^(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?(?:a|ai|ao|au|ay|e|eo|eu|i|ia|ie|ieu|iu|o|oa|oai|oay|oe|oi|oo|u|ua|ue|ui|uo|uoi|uou|uu|uy|uya|uye|uyu|y|ye|yeu)(?:ch|ng|nh|[cmnpt])?$/u;

/** The marks that VNI writes as digits; the same digits are the codes of `fold.ts`. */
const MARKS: Record<string, string> = { '6': '\u0302', '7': '\u031b', '8': '\u0306' };
const TONE_MARKS: Record<string, string> = {
  '1': '\u0301',
  '2': '\u0300',
  '3': '\u0309',
  '4': '\u0303',
  '5': '\u0323',
};

/** The word that was meant if Telex or VNI keys were left as they are; null when it can't be. */
export function decodeKeys(typed: string): Folded | null {
  // A key that stuck says no more than one pressed twice.
  const word = typed.toLowerCase().replace(/([a-z])\1{2,}/gu, '$1$1');
  if (!/^[a-z0-9]{2,12}$/u.test(word)) return null;
  const code = /\d/u.test(word) ? fromVni(word) : fromTelex(word);
  if (code === null) return null;
  const decoded = foldWord(accentedWord(code));
  return SYLLABLE.test(foldedOf(code)) ? decoded : null;
}

/** A word in which no letter stands twice in a row: what was meant when a key stuck. Null when none does. */
export function withoutRepeats(folded: string): string | null {
  const once = folded.replace(/([a-z])\1+/gu, '$1');
  return once === folded ? null : once;
}

/** The word of a code: "to6ng3" → "tổng". The tone stands where the new style puts it. */
export function accentedWord(code: string): string {
  const tone = /\d$/u.test(code) && TONE_MARKS[code.slice(-1)] !== undefined ? code.slice(-1) : '';
  const letters = tone === '' ? code : code.slice(0, -1);
  let text = '';
  for (const char of letters) {
    if (char === '9' && text.endsWith('d')) text = `${text.slice(0, -1)}đ`;
    else text += MARKS[char] ?? char;
  }
  text = text.normalize('NFC');
  if (tone === '') return text;
  const at = tonePlace(text);
  if (at < 0) return text;
  return (text.slice(0, at + 1) + (TONE_MARKS[tone] ?? '') + text.slice(at + 1)).normalize('NFC');
}

/** A letter with a mark of its own takes the tone; otherwise the vowel before a final consonant, or the main one. */
function tonePlace(word: string): number {
  const vowels = Array.from(word).flatMap((char, i) => (/[aeiouyăâêôơư]/u.test(char) ? [i] : []));
  const start = /^(?:qu|gi)(?=[aeiouyăâêôơư])/u.test(word) ? 2 : 0;
  const own = vowels.filter((i) => i >= start);
  const marked = own.filter((i) => /[ăâêôơư]/u.test(word.charAt(i))).at(-1);
  if (marked !== undefined) return marked;
  const last = own.at(-1);
  if (last === undefined) return vowels[0] ?? -1;
  if (last < word.length - 1 || own.length === 1) return last;
  const tail = word.slice(own[0], last + 1);
  return /^(?:oa|oe|uy|ue)$/u.test(tail) ? last : (own[own.length - 2] ?? last);
}

function fromVni(word: string): string | null {
  if (!/^[a-z]+(?:\d|[a-z])*$/u.test(word)) return null;
  let code = '';
  let tone = '';
  for (const char of word) {
    if (/[1-5]/u.test(char)) tone = char;
    else if (char === '0') tone = '';
    else if (/[6-9]/u.test(char)) {
      const placed = place(code, char);
      if (placed === null) return null;
      code = placed;
    } else code += char;
  }
  return code + tone;
}

/** VNI lets the digit come at the end of the word: it belongs to the last letters that can carry it. */
function place(code: string, digit: string): string | null {
  const carriers =
    digit === '6'
      ? /[aeo](?![678])/gu
      : digit === '7'
        ? /[uo](?![678])/gu
        : digit === '8'
          ? /a(?![678])/gu
          : /d(?!9)/gu;
  const spots = [...code.matchAll(carriers)].map((match) => match.index + 1);
  const spot = spots.at(-1);
  if (spot === undefined) return null;
  // uo takes both horns at once: "nguoi7" is "ngươi".
  const pair = digit === '7' ? /uo(?![678])/u.exec(code) : null;
  if (pair !== null) return `${code.slice(0, pair.index)}u7o7${code.slice(pair.index + 2)}`;
  return code.slice(0, spot) + digit + code.slice(spot);
}

function fromTelex(word: string): string | null {
  let code = '';
  let tone = '';
  let changed = false;
  for (let i = 0; i < word.length; i += 1) {
    const char = word.charAt(i);
    const last = code.slice(-1);
    const vowelBefore = /[aeiouy]/u.test(code);
    if (char === 'd' && code.startsWith('d') && !code.includes('9')) {
      code = `d9${code.slice(1)}`;
      changed = true;
    } else if (/[aeo]/u.test(char) && last === char) {
      code += '6';
      changed = true;
    } else if (char === 'w' && vowelBefore) {
      const placed = place(
        code,
        /a(?![678])/u.test(code) && !/[uo](?![678])/u.test(code.replace(/^qu/u, '')) ? '8' : '7',
      );
      if (placed === null) return null;
      code = placed;
      changed = true;
    } else if (char === 'w') {
      code += 'u7';
      changed = true;
    } else if (TELEX_TONES[char] !== undefined && vowelBefore && tone === '') {
      tone = TELEX_TONES[char];
      changed = true;
    } else code += char;
  }
  return changed ? code + tone : null;
}

function foldedOf(code: string): string {
  return code.replace(/\d/gu, '');
}
