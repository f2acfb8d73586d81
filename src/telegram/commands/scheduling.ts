/**
 * /schedule, /pause and /resume, for whoever would rather type: here, or for a channel that is named in private. What is
 * set is read back in words.
 */
import type { Change } from '../../digest/change.ts';
import { readSchedule } from '../../digest/schedule.ts';
import type { TelegramClient } from '../client.ts';
import type { Services } from '../services.ts';
import type { Talk } from '../talk.ts';
import { shownAs, type Shown } from '../target.ts';
import { readPause, readTimes } from '../typed.ts';
import { html, shorten } from '../views/html.ts';
import { settingsText } from '../views/settingsView.ts';
import { view } from '../views/view.ts';
import { readState, showPage, start } from './settings.ts';
import { chooseTarget, splitChannel } from './subscribing.ts';

const MAX_SHOWN_UNITS = 60;

export async function scheduleCommand(
  services: Services,
  client: TelegramClient,
  talk: Talk,
  args: string,
): Promise<void> {
  const { t } = talk;
  const found = await findTarget(services, client, talk, args, 'post');
  if (found === null) return;
  const { shown, rest } = found;
  if (rest === '') return talk.answer(view(html`${t.settings.scheduleHow}`));
  const now = services.now();
  const { subscription, defaults } = await readState(services, t, shown);
  const wish = readWish(rest, (subscription ?? defaults).zone, now);
  if (typeof wish === 'string') {
    return talk.answer(view(html`${t.settings.scheduleProblem[wish]}\n\n${t.settings.scheduleHow}`));
  }
  const { chat, threadId } = shown.place;
  const adjusted =
    subscription?.nextAt == null ? null : await services.subscriptions.adjust(chat.id, threadId, wish, now);
  const why =
    adjusted === null ? await start(services, talk, shown, wish) : adjusted.ok ? null : adjusted.why;
  if (why === null) return readBack(services, talk, shown);
  await talk.answer(view(html`${t.settings.refused[why]}`));
}

/** Times of the day, or crons; otherwise what is wrong with them. */
function readWish(text: string, zone: string, now: number): Change | 'unreadable' | 'never' {
  const minutes = readTimes(text);
  if (minutes !== null) return { set: 'times', minutes, how: 'only' };
  const result = readSchedule(text, zone, now);
  return result.ok ? { set: 'schedule', cron: result.schedule } : result.problem;
}

export async function pauseCommand(
  services: Services,
  client: TelegramClient,
  talk: Talk,
  args: string,
): Promise<void> {
  const { t, place } = talk;
  const found = await findTarget(services, client, talk, args, 'change');
  if (found === null) return;
  const { shown, rest } = found;
  const { subscription } = await readState(services, t, shown);
  if (subscription?.nextAt == null) return talk.answer(view(html`${t.settings.refused.none}`));
  if (rest === '' && place.chat.type !== 'channel') {
    return talk.answer(await showPage(services, t, shown, 'pause'));
  }
  const end = readPause(rest, subscription.zone, services.now());
  if (end.ok) return set(services, talk, shown, { set: 'pause', until: end.until });
  const texts = t.settings;
  const problem = {
    unreadable: texts.notUnderstood('pause', shorten(rest, MAX_SHOWN_UNITS)),
    past: texts.pausePast,
    'too-long': texts.pauseTooLong,
  }[end.why];
  await talk.answer(view(html`${problem}`));
}

export async function resumeCommand(
  services: Services,
  client: TelegramClient,
  talk: Talk,
  args: string,
): Promise<void> {
  const { t } = talk;
  const found = await findTarget(services, client, talk, args, 'change');
  if (found === null) return;
  const { subscription, now } = await readState(services, t, found.shown);
  if (subscription?.nextAt == null) return talk.answer(view(html`${t.settings.refused.none}`));
  if (subscription.pausedUntil === null || subscription.pausedUntil <= now) {
    return talk.answer(view(html`${t.settings.notPaused}`));
  }
  await set(services, talk, found.shown, { set: 'pause', until: null });
}

async function set(services: Services, talk: Talk, shown: Shown, change: Change): Promise<void> {
  const { chat, threadId } = shown.place;
  const adjusted = await services.subscriptions.adjust(chat.id, threadId, change, services.now());
  if (adjusted.ok) return readBack(services, talk, shown);
  await talk.answer(view(html`${talk.t.settings.refused[adjusted.why]}`));
}

/** In a channel without buttons: they would stand before all readers. */
async function readBack(services: Services, talk: Talk, shown: Shown): Promise<void> {
  const isChannel = talk.place.chat.type === 'channel';
  await talk.answer(
    isChannel
      ? view(settingsText(await readState(services, talk.t, shown)))
      : await showPage(services, talk.t, shown, 'main'),
  );
}

/** Null when the person may not, and was told so. */
async function findTarget(
  services: Services,
  client: TelegramClient,
  talk: Talk,
  args: string,
  purpose: 'post' | 'change',
): Promise<{ shown: Shown; rest: string } | null> {
  const { channel, rest } = splitChannel(talk, args);
  const found = await chooseTarget(services, client, talk, channel, purpose);
  if (found === null) return null;
  return { shown: shownAs(found.place, found.name !== null), rest };
}
