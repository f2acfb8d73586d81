/**
 * /settings, and every button of it. Each press asks whether the person may, changes one thing in one transaction, and
 * shows what is set now in the place of the message.
 */
import { applyChange, type Change, type Refusal } from '../../digest/change.ts';
import { isZone } from '../../digest/zones.ts';
import { DEFAULT_STYLE, type Preferences, type Subscription } from '../../digest/subscription.ts';
import { catalogue, type Catalogue } from '../../i18n/catalogue.ts';
import type { TelegramClient } from '../client.ts';
import { mayManage } from '../members.ts';
import type { Services } from '../services.ts';
import type { SettingsPage, SettingsPress, Target } from '../settingsData.ts';
import type { Talk } from '../talk.ts';
import { checkTarget, shownAs, type Managed, type Shown } from '../target.ts';
import { html } from '../views/html.ts';
import { settingsView } from '../views/settingsPages.ts';
import { channelView, questionView, settingsText, type SettingsState } from '../views/settingsView.ts';
import { view, type View } from '../views/view.ts';
import { digestFor } from './status.ts';
import { chooseTarget, subscribePlace } from './subscribing.ts';
import type { Asked } from '../../i18n/settingsTexts.ts';

export async function settingsCommand(
  services: Services,
  client: TelegramClient,
  talk: Talk,
  args: string,
): Promise<void> {
  const { place, speaker, t } = talk;
  if (args !== '' && place.chat.type === 'private') {
    const found = await chooseTarget(services, client, talk, args, 'change');
    if (found === null) return;
    return talk.answer(await showPage(services, t, shownAs(found.place, true), 'main'));
  }
  const here = shownAs(place, false);
  if (place.chat.type === 'channel') {
    const state = await readState(services, t, here);
    return talk.answer(channelView(state, place.chat.id, services.bot.username));
  }
  if (await mayManage(client, place.chat, speaker)) {
    return talk.answer(await showPage(services, t, here, 'main'));
  }
  const state = await readState(services, t, here);
  // Everybody may read what is set; where nothing is, there is nothing to choose for them.
  const text = state.subscription?.nextAt == null ? html`${t.statusNone}` : settingsText(state);
  await talk.answer(view(html`${text}\n<i>${t.settings.adminsChange}</i>`));
}

/** A link into the bot, to the settings of a channel or group. */
export async function openSettings(
  services: Services,
  client: TelegramClient,
  talk: Talk,
  target: Target,
): Promise<void> {
  const check = await checkTarget(services, client, talk, target);
  const page = check.ok ? await showPage(services, talk.t, check.managed, 'main') : view(html`${check.why}`);
  await talk.answer(page);
}

export async function pressSettings(
  services: Services,
  client: TelegramClient,
  talk: Talk,
  press: SettingsPress,
): Promise<void> {
  const check = await checkTarget(services, client, talk, press.target);
  if (!check.ok) {
    talk.toast = check.why;
    return;
  }
  const { managed } = check;
  const { chat, threadId } = managed.place;
  switch (press.do) {
    case 'settings':
      return talk.replace(await showPage(services, talk.t, managed, press.page));
    case 'change': {
      const why = await change(services, managed, press.change);
      if (why !== null) talk.toast = talk.t.settings.refused[why];
      else await talk.replace(await showPage(services, talk.t, managed, pageAfter(press.change)));
      return;
    }
    case 'begin':
      return begin(services, talk, managed, press.minute);
    case 'end':
      await services.subscriptions.unsubscribe(chat.id, threadId, services.now());
      return talk.replace(await showPage(services, talk.t, managed, 'main'));
    case 'speak': {
      await services.chats.chooseLanguage(chat.id, press.language);
      // What is set here speaks the language that was chosen here.
      const t = managed.name === null ? catalogue(press.language) : talk.t;
      return talk.replace(await showPage(services, t, managed, 'main'));
    }
    case 'preview':
      for (const part of await digestFor(services, talk, managed.place)) await talk.answer(part);
      return;
    case 'ask':
      return talk.answer(question(services, talk, managed, press.what, null));
  }
}

