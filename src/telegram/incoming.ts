/**
 * Reads what the bot needs out of an update: who speaks, where, and which command. Pure; telegraf's types stop here.
 */
import type { Chat, Message, Update, UserFromGetMe } from 'telegraf/types';
import type { Asked } from '../i18n/settingsTexts.ts';
import type { ChatIdentity } from './services.ts';
import { decodeFollowLink, type FollowQuestion } from './followsData.ts';
import { decodeLink, type SettingsLink } from './settingsData.ts';

/** Telegram shows anonymous admins of a group as this account (Bot API, Message.from). */
const GROUP_ANONYMOUS_BOT = 1_087_968_824;

/** The thread of the General topic, which Telegram does not take when a message is sent (`message thread not found`). */
const GENERAL_TOPIC = 1;

export interface Place {
  chat: ChatIdentity;
  /** 0 for the whole chat and for the General topic, which takes no thread id. */
  threadId: number;
}

export interface Speaker {
  /** Null for posts of a channel and for people who speak as a chat. */
  userId: number | null;
  /** Null where there is no person. */
  firstName: string | null;
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
    threadId: topic && message.message_thread_id !== GENERAL_TOPIC ? (message.message_thread_id ?? 0) : 0,
  };
}

export function speakerOf(message: Message): Speaker {
  const asChat = 'sender_chat' in message && message.sender_chat.id === message.chat.id;
  const from = 'from' in message ? message.from : undefined;
  const isPerson = from !== undefined && !from.is_bot && !('sender_chat' in message);
  return {
    userId: isPerson ? from.id : null,
    firstName: isPerson ? from.first_name : null,
    languageCode: isPerson ? from.language_code : undefined,
    speaksForChat:
      message.chat.type === 'channel' || (asChat && (from === undefined || from.id === GROUP_ANONYMOUS_BOT)),
  };
}

/** Whom a message counts against when somebody asks too much: the person, or the chat as which they speak. */
export function askerOf(message: Message): number | null {
  if (message.chat.type === 'channel') return null; // Only its admins post there.
  if ('sender_chat' in message) return message.sender_chat.id;
  return 'from' in message ? message.from.id : null;
}

/**
 * True for what no person of this chat said: what Telegram forwards from the linked channel (a command there was already
 * answered there), and what other bots say, so that two bots never talk to each other for ever.
 */
export function isEcho(message: Message): boolean {
  if ('is_automatic_forward' in message) return true;
  return 'from' in message && message.from.is_bot && !('sender_chat' in message);
}

/** The text of a message, or the caption of its picture; null when it has none. */
export function textOf(message: Message): string | null {
  if ('text' in message) return message.text;
  return 'caption' in message ? (message.caption ?? null) : null;
}

/** A place on the map that somebody sent, in degrees; null for other messages. */
export function pointOf(message: Message): { latitude: number; longitude: number } | null {
  if (!('location' in message)) return null;
  const { latitude, longitude } = message.location;
  return { latitude, longitude };
}

/**
 * What the bot had asked, where a message replies to its question: it stands in the question's link. Null for all other
 * messages. Only replies to the bot's own messages are read.
 */
export function answeredQuestion(message: Message, me: Me): Question | null {
  const question = 'reply_to_message' in message ? message.reply_to_message : undefined;
  if (question === undefined || !('entities' in question) || !('from' in question)) return null;
  const author = question.from as { id: number } | undefined;
  if (author?.id !== me.id) return null;
  const prefix = `https://t.me/${me.username}?start=`;
  for (const entity of question.entities ?? []) {
    if (entity.type !== 'text_link' || !entity.url.startsWith(prefix)) continue;
    const payload = entity.url.slice(prefix.length);
    const follow = decodeFollowLink(payload);
    if (follow !== null) return { ...follow, asked: 'follow' };
    const link = decodeLink(payload);
    if (link !== null && link.asked !== null) return { ...link, asked: link.asked };
  }
  return null;
}

