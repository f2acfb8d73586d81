/**
 * An edition as messages: the title of the day, an entry an article in the style of the chat, and what is beyond the
 * maximum behind a button.
 */
import { isNarrow, type EditionContent, type EditionFrame } from '../../digest/edition.ts';
import { catalogue, type Catalogue } from '../../i18n/catalogue.ts';
import { paragraphs, type Article } from '../../articles/article.ts';
import { isCaption } from '../../articles/captions.ts';
import { EMPTY, html, join, shorten, type Html } from './html.ts';
import { byline } from './listView.ts';
import { pack } from './pack.ts';
import { siftedButton } from './siftedView.ts';
import { linkButton, pressButton, startLink, view, type Button, type View } from './view.ts';
import { formatLongDay } from './when.ts';

const MAX_TITLE_UNITS = 300;
const MAX_SUMMARY_UNITS = 200;
/** Ten of them are two or three messages. */
const MAX_PASSAGE_UNITS = 600;

export interface DigestViewOptions {
  /** The bot's username, for links. */
  bot: string;
  /** Of the days that articles with an exact time are shown with. */
  zone: string;
}

export function digestViews(edition: EditionContent, options: DigestViewOptions): View[] {
  const { frame, articles, more } = edition;
  const t = catalogue(frame.language);
  const title = t.digestTitle(formatLongDay(frame.day, t));
  const late = frame.late ? html`<i>${t.digestLate}</i>\n` : EMPTY;
  const blocks = articles.map((article, index) => entry(article, index + 1, frame, t, options));
  const parts = pack(blocks, {
    header: (part) =>
      part === 1 ? html`🗞 <b>${title}</b>\n${late}\n` : html`🗞 <b>${title}</b> ${t.digestPart(part)}\n\n`,
    separator: frame.style === 'short' ? '\n' : '\n\n',
  });
  return parts.map((part, index) => {
    const isLast = index === parts.length - 1;
    return view(part, isLast && more > 0 ? [[moreButton(frame, more, t, options.bot)]] : []);
  });
}

/** In a channel a button cannot answer the one who pressed it, so there the rest is a link into the bot. */
function moreButton(frame: EditionFrame, more: number, t: Catalogue, bot: string): Button {
  const { fromSeq, toSeq } = frame;
  const label = t.moreButton(more);
  if (isNarrow(frame)) return siftedButton(frame, label, bot);
  return frame.surface === 'channel'
    ? linkButton(label, startLink(bot, { open: 'edition', fromSeq, toSeq }))
    : pressButton(label, { do: 'edition', fromSeq, toSeq, page: 0 });
}

function entry(
  article: Article,
  number: number,
  { style }: EditionFrame,
  t: Catalogue,
  options: DigestViewOptions,
): Html {
  const url = article.url ?? startLink(options.bot, { open: 'article', id: article.id });
  const title = html`${number}. <b><a href="${url}">${shorten(article.title, MAX_TITLE_UNITS)}</a></b>`;
  const lines = [title, html`<i>${byline(article, t, options.zone)}</i>`];
  if (style === 'short') return title;
  if (style === 'normal' && article.summary !== null) {
    lines.push(html`${shorten(article.summary, MAX_SUMMARY_UNITS)}`);
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
