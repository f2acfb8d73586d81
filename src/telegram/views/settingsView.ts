/**
 * A chat's settings in one message: what is set, in words, with the next deliveries, and the buttons that lead to each
 * choice (`settingsPages.ts`). For a chat without a subscription: the times at which it could begin.
 */
import { nextSlots } from '../../digest/schedule.ts';
import type { Subscription } from '../../digest/subscription.ts';
import type { Catalogue } from '../../i18n/catalogue.ts';
import { clockTime } from '../../digest/quiet.ts';
import type { Asked } from '../../i18n/settingsTexts.ts';
import type { SettingsPage, SettingsPress, Target } from '../settingsData.ts';
import { html, join, shorten, type Html } from './html.ts';
import { inRows, linkButton, pressButton, startLink, view, type Button, type View } from './view.ts';
import { describeSchedule, formatInstant, zoneName } from './when.ts';

const MAX_NAME_UNITS = 60;

export interface SettingsState {
  t: Catalogue;
  target: Target;
  /** Of the channel or group that is set from elsewhere; null for the chat in which the message is. */
  name: string | null;
  /** Also one that was stopped; null when there never was one. */
  subscription: Subscription | null;
  /** Of the program's settings. */
  defaults: { zone: string; maxItems: number };
  now: number;
}

/** Times that are offered, in minutes of the day. */
export const PRESET_TIMES: readonly number[] = [
  ...[360, 390, 420, 450],
  ...[480, 540, 690, 720],
  ...[1_020, 1_080, 1_200, 1_260],
];

/** What is set, without buttons: for everybody to read. */
export function settingsText(state: SettingsState): Html {
  const { t, name } = state;
  const title = name === null ? t.settings.title : t.settings.titleOf(shorten(name, MAX_NAME_UNITS));
  return join([html`⚙️ <b>${title}</b>`, ...settingsLines(state)], '\n');
}

function settingsLines(state: SettingsState): Html[] {
  const { t, subscription } = state;
  const texts = t.settings;
  if (subscription === null) return [html`${texts.startNone(zoneName(state.defaults.zone, t))}`];
  const schedule = describeSchedule(subscription.cron, subscription.zone, t);
  if (subscription.nextAt === null) return [html`${texts.startStopped(schedule)}`];
  const { quiet, silent, maxItems, style, language } = subscription;
  const items = maxItems ?? state.defaults.maxItems;
  return [
    html`${texts.sends(schedule)}`,
    ...nextLines(subscription, t, state.now),
    ...(quiet === null ? [] : [html`🌙 ${texts.quietFrom(clockTime(quiet.from), clockTime(quiet.to))}`]),
    ...(silent ? [html`🌙 ${texts.alwaysSilent}`] : []),
    html`${texts.shape(items, texts.styleNames[style], texts.languageNames[language])}`,
    ...(subscription.tellsQuietDay ? [html`${texts.quietDayLine}`] : []),
  ];
}

/** The pause, if there is one, and the next three slots, in the subscription's own time. */
export function nextLines(subscription: Subscription, t: Catalogue, now: number): Html[] {
  const { cron, zone, pausedUntil, nextAt } = subscription;
  const isPaused = pausedUntil !== null && pausedUntil > now;
  if (nextAt === null) return [];
  // After a time in which the bot was blocked, the next slot may lie within the pause, and is passed over.
  const slots =
    isPaused && nextAt < pausedUntil
      ? nextSlots(cron, zone, pausedUntil - 1, 3)
      : [nextAt, ...nextSlots(cron, zone, Math.max(nextAt, now), 2)];
  const [next, ...more] = slots.map((at) => formatInstant(at, t, zone));
  const [one, other] = more;
  return [
    ...(isPaused ? [html`⏸ ${t.settings.paused(formatInstant(pausedUntil, t, zone))}`] : []),
    html`${t.statusNext(next ?? '')}`,
    ...(one === undefined || other === undefined ? [] : [html`${t.settings.thenAlso(one, other)}`]),
  ];
}

