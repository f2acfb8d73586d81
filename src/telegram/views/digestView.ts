/**
 * An edition as messages: the title of the day with an overview, an entry an item in the style of the chat, under
 * headings where there is much, and what is beyond the maximum behind a button.
 */
import { isNarrow, type EditionContent, type EditionFrame, type EditionItem } from '../../digest/edition.ts';
import { sectionsOf } from '../../digest/sections.ts';
import { catalogue, type Catalogue } from '../../i18n/catalogue.ts';
import { paragraphs, type Article } from '../../articles/article.ts';
import { isCaption } from '../../articles/captions.ts';
import { EMPTY, html, join, shorten, type Html } from './html.ts';
import { leadOf } from './lead.ts';
import { PAGE_SIZE } from './listView.ts';
import { overview } from './overview.ts';
import { pack } from './pack.ts';
import { siftedButton } from './siftedView.ts';
import { articleLink, storyLine } from './storyLine.ts';
import { linkButton, pressButton, startLink, view, type Button, type View } from './view.ts';
import { formatLongDay, formatRecent } from './when.ts';

const MAX_TITLE_UNITS = 300;
const MAX_SUMMARY_UNITS = 200;
const MAX_SOURCE_UNITS = 80;
/** Ten of them are two or three messages. */
const MAX_PASSAGE_UNITS = 600;
/** Fits into a line on the narrowest telephone. */
const DIVIDER = '──────────';

export interface DigestViewOptions {
  /** The bot's username, for links. */
  bot: string;
}

/** An item in its place. */
interface Entry {
  item: EditionItem;
  /** Above it stands who it is from, so that its own lines need not say it. */
  isAttributed: boolean;
  /** The heading that it stands under; null for none. */
  heading: string | null;
  /** It is the first under its heading. */
  opensSection: boolean;
}

export function digestViews(edition: EditionContent, options: DigestViewOptions): View[] {
  const { frame, more } = edition;
  const t = catalogue(frame.language);
  if (edition.items.length === 0) return [quietDay(edition, t)];
  const entries = entriesOf(edition.items, t);
  const gap = frame.style === 'short' ? '\n' : '\n\n';
  const blocks = entries.map((entry, index) => entryBlock(entry, index + 1, frame, t, options));
  const parts = pack(blocks, {
    header: (part, first) => html`${masthead(edition, part, t)}${headingAbove(entries[first], true, t)}`,
    separator: (index) => {
      const entry = entries[index];
      return entry?.opensSection === true ? html`\n\n${headingAbove(entry, false, t)}` : html`${gap}`;
    },
  });
  return parts.map((part, index) => {
    const isLast = index === parts.length - 1;
    const button = moreButton(frame, { listed: entries.length, more }, t, options.bot);
    return view(part, isLast && more > 0 ? [[button]] : []);
  });
}

function entriesOf(items: readonly EditionItem[], t: Catalogue): Entry[] {
  const sections = sectionsOf(items, ({ article }) => article.source);
  if (sections === null) {
    const only = items[0]?.article.source ?? null;
    const isOneSource = items.length > 1 && items.every(({ article }) => article.source === only);
    return items.map((item) => ({
      item,
      isAttributed: isOneSource && only !== null,
      heading: null,
      opensSection: false,
    }));
  }
  return sections.flatMap(({ source, items: inSection }) =>
    inSection.map((item, index) => ({
      item,
      isAttributed: source !== null,
      heading: source === null ? t.edition.otherSources : shorten(source, MAX_SOURCE_UNITS),
      opensSection: index === 0,
    })),
  );
}

/** One line: there is nothing new. */
function quietDay({ frame }: EditionContent, t: Catalogue): View {
  return view(html`🗞 <b>${t.digestTitle(formatLongDay(frame.day, t))}</b>\n${t.edition.quietDay}`);
}

function masthead({ frame, items, more }: EditionContent, part: number, t: Catalogue): Html {
  const title = t.digestTitle(formatLongDay(frame.day, t));
  if (part > 1) return html`🗞 <b>${title}</b> ${t.digestPart(part)}\n\n`;
  const sources = items.map(({ article }) => article.source);
  const facts = { sources, more, isFirst: frame.fromSeq === null };
  const lines = [
    html`🗞 <b>${title}</b>`,
    ...[overview(facts, t)].filter((line) => line !== null).map((line) => html`${line}`),
    ...(frame.late ? [html`<i>${t.digestLate}</i>`] : []),
  ];
  return html`${join(lines, '\n')}\n\n`;
}

/** @param isTop at the beginning of a message, where a section that began in the one before goes on */
function headingAbove(entry: Entry | undefined, isTop: boolean, t: Catalogue): Html {
  if (entry === undefined || entry.heading === null) return EMPTY;
  const isContinued = isTop && !entry.opensSection;
  const heading = isContinued ? t.edition.continued(entry.heading) : entry.heading;
  return html`${DIVIDER}\n<b>${heading}</b>\n\n`;
}

/** In a channel a button cannot answer the one who pressed it, so there the rest is a link into the bot. */
function moreButton(
  frame: EditionFrame,
  { listed, more }: { listed: number; more: number },
  t: Catalogue,
  bot: string,
): Button {
  const { surface, fromSeq, toSeq } = frame;
  const label = t.moreButton(more);
  // On which the first of the rest is.
  const page = Math.floor(listed / PAGE_SIZE);
  if (isNarrow(frame)) return siftedButton(frame, page, label, bot);
  return surface === 'channel'
    ? linkButton(label, startLink(bot, { open: 'edition', fromSeq, toSeq, page }))
    : pressButton(label, { do: 'edition', fromSeq, toSeq, page });
}

function entryBlock(
  { item, isAttributed }: Entry,
  number: number,
  { style, zone, day }: EditionFrame,
  t: Catalogue,
  options: DigestViewOptions,
): Html {
  const { article } = item;
  const url = articleLink(article, options.bot);
  const title = html`${number}. <b><a href="${url}">${shorten(article.title, MAX_TITLE_UNITS)}</a></b>`;
  const story = storyLine(item, t, options.bot);
  if (style === 'short') return story === null ? title : html`${title} · ${story}`;
  const when = formatRecent(article.publishedAt, t, zone, day);
  const source = isAttributed || article.source === null ? null : shorten(article.source, MAX_SOURCE_UNITS);
  const lines = [title, html`<i>${source === null ? when : `${source} · ${when}`}</i>`];
  if (story !== null) lines.push(story);
  if (style === 'normal' && article.summary !== null && !isCaption(article.summary)) {
    lines.push(html`${leadOf(article.summary, MAX_SUMMARY_UNITS)}`);
  }
  const passage = style === 'full' ? beginning(article) : '';
  if (passage !== '') lines.push(html`<blockquote expandable>${passage}</blockquote>`);
  return join(lines, '\n');
}

/** The summary and as much of the text as a passage may have; empty when there is neither. */
function beginning(article: Article): string {
  const text = paragraphs(article.body).filter((paragraph) => !isCaption(paragraph));
  const all = [...(article.summary === null ? [] : [article.summary]), ...text].join('\n');
  return shorten(all.trim(), MAX_PASSAGE_UNITS).trim();
}
