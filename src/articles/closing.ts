/**
 * The lines that close an article: who wrote it ("Bích Hồng") and where it was taken from ("Nguồn: Euronews.").
 *
 * Only short lines of a telling shape are taken for one; whatever else stands at the end is text and stays in the body.
 */
import { oneLine } from './text.ts';
import { hostOf, readUrl } from './url.ts';

/** Names are short; a longer line is a paragraph. */
const MAX_AUTHOR_CHARS = 80;
const MAX_AUTHOR_WORDS = 6;
const MAX_SOURCE_CHARS = 200;
/** A source that the text only mentions ("Theo Reuters") is at most a few names long. */
const MAX_MENTIONED_CHARS = 60;

const NAME = "\\p{Lu}[\\p{L}\\p{M}\\p{N}'’./-]*";
/** What may stand between two names or inside one: "A - B", "A và B", "Ludwig van Beethoven". */
const BETWEEN = '[-–—&/,]|và|and|de|da|van|von|bin|al';
const NAMES = new RegExp(`^${NAME},?(?: (?:(?:${BETWEEN}) )?${NAME},?)*$`, 'u');
const ENDS_A_SENTENCE = /[.!?…:;,]$/u;
const INITIALS = /(?:^|[ .])\p{Lu}\.$/u;
const AUTHOR_LABEL =
  /^(?:Tác giả|Người viết|Thực hiện|Biên dịch|Bài và ảnh|Bài, ảnh|Tin, ảnh|Author|Written by|By)(?: ?: ?| )(?=\p{Lu})/u;
/** "Bích Hồng/Báo Tin tức": the newspaper's name need not be capitalised throughout. */
const NEWSPAPER = /\/(?:Báo|Tạp chí|Đài) [^/]{1,40}$/u;
const BYLINE_SOURCE = /^(.+?) ?\((?:theo|nguồn|tổng hợp từ|via|source)(?: ?: ?| )([^()]{1,60})\)$/iu;
const SOURCE_LABEL = /^(?:Nguồn(?: tin)?|Theo nguồn|Source) ?: ?(\S.*)$/iu;
const MENTIONED = /^\(?Theo ([^()]{1,60})\)?$/u;
const LINK = /https?:\/\/[^\s<>"]+/iu;

export interface Byline {
  author: string;
  /** The source that the byline names ("Bích Hồng (theo Reuters)"); null when it names none. */
  source: string | null;
}

/** The author or authors that a closing line names; null when the line is anything else. */
export function readByline(line: string): Byline | null {
  if (line.length > MAX_AUTHOR_CHARS) return null;
  const bracket = BYLINE_SOURCE.exec(line);
  const author = (bracket?.[1] ?? line).replace(AUTHOR_LABEL, '');
  if (!isNames(author.replace(NEWSPAPER, ''))) return null;
  return { author, source: bracket?.[2] === undefined ? null : bracket[2].trim() };
}

function isNames(text: string): boolean {
  if (ENDS_A_SENTENCE.test(text) && !INITIALS.test(text)) return false;
  const words = text.split(' ').filter((word) => /\p{L}/u.test(word));
  return words.length >= 1 && words.length <= 2 * MAX_AUTHOR_WORDS && perAuthor(text) && NAMES.test(text);
}

/** Two authors may have six words each. */
function perAuthor(text: string): boolean {
  return text.split(/ (?:[-–—&/]|và|and) |, |\//u).every((one) => one.split(' ').length <= MAX_AUTHOR_WORDS);
}

export interface SourceLine {
  source: string;
  /** A link in the line; null when there is none. */
  url: string | null;
}

/** What a closing line says about the source; null when it is no such line. */
export function readSourceLine(line: string): SourceLine | null {
  if (line.length > MAX_SOURCE_CHARS) return null;
  const labelled = SOURCE_LABEL.exec(line)?.[1];
  if (labelled !== undefined) return fromLabel(labelled);
  if (line.length > MAX_MENTIONED_CHARS) return null;
  const mentioned = MENTIONED.exec(line)?.[1]?.replace(/\.$/u, '').trim();
  return mentioned !== undefined && isNames(mentioned) ? { source: mentioned, url: null } : null;
}

function fromLabel(text: string): SourceLine | null {
  const link = LINK.exec(text)?.[0].replace(/[).,\]]+$/u, '');
  const url = link === undefined ? null : readUrl(link);
  const named = link === undefined ? text : text.replace(link, ' ').replace(/\(\s*\)/u, ' ');
  const source = oneLine(named)
    .replace(/^[([–—:, -]+/u, '')
    .replace(/[.,;([–—: -]+$/u, '');
  if (/[\p{L}\p{N}]/u.test(source)) return { source, url };
  return url === null ? null : { source: hostOf(url), url };
}
