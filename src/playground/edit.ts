/**
 * Edits of the bot's own messages. An edit that changes nothing is an error of its own, with a text that callers
 * depend on.
 */
import { badRequest } from './apiError.ts';
import { findChat, requireReadable, requireWritable } from './access.ts';
import { finishText } from './finishText.ts';
import { checkReplyMarkup } from './keyboard.ts';
import type { Method } from './method.ts';
import type { Params } from './params.ts';
import type { Post } from './post.ts';
import { readLinkPreview, readText } from './readText.ts';
import type { InlineKeyboard, Message } from './wire.ts';
import type { World } from './world.ts';

const NOT_MODIFIED =
  'Message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';

/** A message sent through inline mode is found by its own name, without a chat. */
function inlineName(params: Params): string {
  return params.text('chat_id') === '' ? params.text('inline_message_id') : '';
}

function findEdited(world: World, params: Params): Post {
  const name = inlineName(params);
  if (name !== '') {
    const post = world.inlinePost(name);
    if (post === undefined) throw badRequest('MESSAGE_ID_INVALID');
    return post;
  }
  const chat = findChat(world, params);
  const messageId = params.integer('message_id');
  if (messageId === 0) throw badRequest('Message identifier is not specified');
  requireReadable(chat);
  requireWritable(world, chat);
  const post = world.post(chat, messageId);
  if (post === undefined) throw badRequest('Message to edit not found');
  if (!post.own) throw badRequest("Message can't be edited");
  return post;
}

function content(message: Message): string {
  const { text, entities, reply_markup, link_preview_options } = message;
  return JSON.stringify([text, entities ?? [], reply_markup ?? null, link_preview_options ?? null]);
}

/** @returns what the call answers: the message, or only `true` when it was sent through inline mode */
function replace(
  world: World,
  post: Post,
  wire: Message,
  markup: InlineKeyboard | null,
  isInline: boolean,
): Message | true {
  const edited: Message = { ...wire, edit_date: world.date() };
  // Buttons that are not given again are gone.
  if (markup === null) delete edited.reply_markup;
  else edited.reply_markup = markup;
  if (content(edited) === content(post.wire)) throw badRequest(NOT_MODIFIED);
  world.edit(post, edited);
  return isInline ? true : edited;
}

export const editMessageText: Method = ({ world }, params) => {
  const raw = readText(params);
  const preview = readLinkPreview(params);
  const markup = checkReplyMarkup(params.json('reply_markup', 'reply keyboard markup'), 'inline');
  const post = findEdited(world, params);
  const { text, entities } = finishText(raw.text, raw.entities);
  const { entities: _, link_preview_options: __, ...kept } = post.wire;
  const edited: Message = { ...kept, text };
  if (entities.length > 0) edited.entities = entities;
  if (preview !== undefined) edited.link_preview_options = preview;
  return replace(world, post, edited, markup, inlineName(params) !== '');
};

export const editMessageReplyMarkup: Method = ({ world }, params) => {
  const markup = checkReplyMarkup(params.json('reply_markup', 'reply keyboard markup'), 'inline');
  const post = findEdited(world, params);
  return replace(world, post, post.wire, markup, inlineName(params) !== '');
};
