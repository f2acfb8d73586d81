/**
 * The text format of an article: ` date YYYY-MM-DD Title`, a blank line, a summary, paragraphs with photo captions among
 * them, a line that names the author, and `Nguồn: Source.`. Everything after the title may be missing.
 *
 * Pure; never throws; linear in the text. Refuses only what has no date or no title: of the rest, every character comes
 * out in the title, the summary, the body, the author or the source.
 */
import type { ArticleContent } from './article.ts';
import { isCaption } from './captions.ts';
import { readByline, readSourceLine } from './closing.ts';
import { readDate } from './dates.ts';
import { guessLanguage } from './language.ts';
import type { Reading, RefusalReason } from './source.ts';
import { cleanText, isVisible, oneLine, shorten, tidyLines } from './text.ts';

/** A headline has 150 characters at most; a longer one is a paragraph that lost its line break. It is cut, not refused. */
export const MAX_TITLE_CHARS = 1_000;

/** Narrower and wider lines than these were not broken by an editor that wraps at a margin. */
const MIN_WRAP_CHARS = 40;
const MAX_WRAP_CHARS = 120;

/** How much of a first line that is no date line is shown to the operator. */
const MAX_SEEN_CHARS = 60;

const DATE_LINE = /^date(?: ?: ?| )(\d\S*)(?: (.*))?$/iu;

/**
 * @param raw the text of a file, in any normalisation, with any line ends
 * @param now epoch milliseconds, for the limit on dates ahead
 */
export function parseArticle(raw: string, now: number): Reading {
  const text = tidyLines(cleanText(raw));
  const head = readDateLine(text, now);
  if (!head.ok) return head;
  return { ok: true, content: assemble(head.heading, splitParagraphs(head.rest)) };
}

export type Heading = Pick<ArticleContent, 'title' | 'publishedAt'>;

/** The first line of an article, and the text below it. */
export type DateLine = { ok: true; heading: Heading; rest: string } | Extract<Reading, { ok: false }>;

/** Reads the line `date YYYY-MM-DD Title` at the beginning of a clean text. */
export function readDateLine(text: string, now: number): DateLine {
  if (!isVisible(text)) return refuse('empty', 'no text');
  const start = text.trimStart();
  const end = start.indexOf('\n');
  const line = oneLine(end === -1 ? start : start.slice(0, end));
  const match = DATE_LINE.exec(line);
  if (match === null) return refuse('undated', `begins with "${shorten(line, MAX_SEEN_CHARS)}"`);
  const date = readDate(match[1] ?? '', now);
  if (!date.ok) return date;
  const title = readTitle(match[2] ?? '');
  if (title === null) return refuse('untitled', `nothing after the date ${match[1] ?? ''}`);
  const rest = end === -1 ? '' : start.slice(end + 1);
  return { ok: true, heading: { title, publishedAt: date.publishedAt }, rest };
}

/** A title on one line, within its limit; null when there is nothing to see in it. */
export function readTitle(clean: string): string | null {
  return isVisible(clean) ? shorten(oneLine(clean), MAX_TITLE_CHARS) : null;
}

function refuse(reason: RefusalReason, detail: string): Extract<Reading, { ok: false }> {
  return { ok: false, refusal: { reason, detail } };
}

/** Blank lines separate paragraphs; in a file that has none, every line is one. */
function splitParagraphs(tidy: string): string[] {
  const text = tidy.trim();
  const blocks = text.split(/\n{2,}/u);
  const lines = blocks.length > 1 ? blocks.flatMap(unwrap) : text.split('\n');
  return lines.filter((line) => line !== '');
}

/**
 * The paragraphs in a block of lines: one, when an editor wrapped it at a margin, otherwise one a line. Captions and the
 * source stay apart in both cases.
 */
function unwrap(block: string): string[] {
  const lines = block.split('\n');
  if (!isWrapped(lines)) return lines;
  const result: string[][] = [];
  for (const [index, line] of lines.entries()) {
    const open = result.at(-1);
    const isApart = isCaption(lines[index - 1] ?? '') || readSourceLine(line) !== null;
    if (open === undefined || isApart) result.push([line]);
    else open.push(line);
  }
  return result.map((paragraph) => paragraph.join(' '));
}

/** Whether the lines were broken at a margin: wherever one ends, the next word would not have fitted. */
function isWrapped(lines: readonly string[]): boolean {
  const width = lines.reduce((widest, line) => Math.max(widest, line.length), 0);
  if (width < MIN_WRAP_CHARS || width > MAX_WRAP_CHARS) return false;
  if (lines.every((line) => /[.!?…]["”’»)]*$/u.test(line))) return false;
  return lines.every((line, index) => {
    const nextWord = lines[index + 1]?.split(' ', 1)[0];
    if (nextWord === undefined || isCaption(line) || readSourceLine(lines[index + 1] ?? '') !== null)
      return true;
    return line.length + 1 + nextWord.length > width;
  });
}

/** The parts that have their own place, when the file states them apart from the text. */
export interface StatedParts {
  summary: string | null;
  author: string | null;
  source: string | null;
  url: string | null;
}

const NOTHING_STATED: StatedParts = { summary: null, author: null, source: null, url: null };

/**
 * Gives each paragraph its place: closing lines to author and source, the first that is no caption to the summary, the rest
 * to the body in its order. What is stated already is not looked for in the text.
 */
export function assemble(
  heading: Heading,
  texts: readonly string[],
  stated: StatedParts = NOTHING_STATED,
): ArticleContent {
  const rest = [...texts];
  const closing = takeClosing(rest, stated);
  let summary = stated.summary;
  if (summary === null) {
    const index = rest.findIndex((paragraph) => !isCaption(paragraph));
    summary = index === -1 ? null : (rest.splice(index, 1)[0] ?? null);
  }
  const body = rest.join('\n\n');
  const language = guessLanguage(`${heading.title}\n${summary ?? ''}\n${body}`);
  return { ...heading, summary, body, ...closing, language };
}

/** Takes the author and the source off the end of the paragraphs, in either order. */
function takeClosing(rest: string[], stated: StatedParts): Omit<StatedParts, 'summary'> {
  let { author, source, url } = stated;
  const takeSource = (): void => {
    const line = source === null ? readSourceLine(rest.at(-1) ?? '') : null;
    if (line === null) return;
    rest.pop();
    source = line.source;
    url ??= line.url;
  };
  takeSource();
  const byline = author === null ? readByline(rest.at(-1) ?? '') : null;
  const isAlone = rest.length === 1 && stated.summary === null;
  // One word alone under a title is more likely a text ("Tạm hoãn") than a name.
  if (byline !== null && !(isAlone && !byline.author.includes(' '))) {
    const whole = rest.pop() ?? '';
    author = byline.source !== null && source !== null ? whole : byline.author;
    source ??= byline.source;
    takeSource();
  }
  return { author, source, url };
}
