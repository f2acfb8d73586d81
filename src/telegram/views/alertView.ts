/**
 * An article that a chat is told at once, with the follow for which it is.
 */
import type { Article } from '../../articles/article.ts';
import type { DigestLanguage, Surface } from '../../digest/subscription.ts';
import { catalogue } from '../../i18n/catalogue.ts';
import { html, join, shorten } from './html.ts';
import { byline } from './listView.ts';
import { pressButton, startLink, view, type View } from './view.ts';

const MAX_TITLE_UNITS = 300;
const MAX_SUMMARY_UNITS = 300;
const MAX_FOLLOW_UNITS = 200;
/** Of a chat that follows much, the article may match many. */
const MAX_NAMED = 3;

export interface AlertViewOptions {
  /** The bot's username, for links. */
  bot: string;
  zone: string;
}

export function alertView(
  article: Article,
  { texts, language, surface }: { texts: readonly string[]; language: DigestLanguage; surface: Surface },
  { bot, zone }: AlertViewOptions,
): View {
  const t = catalogue(language);
  const url = article.url ?? startLink(bot, { open: 'article', id: article.id });
  const followed = texts.slice(0, MAX_NAMED).map((text) => shorten(text, MAX_FOLLOW_UNITS));
  const lines = [
    html`🔔 <i>${t.follows.alertFor(followed)}</i>`,
    html`<b><a href="${url}">${shorten(article.title, MAX_TITLE_UNITS)}</a></b>`,
    html`<i>${byline(article, t, zone)}</i>`,
    ...(article.summary === null ? [] : [html`${shorten(article.summary, MAX_SUMMARY_UNITS)}`]),
  ];
  // In a channel a button cannot answer the one who pressed it.
  const read = pressButton(t.readButton, { do: 'open', id: article.id, page: 0 });
  return view(join(lines, '\n'), surface === 'channel' ? [] : [[read]]);
}
