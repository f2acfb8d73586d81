/**
 * /subscribe and /unsubscribe: here, or for a channel that the caller names in private.
 */
import type { Subscription } from '../../digest/subscription.ts';
import type { TelegramClient } from '../client.ts';
import type { Place } from '../incoming.ts';
import { checkChannel, mayManage } from '../members.ts';
import type { ChatIdentity, Services } from '../services.ts';
import type { Talk } from '../talk.ts';
import { html, shorten } from '../views/html.ts';
import { pressButton, view, type View } from '../views/view.ts';
import { describeSchedule, formatInstant } from '../views/when.ts';

const MAX_SHOWN_UNITS = 60;

export async function subscribeCommand(
  services: Services,
  client: TelegramClient,
  talk: Talk,
  args: string,
): Promise<void> {
  const target = await chooseTarget(services, client, talk, args, 'post');
  if (target === null) return;
  const { place, name } = target;
  const { created, subscription } = await subscribePlace(services, place, talk.language);
  const { t } = talk;
  const schedule = describeSchedule(subscription.cron, subscription.zone, t);
  const next = subscription.nextAt === null ? '–' : formatInstant(subscription.nextAt, t, subscription.zone);
  const buttons = [
    [
      pressButton(t.settings.openButton, { do: 'command', name: 'settings' }),
      pressButton(t.digestButton, { do: 'command', name: 'digest' }),
    ],
  ];
  if (name === null) {
    const text = created ? t.subscribed(schedule, next) : t.alreadySubscribed(schedule, next);
    await talk.answer(view(html`🔔 ${text}`, place.chat.type === 'channel' ? [] : buttons));
  } else {
    const say = created ? t.subscribedChannel : t.alreadySubscribedChannel;
    await talk.answer(view(html`🔔 ${say(name, schedule, next)}`));
  }
}

/**
 * Subscribes a chat or topic; one that is subscribed stays as it is.
 *
 * @param chosenCron null takes the schedule that it had before, or that of the settings
 */
export async function subscribePlace(
  services: Pick<Services, 'settings' | 'subscriptions' | 'chats' | 'now'>,
  place: Place,
  language: 'vi' | 'en',
  chosenCron: string | null = null,
): Promise<{ created: boolean; subscription: Subscription }> {
  const { settings, subscriptions, chats } = services;
  const now = services.now();
  const { id: chatId } = place.chat;
  await chats.meet(place.chat, now);
  const { threadId } = place;
  const fallback = { cron: settings.digestCron, zone: settings.timezone };
  const created = await subscriptions.subscribe({ chatId, threadId, chosenCron, fallback, language, now });
  const subscription = await subscriptions.find(chatId, threadId);
  if (subscription === null) throw new Error('a subscription vanished while it was made');
  return { created, subscription };
}

export async function unsubscribeCommand(
  services: Services,
  client: TelegramClient,
  talk: Talk,
  args: string,
): Promise<void> {
  const target = await chooseTarget(services, client, talk, args, 'stop');
  if (target === null) return;
  const { t } = talk;
  const { place, name } = target;
  const done = await services.subscriptions.unsubscribe(place.chat.id, place.threadId, services.now());
  await talk.answer(view(html`${answer()}`));

  function answer(): string {
    if (name !== null) return done ? t.unsubscribedChannel(name) : t.notSubscribedChannel(name);
    return done ? t.unsubscribed : t.notSubscribed;
  }
}

export interface CommandTarget {
  place: Place;
  /** How the channel is called; null for the chat in which the command was given. */
  name: string | null;
  canPost: boolean;
}

/** Where a subscription is to change; null when the person may not change it, and was told so. */
export async function chooseTarget(
  services: Services,
  client: TelegramClient,
  talk: Talk,
  args: string,
  purpose: 'post' | 'stop' | 'change',
): Promise<CommandTarget | null> {
  const { place, speaker, t } = talk;
  if (args !== '' && place.chat.type === 'private') {
    return chooseChannel(services, client, talk, args, purpose);
  }
  if (await mayManage(client, place.chat, speaker)) return { place, name: null, canPost: true };
  await talk.answer(view(html`${t.adminsOnly}`));
  return null;
}

async function chooseChannel(
  services: Services,
  client: TelegramClient,
  talk: Talk,
  args: string,
  purpose: 'post' | 'stop' | 'change',
): Promise<CommandTarget | null> {
  const { t, speaker } = talk;
  const shown = shorten(args, MAX_SHOWN_UNITS);
  const ref = readChannelName(args);
  if (ref === null || speaker.userId === null) {
    await talk.answer(view(html`${t.channelUnknown(shown)}`));
    return null;
  }
  const check = await checkChannel(client, ref, speaker.userId, services.bot.id);
  if (check.kind === 'unknown') {
    await talk.answer(view(html`${t.channelUnknown(shown)}`));
    return null;
  }
  const isTheirs = check.kind === 'ok' || check.kind === 'bot-cannot-post';
  // What a private channel is called is nothing for people who only guess its number.
  const name = isTheirs || check.chat.username !== null ? channelName(check.chat) : shown;
  // Only to begin one the bot has to be able to post.
  const isFine = check.kind === 'ok' || (check.kind === 'bot-cannot-post' && purpose !== 'post');
  if (isFine) {
    // They have just been found to be an admin there, so /chats shows it from now on.
    await services.chats.meet(check.chat, services.now());
    await services.chats.rememberAdmins(check.chat.id, [speaker.userId], services.now());
    return { place: { chat: check.chat, threadId: 0 }, name, canPost: check.kind === 'ok' };
  }
  const problem: View =
    check.kind === 'not-yours'
      ? view(html`${t.channelNotYours(name)}`)
      : view(html`${t.channelBotNotAdmin(name, `@${services.bot.username}`)}`);
  await talk.answer(problem);
  return null;
}

/** In private a channel's name may stand before what else a command says: `/pause @channel 3d`. Empty for none. */
export function splitChannel({ place }: Talk, args: string): { channel: string; rest: string } {
  const [first = '', ...more] = args.split(/\s+/u);
  return place.chat.type !== 'private' || readChannelName(first) === null
    ? { channel: '', rest: args }
    : { channel: first, rest: more.join(' ') };
}

/** "@name", "t.me/name" or an id such as -1001234567890; null for anything else. */
function readChannelName(text: string): string | number | null {
  const name = /^(?:@|(?:https?:\/\/)?t\.me\/)([A-Za-z]\w{3,31})\/?$/u.exec(text)?.[1];
  if (name !== undefined) return `@${name}`;
  const id = Number(text);
  return /^-\d{1,16}$/u.test(text) && Number.isSafeInteger(id) ? id : null;
}

function channelName(chat: ChatIdentity): string {
  return chat.username === null ? (chat.title ?? String(chat.id)) : `@${chat.username}`;
}