/** Where one time or day was chosen, another one may follow; of everything else there is only one. */
function pageAfter(done: Change): SettingsPage {
  return done.set === 'times' ? 'times' : done.set === 'days' ? 'days' : 'main';
}

async function begin(services: Services, talk: Talk, managed: Managed, minute: number | null): Promise<void> {
  if (!managed.canPost) {
    talk.toast = talk.t.settings.cannotPost(`@${services.bot.username}`);
    return;
  }
  const wish: Change | null = minute === null ? null : { set: 'times', minutes: [minute], how: 'only' };
  const why = await start(services, talk, managed, wish);
  if (why !== null) talk.toast = talk.t.settings.refused[why];
  else await talk.replace(await showPage(services, talk.t, managed, 'main'));
}

/** Null when it is done. */
async function change(
  services: Services,
  { place }: Managed,
  wish: Change,
): Promise<Refusal | 'none' | null> {
  if (wish.set === 'zone' && !isZone(wish.zone)) return 'never';
  const { chat, threadId } = place;
  const adjusted = await services.subscriptions.adjust(chat.id, threadId, wish, services.now());
  return adjusted.ok ? null : adjusted.why;
}

/**
 * Subscribes with a schedule, unless it is subscribed already.
 *
 * @param wish what becomes of the schedule that it has, or would have; null takes it as it is
 * @returns null when it is done
 */
export async function start(
  services: Services,
  talk: Talk,
  { place, name }: Pick<Managed, 'place' | 'name'>,
  wish: Change | null,
): Promise<Refusal | null> {
  const { chat, threadId } = place;
  const kept = await services.subscriptions.known(chat.id, threadId);
  const changed = wish === null ? null : applyChange(kept ?? usual(services), wish, services.now());
  if (changed?.ok === false) return changed.why;
  const language = await usualLanguage(services, talk, { place, name });
  await subscribePlace(services, place, language, changed?.preferences.cron ?? null);
  return null;
}

/** In which a digest begins: that of another chat if it has one, else of whoever chooses. */
export async function usualLanguage(
  services: Services,
  talk: Talk,
  { place, name }: Pick<Managed, 'place' | 'name'>,
): Promise<'vi' | 'en'> {
  const own = name === null ? null : await services.chats.language(place.chat.id);
  return own ?? talk.language;
}

/** What a chat has that has chosen nothing. */
function usual({ settings }: Services): Preferences {
  const { digestCron: cron, timezone: zone } = settings;
  return {
    ...{ cron, zone, style: DEFAULT_STYLE, maxItems: null },
    ...{ silent: false, quiet: null, tellsQuietDay: false, pausedUntil: null },
  };
}

export async function readState(services: Services, t: Catalogue, shown: Shown): Promise<SettingsState> {
  const { place, target, name } = shown;
  const { timezone: zone, digestMaxItems: maxItems } = services.settings;
  const subscription: Subscription | null = await services.subscriptions.known(place.chat.id, place.threadId);
  return { t, target, name, subscription, defaults: { zone, maxItems }, now: services.now() };
}

export async function showPage(
  services: Services,
  t: Catalogue,
  shown: Shown,
  page: SettingsPage,
): Promise<View> {
  return settingsView(await readState(services, t, shown), page);
}

/** @param mistake what was wrong with the answer before; null for the first time */
export function question(
  services: Services,
  { t, place, speaker }: Talk,
  managed: Managed,
  what: Asked,
  mistake: string | null,
): View {
  const { chat, threadId } = managed.place;
  const isPrivate = place.chat.type === 'private';
  const { userId: id, firstName: name } = speaker;
  // An admin who is anonymous in the group is not to be named by the bot.
  const person = isPrivate || !managed.isNamed || id === null || name === null ? null : { id, name };
  const bot = services.bot.username;
  return questionView({ t, what, chatId: chat.id, threadId, bot, person, isPrivate, mistake });
}
