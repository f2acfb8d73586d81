/**
 * The world behind the double: who exists, which chats there are, who is in them and what was said. Plain state with
 * the few rules that keep it consistent (message numbers, what is forgotten); who may do what is decided elsewhere.
 */
import { Post, type ReplyAsk } from './post.ts';
import type { Updates } from './updates.ts';
import type { Chat, ChatType, MemberStatus, Message, User } from './wire.ts';

/** Telegram's own account behind which anonymous admins write. */
export const ANONYMOUS_ADMIN: User = {
  id: 1_087_968_824,
  is_bot: true,
  first_name: 'Group',
  username: 'GroupAnonymousBot',
};

export interface Account {
  user: User;
  deactivated: boolean;
}

export const RIGHTS = [
  'can_manage_chat',
  'can_delete_messages',
  'can_manage_video_chats',
  'can_restrict_members',
  'can_promote_members',
  'can_change_info',
  'can_invite_users',
  'can_post_stories',
  'can_edit_stories',
  'can_delete_stories',
  'can_post_messages',
  'can_edit_messages',
  'can_pin_messages',
  'can_manage_topics',
] as const;
export type Right = (typeof RIGHTS)[number];
export type Rights = Partial<Record<Right, boolean>>;

export interface Member {
  status: MemberStatus;
  /** Of an administrator; everything not named is refused. A creator may do everything. */
  rights: Rights;
  anonymous: boolean;
  title: string | null;
}

export interface Topic {
  id: number;
  name: string;
  closed: boolean;
}

export interface ChatState {
  readonly id: number;
  type: ChatType;
  wire: Chat;
  /** Private chats: the person has written to the bot. */
  started: boolean;
  /** Private chats: the person has blocked the bot. */
  blocked: boolean;
  deleted: boolean;
  /** The supergroup that this group has become. */
  migratedTo: number | null;
  /** Ordinary members may write. */
  open: boolean;
  /** The bot's own place here; meaningless in private chats. */
  bot: Member;
  /** Everybody but the bot; null in private chats. */
  members: Map<number, Member> | null;
  /** Null unless the chat is a forum. */
  topics: Map<number, Topic> | null;
  generalClosed: boolean;
  /** In ascending order of id; the oldest are forgotten. */
  posts: Post[];
  lastId: number;
  /** Messages of the bot that were accepted here, the forgotten and the deleted included. */
  accepted: number;
}

export type PostEvent = 'new' | 'edited' | 'deleted';
export type PostListener = (post: Post, event: PostEvent) => void;
/** Told of what the bot is doing in a chat ("typing"); `threadId` is null outside topics. */
export type ActionListener = (chatId: number, threadId: number | null, action: string) => void;

/** Messages sent through inline mode that can still be edited; the oldest are forgotten. */
const MAX_INLINE = 1_000;

const NOBODY: Member = { status: 'left', rights: {}, anonymous: false, title: null };

export class World {
  readonly bot: User;
  readonly updates: Updates;
  readonly now: () => number;
  readonly accounts = new Map<number, Account>();
  readonly chats = new Map<number, ChatState>();
  /** Of chats, in lower case, without the `@`. */
  readonly usernames = new Map<string, number>();
  /** The bot sees of a group only what is meant for it, unless it is an admin there. */
  privacyMode = true;
  /** Called after every change, whatever it was. */
  readonly changed: () => void;
  /** Told of everything that happens to messages, the bot's and others'. */
  readonly listeners = new Set<PostListener>();
  readonly actionListeners = new Set<ActionListener>();
  /** By the name under which the bot may edit them. */
  readonly #inline = new Map<string, Post>();
  /** The numbers given last: to a message of a private chat or a basic group, and by `nextId`. */
  readonly last = { message: 0, id: 0 };
  readonly #keepMessages: number;

  constructor(bot: User, updates: Updates, now: () => number, keepMessages: number, changed: () => void) {
    this.bot = bot;
    this.updates = updates;
    this.now = now;
    this.changed = changed;
    this.#keepMessages = keepMessages;
  }

  /** Unix seconds. */
  date(): number {
    return Math.floor(this.now() / 1000);
  }

