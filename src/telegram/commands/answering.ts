/**
 * What is typed in reply to a question of the settings, and places on the map. Nothing is remembered between question and
 * answer: the question carries what it asks for, so that the answer works after a restart as well.
 */
import type { Change } from '../../digest/change.ts';
import { findZones, zoneAt } from '../../digest/zones.ts';
import type { Asked } from '../../i18n/settingsTexts.ts';
import type { TelegramClient } from '../client.ts';
import type { Services } from '../services.ts';
import type { SettingsLink } from '../settingsData.ts';
import type { Talk } from '../talk.ts';
import { checkTarget, type Managed } from '../target.ts';
import { readPause, readQuietHours, readTimes } from '../typed.ts';
import { html, shorten } from '../views/html.ts';
import { placeView, zoneChoice } from '../views/settingsPages.ts';
import { view, type View } from '../views/view.ts';
import { question, readState, showPage } from './settings.ts';

const MAX_SHOWN_UNITS = 60;

export interface Answer {
  text: string | null;
  /** A place on the map, in degrees. */
  point: { latitude: number; longitude: number } | null;
}

export async function answerQuestion(
  services: Services,
  client: TelegramClient,
  talk: Talk,
  asked: SettingsLink & { asked: Asked },
  answer: Answer,
): Promise<void> {
  const check = await checkTarget(services, client, talk, asked);
  if (!check.ok) return talk.answer(view(html`${check.why}`));
  const { managed } = check;
  const understood = await understand(services, talk, managed, asked.asked, answer);
  if ('html' in understood) return talk.answer(understood);
  const { chat, threadId } = managed.place;
  const adjusted = await services.subscriptions.adjust(chat.id, threadId, understood, services.now());
  await talk.answer(
    adjusted.ok
      ? await showPage(services, talk.t, managed, 'main')
      : view(html`${talk.t.settings.refused[adjusted.why]}`),
  );
}

/** The change that was meant, or what to answer where it is not clear. */
async function understand(
  services: Services,
  talk: Talk,
  managed: Managed,
  what: Asked,
  { text, point }: Answer,
): Promise<Change | View> {
  const texts = talk.t.settings;
  const again = (mistake: string): View => question(services, talk, managed, what, mistake);
  const unclear = (): View => again(texts.notUnderstood(what, shorten(text ?? '📍', MAX_SHOWN_UNITS)));
  switch (what) {
    case 'times': {
      const minutes = readTimes(text ?? '');
      return minutes === null ? unclear() : { set: 'times', minutes, how: 'add' };
    }
    case 'quiet': {
      const quiet = readQuietHours(text ?? '');
      return quiet === null ? unclear() : { set: 'quiet', quiet };
    }
    case 'pause': {
      const { zone } = await zoneOf(services, talk, managed);
      const end = readPause(text ?? '', zone, services.now());
      if (end.ok) return { set: 'pause', until: end.until };
      return end.why === 'unreadable'
        ? unclear()
        : again(end.why === 'past' ? texts.pausePast : texts.pauseTooLong);
    }
    case 'zone': {
      if (point !== null) {
        const zone = zoneAt(point.latitude, point.longitude);
        return zone === null ? again(texts.placeUnknown) : { set: 'zone', zone };
      }
      const found = findZones(text ?? '');
      const [only] = found;
      if (only === undefined) return unclear();
      if (found.length === 1) return { set: 'zone', zone: only.zone };
      return zoneChoice(await readState(services, talk.t, managed), found);
    }
  }
}

async function zoneOf(services: Services, talk: Talk, managed: Managed): Promise<{ zone: string }> {
  const { subscription, defaults } = await readState(services, talk.t, managed);
  return subscription ?? defaults;
}

/** A place that nobody asked for, in private: its zone is offered for the person's own digest. */
export async function placeCommand(
  services: Services,
  client: TelegramClient,
  talk: Talk,
  point: Answer['point'],
): Promise<void> {
  const { place, t } = talk;
  const check = await checkTarget(services, client, talk, { chatId: null, threadId: place.threadId });
  if (!check.ok) return;
  const zone = point === null ? null : zoneAt(point.latitude, point.longitude);
  const state = await readState(services, t, check.managed);
  if (zone === null) return talk.answer(view(html`${t.settings.placeUnknown}`));
  if (state.subscription === null) return talk.answer(await showPage(services, t, check.managed, 'main'));
  await talk.answer(placeView(state, zone));
}
