/**
 * What a digest says about the story behind an item: from how many sources it is, and whether it goes on. Links and no
 * buttons, since in a channel a button cannot answer the one who pressed it.
 */
import type { Article } from '../../articles/article.ts';
import type { StoryReports } from '../../digest/edition.ts';
import type { Catalogue } from '../../i18n/catalogue.ts';
import { html, join, type Html } from './html.ts';
import { startLink } from './view.ts';

/** Null for a story that is new and has one report. */
export function storyLine(item: StoryReports & { article: Article }, t: Catalogue, bot: string): Html | null {
  const { article, reports, earlier } = item;
  const pieces: Html[] = [];
  if (earlier !== null) {
    pieces.push(html`${t.story.development} (<a href="${articleLink(earlier, bot)}">${t.story.earlier}</a>)`);
  }
  const count = countLabel(reports, t);
  if (count !== null) {
    pieces.push(html`<a href="${startLink(bot, { open: 'story', id: article.id })}">${count}</a>`);
  }
  return pieces.length === 0 ? null : join(pieces, ' · ');
}

/** The same without links, for a list. Null when there is nothing to say. */
export function storyNote({ reports, earlier }: StoryReports, t: Catalogue): string | null {
  const pieces = [earlier === null ? null : t.story.development, countLabel(reports, t)];
  const said = pieces.filter((piece) => piece !== null);
  return said.length === 0 ? null : said.join(' · ');
}

/** "3 nguồn"; "2 bài" when the newspaper is one, or not known; null for one report. */
export function countLabel(reports: readonly Article[], t: Catalogue): string | null {
  if (reports.length < 2) return null;
  const sources = new Set(reports.flatMap(({ source }) => (source === null ? [] : [source.toLowerCase()])));
  return sources.size < 2 ? t.story.reports(reports.length) : t.story.sources(sources.size);
}

/** The original, or the article in the bot where there is none. */
export function articleLink({ url, id }: Article, bot: string): string {
  return url ?? startLink(bot, { open: 'article', id });
}
