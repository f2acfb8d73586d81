/**
 * Inline mode: `@bot words` in any chat offers articles as cards; without words, the newest.
 */
import type { Article } from '../articles/article.ts';
import { excerpt } from '../search/excerpt.ts';
import type { SearchResult } from '../search/searcher.ts';
import { catalogue, languageOf, type Catalogue } from '../i18n/catalogue.ts';
import { encodeStart } from './callbackData.ts';
import type { TelegramClient } from './client.ts';
import { asShown, MAX_QUERY_UNITS } from './commands/searching.ts';
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
/** Longer labels are cut off on a phone. */
const LABEL_UNITS = 64;

export interface InlineQuestion {
  id: string;
  query: string;
  /** What `next_offset` of the previous answer said; empty for the first. */
  offset: string;
  languageCode: string | undefined;
  /** Whether the person may have one more query kept for a button. */
  mayKeep: () => boolean;
}

export async function answerInline(
  services: Services,
  client: TelegramClient,
  question: InlineQuestion,
): Promise<void> {
  const offset = /^\d{1,5}$/u.test(question.offset) ? Math.min(Number(question.offset), MAX_OFFSET) : 0;
  const t = catalogue(languageOf(question.languageCode) ?? services.settings.defaultLanguage);
  const text = question.query.trim();
  const result = text === '' ? null : await search(services, text, offset);
  const articles = await articlesOf(services, result, offset);
  const said = result === null || offset > 0 ? null : sayingOf(result, text, t);
  await client.request('answerInlineQuery', {
    inline_query_id: question.id,
    results: articles.map((article) => card(article, result?.matched ?? '', t, services)),
    // Telegram gives it to whoever asks the same, and it is in the language of this person.
    is_personal: true,
    cache_time: result?.catchingUp === true ? 0 : CACHE_SECONDS,
    next_offset: articles.length === RESULTS ? String(offset + RESULTS) : '',
    ...(said !== null && question.mayKeep() ? { button: await wayToTheBot(services, said) } : {}),
  });
}

function search({ searcher, settings, now }: Services, text: string, offset: number): Promise<SearchResult> {
  return searcher.search({
    text,
    offset,
    limit: RESULTS,
    order: 'relevance',
    now: now(),
    zone: settings.timezone,
  });
}

async function articlesOf(
  { library }: Services,
  result: SearchResult | null,
  offset: number,
): Promise<Article[]> {
  if (result !== null) return library.byIds(result.hits.map((hit) => hit.id));
  return library.latest({ maxSeq: await library.lastSeq(), offset, limit: RESULTS });
}

/** What is said beside the cards, which have no room for it, and the query that it leads to. */
interface Saying {
  label: string;
  text: string;
}

/** Null when there is nothing to say. */
function sayingOf(result: SearchResult, text: string, t: Catalogue): Saying | null {
  const { hits, catchingUp, suggestions, understood, notes } = result;
  const [suggestion] = suggestions;
  if (hits.length === 0 && catchingUp) return { label: t.inlineNote.later, text };
  if (suggestion !== undefined) return { label: `${t.didYouMean} ${asShown(suggestion)}`, text: suggestion };
  if (hits.length === 0) return { label: t.inlineNote.none, text };
  if (understood !== null) return { label: t.understood(asShown(understood)), text };
  return notes.length > 0 || catchingUp ? { label: t.inlineNote.details, text } : null;
}

/** A button above the cards that opens a search in the chat with the bot, where all there is to say about it is said. */
async function wayToTheBot({ queries, now }: Services, { label, text }: Saying): Promise<object> {
  const token = await queries.remember(shorten(text, MAX_QUERY_UNITS), now());
  return { text: shorten(label, LABEL_UNITS), start_parameter: encodeStart({ open: 'search', token }) };
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
