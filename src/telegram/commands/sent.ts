/**
 * /digest with a day: what this chat, or a channel that is named in private, was sent then, word for word.
 */
import { KEPT_DAYS } from '../../delivery/outbox.ts';
import { addDays, dayOf, dayStart, parseDay } from '../../search/days.ts';
import type { TelegramClient } from '../client.ts';
import type { Place } from '../incoming.ts';
import type { SentMessage, Services } from '../services.ts';
import type { Talk } from '../talk.ts';
import { checkTarget } from '../target.ts';
import { html, shorten } from '../views/html.ts';
import { pressButton, view, type Button, type View } from '../views/view.ts';
import { formatInstant, formatLongDay } from '../views/when.ts';
import { digestCommand } from './status.ts';
import { chooseTarget, splitChannel } from './subscribing.ts';

const MAX_SEEN_UNITS = 40;
/** Telegram takes some twenty messages a minute into a group; the rest is behind a button. */
const MAX_MESSAGES = 8;

export async function sentCommand(
  services: Services,
  client: TelegramClient,
  talk: Talk,
  args: string,
): Promise<void> {
  const { t } = talk;
  const { channel, rest } = splitChannel(talk, args);
  const place =
    channel === ''
      ? talk.place
      : ((await chooseTarget(services, client, talk, channel, 'change'))?.place ?? null);
  if (place === null) return;
  if (rest === '') return digestCommand(services, talk, place);
  const today = dayOf(services.now(), await zoneOf(services, place));
  const day = parseDay(rest, today);
  if (day === null) return talk.answer(view(html`${t.edition.dayHow(shorten(rest, MAX_SEEN_UNITS))}`));
  if (day > today) return talk.answer(view(html`${t.edition.dayToCome(formatLongDay(day, t))}`));
  return answerSent(services, talk, place, { day, skip: 0 });
}

/** A button under what was sent: more of it, or another day. */
export async function turnSent(
  services: Services,
  client: TelegramClient,
  talk: Talk,
  { chatId, day, skip }: { chatId: number | null; day: string; skip: number },
): Promise<void> {
  if (chatId === null) return answerSent(services, talk, talk.place, { day, skip });
  const check = await checkTarget(services, client, talk, { chatId, threadId: 0 });
  if (check.ok) return answerSent(services, talk, check.managed.place, { day, skip });
  talk.toast = check.why;
}

/** @param skip how many of that day's messages were shown already */
async function answerSent(
  services: Services,
  talk: Talk,
  place: Place,
  { day, skip }: { day: string; skip: number },
): Promise<void> {
  const { t } = talk;
  const zone = await zoneOf(services, place);
  const span = { from: Date.parse(dayStart(day, zone)), to: Date.parse(dayStart(addDays(day, 1), zone)) };
  const where = { chatId: place.chat.id, threadId: place.threadId };
  const { messages, total } = await services.deliveries.sentIn(where, span, { skip, limit: MAX_MESSAGES });
  if (messages.length === 0) return talk.answer(await nothing(services, talk, place, day));
  const left = total - skip - messages.length;
  for (const [index, message] of messages.entries()) {
    const { html: markup, buttons } = shown(message, talk, zone);
    const isLast = index === messages.length - 1;
    const next = { text: t.edition.sentMore(left), day, skip: skip + messages.length };
    const more = isLast && left > 0 ? moreButtons(talk, place, next) : [];
    await talk.answer({ html: markup, buttons: [...buttons, ...more] });
  }
}

/** In a channel a button would stand before all readers, who are not answered. */
function moreButtons(
  talk: Talk,
  place: Place,
  { text, ...more }: { text: string; day: string; skip: number },
): Button[][] {
  if (talk.place.chat.type === 'channel') return [];
  const chatId = place.chat.id === talk.place.chat.id ? null : place.chat.id;
  return [[pressButton(text, { do: 'sent', chatId, ...more })]];
}

/** The first message of an edition says when it was sent; `pack` left room for that. */
function shown({ at, part, isCertain, content }: SentMessage, { t }: Talk, zone: string): View {
  if (part > 0 && isCertain) return content;
  const when = formatInstant(at, t, zone);
  const line = isCertain ? t.edition.sentAt(when) : t.edition.sentInDoubt(when);
  return { html: `${html`<i>${line}</i>\n\n`.html}${content.html}`, buttons: content.buttons };
}

async function nothing(services: Services, talk: Talk, place: Place, day: string): Promise<View> {
  const { t } = talk;
  const zone = await zoneOf(services, place);
  const isForgotten = day < addDays(dayOf(services.now(), zone), -KEPT_DAYS);
  const name = formatLongDay(day, t);
  const text = isForgotten ? t.edition.sentTooOld(name, KEPT_DAYS) : t.edition.sentNone(name);
  const last = await services.deliveries.last(place.chat.id, place.threadId);
  const lastDay = last?.outcome === 'sent' ? dayOf(last.slot, zone) : null;
  if (lastDay === null || lastDay === day) return view(html`${text}`);
  const label = t.edition.sentLast(formatLongDay(lastDay, t));
  return view(html`${text}`, moreButtons(talk, place, { text: label, day: lastDay, skip: 0 }));
}

async function zoneOf(services: Services, place: Place): Promise<string> {
  const known = await services.subscriptions.known(place.chat.id, place.threadId);
  return known?.zone ?? services.settings.timezone;
}
