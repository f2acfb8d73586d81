/**
 * sendMessage and its small relatives: what the bot writes into a chat.
 */
import { badRequest } from './apiError.ts';
import { findChat, requireReadable, requireTopic, requireWritable } from './access.ts';
import { finishText } from './finishText.ts';
import type { FormattedText } from './html.ts';
import { checkReplyMarkup, replyAsk } from './keyboard.ts';
import type { Backend, Method } from './method.ts';
import { isObject, optionalBoolean, requiredInteger } from './params.ts';
import type { Params } from './params.ts';
import type { Post } from './post.ts';
import { readLinkPreview, readText } from './readText.ts';
import type { LinkPreviewOptions, Message } from './wire.ts';
import type { ChatState, World } from './world.ts';

interface Reply {
  messageId: number;
  /** The message is sent without a reply when the other one is gone. */
  isOptional: boolean;
}

function readReply(params: Params): Reply | null {
  const value = params.json('reply_parameters', 'reply parameters');
  if (value === undefined) {
    const messageId = params.integer('reply_to_message_id');
    return messageId > 0 ? { messageId, isOptional: params.boolean('allow_sending_without_reply') } : null;
  }
  if (!isObject(value)) throw badRequest('Object expected as reply parameters');
  const messageId = requiredInteger(value, 'message_id');
  return { messageId, isOptional: optionalBoolean(value, 'allow_sending_without_reply') };
}

function findReplied(world: World, chat: ChatState, reply: Reply | null): Post | undefined {
  if (reply === null) return undefined;
  const post = world.post(chat, reply.messageId);
  if (post === undefined && !reply.isOptional) throw badRequest('Message to be replied not found');
  return post;
}

/** A message as it is quoted by an answer to it: without what it itself answered. */
function quoted(message: Message): Message {
  const { reply_to_message: _, ...rest } = message;
  return rest;
}

function checkExtras(params: Params, chat: ChatState, mayPay: boolean): void {
  if (params.text('business_connection_id') !== '') throw badRequest('Business connection not found');
  const effect = params.text('message_effect_id');
  if (effect !== '' && (chat.type !== 'private' || !/^\d{1,19}$/u.test(effect))) {
    throw badRequest('EFFECT_ID_INVALID');
  }
  if (params.boolean('allow_paid_broadcast') && !mayPay) throw badRequest('FLOODSKIP_NOT_ALLOWED');
}

/** What is going to be said, up to where the official server finishes texts. */
interface Draft {
  reply: Reply | null;
  preview: LinkPreviewOptions | undefined;
  /** @throws ApiError when the text cannot be sent */
  finish: () => FormattedText;
}

/** Puts a draft into the chat that the call names. Looks for mistakes in the order of the official server. */
function say({ world, paidBroadcast }: Backend, params: Params, { reply, preview, finish }: Draft): Message {
  const rawMarkup = params.json('reply_markup', 'reply keyboard markup');
  // Mistakes in the outline of a keyboard are found before the chat is looked for, whatever kind of chat it is.
  const markup = checkReplyMarkup(rawMarkup, 'any');
  const chat = findChat(world, params);
  requireWritable(world, chat);
  const replied = findReplied(world, chat, reply);
  const threadId = requireTopic(chat, params.integer('message_thread_id') || (replied?.threadId ?? 0));
  if (chat.type === 'channel' && markup === null) checkReplyMarkup(rawMarkup, 'inline');
  checkExtras(params, chat, paidBroadcast);
  const { text, entities } = finish();

  const message: Message = {
    message_id: world.nextMessageId(chat),
    ...(chat.type === 'channel' ? { sender_chat: chat.wire } : { from: world.bot }),
    chat: chat.wire,
    date: world.date(),
    text,
  };
  if (threadId !== null) {
    message.message_thread_id = threadId;
    message.is_topic_message = true;
  }
  if (replied !== undefined) message.reply_to_message = quoted(replied.wire);
  if (entities.length > 0) message.entities = entities;
  if (preview !== undefined) message.link_preview_options = preview;
  if (markup !== null) message.reply_markup = markup;
  if (params.boolean('protect_content')) message.has_protected_content = true;
  const effect = params.text('message_effect_id');
  if (effect !== '') message.effect_id = effect;
  world.record(chat, message, true, params.boolean('disable_notification'), replyAsk(rawMarkup));
  return message;
}

export const sendMessage: Method = (backend, params) => {
  const raw = readText(params);
  const reply = readReply(params);
  const preview = readLinkPreview(params);
  return say(backend, params, { reply, preview, finish: () => finishText(raw.text, raw.entities) });
};

/** Of messages that have a text: here there are no others. Buttons do not go along. */
export const copyMessage: Method = (backend, params) => {
  const reply = readReply(params);
  const from = findChat(backend.world, params, 'from_chat_id');
  requireReadable(from);
  const original = backend.world.post(from, params.integer('message_id'));
  if (original?.wire.text === undefined) throw badRequest('Message to copy not found');
  if (original.wire.has_protected_content === true) throw badRequest("Message can't be copied");
  const { text, entities, wire } = original;
  const preview = wire.link_preview_options;
  const { message_id } = say(backend, params, { reply, preview, finish: () => ({ text, entities }) });
  return { message_id };
};

const CHAT_ACTIONS: ReadonlySet<string> = new Set([
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
]);

export const sendChatAction: Method = ({ world }, params) => {
  if (!CHAT_ACTIONS.has(params.text('action').toLowerCase()))
    throw badRequest('Wrong parameter action in request');
  const chat = findChat(world, params);
  requireWritable(world, chat);
  const threadId = params.integer('message_thread_id');
  // Unlike messages, an action may name General.
  const topic = threadId > 1 ? requireTopic(chat, threadId) : null;
  world.act(chat.id, topic, params.text('action').toLowerCase());
  return true;
};

/** Own messages, and in groups and channels those of others where the bot may delete them. */
function requireDeletable(chat: ChatState, post: Post | undefined): Post {
  if (post === undefined) throw badRequest('Message to delete not found');
  const isAllowed =
    post.own ||
    chat.type === 'private' ||
    chat.bot.status === 'creator' ||
    chat.bot.rights.can_delete_messages === true;
  if (!isAllowed) throw badRequest("Message can't be deleted");
  return post;
}

export const deleteMessage: Method = ({ world }, params) => {
  const chat = findChat(world, params);
  requireReadable(chat);
  const messageId = params.integer('message_id');
  if (messageId === 0) throw badRequest('Message identifier is not specified');
  world.delete(requireDeletable(chat, world.post(chat, messageId)));
  return true;
};

/** Messages that cannot be found are skipped, as the documentation says. */
export const deleteMessages: Method = ({ world }, params) => {
  const chat = findChat(world, params);
  requireReadable(chat);
  const ids = params.json('message_ids', 'message identifiers');
  if (!Array.isArray(ids) || ids.length === 0) throw badRequest('Message identifiers are not specified');
  if (ids.length > 100) throw badRequest('Too many message identifiers specified');
  for (const id of ids) {
    const post = world.post(chat, Number(id));
    if (post !== undefined) world.delete(requireDeletable(chat, post));
  }
  return true;
};
