/**
 * Who may change a chat's subscription: asked of Telegram each time, about the caller and not only about the bot.
 */
import { TelegramError } from 'telegraf';
import type { ChatMember } from 'telegraf/types';
import { judge } from '../delivery/outcome.ts';
import type { TelegramClient } from './client.ts';
import type { Speaker } from './incoming.ts';
import { placeOf } from './incoming.ts';
import type { ChatIdentity } from './services.ts';

/** `anonymously`: an admin who does not want to be named in the chat. */
export type Management = 'no' | 'yes' | 'anonymously';

/** Whether the speaker is an admin of the chat. In a private chat everybody is. Throws when Telegram does not answer. */
export async function management(
  client: TelegramClient,
  chat: ChatIdentity,
  speaker: Speaker,
): Promise<Management> {
  if (chat.type === 'private') return 'yes';
  if (speaker.speaksForChat) return 'anonymously';
  if (speaker.userId === null) return 'no';
  const found = await member(client, chat.id, speaker.userId);
  if (!isAdmin(found)) return 'no';
  return found !== null && 'is_anonymous' in found && found.is_anonymous ? 'anonymously' : 'yes';
}

export async function mayManage(
  client: TelegramClient,
  chat: ChatIdentity,
  speaker: Speaker,
): Promise<boolean> {
  return (await management(client, chat, speaker)) !== 'no';
}

/** True when Telegram says that the person is an admin there; false also when it cannot tell. */
export async function isAdminOf(client: TelegramClient, chatId: number, userId: number): Promise<boolean> {
  return isAdmin(await member(client, chatId, userId));
}

export type ChannelCheck =
  | { kind: 'ok'; chat: ChatIdentity }
  /** There is none, or the bot cannot see it, or it is no channel or group. */
  | { kind: 'unknown' }
  | { kind: 'not-yours'; chat: ChatIdentity }
  /** The bot is not there, so that Telegram does not tell who its admins are. */
  | { kind: 'bot-outside'; chat: ChatIdentity }
  /** The caller is an admin, and the bot could not post. */
  | { kind: 'bot-cannot-post'; chat: ChatIdentity };

/** Whether `userId` may subscribe the channel, and whether the bot could then post there. */
export async function checkChannel(
  client: TelegramClient,
  ref: string | number,
  userId: number,
  botId: number,
): Promise<ChannelCheck> {
  let chat: ChatIdentity;
  try {
    chat = placeOf(await client.callApi('getChat', { chat_id: ref })).chat;
  } catch (error) {
    if (isRefusal(error)) return { kind: 'unknown' };
    throw error;
  }
  if (chat.type === 'private') return { kind: 'unknown' };
  const caller = await member(client, chat.id, userId);
  if (caller !== null && !isAdmin(caller)) return { kind: 'not-yours', chat };
  const bot = await member(client, chat.id, botId);
  if (caller === null) return { kind: canPost(bot, chat.type) ? 'not-yours' : 'bot-outside', chat };
  return canPost(bot, chat.type) ? { kind: 'ok', chat } : { kind: 'bot-cannot-post', chat };
}

/** Null when Telegram says that it cannot tell, as for a member of a channel in which the bot is no admin. */
async function member(client: TelegramClient, chatId: number, userId: number): Promise<ChatMember | null> {
  try {
    return await client.callApi('getChatMember', { chat_id: chatId, user_id: userId });
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

function isAdmin(found: ChatMember | null): boolean {
  return found?.status === 'creator' || found?.status === 'administrator';
}

export function canPost(bot: ChatMember | null, type: ChatIdentity['type']): boolean {
  switch (bot?.status) {
    case 'creator':
      return true;
    case 'administrator':
      return type !== 'channel' || bot.can_post_messages === true;
    case 'member':
      return type !== 'channel';
    case 'restricted':
      return type !== 'channel' && bot.can_send_messages;
    default:
      return false;
  }
}

/** Telegram said no for good; a flood or a failure is no answer to the question. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof TelegramError)) return false;
  const { code, description } = error;
  return (
    (code === 400 || code === 403) &&
    judge({ kind: 'answer', status: code, body: { ok: false, error_code: code, description } }).kind !==
      'retryAt'
  );
}
