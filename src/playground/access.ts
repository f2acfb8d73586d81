/**
 * Which chat a call means, and whether the bot may read it or write to it: the exact refusals of the official server
 * (Client.cpp, `check_chat_access`) and of TDLib (`can_send_message`).
 */
import { badRequest, forbidden } from './apiError.ts';
import type { ApiError } from './apiError.ts';
import type { Params } from './params.ts';
import type { ChatState, Member, Right, World } from './world.ts';

/** As errors name the kinds of chats. */
const KIND = {
  group: 'group chat',
  supergroup: 'supergroup chat',
  channel: 'channel chat',
  private: 'private chat',
};

/** The id that a call names, for the ledger and the faults; null when it names none that exists. Never throws. */
export function namedChat(world: World, value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value === '') return null;
  if (value.startsWith('@')) return world.usernames.get(value.slice(1).toLowerCase()) ?? null;
  const id = Number(value);
  return Number.isInteger(id) ? id : null;
}

/** @throws ApiError when the parameter is missing or there is no such chat */
export function findChat(world: World, params: Params, name = 'chat_id'): ChatState {
  const text = params.text(name);
  if (text === '') throw badRequest(`${name} is empty`);
  const id = text.startsWith('@')
    ? (world.usernames.get(text.slice(1).toLowerCase()) ?? 0)
    : params.integer(name);
  const chat = world.chats.get(id);
  if (chat === undefined) throw badRequest('Chat not found');
  return chat;
}

export function isInside(member: Member): boolean {
  return member.status !== 'left' && member.status !== 'kicked';
}

export function isAdmin(member: Member): boolean {
  return member.status === 'administrator' || member.status === 'creator';
}

export function hasRight(member: Member, right: Right): boolean {
  return member.status === 'creator' || (member.status === 'administrator' && member.rights[right] === true);
}

/** Why the bot cannot even see the chat; null when it can. */
function unreachable(chat: ChatState, isReading: boolean): ApiError | null {
  if (chat.migratedTo !== null) {
    return badRequest('Group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: chat.migratedTo,
    });
  }
  // What a deleted supergroup or channel answers is not documented anywhere; a basic group's words are.
  if (chat.deleted)
    return chat.type === 'group' ? forbidden('The group chat was deleted') : badRequest('Chat not found');
  if (chat.bot.status === 'kicked') return forbidden(`Bot was kicked from the ${KIND[chat.type]}`);
  if (!isInside(chat.bot)) {
    const isPublic = chat.wire.username !== undefined && chat.type !== 'group';
    if (!isPublic || !isReading) return forbidden(`Bot is not a member of the ${KIND[chat.type]}`);
  }
  return null;
}

function unwritablePrivate(world: World, chat: ChatState): ApiError | null {
  if (world.accounts.get(chat.id)?.deactivated === true) return forbidden('User is deactivated');
  if (!chat.started) return forbidden("Bot can't initiate conversation with a user");
  return chat.blocked ? forbidden('Bot was blocked by the user') : null;
}

/** @throws ApiError when the bot may not look at the chat */
export function requireReadable(chat: ChatState): void {
  const reason = chat.type === 'private' ? null : unreachable(chat, true);
  if (reason !== null) throw reason;
}

/** @throws ApiError when the bot may not send a text there */
export function requireWritable(world: World, chat: ChatState): void {
  if (chat.type === 'private') {
    const reason = unwritablePrivate(world, chat);
    if (reason !== null) throw reason;
    return;
  }
  const reason = unreachable(chat, false);
  if (reason !== null) throw reason;
  if (chat.type === 'channel') {
    if (!hasRight(chat.bot, 'can_post_messages'))
      throw badRequest('Need administrator rights in the channel chat');
    return;
  }
  const isMuted = chat.bot.status === 'restricted' || (!chat.open && !isAdmin(chat.bot));
  if (isMuted) throw badRequest('Not enough rights to send text messages to the chat');
}

/**
 * The topic that a message goes to; null outside forums and for General, which has no number when one writes.
 *
 * @throws ApiError when there is no such topic, or it is closed and the bot does not manage topics
 */
export function requireTopic(chat: ChatState, threadId: number): number | null {
  const mayWriteInClosed = hasRight(chat.bot, 'can_manage_topics');
  if (threadId === 0) {
    if (chat.topics !== null && chat.generalClosed && !mayWriteInClosed) throw badRequest('TOPIC_CLOSED');
    return null;
  }
  const topic = chat.topics?.get(threadId);
  if (topic === undefined) throw badRequest('Message thread not found');
  if (topic.closed && !mayWriteInClosed) throw badRequest('TOPIC_CLOSED');
  return topic.id;
}