  /** Numbers for whatever needs one of its own: queries, updates of members. */
  nextId(): number {
    return ++this.last.id;
  }

  addAccount(user: User): Account {
    const account = { user, deactivated: false };
    this.accounts.set(user.id, account);
    return account;
  }

  addChat(wire: Chat): ChatState {
    const chat: ChatState = {
      id: wire.id,
      type: wire.type,
      wire,
      started: false,
      blocked: false,
      deleted: false,
      migratedTo: null,
      open: true,
      bot: NOBODY,
      members: wire.type === 'private' ? null : new Map(),
      topics: wire.is_forum === true ? new Map() : null,
      generalClosed: false,
      posts: [],
      // 1 is the General topic's number, so nothing else in a forum has it.
      lastId: wire.is_forum === true ? 1 : 0,
      accepted: 0,
    };
    this.chats.set(wire.id, chat);
    if (wire.username !== undefined) this.usernames.set(wire.username.toLowerCase(), wire.id);
    return chat;
  }

  /** Forgets everybody and everything; the numbers go on, as a bot remembers those that it has seen. */
  clear(): void {
    this.accounts.clear();
    this.chats.clear();
    this.usernames.clear();
    this.#inline.clear();
    this.privacyMode = true;
    this.changed();
  }

  member(chat: ChatState, userId: number): Member {
    if (userId === this.bot.id) return chat.bot;
    return chat.members?.get(userId) ?? NOBODY;
  }

  /**
   * The number of the next message. Supergroups and channels count for themselves; private chats and basic groups
   * share one counter of the bot.
   */
  nextMessageId(chat: ChatState): number {
    const isCountedHere = chat.type === 'supergroup' || chat.type === 'channel';
    chat.lastId = isCountedHere ? chat.lastId + 1 : ++this.last.message;
    return chat.lastId;
  }

  record(chat: ChatState, wire: Message, own: boolean, silent: boolean, asks: ReplyAsk | null = null): Post {
    const post = new Post(wire, own, silent, asks);
    chat.posts.push(post);
    if (own) chat.accepted++;
    // Cut rarely, so that a full chat does not move its messages at every new one.
    if (chat.posts.length > this.#keepMessages * 2 + 16) {
      chat.posts.splice(0, chat.posts.length - this.#keepMessages);
    }
    this.#tell(post, 'new');
    return post;
  }

  edit(post: Post, wire: Message): void {
    post.replace(wire);
    this.#tell(post, 'edited');
  }

  delete(post: Post): void {
    post.deleted = true;
    this.#tell(post, 'deleted');
  }

  act(chatId: number, threadId: number | null, action: string): void {
    for (const listener of this.actionListeners) listener(chatId, threadId, action);
  }

  /** Gives a message that was sent through inline mode the name by which the bot can edit it. */
  nameInline(post: Post): string {
    const name = `inline${String(this.nextId()).padStart(12, '0')}`;
    this.#inline.set(name, post);
    const oldest = this.#inline.size > MAX_INLINE ? this.#inline.keys().next().value : undefined;
    if (oldest !== undefined) this.#inline.delete(oldest);
    return name;
  }

  /** Undefined also when the message is gone. */
  inlinePost(name: string): Post | undefined {
    const post = this.#inline.get(name);
    return post?.deleted === true ? undefined : post;
  }

  /** Null for a message that was not sent through inline mode. */
  inlineIdOf(post: Post): string | null {
    for (const [name, other] of this.#inline) if (other === post) return name;
    return null;
  }

  #tell(post: Post, event: PostEvent): void {
    for (const listener of this.listeners) listener(post, event);
    this.changed();
  }

  /** Undefined also for a message that was deleted or forgotten. */
  post(chat: ChatState, messageId: number): Post | undefined {
    let low = 0;
    let high = chat.posts.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const post = chat.posts[middle];
      if (post === undefined) return undefined;
      if (post.id === messageId) return post.deleted ? undefined : post;
      if (post.id < messageId) low = middle + 1;
      else high = middle - 1;
    }
    return undefined;
  }
}
