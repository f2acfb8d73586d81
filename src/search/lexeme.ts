/**
 * Cuts a query into its pieces: words, quoted phrases, `field:value`, each with or without a minus before it.
 *
 * Knows nothing of what fields there are. One pass; drops pieces in which there is no letter and no digit.
 */
import type { QueryNote } from './query.ts';
import { tokenize } from './tokens.ts';

export interface Lexeme {
  /** The piece without its minus, its quotes and the punctuation around it. */
  text: string;
  quoted: boolean;
  negative: boolean;
  /** What stands before the first colon, when that may be a field's name; then `value` is the rest, maybe empty. */
  field: string | null;
  value: string;
}

/** A message of Telegram; what is longer is cut. */
export const MAX_QUERY_LENGTH = 4_096;

/** A long question has thirty words. More pieces than this are not looked at. */
export const MAX_PIECES = 40;

/** Nor more words: a piece without spaces may have dozens of them. */
export const MAX_WORDS = 60;

/** Of one piece. Together with `MAX_PIECES` it lets every query be printed within `MAX_QUERY_LENGTH`. */
const MAX_PIECE_LENGTH = 80;

const QUOTES = new Set(['"', '\u201c', '\u201d', '\u201e', '\u00ab', '\u00bb']);
/** What may stand before a word and is none of it: "(source:x". */
const LEADING = /^[^\p{L}\p{N}\p{M}]+/u;
const FIELD = /^(\p{L}[\p{L}\p{M}]{0,15}):(.*)$/su;

/**
 * @param isField says whether a name before a colon is a field's; other words keep their colons
 */
export function lexQuery(
  input: string,
  isField: (name: string) => boolean,
): { lexemes: Lexeme[]; notes: QueryNote[] } {
  const notes: QueryNote[] = [];
  const cut = input.slice(0, MAX_QUERY_LENGTH).normalize('NFC');
  const text = cut.replace(/[\s\p{C}]/gu, ' ');
  if (input.length > MAX_QUERY_LENGTH) notes.push('cut');
  const lexemes: Lexeme[] = [];
  let words = 0;
  let at = 0;
  while (at < text.length) {
    if (text[at] === ' ') {
      at += 1;
      continue;
    }
    if (lexemes.length >= MAX_PIECES || words >= MAX_WORDS) {
      notes.push('cut');
      break;
    }
    const start = at;
    while (text[at] === '-') at += 1;
    const negative = at > start;
    const chunkStart = at;
    while (at < text.length && text[at] !== ' ' && !isQuote(text[at])) at += 1;
    const chunk = text.slice(chunkStart, at);
    const match = negative ? null : FIELD.exec(chunk.replace(LEADING, ''));
    const field = match !== null && isField(match[1] ?? '') ? (match[1] ?? null) : null;
    const rest = match?.[2] ?? '';
    let quoted: string | null = null;
    if (isQuote(text[at]) && (chunk === '' || (field !== null && rest === ''))) {
      const end = closingQuote(text, at + 1);
      if (end < 0) {
        notes.push('unbalanced-quote');
        at += 1;
      } else {
        quoted = text.slice(at + 1, end);
        at = end + 1;
      }
    }
    const lexeme =
      field === null
        ? plainPiece(quoted ?? chunk, quoted !== null, negative)
        : fieldPiece(field, rest, quoted);
    if (lexeme === null) continue;
    lexemes.push(lexeme);
    words += tokenize(lexeme.text).length;
  }
  return { lexemes, notes };
}

function plainPiece(raw: string, quoted: boolean, negative: boolean): Lexeme | null {
  const text = clean(raw);
  return text === '' ? null : { text, quoted, negative, field: null, value: '' };
}

function fieldPiece(field: string, rest: string, quoted: string | null): Lexeme {
  const value = clean(quoted ?? rest);
  const written = value === '' ? field : `${field}:${value.includes(' ') ? `"${value}"` : value}`;
  return { text: written, quoted: false, negative: false, field, value };
}

/** Without the punctuation at both ends, with single spaces, cut after a whole word; empty when there is no word. */
function clean(text: string): string {
  const tokens = tokenize(text.replace(/ +/gu, ' '));
  const first = tokens[0];
  if (first === undefined) return '';
  const single = text.replace(/ +/gu, ' ');
  const last = tokens.findLast((token) => token.end - first.start <= MAX_PIECE_LENGTH);
  const end = last?.end ?? first.start + MAX_PIECE_LENGTH;
  return single.slice(first.start, end).replace(/\p{Cs}/gu, '');
}

function isQuote(char: string | undefined): boolean {
  return char !== undefined && QUOTES.has(char);
}

function closingQuote(text: string, from: number): number {
  for (let i = from; i < text.length; i += 1) if (isQuote(text[i])) return i;
  return -1;
}
