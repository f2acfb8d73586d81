/**
 * Inline mode: `@bot words` in any chat offers articles as cards; without words, the newest.
 */
import type { Article } from '../articles/article.ts';
import { excerpt } from '../search/excerpt.ts';
import { catalogue, languageOf, type Catalogue } from '../i18n/catalogue.ts';
import type { TelegramClient } from './client.ts';
import type { Services } from './services.ts';
import { html, join, shorten } from './views/html.ts';
import { byline } from './views/listView.ts';
import { linkButton, startLink, keyboard } from './views/view.ts';

/** Telegram takes 50 (Bot API, answerInlineQuery); a list of 20 scrolls well and is quick. */
const RESULTS = 20;
const CACHE_SECONDS = 60;
const DESCRIPTION_UNITS = 120;
const CARD_UNITS = 400;
const MAX_OFFSET = 10_000;

export interface InlineQuestion {
  id: string;
  query: string;
  /** What `next_offset` of the previous answer said; empty for the first. */
  offset: string;
  languageCode: string | undefined;
}

export async function answerInline(
  services: Services,
  client: TelegramClient,
  question: InlineQuestion,
): Promise<void> {
  const offset = /^\d{1,5}$/u.test(question.offset) ? Math.min(Number(question.offset), MAX_OFFSET) : 0;
  const t = catalogue(languageOf(question.languageCode) ?? services.settings.defaultLanguage);
  const { articles, matched } = await find(services, question.query.trim(), offset);
  await client.request('answerInlineQuery', {
    inline_query_id: question.id,
    results: articles.map((article) => card(article, matched, t, services)),
    cache_time: CACHE_SECONDS,
    next_offset: articles.length === RESULTS ? String(offset + RESULTS) : '',
  });
}

async function find(
  services: Services,
  text: string,
  offset: number,
): Promise<{ articles: Article[]; matched: string }> {
  const { library, searcher, settings } = services;
  if (text === '') {
    const maxSeq = await library.lastSeq();
    return { articles: await library.latest({ maxSeq, offset, limit: RESULTS }), matched: '' };
  }
  const result = await searcher.search({
    text,
    offset,
    limit: RESULTS,
    order: 'relevance',
    now: services.now(),
    zone: settings.timezone,
  });
  return { articles: await library.byIds(result.hits.map((hit) => hit.id)), matched: result.matched };
}

function card(article: Article, matched: string, t: Catalogue, services: Services): object {
  const { settings, bot } = services;
  const by = byline(article, t, settings.timezone);
  const passage = excerpt(article, matched, DESCRIPTION_UNITS)
    .map((segment) => segment.text)
    .join('');
  const own = startLink(bot.username, { open: 'article', id: article.id });
  const lines = [
    html`<b><a href="${article.url ?? own}">${shorten(article.title, 300)}</a></b>`,
    html`<i>${by}</i>`,
  ];
  if (article.summary !== null) lines.push(html`${shorten(article.summary, CARD_UNITS)}`);
  return {
    type: 'article',
    id: article.id,
    title: shorten(article.title, 100),
    description: shorten(`${by}\n${passage}`, DESCRIPTION_UNITS + 80),
    input_message_content: {
      message_text: join(lines, '\n').html,
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
    },
    reply_markup: keyboard([[linkButton(t.readButton, own)]]),
  };
}