/** The command that a text begins with; null when there is none, or it is for another bot. */
export function readCommand(text: string, me: string): Command | null {
  const match = /^\/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{3,32}))?(?:\s+([\s\S]*))?$/u.exec(text.trim());
  if (match === null) return null;
  const [, name = '', bot, args = ''] = match;
  if (bot !== undefined && bot.toLowerCase() !== me.toLowerCase()) return null;
  return { name: name.toLowerCase(), args: args.trim() };
}

/** What an admin's post in a channel may ask for; lists with buttons would turn their pages for all readers. */
const CHANNEL_COMMANDS = new Set([
  ...['subscribe', 'unsubscribe', 'status', 'settings'],
  ...['schedule', 'pause', 'resume'],
  ...['follow', 'follows'],
]);

/** What the bot asked for, and about which chat. */
export type Question = (SettingsLink & { asked: Asked }) | (FollowQuestion & { asked: 'follow' });

/** Who the bot is, as far as messages name it. */
type Me = Pick<UserFromGetMe, 'id' | 'username'>;

/** What a message wants of the bot. */
export type Wish =
  | { kind: 'moved'; from: number; to: number }
  /**
   * A command, an answer to the bot's question, a place on the map, or, with none of the three, words in private, which
   * are what one looks for.
   */
  | {
      kind: 'said';
      text: string | null;
      point: { latitude: number; longitude: number } | null;
      command: Command | null;
      question: Question | null;
    };

/** Null when the bot does nothing about the message, as about talk in a group. */
export function wishOf(message: Message, me: Me): Wish | null {
  const { id, type } = message.chat;
  if ('migrate_to_chat_id' in message) return { kind: 'moved', from: id, to: message.migrate_to_chat_id };
  if ('migrate_from_chat_id' in message) return { kind: 'moved', from: message.migrate_from_chat_id, to: id };
  const [text, point] = [textOf(message), pointOf(message)];
  if ((text === null && point === null) || 'via_bot' in message || isEcho(message)) return null;
  const command = text === null ? null : readCommand(text, me.username);
  const question = command === null ? answeredQuestion(message, me) : null;
  if (command === null && question === null && type !== 'private') return null;
  if (type === 'channel' && !CHANNEL_COMMANDS.has(command?.name ?? '')) return null;
  return { kind: 'said', text, point, command, question };
}

/** False when the bot would do nothing about the update, so that it need not be kept. Never throws. */
export function concerns(update: Update, me: Me): boolean {
  try {
    if ('message' in update) return wishOf(update.message, me) !== null;
    return 'channel_post' in update ? wishOf(update.channel_post, me) !== null : true;
  } catch {
    // Not as Telegram sends them: that is for whoever handles it to say, for this update alone.
    return true;
  }
}

/**
 * Whether a button under the message says this. With a client of one's own anybody may send any data for any message ("be
 * aware that the message can contain no callback buttons with this data", Bot API), and of one that is too old Telegram
 * does not show the buttons.
 */
export function hasButton(message: object, data: string): boolean {
  const { reply_markup: markup } = message as Partial<Message.TextMessage>;
  const buttons = markup?.inline_keyboard.flat() ?? [];
  return buttons.some((button) => 'callback_data' in button && button.callback_data === data);
}

/** As much of an update as its order depends on. Nothing is certain to be there. */
interface Loose {
  chat?: { id?: unknown } | null;
  message?: Loose | null;
  from?: { id?: unknown } | null;
}

/**
 * The chat whose updates are to be handled in order with this one; the person for updates without a chat; 0 for others.
 * Never throws, whatever the update is: it is asked before anything can be caught for one update alone.
 */
export function orderKey(update: Update): number {
  for (const about of Object.values(update) as unknown[]) {
    if (typeof about !== 'object' || about === null) continue;
    const { chat, message, from } = about as Loose;
    const id = chat?.id ?? message?.chat?.id ?? from?.id;
    if (typeof id === 'number') return id;
  }
  return 0;
}
