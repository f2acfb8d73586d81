/**
 * Reading an article in the chat: pages of whole paragraphs, all of its text, with the way back and forth.
 */
import { paragraphs, type Article } from '../../articles/article.ts';
import { isCaption } from '../../articles/captions.ts';
import type { Catalogue } from '../../i18n/catalogue.ts';
import { characterStart, html, join, measure, shorten, type Html } from './html.ts';
import { byline } from './listView.ts';
import { linkButton, pager, pressButton, startLink, view, type Button, type View } from './view.ts';

/** A page that fits a telephone's screen a few times over; well below a message's 4,096. */
const PAGE_UNITS = 3_000;
/** Of the 100 that a message may have: a gallery has a caption a line. */
const PAGE_ENTITIES = 90;
/** A paragraph longer than this is cut at a sentence, or where it must be. */
const MAX_PARAGRAPH_UNITS = 2_800;
/** Between two paragraphs. */
const BLOCK_GAP = '\n\n';
const MAX_AUTHOR_UNITS = 300;
/** Telegram's share page takes the text in its URL. */
const MAX_SHARED_UNITS = 200;
const MAX_RELATED_UNITS = 60;

export interface ArticleViewOptions {
  t: Catalogue;
  zone: string;
  /** The bot's username, for links. */
  bot: string;
  /** From 0; a page beyond the last shows the last. */
  page: number;
  /** Offered under the last page; empty for none. */
  related: Article[];
  /** How many reports its story has, in words; null when it has no other. */
  reports: string | null;
}

/** @param pages all of them, as `articlePages` makes them */
export function articleView(
  article: Article,
  options: ArticleViewOptions,
  pages = articlePages(article, options.t, options.zone),
): View {
  const { t } = options;
  const page = Math.min(options.page, pages.length - 1);
  const turn = (to: number) => ({ do: 'turn', id: article.id, page: to }) as const;
  const isLast = page === pages.length - 1;
  const related = isLast ? options.related : [];
  const content = pages[page] ?? html`<b>${article.title}</b>`;
  const relatedTitle = related.length === 0 ? html`` : html`\n\n<b>${t.relatedTitle}</b>`;
  return view(html`${content}${relatedTitle}`, [
    pager(page, pages.length, { previous: t.previous, next: t.next }, turn),
    ...related.map((other) => [
      pressButton(shorten(other.title, MAX_RELATED_UNITS), { do: 'open', id: other.id, page: 0 }),
    ]),
    options.reports === null
      ? []
      : [pressButton(`🗂 ${options.reports}`, { do: 'story', id: article.id, page: 0 })],
    links(article, options),
  ]);
}

function links(article: Article, { t, bot }: ArticleViewOptions): Button[] {
  const own = startLink(bot, { open: 'article', id: article.id });
  const share = new URL('https://t.me/share/url');
  share.searchParams.set('url', article.url ?? own);
  share.searchParams.set('text', shorten(article.title, MAX_SHARED_UNITS));
  const row = [linkButton(t.shareButton, share.href)];
  if (article.url !== null) row.unshift(linkButton(t.linkButton, article.url));
  return row;
}

/** Every page of an article as markup: the head on the first one, then all paragraphs in order. */
export function articlePages(article: Article, t: Catalogue, zone: string): Html[] {
  const head = [html`<b>${article.title}</b>`, html`<i>${byline(article, t, zone)}</i>`];
  if (article.author !== null) head.push(html`${shorten(article.author, MAX_AUTHOR_UNITS)}`);
  const blocks = [join(head, '\n')];
  if (article.summary !== null) {
    blocks.push(...split(article.summary).map((piece) => html`<b>${piece}</b>`));
  }
  for (const paragraph of paragraphs(article.body)) {
    const caption = isCaption(paragraph);
    blocks.push(...split(paragraph).map((piece) => (caption ? html`<i>${piece}</i>` : html`${piece}`)));
  }
  return paginate(blocks);
}

/** Each block is measured once: a file may have hundreds of thousands, and a page is turned while others wait. */
function paginate(blocks: readonly Html[]): Html[] {
  const pages: Html[][] = [];
  let [units, entities] = [Infinity, 0];
  for (const block of blocks) {
    const size = measure(block);
    units += BLOCK_GAP.length + size.units;
    entities += size.entities;
    if (units <= PAGE_UNITS && entities <= PAGE_ENTITIES) pages.at(-1)?.push(block);
    else {
      pages.push([block]);
      ({ units, entities } = size);
    }
  }
  return pages.map((page) => join(page, BLOCK_GAP));
}

/** A paragraph in pieces that fit a page: at sentences, else at spaces, else anywhere but inside a character. */
function split(paragraph: string): string[] {
  const pieces: string[] = [];
  let rest = paragraph;
  while (rest.length > MAX_PARAGRAPH_UNITS) {
    const window = rest.slice(0, MAX_PARAGRAPH_UNITS);
    const sentence = Math.max(...['. ', '! ', '? ', '.\n', '; '].map((end) => window.lastIndexOf(end)));
    const space = window.lastIndexOf(' ');
    // A character that is longer than a page is none that anybody wrote.
    const character = characterStart(rest, MAX_PARAGRAPH_UNITS) || MAX_PARAGRAPH_UNITS;
    const end = sentence > 0 ? sentence + 1 : space > 0 ? space : character;
    pieces.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  pieces.push(rest);
  return pieces.filter((piece) => piece !== '');
}
