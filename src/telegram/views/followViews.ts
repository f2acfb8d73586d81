/**
 * Follows as messages: what one would have matched, with the question how it is wanted; the list of a chat's; one of them
 * with what can be done about it.
 */
import type { Article } from '../../articles/article.ts';
import { FOLLOW_MODES, MAX_FOLLOWS, type Follow, type FollowMode } from '../../follows/follow.ts';
import type { Miss } from '../../follows/nearness.ts';
import type { Preview } from '../../follows/preview.ts';
import type { Catalogue } from '../../i18n/catalogue.ts';
import type { Target } from '../settingsData.ts';
import { EMPTY, html, join, shorten, type Html } from './html.ts';
import { byline } from './listView.ts';
import { inRows, linkButton, pressButton, startLink, view, type Button, type View } from './view.ts';

const MAX_TITLE_UNITS = 150;
const MAX_NAME_UNITS = 60;
const MAX_LABEL_UNITS = 60;
/** Of a text in the list: twenty of them fit into one message. */
const MAX_LISTED_UNITS = 120;
const PER_ROW = 5;

/** Whose follows are shown. */
export interface FollowsOf {
  t: Catalogue;
  target: Target;
  /** Of the channel or group; null for the chat in which the message is. */
  name: string | null;
}

export interface PreviewOptions extends FollowsOf {
  zone: string;
  bot: string;
  text: string;
  days: readonly string[];
  preview: Preview;
  /** Stands for the text in buttons. */
  token: string;
  /** The other way to read it; null when there is none. */
  other: { text: string; token: string } | null;
}

export function previewView(options: PreviewOptions): View {
  const { t, name, text, days, preview, target, token, other } = options;
  const texts = t.follows;
  const title = name === null ? texts.title(text) : texts.titleIn(text, shorten(name, MAX_NAME_UNITS));
  const found = preview.matched === 0 ? texts.matchedNone : texts.matched(preview.matched);
  const lines = [
    html`⭐ <b>${title}</b>`,
    ...(days.length === 0 ? [] : [html`<i>${texts.daysLeftOut(days.join(', '))}</i>`]),
    EMPTY,
    html`${found}`,
    ...preview.examples.map((article) => html`• ${entry(article, options)}`),
    ...(preview.looked === null ? [] : [html`<i>${texts.lookedAt(preview.looked)}</i>`]),
    ...(preview.near.length === 0 ? [] : [EMPTY, html`${texts.nearTitle}`]),
    ...preview.near.map(
      ({ article, miss }) => html`• ${entry(article, options)}\n  <i>${missText(miss, t)}</i>`,
    ),
    EMPTY,
    html`${texts.askMode}`,
  ];
  const keep = (mode: FollowMode): Button[] => [
    pressButton(texts.modeButtons[mode], { do: 'keep', target, token, mode }),
  ];
  const otherRow: Button[] =
    other === null
      ? []
      : [
          pressButton(shorten(texts.otherButton(other.text), MAX_LABEL_UNITS), {
            do: 'consider',
            target,
            token: other.token,
          }),
        ];
  return view(join(lines, '\n'), [...FOLLOW_MODES.map(keep), otherRow]);
}

function entry(article: Article, { t, zone, bot }: PreviewOptions): Html {
  const url = startLink(bot, { open: 'article', id: article.id });
  return html`<a href="${url}">${shorten(article.title, MAX_TITLE_UNITS)}</a> <i>${byline(article, t, zone)}</i>`;
}

function missText(miss: Miss, t: Catalogue): string {
  return t.follows[miss.kind](shorten(miss.text, MAX_LISTED_UNITS));
}

