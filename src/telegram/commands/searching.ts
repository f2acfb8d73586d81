/**
 * /search and its pages. The buttons carry a token of the query, so that they work after a restart.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Article } from '../../articles/article.ts';
import { cleanText, oneLine } from '../../articles/text.ts';
import { excerpt, highlight } from '../../search/excerpt.ts';
import type { SearchOrder, SearchRequest, SearchResult } from '../../search/searcher.ts';
import type { Press } from '../callbackData.ts';
import type { Services } from '../services.ts';
import type { Talk } from '../talk.ts';
import { EMPTY, html, join, shorten, type Html } from '../views/html.ts';
import { PAGE_SIZE, listView, type ListEntry } from '../views/listView.ts';
import { pressButton, view, type Button, type View } from '../views/view.ts';

/** What a button's query may be; longer texts are cut, since a message that is replied to can be a whole article. */
export const MAX_QUERY_UNITS = 300;
const MAX_SHOWN_QUERY_UNITS = 100;
const EXCERPT_UNITS = 180;
const PATIENCE = 5;
const PATIENCE_STEP_MS = 400;

/** @param quoted the text of the message that is replied to; null for none */
export async function searchCommand(
  services: Services,
  talk: Talk,
  args: string,
  quoted: string | null,
): Promise<void> {
  const asked = (args === '' ? (quoted ?? '') : args).trim();
  if (asked === '') {
    await talk.answer(view(html`${talk.t.searchHow}`));
    return;
  }
  const text = shorten(asked, MAX_QUERY_UNITS);
  await talk.answer(await searchPage(services, talk, text, 0, 'relevance', text !== asked));
}

/** Null when the token is unknown: the button is from another database, or from long ago. */
export async function searchByToken(
  services: Services,
  talk: Talk,
  press: Omit<Extract<Press, { do: 'search' }>, 'do'>,
): Promise<View | null> {
  const text = await services.queries.recall(press.token);
  return text === null ? null : searchPage(services, talk, text, press.page, press.order);
}

async function searchPage(
  services: Services,
  talk: Talk,
  text: string,
  page: number,
  order: SearchOrder,
  isCut = false,
): Promise<View> {
  const { t } = talk;
  const { queries, library, settings } = services;
  const now = services.now();
  const result = await searchPatiently(services, {
    text,
    offset: page * PAGE_SIZE,
    limit: PAGE_SIZE,
    order,
    now,
    zone: settings.timezone,
  });
  // Since the button was made there have become fewer.
  const last = Math.ceil(result.total / PAGE_SIZE) - 1;
  if (result.hits.length === 0 && last >= 0 && page > last) {
    return searchPage(services, talk, text, last, order);
  }
  const suggestions = await suggestionRows(services, result.suggestions, now);
  const title = html`🔎 <b>${t.searchTitle(asShown(text))}</b>`;
  const lines = explanation(result, t, isCut);
  if (result.hits.length === 0 && result.catchingUp) return view(html`${t.searchDown}`);
  if (result.hits.length === 0) {
    const offer = suggestions.length > 0 ? html`\n${t.didYouMean}` : EMPTY;
    return view(
      html`${t.noHits(asShown(text))}${lines}${offer}`,
      suggestions.length > 0
        ? suggestions
        : [[pressButton(t.latestButton, { do: 'command', name: 'latest' })]],
    );
  }
  const token = await queries.remember(text, now);
  const articles = await library.byIds(result.hits.map((hit) => hit.id));
  const folded = new Map(result.hits.map((hit) => [hit.id, hit.folded.length]));
  const other = order === 'relevance' ? 'newest' : 'relevance';
  const orderButton = pressButton(order === 'relevance' ? t.newestButton : t.relevanceButton, {
    do: 'search',
    token,
    page: 0,
    order: other,
  });
  return listView({
    t,
    zone: settings.timezone,
    head: html`${title} · ${t.hits(result.total)}${lines}`,
    entries: articles.map((article) => entry(article, result.matched, folded.get(article.id) ?? 0, t)),
    page,
    total: result.total,
    turn: (to) => ({ do: 'search', token, page: to, order }),
    more: [...(result.total > 1 ? [[orderButton]] : []), ...suggestions],
  });
}

/** A query in the answer to it: what would turn the line around or is no character at all stays out of it. */
export function asShown(query: string): string {
  return shorten(oneLine(cleanText(query)), MAX_SHOWN_QUERY_UNITS);
}

/** An index that is just being made, or a thread that is just started again, is worth a moment. */
async function searchPatiently({ searcher }: Services, request: SearchRequest): Promise<SearchResult> {
  for (let attempt = 1; ; attempt++) {
    const result = await searcher.search(request);
    if (result.hits.length > 0 || !result.catchingUp || attempt === PATIENCE) return result;
    await sleep(PATIENCE_STEP_MS);
  }
}

/** @param isCut what is searched is not all that was asked */
function explanation(result: SearchResult, t: Talk['t'], isCut: boolean): Html {
  const understood =
    result.understood === null ? EMPTY : html`\n<i>${t.understood(asShown(result.understood))}</i>`;
  const told = new Set(isCut ? [...result.notes, 'cut' as const] : result.notes);
  const notes = [...told].map((note) => html`\n<i>${t.searchNotes[note]}</i>`);
  const catchingUp = result.catchingUp ? html`\n<i>${t.catchingUp}</i>` : EMPTY;
  return html`${understood}${join(notes, '')}${catchingUp}`;
}

function entry(article: Article, query: string, folded: number, t: Talk['t']): ListEntry {
  return {
    article,
    title: highlight(article.title, query),
    passage: excerpt(article, query, EXCERPT_UNITS),
    note: folded > 0 ? t.foldedMore(folded) : null,
  };
}

async function suggestionRows(services: Services, suggestions: string[], now: number): Promise<Button[][]> {
  return Promise.all(
    suggestions.map(async (text) => {
      const token = await services.queries.remember(text, now);
      return [pressButton(shorten(text, 60), { do: 'search', token, page: 0, order: 'relevance' })];
    }),
  );
}
