/**
 * /digest with a day: what this chat was sent then, word for word.
 */
import { KEPT_DAYS } from '../../delivery/outbox.ts';
import { addDays, dayOf, dayStart, parseDay } from '../../search/days.ts';
import type { SentMessage, Services } from '../services.ts';
import type { Talk } from '../talk.ts';
import { html, shorten } from '../views/html.ts';
import { pressButton, view, type Button, type View } from '../views/view.ts';
import { formatInstant, formatLongDay } from '../views/when.ts';

const MAX_SEEN_UNITS = 40;
/** Telegram takes some twenty messages a minute into a group; the rest is behind a button. */
const MAX_MESSAGES = 8;

export async function sentCommand(services: Services, talk: Talk, args: string): Promise<void> {
  const { t } = talk;
  const today = dayOf(services.now(), await zoneOf(services, talk));
  const day = parseDay(args, today);
  if (day === null) return talk.answer(view(html`${t.edition.dayHow(shorten(args, MAX_SEEN_UNITS))}`));
  if (day > today) return talk.answer(view(html`${t.edition.dayToCome(formatLongDay(day, t))}`));
  return answerSent(services, talk, { day, skip: 0 });
}

/** @param skip how many of that day's messages were shown already */
export async function answerSent(
  services: Services,
  talk: Talk,
  { day, skip }: { day: string; skip: number },
): Promise<void> {
  const { t, place } = talk;
  const zone = await zoneOf(services, talk);
  const span = { from: Date.parse(dayStart(day, zone)), to: Date.parse(dayStart(addDays(day, 1), zone)) };
  const where = { chatId: place.chat.id, threadId: place.threadId };
  const { messages, total } = await services.deliveries.sentIn(where, span, { skip, limit: MAX_MESSAGES });
  if (messages.length === 0) return talk.answer(await nothing(services, talk, day, zone));
  const left = total - skip - messages.length;
  for (const [index, message] of messages.entries()) {
    const { html: markup, buttons } = shown(message, talk, zone);
    const isLast = index === messages.length - 1;
    // In a channel a button would stand before all readers, who are not answered.
    const isMore = isLast && left > 0 && place.chat.type !== 'channel';
    const next = pressButton(t.edition.sentMore(left), { do: 'sent', day, skip: skip + messages.length });
    await talk.answer({ html: markup, buttons: isMore ? [...buttons, [next]] : buttons });
  }
}

/** The first message of an edition says when it was sent; `pack` left room for that. */
function shown({ at, part, isCertain, content }: SentMessage, { t }: Talk, zone: string): View {
  if (part > 0 && isCertain) return content;
  const when = formatInstant(at, t, zone);
  const line = isCertain ? t.edition.sentAt(when) : t.edition.sentInDoubt(when);
  return { html: `${html`<i>${line}</i>\n\n`.html}${content.html}`, buttons: content.buttons };
}

async function nothing(services: Services, { t, place }: Talk, day: string, zone: string): Promise<View> {
  const isForgotten = day < addDays(dayOf(services.now(), zone), -KEPT_DAYS);
  const name = formatLongDay(day, t);
  const text = isForgotten ? t.edition.sentTooOld(name, KEPT_DAYS) : t.edition.sentNone(name);
  const last = await services.deliveries.last(place.chat.id, place.threadId);
  const lastDay = last?.outcome === 'sent' ? dayOf(last.slot, zone) : null;
  const buttons: Button[] =
    lastDay === null || lastDay === day || place.chat.type === 'channel'
      ? []
      : [pressButton(t.edition.sentLast(formatLongDay(lastDay, t)), { do: 'sent', day: lastDay, skip: 0 })];
  return view(html`${text}`, [buttons]);
}

async function zoneOf(services: Services, { place }: Talk): Promise<string> {
  const known = await services.subscriptions.known(place.chat.id, place.threadId);
  return known?.zone ?? services.settings.timezone;
}
