/**
 * Lists of articles, five to a page: the newest, what a search found, what an edition holds.
 */
import type { Article } from '../../articles/article.ts';
import type { Catalogue } from '../../i18n/catalogue.ts';
import type { Segment } from '../../search/searcher.ts';
import type { Press } from '../callbackData.ts';
import { html, join, shorten, type Html } from './html.ts';
import { pager, pressButton, view, type Button, type View } from './view.ts';
import { formatDate } from './when.ts';

export const PAGE_SIZE = 5;
/** Five entries with everything at its longest stay within one message. */
const MAX_TITLE_UNITS = 250;
const MAX_SUMMARY_UNITS = 180;
/** Of a title or passage: five entries with two of them each, and what else is in bold or italics, stay within 100. */
const MAX_MARKS = 8;

export interface ListEntry {
  article: Article;
  /** The title with what matched; null shows it plain. */
  title: Segment[] | null;
  /** A passage with what matched; null shows the summary's beginning. */
  passage: Segment[] | null;
  /** Below the entry, such as how many more are like it; null for nothing. */
  note: string | null;
}

export interface ListOptions {
  t: Catalogue;
  zone: string;
  /** Above the entries. */
  head: Html;
  entries: ListEntry[];
  /** From 0. */
  page: number;
  total: number;
  /** Says which of how many the page shows, when they are not articles. */
  range?: Catalogue['range'];
  /** What the page buttons do. */
  turn: (page: number) => Press;
  /** Rows below the page buttons. */
  more?: Button[][];
}

export function listView(options: ListOptions): View {
  const { t, page, total, entries } = options;
  const first = page * PAGE_SIZE + 1;
  const pages = Math.ceil(total / PAGE_SIZE);
  const range = (options.range ?? t.range)(first, first + entries.length - 1, total);
  const blocks = entries.map((entry, index) => entryBlock(entry, first + index, t, options.zone));
  const numbers = entries.map((entry, index) =>
    pressButton(String(first + index), { do: 'open', id: entry.article.id, page: 0 }),
  );
  const content = html`${options.head}\n<i>${range}</i>\n\n${join(blocks, '\n\n')}`;
  return view(content, [
    numbers,
    pager(page, pages, { previous: t.previous, next: t.next }, options.turn),
    ...(options.more ?? []),
  ]);
}

function entryBlock(entry: ListEntry, number: number, t: Catalogue, zone: string): Html {
  const { article } = entry;
  // A title that matched is bold where it matched; otherwise the whole title is.
  const title =
    entry.title === null
      ? html`<b>${shorten(article.title, MAX_TITLE_UNITS)}</b>`
      : marked(clip(entry.title, MAX_TITLE_UNITS));
  const lines = [html`${number}. ${title}`, html`<i>${byline(article, t, zone)}</i>`];
  const passage = (entry.passage ?? plain(article.summary)).map(inOneLine);
  if (passage.length > 0) lines.push(marked(clip(passage, MAX_SUMMARY_UNITS)));
  if (entry.note !== null) lines.push(html`<i>${entry.note}</i>`);
  return join(lines, '\n');
}

/** "Báo Sông Hồng · 24/12/2025" */
export function byline(article: Article, t: Catalogue, zone: string): string {
  const date = formatDate(article.publishedAt, t, zone);
  return article.source === null ? date : `${shorten(article.source, 80)} · ${date}`;
}

/** A passage may run over the end of a paragraph. */
function inOneLine({ text, match }: Segment): Segment {
  return { text: text.replace(/\s+/gu, ' '), match };
}

function plain(text: string | null): Segment[] {
  return text === null ? [] : [{ text, match: false }];
}

/** Segments as markup: what matched is bold. */
export function marked(segments: readonly Segment[]): Html {
  return join(
    segments.map(({ text, match }) => (match ? html`<b>${text}</b>` : html`${text}`)),
    '',
  );
}

/** The first `max` units of a run of segments, the first few marks among them. */
function clip(segments: readonly Segment[], max: number): Segment[] {
  const clipped: Segment[] = [];
  let [left, marks] = [max, MAX_MARKS];
  for (const { text, match } of segments) {
    if (left < 1) break;
    const short = shorten(text, left);
    clipped.push({ text: short, match: match && marks-- > 0 });
    if (short !== text) break;
    left -= text.length;
  }
  return clipped;
}