export function mainView(state: SettingsState): View {
  const { t, subscription } = state;
  const texts = t.settings;
  if (subscription === null || subscription.nextAt === null) return startView(state);
  const isPaused = subscription.pausedUntil !== null && subscription.pausedUntil > state.now;
  const { target } = state;
  const resume: Button = pressButton(texts.resumeButton, {
    do: 'change',
    target,
    change: { set: 'pause', until: null },
  });
  return view(settingsText(state), [
    [pageButton(state, 'times', texts.timesButton), pageButton(state, 'days', texts.daysButton)],
    [pageButton(state, 'zone', texts.zoneButton), pageButton(state, 'quiet', texts.quietButton)],
    [pageButton(state, 'items', texts.itemsButton), pageButton(state, 'style', texts.styleButton)],
    [
      pageButton(state, 'language', texts.languageButton),
      isPaused ? resume : pageButton(state, 'pause', texts.pauseButton),
    ],
    [
      pressButton(t.follows.openButton, { do: 'follows', target, page: 0 }),
      pressButton(texts.previewButton, { do: 'preview', target }),
      pressButton(texts.stopButton, { do: 'end', target }),
    ],
    listRow(state),
  ]);
}

/** A tap on a time subscribes. */
function startView(state: SettingsState): View {
  const { t, target, subscription } = state;
  const begin = (minute: number | null, text: string): Button =>
    pressButton(text, { do: 'begin', target, minute });
  const again = subscription === null ? [] : [begin(null, t.settings.startAgainButton)];
  const times = PRESET_TIMES.map((minute) => begin(minute, clockTime(minute)));
  return view(settingsText(state), [again, ...inRows(times, 4), listRow(state)]);
}

/** The way back to the list, from another chat's settings. */
function listRow({ t, target }: SettingsState): Button[] {
  return target.chatId === null ? [] : [pressButton(t.settings.chatsButton, { do: 'chats', page: 0 })];
}

export function pageButton({ target }: SettingsState, page: SettingsPage, text: string): Button {
  return pressButton(text, { do: 'settings', target, page });
}

export function pressed(press: SettingsPress, text: string, isOn = false): Button {
  return pressButton(isOn ? `✅ ${text}` : text, press);
}

export interface Question {
  t: Catalogue;
  what: Asked;
  /** Whose settings; in its own chat as well. */
  chatId: number;
  threadId: number;
  bot: string;
  /** In a group: whose answer is waited for; null where anybody's would be, or where they are not to be named. */
  person: { id: number; name: string } | null;
  /** In private a place may be sent, and the field for the answer opens by itself. */
  isPrivate: boolean;
  /** Says what was not understood, and asks again; null for the first time. */
  mistake: string | null;
}

/**
 * Asks for something that is typed. Handlers keep no state: what was asked stands in the link behind the first sign, and
 * comes back with the answer, which is a reply to this message.
 */
export function questionView(question: Question): View {
  const { t, what, chatId, threadId, person, isPrivate } = question;
  const link = startLink(question.bot, { open: 'settings', chatId, threadId, asked: what });
  const called =
    person === null
      ? html``
      : html`<a href="tg://user?id=${person.id}">${shorten(person.name, MAX_NAME_UNITS)}</a>: `;
  const place = what === 'zone' && isPrivate ? html` ${t.settings.askPlace}` : html``;
  return {
    ...view(html`<a href="${link}">⌨️</a> ${called}${question.mistake ?? t.settings.ask(what)}${place}`),
    ...(isPrivate || person !== null
      ? { ask: { placeholder: t.settings.placeholder[what], selective: !isPrivate } }
      : {}),
  };
}

/** In a channel, where buttons would stand before all readers: the way to the settings in private. */
export function channelView(state: SettingsState, chatId: number, bot: string): View {
  const link = startLink(bot, { open: 'settings', chatId, threadId: 0, asked: null });
  return view(html`${settingsText(state)}\n\n${state.t.settings.inPrivate}`, [
    [linkButton(state.t.settings.inPrivateButton, link)],
  ]);
}

/** Links that let a person choose a channel or group to add the bot to (Telegram, "Deep links": bot links for groups). */
export function addButtons(t: Catalogue, bot: string): Button[] {
  return [
    linkButton(t.settings.addChannelButton, `https://t.me/${bot}?startchannel&admin=post_messages`),
    linkButton(t.settings.addGroupButton, `https://t.me/${bot}?startgroup`),
  ];
}
