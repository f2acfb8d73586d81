/**
 * Text as the program keeps it: NFC, newlines as `\n`, none of the characters that are invisible, that reorder what
 * surrounds them, or that Telegram and SQLite could stumble over.
 *
 * Every function here takes any string, never throws and takes linear time.
 */

/**
 * Combining marks that one letter may carry; Vietnamese needs two. Without a limit, normalising a run of a million marks
 * takes minutes (canonical ordering is an insertion sort), and a title of them paints over the whole chat.
 */
const MAX_MARKS = 10;

/** Latin letters, punctuation and symbols: nothing here combines or is broken, and most articles have nothing else. */
const PLAIN = /^[\0-\u02FF\u1E00-\u20CF\u2100-\u2BFF]*$/u;
const EXCESS_MARKS = new RegExp(`(\\p{M}{${MAX_MARKS}})\\p{M}+`, 'gu');
const LINE_ENDS = /\r\n?|[\v\f\u0085\u2028]/gu;
const CONTROLS = /[\u0000-\u0008\u000E-\u001F\u007F-\u009F]/gu;
/** Soft hyphen, zero-width space, word joiner, byte order mark, and what embeds, overrides or isolates a direction. */
const INVISIBLE = /[\u00AD\u200B\u2060\uFEFF\u202A-\u202E\u2066-\u2069]/gu;
const BROKEN = /\p{Surrogate}|\p{Noncharacter_Code_Point}/gu;
/** Zero-width joiner and non-joiner: they hold emoji and some scripts together, and are junk beside Latin letters. */
const JOINER = /[\u200C\u200D]/u;
const LAST_JOINER = /[\u200C\u200D]$/u;
const JOINERS = /[\u200C\u200D]+/gu;
/** With the marks around them: a letter in pieces is as Latin as the one they make up. */
const JOINERS_AND_MARKS = /[\p{M}\u200C\u200D]+/gu;
const NOTHING_TO_JOIN = /^[\p{Script=Latin}\p{N}\p{P}\s]$/u;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** The same text without what must not be in it; spaces, tabs and empty lines stay as they are. Idempotent. */
export function cleanText(raw: string): string {
  const text = raw
    .replace(LINE_ENDS, '\n')
    .replaceAll('\u2029', '\n\n')
    .replace(CONTROLS, ' ')
    .replace(INVISIBLE, '');
  return composed(JOINER.test(text) ? text.replace(JOINERS_AND_MARKS, keepJoiners) : text);
}

function composed(text: string): string {
  if (PLAIN.test(text)) return text.normalize('NFC');
  // The properties of all of Unicode are slow to look up.
  return text
    .replace(BROKEN, '\uFFFD')
    .replace(EXCESS_MARKS, '$1')
    .normalize('NFC')
    .replace(EXCESS_MARKS, '$1');
}

function keepJoiners(run: string, offset: number, whole: string): string {
  if (!isJoined(whole[offset - 1])) return run.replace(JOINERS, '');
  const kept = run.replace(JOINERS, (joiners) => joiners.charAt(0));
  return isJoined(whole[offset + run.length]) ? kept : kept.replace(LAST_JOINER, '');
}

/** Whether a joiner beside this character may do something. */
function isJoined(neighbour: string | undefined): boolean {
  return neighbour !== undefined && !NOTHING_TO_JOIN.test(neighbour);
}

/** Spaces other than one plain space: hardly any text has more than a few, so nothing is put together anew. */
const ODD_SPACES = /[^\S\n ][^\S\n]*| [^\S\n]+/gu;
const SPACED_LINE_END = / \n ?|\n /gu;
const ODD_SPACES_OR_LINE_ENDS = /[^\S ]\s*| \s+/gu;

/** Clean text with single spaces and without spaces at the ends of its lines; empty lines stay. */
export function tidyLines(clean: string): string {
  return clean.replace(ODD_SPACES, ' ').replace(SPACED_LINE_END, '\n').trim();
}

/** Clean text as one line. */
export function oneLine(clean: string): string {
  return clean.replace(ODD_SPACES_OR_LINE_ENDS, ' ').trim();
}

/** At most `limit` UTF-16 units, cut between words where possible, the cut marked with "…". */
export function shorten(line: string, limit: number): string {
  if (line.length <= limit) return line;
  const end = /[\uD800-\uDBFF]/u.test(line.charAt(limit - 2)) ? limit - 2 : limit - 1;
  const space = line.lastIndexOf(' ', end);
  // A word as long as half the limit is no word; cutting before it would throw away too much.
  return `${line.slice(0, space > limit / 2 ? space : end).trimEnd()}…`;
}

/** Whether a reader would see anything at all. */
export function isVisible(text: string): boolean {
  return VISIBLE.test(text);
}

/** For comparing, not for showing: lower case, no diacritics, letters and digits with single spaces between. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('đ', 'd')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
