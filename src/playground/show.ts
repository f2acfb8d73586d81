/**
 * The world as the page is shown it. Pure: from the double's state to the views of `protocol.ts`, without anything that a
 * person at a telephone could not see.
 */
import { hasRight, isAdmin, isInside } from './access.ts';
import type { Call } from './ledger.ts';
import type { Post } from './post.ts';
import type {
  BotPlace,
  CallView,
  ChatKind,
  ChatView,
  MemberView,
  PostView,
  ServiceView,
} from './protocol.ts';
import type { Message } from './wire.ts';
import type { ChatState, World } from './world.ts';

const QUOTED_UNITS = 120;

/** A chat that has become another one is shown as that one; null when there is none with this id. */
export function currentChat(world: World, id: number): ChatState | null {
  let chat = world.chats.get(id);
  while (chat?.migratedTo != null) chat = world.chats.get(chat.migratedTo);
  return chat ?? null;
}

export function showChat(world: World, chat: ChatState): ChatView {
  const kind = kindOf(chat);
  const topics = kind === 'forum' ? [{ id: 0, name: 'General', closed: chat.generalClosed }] : [];
  for (const topic of chat.topics?.values() ?? []) topics.push({ ...topic });
  return {
    id: chat.id,
    kind,
    title: kind === 'private' ? world.bot.first_name : (chat.wire.title ?? ''),
    username: chat.wire.username ?? null,
    personId: kind === 'private' ? chat.id : null,
    members: membersOf(chat),
    bot: placeOf(chat),
    started: chat.started,
    blocked: chat.blocked,
    canUpgrade: chat.type === 'group',
    topics,
    newest: newestOf(chat).map((post) => showPost(world, post)),
  };
}

function kindOf(chat: ChatState): ChatKind {
  if (chat.topics !== null) return 'forum';
  return chat.type === 'supergroup' ? 'group' : chat.type;
}

function membersOf(chat: ChatState): MemberView[] {
  return [...(chat.members ?? [])]
    .filter(([, member]) => isInside(member))
    .map(([personId, member]) => ({
      personId,
      role: member.status === 'creator' ? 'owner' : isAdmin(member) ? 'admin' : 'member',
    }));
}

function placeOf(chat: ChatState): BotPlace {
  if (chat.type === 'private') return 'member';
  if (!isInside(chat.bot)) return 'out';
  if (!isAdmin(chat.bot)) return 'member';
  return chat.type === 'channel' && !hasRight(chat.bot, 'can_post_messages') ? 'mute' : 'admin';
}

/** The last message that is still there: of the chat, or of each of its topics. */
function newestOf(chat: ChatState): Post[] {
  const wanted = chat.topics === null ? 1 : chat.topics.size + 1;
  const newest = new Map<number, Post>();
  for (let at = chat.posts.length - 1; at >= 0 && newest.size < wanted; at--) {
    const post = chat.posts[at];
    if (post === undefined || post.deleted) continue;
    const thread = chat.topics === null ? 0 : (post.threadId ?? 0);
    if (!newest.has(thread)) newest.set(thread, post);
  }
  return [...newest.values()];
}

export function showPost(world: World, post: Post): PostView {
  const { wire } = post;
  const isPerson = !post.own && wire.from !== undefined && world.accounts.has(wire.from.id);
  return {
    chatId: post.chatId,
    id: post.id,
    threadId: post.threadId ?? 0,
    own: post.own,
    author: authorOf(wire),
    personId: isPerson ? (wire.from?.id ?? null) : null,
    silent: post.silent,
    date: wire.date,
    version: post.edits + (post.deleted ? 1_000_000 : 0),
    edited: wire.edit_date !== undefined,
    deleted: post.deleted,
    viaBot: wire.via_bot !== undefined,
    text: post.text,
    entities: post.entities,
    point: wire.location ?? null,
    rows: post.rows,
    reply: replyOf(wire),
    asks: asksOf(world, post),
    service: serviceOf(wire),
  };
}

function authorOf({ from, sender_chat: chat }: Pick<Message, 'from' | 'sender_chat'>): string {
  return chat?.title ?? from?.first_name ?? '';
}

/** In a topic everything answers its beginning, which nobody needs to see. */
function replyOf({ reply_to_message: replied }: Message): PostView['reply'] {
  if (replied === undefined || replied.forum_topic_created !== undefined) return null;
  return {
    id: replied.message_id,
    author: authorOf(replied),
    text: (replied.text ?? '').slice(0, QUOTED_UNITS),
  };
}

/** Whom a selective question asks: those it mentions, and whoever wrote what it answers. */
function asksOf(world: World, { asks, wire }: Post): PostView['asks'] {
  if (asks === null) return null;
  const { placeholder, selective } = asks;
  if (!selective) return { placeholder, personIds: null };
  const { text = '', entities = [], reply_to_message: replied } = wire;
  const ids = entities.map(({ type, offset, length, user }) => {
    if (type === 'text_mention') return user?.id;
    const name = text.slice(offset + 1, offset + length).toLowerCase();
    const accounts = type === 'mention' ? [...world.accounts.values()] : [];
    return accounts.find((account) => account.user.username?.toLowerCase() === name)?.user.id;
  });
  const personIds = [...ids, replied?.from?.id].filter((id) => id !== undefined);
  return { placeholder, personIds: [...new Set(personIds)] };
}

function serviceOf(wire: Message): ServiceView | null {
  if (wire.new_chat_members !== undefined) return { kind: 'joined' };
  if (wire.left_chat_member !== undefined) return { kind: 'left' };
  if (wire.forum_topic_created !== undefined)
    return { kind: 'topicCreated', name: wire.forum_topic_created.name };
  if (wire.forum_topic_closed !== undefined) return { kind: 'topicClosed' };
  if (wire.forum_topic_reopened !== undefined) return { kind: 'topicReopened' };
  if (wire.migrate_to_chat_id !== undefined) return { kind: 'upgraded' };
  return wire.migrate_from_chat_id === undefined ? null : { kind: 'upgradedFrom' };
}

/** The messages of a chat or topic before one of them, oldest first; the deleted are left out. */
export function showPosts(
  world: World,
  chat: ChatState,
  { threadId, before, limit }: { threadId: number; before: number; limit: number },
): PostView[] {
  const found: PostView[] = [];
  for (let at = chat.posts.length - 1; at >= 0 && found.length < limit; at--) {
    const post = chat.posts[at];
    if (post === undefined || post.deleted || post.id >= before) continue;
    if (chat.topics !== null && (post.threadId ?? 0) !== threadId) continue;
    found.push(showPost(world, post));
  }
  return found.reverse();
}

export function showCall(call: Call): CallView {
  const status = call.answer?.status ?? null;
  return {
    seq: call.seq,
    method: call.method,
    chatId: call.chatId,
    status,
    description: status === null || status === 200 ? '' : String(call.answer?.result),
    lost: call.lost,
  };
}
