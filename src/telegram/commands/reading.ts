/**
 * /latest, the articles of an edition, and reading one article.
 */
import { PAGE_SIZE, listView, type ListEntry } from '../views/listView.ts';
import { articlePages, articleView } from '../views/articleView.ts';
import { html, shorten } from '../views/html.ts';
import { countLabel, storyNote } from '../views/storyLine.ts';
import { storyView } from '../views/storyView.ts';
import { view } from '../views/view.ts';
import type { Article } from '../../articles/article.ts';
import { bestReport } from '../../digest/bestReport.ts';
import type { Press } from '../callbackData.ts';
import type { Services } from '../services.ts';
import type { Talk } from '../talk.ts';
import type { View } from '../views/view.ts';

const RELATED = 3;

export async function latestCommand(services: Services, talk: Talk, args: string): Promise<void> {
  const { t } = talk;
  const wanted = args === '' ? null : /^0*([1-9]\d{0,5})$/u.exec(args)?.[1];
  if (wanted === undefined) {
    await talk.answer(view(html`${t.latestHow(shorten(args, 40))}`));
    return;
  }
  const maxSeq = await services.library.lastSeq();
  const count = wanted === null ? null : Number(wanted);
  await talk.answer(await latestPage(services, talk, { do: 'latest', page: 0, maxSeq, count }));
}

export async function latestPage(
  services: Services,
  { t }: Talk,
  press: Extract<Press, { do: 'latest' }>,
): Promise<View> {
  const { maxSeq, count } = press;
  const all = await services.library.count(maxSeq);
  const total = count === null ? all : Math.min(count, all);
  if (total === 0) return view(html`${t.noArticles}`);
  const page = Math.min(press.page, Math.ceil(total / PAGE_SIZE) - 1);
  const offset = page * PAGE_SIZE;
  const articles = await services.library.latest({
    maxSeq,
    offset,
    limit: Math.min(PAGE_SIZE, total - offset),
  });
  return listView({
    t,
    zone: services.settings.timezone,
    head: html`📰 <b>${t.latestTitle}</b>`,
    entries: articles.map(plainEntry),
    page,
    total,
    turn: (to) => ({ do: 'latest', page: to, maxSeq, count }),
  });
}

export async function editionPage(
  services: Services,
  { t, language }: Talk,
  press: { fromSeq: number | null; toSeq: number; page: number },
): Promise<View> {
  const { fromSeq, toSeq } = press;
  const { library } = services;
  const { total } = await library.stories(fromSeq, toSeq, { offset: 0, limit: 0 });
  if (total === 0) return view(html`${t.articleGone}`);
  const page = Math.min(press.page, Math.ceil(total / PAGE_SIZE) - 1);
  const at = { offset: page * PAGE_SIZE, limit: PAGE_SIZE };
  const { stories } = await library.stories(fromSeq, toSeq, at);
  return listView({
    t,
    zone: services.settings.timezone,
    head: html`🗞 <b>${t.editionTitle}</b>`,
    entries: stories.map((story) => ({
      ...plainEntry(bestReport(story.reports, language)),
      note: storyNote(story, t),
    })),
    page,
    total,
    range: t.story.range,
    turn: (to) => ({ do: 'turnEdition', fromSeq, toSeq, page: to }),
  });
}

function plainEntry(article: Article): ListEntry {
  return { article, title: null, passage: null, note: null };
}

/** The reports of the story that an article is of, as far as they are there now. */
export async function storyPage(
  services: Services,
  { t }: Talk,
  press: { id: string; page: number },
): Promise<View> {
  const { library, settings, bot } = services;
  const reports = await library.reports(press.id);
  if (reports.length === 0) return view(html`${t.articleGone}`);
  return storyView(reports, { t, zone: settings.timezone, bot: bot.username, ...press });
}

/** Null when the article is not there (any more). */
export async function articlePage(
  services: Services,
  { t }: Talk,
  press: { id: string; page: number },
): Promise<View | null> {
  const { library, settings, bot } = services;
  const article = await library.byId(press.id);
  if (article === null) return null;
  const pages = articlePages(article, t, settings.timezone);
  const options = {
    t,
    zone: settings.timezone,
    bot: bot.username,
    page: press.page,
    related: press.page < pages.length - 1 ? [] : await relatedTo(article, services),
    reports: countLabel(await library.reports(article.id), t),
  };
  return articleView(article, options, pages);
}

async function relatedTo({ seq }: Article, { library, searcher, log }: Services): Promise<Article[]> {
  const related = await searcher.related(seq, RELATED).catch((error: unknown) => {
    // An article is worth reading without its neighbours.
    log.warn({ error: String(error) }, 'related articles could not be found');
    return [];
  });
  return library.byIds(related);
}

export async function openArticle(services: Services, talk: Talk, id: string): Promise<void> {
  const page = await articlePage(services, talk, { id, page: 0 });
  await talk.answer(page ?? view(html`${talk.t.articleGone}`));
}
