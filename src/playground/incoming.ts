/**
 * What people write, on its way to the bot: the message is recorded in the chat, and an update is queued when
 * Telegram would show the message to the bot (it is inside, and privacy mode lets it through).
 */
import { hasRight, isAdmin } from './access.ts';
import { finishText } from './finishText.ts';
import type { FormattedText } from './html.ts';
import type { Post } from './post.ts';
import { ANONYMOUS_ADMIN } from './world.ts';
import type { ChatState, World } from './world.ts';
import type { Entity, InlineKeyboard, Message, User } from './wire.ts';

export interface SendOptions {
  threadId?: number;
  replyTo?: Post;
  /** As an admin who stays anonymous: the message comes from the group. */
  anonymous?: boolean;
  /** The inline result that is sent: through which bot, with what content and buttons. */
  via?: { bot: User; content: FormattedText; keyboard: InlineKeyboard | null };
}

/** `/start@other_bot` is for somebody else. */
function isForBot(text: string, entity: Entity, username: string): boolean {
  if (entity.type !== 'bot_command' && entity.type !== 'mention') return false;
  const written = text.slice(entity.offset, entity.offset + entity.length);
  const at = written.indexOf('@');
  if (at < 0) return true;
  return written.slice(at + 1).toLowerCase() === username.toLowerCase();
}

/** What privacy mode lets through to a bot that is no admin. Source: the Bot FAQ, "What messages will my bot get?" */
function isVisible(world: World, chat: ChatState, message: Message, replyTo: Post | undefined): boolean {
  if (chat.type === 'private') return !chat.blocked;
  if (chat.bot.status === 'left' || chat.bot.status === 'kicked') return false;
  if (chat.type === 'channel' || isAdmin(chat.bot) || !world.privacyMode) return true;
  if (replyTo?.own === true) return true;
  if (message.location !== undefined) return false;
  // Service messages are for every bot.
  if (message.text === undefined) return true;
  if (message.via_bot?.id === world.bot.id) return true;
  const { text, entities = [] } = message;
  return entities.some((entity) => isForBot(text, entity, world.bot.username ?? ''));
}

/** Records a message that is not the bot's and shows it to the bot when Telegram would. */
export function deliver(world: World, chat: ChatState, message: Message, replyTo?: Post): Post {
  const post = world.record(chat, message, false, false);
  if (isVisible(world, chat, message, replyTo)) {
    world.updates.push(chat.type === 'channel' ? 'channel_post' : 'message', message);
  }
  return post;
}

function sender(world: World, chat: ChatState, author: User, options: SendOptions): Partial<Message> {
  if (chat.type === 'channel') return { sender_chat: chat.wire };
  const member = world.member(chat, author.id);
  if (options.anonymous === true || (isAdmin(member) && member.anonymous)) {
    return {
      from: ANONYMOUS_ADMIN,
      sender_chat: chat.wire,
      ...(member.title === null ? {} : { author_signature: member.title }),
    };
  }
  return { from: author };
}

function topicFields(chat: ChatState, threadId: number): Partial<Message> {
  const topic = chat.topics?.get(threadId);
  if (topic === undefined) throw new Error(`there is no topic ${threadId} in ${chat.id}`);
  return {
    message_thread_id: threadId,
    is_topic_message: true,
    // Clients show a message of a topic as an answer to the topic's beginning, and so does the Bot API.
    reply_to_message: {
      message_id: threadId,
      chat: chat.wire,
      date: 0,
      message_thread_id: threadId,
      is_topic_message: true,
      forum_topic_created: { name: topic.name, icon_color: 7_322_096 },
    },
  };
}

/** A place on the map, in degrees. */
export interface Point {
  latitude: number;
  longitude: number;
}

/** @throws Error when a test lets somebody write who could not */
export function write(
  world: World,
  chat: ChatState,
  author: User,
  what: string | Point,
  options: SendOptions,
): Post {
  if (chat.deleted || chat.migratedTo !== null) throw new Error(`chat ${chat.id} is gone`);
  const member = world.member(chat, author.id);
  if (chat.type === 'channel' && !hasRight(member, 'can_post_messages')) {
    throw new Error(`${author.first_name} may not post in channel ${chat.id}`);
  }
  if (options.anonymous === true && !isAdmin(member)) {
    throw new Error(`${author.first_name} is no admin of ${chat.id} and cannot be anonymous`);
  }
  const isClosed =
    options.threadId === undefined ? chat.generalClosed : chat.topics?.get(options.threadId)?.closed;
  if (isClosed === true && !isAdmin(member)) throw new Error('this topic is closed; only admins write in it');
  if (chat.type === 'private') chat.started = true;
  const finished =
    typeof what === 'string'
      ? (options.via?.content ?? finishText(what, []))
      : { location: what, entities: [] };
  const message: Message = {
    message_id: world.nextMessageId(chat),
    ...sender(world, chat, author, options),
    chat: chat.wire,
    date: world.date(),
    ...(options.threadId === undefined ? {} : topicFields(chat, options.threadId)),
    ...('text' in finished ? { text: finished.text } : { location: finished.location }),
  };
  if (finished.entities.length > 0) message.entities = finished.entities;
  if (options.via !== undefined) {
    message.via_bot = options.via.bot;
    if (options.via.keyboard !== null) message.reply_markup = options.via.keyboard;
  }
  if (options.replyTo !== undefined) {
    const { reply_to_message: _, ...quoted } = options.replyTo.wire;
    message.reply_to_message = quoted;
  }
  return deliver(world, chat, message, options.replyTo);
}
