/**
 * Whose settings somebody means, and whether they may change them: asked of Telegram at each press and each answer,
 * about the person and not only about the bot.
 */
import type { TelegramClient } from './client.ts';
import type { Place } from './incoming.ts';
import { checkChannel, management } from './members.ts';
import type { ChatIdentity, Services } from './services.ts';
import type { Target } from './settingsData.ts';
import type { Talk } from './talk.ts';

export interface Managed {
  place: Place;
  /** As buttons are to say it from now on: a group may have moved. */
  target: Target;
  /** Of the channel or group; null when it is the chat in which the person speaks. */
  name: string | null;
  /** Whether the bot could post there. */
  canPost: boolean;
  /** The person may be named in the chat. */
  isNamed: boolean;
}

/** A chat of which something is shown, as its buttons are to name it. */
export type Shown = Pick<Managed, 'place' | 'target' | 'name'>;

/** @param isElsewhere it is another chat than the one in which the person speaks */
export function shownAs(place: Place, isElsewhere: boolean): Shown {
  const target = { chatId: isElsewhere ? place.chat.id : null, threadId: place.threadId };
  return { place, target, name: isElsewhere ? chatName(place.chat) : null };
}

export type TargetCheck = { ok: true; managed: Managed } | { ok: false; why: string };

/** `why` is in words, at most 200 characters. */
export async function checkTarget(
  services: Services,
  client: TelegramClient,
  talk: Talk,
  target: Target,
): Promise<TargetCheck> {
  const { chat } = talk.place;
  if (target.chatId === null || target.chatId === chat.id)
    return checkHere(services, client, talk, target.threadId);
  return checkElsewhere(services, client, talk, target);
}

async function checkHere(
  services: Services,
  client: TelegramClient,
  { place: { chat }, speaker, t }: Talk,
  threadId: number,
): Promise<TargetCheck> {
  const found = await management(client, chat, speaker);
  if (found === 'no') return { ok: false, why: t.adminsOnly };
  if (chat.type !== 'private' && speaker.userId !== null) {
    await services.chats.rememberAdmins(chat.id, [speaker.userId], services.now());
  }
  const target = { chatId: null, threadId };
  const isNamed = found === 'yes';
  return { ok: true, managed: { place: { chat, threadId }, target, name: null, canPost: true, isNamed } };
}

/** Only from private chats: elsewhere a press would show what is set in another chat. */
async function checkElsewhere(
  services: Services,
  client: TelegramClient,
  { place, speaker, t }: Talk,
  { chatId, threadId }: Target,
): Promise<TargetCheck> {
  if (place.chat.type !== 'private' || speaker.userId === null || chatId === null) {
    return { ok: false, why: t.expired };
  }
  const check = await checkChannel(client, chatId, speaker.userId, services.bot.id);
  if (check.kind === 'unknown' || check.kind === 'bot-outside') {
    return { ok: false, why: t.settings.toastBotOutside };
  }
  if (check.kind === 'not-yours') {
    await services.chats.forgetAdmin(chatId, speaker.userId);
    return { ok: false, why: t.settings.toastNotYours };
  }
  return { ok: true, managed: await elsewhere(services, check, speaker.userId, threadId) };
}

/** A chat of which Telegram has just said that the person is an admin. */
export async function elsewhere(
  services: Services,
  { chat, kind }: { chat: ChatIdentity; kind: 'ok' | 'bot-cannot-post' },
  userId: number,
  threadId: number,
): Promise<Managed> {
  const now = services.now();
  await services.chats.meet(chat, now);
  await services.chats.rememberAdmins(chat.id, [userId], now);
  const target = { chatId: chat.id, threadId };
  return { place: { chat, threadId }, target, name: chatName(chat), canPost: kind === 'ok', isNamed: true };
}

export function chatName(chat: ChatIdentity): string {
  return chat.title ?? (chat.username === null ? String(chat.id) : `@${chat.username}`);
}
