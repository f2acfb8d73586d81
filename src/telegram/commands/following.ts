/**
 * /follow: what a query would have matched lately, then the question how it is wanted. Handlers keep no state: the query
 * stands in the buttons by its token.
 */
import type { FollowMode } from '../../follows/follow.ts';
import { previewOf } from '../../follows/preview.ts';
import { readExactly, readFollow, type FollowReading, type ReadFollow } from '../../follows/reading.ts';
import { MAX_FOLLOWS } from '../../follows/follow.ts';
import type { TelegramClient } from '../client.ts';
import type { Services } from '../services.ts';
import type { Talk } from '../talk.ts';
import { shownAs, type Shown } from '../target.ts';
import { previewView } from '../views/followViews.ts';
import { html } from '../views/html.ts';
import { view, type View } from '../views/view.ts';
import { describeSchedule, formatInstant } from '../views/when.ts';
import { usualLanguage } from './settings.ts';
import { chooseTarget, splitChannel, subscribePlace } from './subscribing.ts';

const WEEK_MS = 7 * 24 * 3_600_000;

export async function followCommand(
  services: Services,
  client: TelegramClient,
  talk: Talk,
  args: string,
): Promise<void> {
  const { t, place } = talk;
  // Buttons would stand before all readers.
  if (place.chat.type === 'channel') {
    const command = `/follow ${place.chat.username === null ? String(place.chat.id) : `@${place.chat.username}`}`;
    return talk.answer(view(html`${t.follows.inPrivate(command)}`));
  }
  const { channel, rest } = splitChannel(talk, args);
  const found = await chooseTarget(services, client, talk, channel, 'change');
  if (found === null) return;
  if (rest === '') return talk.answer(view(html`${t.follows.how}`));
  const shown = shownAs(found.place, found.name !== null);
  await talk.answer(await considered(services, talk, shown, readFollow(rest, when(services))));
}

function when({ settings, now }: Services) {
  return { now: now(), zone: settings.timezone };
}

/** The preview of a query, or what is wrong with it. */
export async function considered(
  services: Services,
  { t }: Talk,
  { target, name }: Shown,
  read: ReadFollow,
): Promise<View> {
  if (!read.ok) return view(html`${t.follows.problem[read.why]}`);
  const { library, settings, bot } = services;
  const { text, query, days, other } = read.reading;
  const now = services.now();
  return previewView({
    ...{ t, target, name, text, days },
    ...{ zone: settings.timezone, bot: bot.username },
    preview: await previewOf(query, await library.seqBefore(now - WEEK_MS), library),
    token: await services.queries.remember(text, now),
    other: other === null ? null : { text: other, token: await services.queries.remember(other, now) },
  });
}

/** Null when the token is unknown: the button is from another database, or from long ago. */
export async function recallFollow(services: Services, token: string): Promise<FollowReading | null> {
  const text = await services.queries.recall(token);
  const read = text === null ? null : readExactly(text, when(services));
  return read?.ok === true ? read.reading : null;
}

/** Follows it from now on; whoever has no digest yet is subscribed along the way. */
export async function keepFollow(
  services: Services,
  talk: Talk,
  shown: Shown,
  wish: { text: string; mode: FollowMode },
): Promise<View> {
  const { t } = talk;
  const { chat, threadId } = shown.place;
  const active = await services.subscriptions.find(chat.id, threadId);
  const language = await usualLanguage(services, talk, shown);
  if (active === null) await subscribePlace(services, shown.place, language);
  const added = await services.follows.add(chat.id, threadId, wish, services.now());
  if (!added.ok) return view(html`${t.follows.tooMany(MAX_FOLLOWS)}`);
  const saved = html`⭐ ${t.follows.saved[wish.mode](wish.text)}`;
  const found = active === null ? await services.subscriptions.find(chat.id, threadId) : null;
  if (found?.nextAt == null) return view(saved);
  const schedule = describeSchedule(found.cron, found.zone, t);
  return view(
    html`${saved}\n${t.follows.alsoSubscribed(schedule, formatInstant(found.nextAt, t, found.zone))}`,
  );
}
