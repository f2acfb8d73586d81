/**
 * Reads what the bot needs out of an update: who speaks, where, and which command. Pure; telegraf's types stop here.
 */
import type { Chat, Message, Update } from 'telegraf/types';
import type { ChatIdentity } from './services.ts';

/** Telegram shows anonymous admins of a group as this account (Bot API, Message.from). */
const GROUP_ANONYMOUS_BOT = 1_087_968_824;

export interface Place {
  chat: ChatIdentity;
  /** 0 for the whole chat and for the General topic, which takes no thread id. */
  threadId: number;
}

export interface Speaker {
  /** Null for posts of a channel and for people who speak as a chat. */
  userId: number | null;
  /** IETF tag; undefined when Telegram gave none. */
  languageCode: string | undefined;
  /** Speaks as the group itself, which only its admins can, or posted in a channel, likewise. */
  speaksForChat: boolean;
}

export interface Command {
  /** In lower case, without the slash. */
  name: string;
  args: string;
}

export function placeOf(chat: Chat, message?: Message): Place {
  const topic = message !== undefined && 'is_topic_message' in message && message.is_topic_message;
  return {
    chat: {
      id: chat.id,
      type: chat.type,
      title: 'title' in chat ? chat.title : null,
      username: 'username' in chat ? (chat.username ?? null) : null,
    },
    threadId: topic ? (message.message_thread_id ?? 0) : 0,
  };
}

export function speakerOf(message: Message): Speaker {
  const asChat = 'sender_chat' in message && message.sender_chat.id === message.chat.id;
  const from = 'from' in message ? message.from : undefined;
  const isPerson = from !== undefined && !from.is_bot && !('sender_chat' in message);
  return {
    userId: isPerson ? from.id : null,
    languageCode: isPerson ? from.language_code : undefined,
    speaksForChat:
      message.chat.type === 'channel' || (asChat && (from === undefined || from.id === GROUP_ANONYMOUS_BOT)),
  };
}

/** The text of a message, or the caption of its picture; null when it has none. */
export function textOf(message: Message): string | null {
  if ('text' in message) return message.text;
  return 'caption' in message ? (message.caption ?? null) : null;
}

/** The command that a text begins with; null when there is none, or it is for another bot. */
export function readCommand(text: string, me: string): Command | null {
  const match = /^\/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{3,32}))?(?:\s+([\s\S]*))?$/u.exec(text.trim());
  if (match === null) return null;
  const [, name = '', bot, args = ''] = match;
  if (bot !== undefined && bot.toLowerCase() !== me.toLowerCase()) return null;
  return { name: name.toLowerCase(), args: args.trim() };
}

/** The chat whose updates are to be handled in order with this one; the person for updates without a chat. */
export function orderKey(update: Update): number {
  if ('message' in update) return update.message.chat.id;
  if ('channel_post' in update) return update.channel_post.chat.id;
  if ('callback_query' in update)
    return update.callback_query.message?.chat.id ?? update.callback_query.from.id;
  if ('my_chat_member' in update) return update.my_chat_member.chat.id;
  if ('inline_query' in update) return update.inline_query.from.id;
  return 0;
}