export function followsView(
  { t, target, name }: FollowsOf,
  follows: readonly Follow[],
  mayChange = true,
): View {
  const texts = t.follows;
  const title = name === null ? texts.listTitle : texts.listTitleOf(shorten(name, MAX_NAME_UNITS));
  const add = pressButton(texts.addButton, { do: 'askFollow', target, id: null });
  const back = target.chatId === null ? [] : [pressButton(t.settings.backButton, settingsOf(target))];
  if (follows.length === 0)
    return view(html`⭐ <b>${title}</b>\n${texts.listNone}`, mayChange ? [[add], back] : []);
  const lines = follows.map(
    ({ text, mode }, n) => html`${n + 1}. ${texts.modeIcons[mode]} ${shorten(text, MAX_LISTED_UNITS)}`,
  );
  const legend = FOLLOW_MODES.filter((mode) => follows.some((one) => one.mode === mode)).map(
    (mode) => html`${texts.modeIcons[mode]} <i>${texts.modeNames[mode]}</i>`,
  );
  const isNarrow = follows.some(({ mode }) => mode === 'only') && follows.some(({ mode }) => mode !== 'only');
  const content = join(
    [
      html`⭐ <b>${title}</b>`,
      ...lines,
      EMPTY,
      ...legend,
      ...(isNarrow ? [html`<i>${texts.onlyExplained}</i>`] : []),
      ...(mayChange
        ? [html`<i>${texts.listCount(follows.length, MAX_FOLLOWS)}</i>`]
        : [html`<i>${t.settings.adminsChange}</i>`]),
    ],
    '\n',
  );
  if (!mayChange) return view(content);
  const numbers = follows.map(({ id }, n) => pressButton(String(n + 1), { do: 'follow', target, id }));
  return view(content, [...inRows(numbers, PER_ROW), follows.length < MAX_FOLLOWS ? [add] : [], back]);
}

function settingsOf(target: Target) {
  return { do: 'settings', target, page: 'main' } as const;
}

export function followView({ t, target }: FollowsOf, { id, text, mode }: Follow): View {
  const texts = t.follows;
  const modes = FOLLOW_MODES.map((one) => {
    const label = texts.modeButtons[one];
    return [pressButton(one === mode ? `✅ ${label}` : label, { do: 'mode', target, id, mode: one })];
  });
  return view(html`⭐ <b>${text}</b>\n${texts.modeIcons[mode]} ${texts.modeNames[mode]}`, [
    ...modes,
    [
      pressButton(texts.editButton, { do: 'askFollow', target, id }),
      pressButton(texts.removeButton, { do: 'unfollow', target, id }),
    ],
    [pressButton(texts.backButton, { do: 'follows', target, page: 0 })],
  ]);
}

export interface FollowAsk {
  t: Catalogue;
  chatId: number;
  threadId: number;
  /** The one that is to be replaced; null for a new one. */
  follow: Pick<Follow, 'id' | 'text'> | null;
  bot: string;
  /** In a group: whose answer is waited for; null where they are not to be named. */
  person: { id: number; name: string } | null;
  isPrivate: boolean;
  /** What was wrong with the answer before; null for the first time. */
  mistake: string | null;
}

/** Asks for a query. What it is for stands in the link behind the first sign, and comes back with the answer. */
export function followAskView({ t, follow, person, isPrivate, mistake, bot, ...place }: FollowAsk): View {
  const link = startLink(bot, { open: 'follow', ...place, followId: follow?.id ?? null });
  const called =
    person === null
      ? EMPTY
      : html`<a href="tg://user?id=${person.id}">${shorten(person.name, MAX_NAME_UNITS)}</a>: `;
  const asked = follow === null ? t.follows.askAdd : t.follows.askEdit(follow.text);
  return {
    ...view(html`<a href="${link}">⌨️</a> ${called}${mistake === null ? '' : `${mistake}\n`}${asked}`),
    ...(isPrivate || person !== null
      ? { ask: { placeholder: t.follows.placeholder, selective: !isPrivate } }
      : {}),
  };
}

/** In a channel, where buttons would stand before all readers. */
export function channelFollowsView(
  of: FollowsOf,
  follows: readonly Follow[],
  chatId: number,
  bot: string,
): View {
  const { html: content } = followsView(of, follows, false);
  const link = startLink(bot, { open: 'settings', chatId, threadId: 0, asked: null });
  return { html: content, buttons: [[linkButton(of.t.settings.inPrivateButton, link)]] };
}
