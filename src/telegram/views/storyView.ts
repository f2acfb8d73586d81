/**
 * The reports of a story: titles that lead to the originals, and buttons that open them in the chat.
 */
import type { Article } from '../../articles/article.ts';
import type { Catalogue } from '../../i18n/catalogue.ts';
import type { Press } from '../callbackData.ts';
import { html, join, shorten, type Html } from './html.ts';
import { byline } from './listView.ts';
import { fits } from './pack.ts';
import { articleLink, countLabel } from './storyLine.ts';
import { inRows, pager, pressButton, startLink, view, type View } from './view.ts';

/** Ten titles at their longest stay within one message, a link of 2,000 bytes with each. */
export const REPORTS_PER_PAGE = 10;
const MAX_TITLE_UNITS = 200;
/** Numbers side by side on a telephone. */
const BUTTONS_PER_ROW = 5;

export interface StoryViewOptions {
  t: Catalogue;
  zone: string;
  /** The bot's username, for links. */
  bot: string;
  /** Of the article by which the story was asked for. */
  id: string;
  /** From 0; a page beyond the last shows the last. */
  page: number;
}

/** @param reports newest first, at least one */
export function storyView(
  reports: readonly Article[],
  { t, zone, bot, id, page: asked }: StoryViewOptions,
): View {
  const pages = Math.ceil(reports.length / REPORTS_PER_PAGE);
  const page = Math.min(asked, pages - 1);
  const first = page * REPORTS_PER_PAGE;
  const shown = reports.slice(first, first + REPORTS_PER_PAGE);
  const list = (link: (report: Article) => string): Html =>
    join(
      shown.map((report, index) => {
        const title = html`<a href="${link(report)}">${shorten(report.title, MAX_TITLE_UNITS)}</a>`;
        return html`${first + index + 1}. <b>${title}</b>\n<i>${byline(report, t, zone)}</i>`;
      }),
      '\n\n',
    );
  const originals = list((report) => articleLink(report, bot));
  // Ten addresses of two thousand signs, each escaped, are more than a message holds.
  const entries = fits(originals)
    ? originals
    : list((report) => startLink(bot, { open: 'article', id: report.id }));
  const numbers = shown.map((report, index) =>
    pressButton(String(first + index + 1), { do: 'open', id: report.id, page: 0 }),
  );
  const count = countLabel(reports, t);
  const head =
    count === null ? html`<b>${t.story.listTitle}</b>` : html`<b>${t.story.listTitle}</b> · ${count}`;
  const turn = (to: number): Press => ({ do: 'turnStory', id, page: to });
  return view(html`${head}\n\n${entries}`, [
    ...inRows(numbers, BUTTONS_PER_ROW),
    pager(page, pages, { previous: t.previous, next: t.next }, turn),
  ]);
}
