/**
 * A group, supergroup or channel: who is in it and with which rights, its topics, its end. Every change that Telegram
 * tells the bot about is told here as well.
 */
import { isInside } from './access.ts';
import { deliver } from './incoming.ts';
import { memberWire, setBotMember } from './members.ts';
import { chatAt } from './person.ts';
import type { Person } from './person.ts';
import type { Post } from './post.ts';
import { RIGHTS } from './world.ts';
import type { ChatState, Member, Rights, World } from './world.ts';
import type { Chat, MemberStatus, Message, User } from './wire.ts';

export interface MemberOptions {
  /** Of an administrator; everything that is not named is refused. `all` for everything. */
  rights?: Rights | 'all';
  anonymous?: boolean;
  title?: string;
  /** Who makes the change; the owner when nobody is named. */
  by?: Person;
}

/** What a supergroup has that its group had not: the id tells them apart. */
const SUPERGROUP_OFFSET = -1_000_000_000_000;

function member(status: MemberStatus, options: MemberOptions): Member {
  const rights: Rights =
    options.rights === 'all'
      ? Object.fromEntries(RIGHTS.map((right) => [right, true]))
      : (options.rights ?? {});
  return {
    status,
    rights: status === 'administrator' ? { can_manage_chat: true, ...rights } : {},
    anonymous: options.anonymous === true,
    title: options.title ?? null,
  };
}

export class Room {
  readonly #world: World;
  #chat: ChatState;

  constructor(world: World, chat: ChatState) {
    this.#world = world;
    this.#chat = chat;
  }

  get id(): number {
    return this.#chat.id;
  }

  get wire(): Chat {
    return this.#chat.wire;
  }

  /** The kept messages, the deleted included, oldest first. */
  get posts(): readonly Post[] {
    return this.#chat.posts;
  }

  /** Puts a person into the chat, changes what they are there, or takes them out. */
  setMember(person: Person, status: MemberStatus, options: MemberOptions = {}): void {
    const world = this.#world;
    const chat = this.#chat;
    if (chat.members === null) throw new Error('a private chat has no members');
    const before = memberWire(chat, person.user, world.member(chat, person.id));
    const next = member(status, options);
    chat.members.set(person.id, next);
    // Only admins hear of the members, and only those who ask for it.
    if (chat.bot.status === 'administrator') {
      world.updates.push('chat_member', {
        chat: chat.wire,
        from: options.by?.user ?? person.user,
        date: world.date(),
        old_chat_member: before,
        new_chat_member: memberWire(chat, person.user, next),
      });
    }
    world.changed();
  }

  /** Adds the bot, changes its rights, removes or bans it; the bot is told, and a group sees it. */
  setBot(status: MemberStatus, options: MemberOptions = {}): void {
    const by = options.by?.user ?? this.#owner();
    const wasInside = isInside(this.#chat.bot);
    setBotMember(this.#world, this.#chat, by, member(status, options));
    if (wasInside !== isInside(this.#chat.bot)) this.#showComing(by, !wasInside);
  }

  /** As `setBot`, but as if it had always been so: nobody is told and nothing is seen. */
  placeBot(status: MemberStatus, options: MemberOptions = {}): void {
    this.#chat.bot = member(status, options);
  }

  /** Lets ordinary members write, or only admins. */
  setOpen(open: boolean): void {
    this.#chat.open = open;
  }

  /** Opens a topic in a forum and returns its number. */
  createTopic(name: string, by?: Person): number {
    if (this.#chat.topics === null) throw new Error(`chat ${this.id} is no forum`);
    const author = by?.user ?? this.#owner();
    const id = this.#world.nextMessageId(this.#chat);
    this.#chat.topics.set(id, { id, name, closed: false });
    this.#service(author, {
      message_id: id,
      message_thread_id: id,
      is_topic_message: true,
      forum_topic_created: { name, icon_color: 7_322_096 },
    });
    return id;
  }

  closeTopic(threadId: number): void {
    this.#topic(threadId).closed = true;
    this.#service(this.#owner(), {
      message_thread_id: threadId,
      is_topic_message: true,
      forum_topic_closed: {},
    });
  }

  reopenTopic(threadId: number): void {
    this.#topic(threadId).closed = false;
    this.#service(this.#owner(), {
      message_thread_id: threadId,
      is_topic_message: true,
      forum_topic_reopened: {},
    });
  }

  /** A topic that is deleted takes its messages along; the bot is not told. */
  deleteTopic(threadId: number): void {
    this.#topic(threadId);
    this.#chat.topics?.delete(threadId);
    for (const post of this.#chat.posts) if (post.threadId === threadId) this.#world.delete(post);
  }

  setGeneralClosed(closed: boolean): void {
    this.#chat.generalClosed = closed;
    this.#world.changed();
  }

  /**
   * Turns a basic group into a supergroup, with the service messages on both sides. The old id answers with the new
   * one from now on.
   */
  migrate(newId?: number): Room {
    const world = this.#world;
    const old = this.#chat;
    if (old.type !== 'group') throw new Error('only a basic group becomes a supergroup');
    const next = world.addChat({
      ...old.wire,
      id: newId ?? this.#supergroupId(),
      type: 'supergroup',
    });
    next.bot = old.bot;
    next.open = old.open;
    next.members = old.members;
    const owner = this.#owner();
    this.#service(owner, { migrate_to_chat_id: next.id });
    old.migratedTo = next.id;
    const room = new Room(world, next);
    room.#service(owner, { migrate_from_chat_id: old.id });
    return room;
  }

  /** Derived from the group's, and no other chat's. */
  #supergroupId(): number {
    let id = SUPERGROUP_OFFSET - Math.abs(this.id);
    while (this.#world.chats.has(id)) id -= 1;
    return id;
  }

  /** Deletes the chat for everybody; the bot is not told. */
  delete(): void {
    this.#chat.deleted = true;
    this.#world.changed();
  }

  #showComing(by: User, isComing: boolean): void {
    if (this.#chat.type === 'channel') return;
    const { bot } = this.#world;
    if (isComing) this.#service(by, { new_chat_members: [bot] });
    else this.#service(by, { left_chat_member: bot });
  }

  #topic(threadId: number): { closed: boolean } {
    const topic = this.#chat.topics?.get(threadId);
    if (topic === undefined) throw new Error(`there is no topic ${threadId} in ${this.id}`);
    return topic;
  }

  #owner(): User {
    for (const [id, { status }] of this.#chat.members ?? []) {
      const account = status === 'creator' ? this.#world.accounts.get(id) : undefined;
      if (account !== undefined) return account.user;
    }
    throw new Error(`chat ${this.id} has no owner; say who does it`);
  }

  #service(author: User, fields: Partial<Message>): void {
    const chat = chatAt(this.#world, this.id);
    deliver(this.#world, chat, {
      message_id: fields.message_id ?? this.#world.nextMessageId(chat),
      ...(chat.type === 'channel' ? { sender_chat: chat.wire } : { from: author }),
      chat: chat.wire,
      date: this.#world.date(),
      ...fields,
    });
  }
}
