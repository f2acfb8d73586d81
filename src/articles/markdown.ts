/**
 * Articles in Markdown: front matter for what has a place of its own, then a text that becomes plain paragraphs.
 *
 * Pure; never throws. Markup goes, text stays: headings, list items and quotes become paragraphs, images become captions,
 * HTML is left out. A text that would take the parser too long is taken as it stands.
 */
import { fromMarkdown } from 'mdast-util-from-markdown';
import type { Nodes, PhrasingContent, RootContent } from 'mdast';
import { isCaption } from './captions.ts';
import { readDate } from './dates.ts';
import { assemble, readDateLine, readTitle, type StatedParts } from './format.ts';
import { readFrontMatter, type FrontMatter } from './frontMatter.ts';
import { guessLanguage } from './language.ts';
import type { Reading, RefusalReason } from './source.ts';
import { cleanText, isVisible, oneLine, shorten } from './text.ts';
import { readUrl } from './url.ts';

/**
 * The parser's worst cases grow with the square of the length, of the lines, and of the marks for emphasis and links, and with the
 * cube of the nesting: a minute for 40 KB of asterisks. Within these limits, which are twice those of the longest reportage
 * with a hundred links, it takes a third of a second at worst.
 */
const MAX_MARKDOWN_CHARS = 40_000;
const MAX_MARKDOWN_LINES = 1_000;
const MAX_MARKS = 1_000;
const MAX_NESTING = 32;
/** Characters that stand before the texts of all lines together: five for each of a thousand. */
const MAX_MARGIN = 5_000;
const MARGIN = /^(?:[ \t]|>|[-*+][ \t]|\d{1,9}[.)][ \t])+/gmu;
const DEEP_LINE = new RegExp(
  `^(?:[ \\t]*(?:>|[-*+][ \\t]|\\d{1,9}[.)][ \\t])){${MAX_NESTING}}|^[ \\t]{${4 * MAX_NESTING}}`,
  'mu',
);

/** A name that is longer is no name. */
const MAX_CREDIT_CHARS = 200;

/**
 * @param raw the text of a file, in any normalisation, with any line ends
 * @param now epoch milliseconds, for the limit on dates ahead
 */
export function parseMarkdown(raw: string, now: number): Reading {
  const text = cleanText(raw);
  const front = readFrontMatter(text);
  if (front.kind === 'refused') return { ok: false, refusal: front.refusal };
  if (front.kind === 'read') return withFrontMatter(front.fields, front.body, now);
  const head = readDateLine(text, now);
  if (!head.ok) return head.refusal.reason === 'undated' ? withoutDate(head.refusal.detail) : head;
  return { ok: true, content: assemble(head.heading, plainParagraphs(head.rest)) };
}

function withFrontMatter(fields: FrontMatter, body: string, now: number): Reading {
  if (fields.date === null) return withoutDate('the front matter has no date');
  const date = readDate(fields.date, now);
  if (!date.ok) return date;
  const texts = plainParagraphs(body);
  // Many write the headline once, as the first heading.
  const heading = /^\s*# /u.test(body) ? texts[0] : undefined;
  const title = readTitle(fields.title ?? heading ?? '');
  if (title === null) return refuse('untitled', 'the front matter has no title');
  const isRepeated = heading !== undefined && oneLine(heading) === title;
  const rest = isRepeated ? texts.slice(1) : texts;
  return { ok: true, content: assemble({ title, publishedAt: date.publishedAt }, rest, statedBy(fields)) };
}

function statedBy({ summary, author, source, url }: FrontMatter): StatedParts {
  const credit = (text: string | null): string | null =>
    text === null ? null : shorten(text, MAX_CREDIT_CHARS);
  return {
    summary,
    author: credit(author),
    source: credit(source?.replace(/\.$/u, '') ?? null),
    url: url === null ? null : readUrl(url),
  };
}

function withoutDate(detail: string): Reading {
  return refuse('undated', detail);
}

function refuse(reason: RefusalReason, detail: string): Reading {
  return { ok: false, refusal: { reason, detail } };
}

/** Character references can bring in what was cleaned away before, so that the result is cleaned as well. */
function plainParagraphs(markdown: string): string[] {
  const label = guessLanguage(markdown) === 'en' ? 'Photo' : 'Ảnh';
  const texts = isTooMuch(markdown) ? null : parsedParagraphs(markdown, label);
  return (texts ?? markdown.split(/\n\s*\n/u)).map((text) => oneLine(cleanText(text))).filter(isVisible);
}

function isTooMuch(markdown: string): boolean {
  if (markdown.length > MAX_MARKDOWN_CHARS || DEEP_LINE.test(markdown)) return true;
  const count = (marks: RegExp): number => markdown.match(marks)?.length ?? 0;
  if (count(/\n/gu) > MAX_MARKDOWN_LINES || count(/[*_[\]]/gu) > MAX_MARKS) return true;
  return (markdown.match(MARGIN) ?? []).reduce((sum, margin) => sum + margin.length, 0) > MAX_MARGIN;
}

/** Null when the parser fails: text with its marks is better than no article. */
function parsedParagraphs(markdown: string, label: string): string[] | null {
  try {
    return fromMarkdown(markdown).children.flatMap((node) => blockTexts(node, label));
  } catch {
    return null;
  }
}

function blockTexts(node: RootContent, label: string): string[] {
  switch (node.type) {
    case 'paragraph':
      return node.children.every(isImageOrSpace)
        ? imageCaptions(node.children, label)
        : inlineText(node).split('\n\n');
    case 'heading':
      return [inlineText(node)];
    case 'code':
      return node.value.split(/\n\s*\n/u);
    case 'html':
      return [withoutTags(node.value)];
    case 'blockquote':
      return node.children.flatMap((child) => blockTexts(child, label));
    case 'list':
      return node.children.flatMap((item, position) => {
        const mark = node.ordered === true ? `${(node.start ?? 1) + position}.` : '•';
        const [first = '', ...rest] = item.children.flatMap((child) => blockTexts(child, label));
        return [`${mark} ${first}`, ...rest];
      });
    default:
      // Thematic breaks and link definitions say nothing to a reader.
      return [];
  }
}

function isImageOrSpace(node: PhrasingContent): boolean {
  return (
    node.type === 'image' ||
    node.type === 'imageReference' ||
    (node.type === 'text' && node.value.trim() === '')
  );
}

/** Images without a text are left out; a text without a credit gets the label that shows it to be a caption. */
function imageCaptions(nodes: readonly PhrasingContent[], label: string): string[] {
  return nodes.flatMap((node) => {
    const alt = 'alt' in node ? oneLine(node.alt ?? '') : '';
    if (alt === '') return [];
    return [isCaption(alt) ? alt : `${label}: ${alt}`];
  });
}

/** The text of a node and of everything in it; line breaks that were meant become paragraphs. */
function inlineText(node: Nodes): string {
  if (node.type === 'break') return '\n\n';
  if (node.type === 'html') return '';
  if ('children' in node) return node.children.map(inlineText).join('');
  if ('alt' in node) return node.alt ?? '';
  return 'value' in node ? node.value : '';
}

/** The text of a block of HTML; comments, scripts and style sheets have none. */
function withoutTags(html: string): string {
  return /^\s*<(?:!|\?|script|style)/iu.test(html) ? '' : html.replace(/<[^<>]*>/gu, ' ');
}
