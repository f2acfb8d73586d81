/**
 * The way into the world for tests, the console and benchmarks: makes persons and rooms and finds them again.
 */
import { Person } from './person.ts';
import { Room } from './room.ts';
import type { MemberOptions } from './room.ts';
import type { Queries } from './queries.ts';
import type { ChatType, MemberStatus, User } from './wire.ts';
import type { World } from './world.ts';

export interface UserOptions {
  id?: number;
  firstName?: string;
  lastName?: string;
  username?: string;
  languageCode?: string;
  /** The person has written to the bot before; false unless told. */
  started?: boolean;
}

export interface RoomOptions {
  id?: number;
  title?: string;
  username?: string;
  /** A new person when nobody is named. */
  owner?: Person;
  /** What the bot is there at the beginning, without an update about it; not inside unless told. */
  bot?: MemberStatus;
  botRights?: MemberOptions['rights'];
}

const FIRST_USER_ID = 500_000_001;
const FIRST_GROUP_ID = -400_000_001;
const FIRST_CHANNEL_ID = -1_002_000_000_001;

export class People {
  readonly #world: World;
  readonly #queries: Queries;
  readonly #persons = new Map<number, Person>();
  readonly #rooms = new Map<number, Room>();
  #nextUserId = FIRST_USER_ID;
  #nextGroupId = FIRST_GROUP_ID;
  #nextChannelId = FIRST_CHANNEL_ID;

  constructor(world: World, queries: Queries) {
    this.#world = world;
    this.#queries = queries;
  }

  /** A person, with a private chat that the bot may not write to before they do. */
  addUser(options: UserOptions = {}): Person {
    const id = options.id ?? this.#nextUserId++;
    const user: User = {
      id,
      is_bot: false,
      first_name: options.firstName ?? `User ${id}`,
      ...(options.lastName === undefined ? {} : { last_name: options.lastName }),
      ...(options.username === undefined ? {} : { username: options.username }),
      ...(options.languageCode === undefined ? {} : { language_code: options.languageCode }),
    };
    this.#addPrivate(user, options.started === true);
    return this.person(id);
  }

  /** Many persons at once who all have written to the bot, with ids from `firstId` on. */
  addPrivateChats(count: number, firstId: number): void {
    for (let id = firstId; id < firstId + count; id++) {
      this.#addPrivate({ id, is_bot: false, first_name: 'Reader' }, true);
    }
  }

  addGroup(options: RoomOptions = {}): Room {
    return this.#addRoom('group', options.id ?? this.#nextGroupId--, options, false);
  }

  addSupergroup(options: RoomOptions & { forum?: boolean } = {}): Room {
    return this.#addRoom('supergroup', options.id ?? this.#nextChannelId--, options, options.forum === true);
  }

  addChannel(options: RoomOptions = {}): Room {
    return this.#addRoom('channel', options.id ?? this.#nextChannelId--, options, false);
  }

  /** Forgets everybody, with the world. */
  clear(): void {
    this.#world.clear();
    this.#persons.clear();
    this.#rooms.clear();
  }

  /** Whether somebody has this id. */
  has(id: number): boolean {
    return this.#world.accounts.has(id);
  }

  /** @throws Error when nobody has this id */
  person(id: number): Person {
    let person = this.#persons.get(id);
    if (person === undefined) {
      const account = this.#world.accounts.get(id);
      if (account === undefined) throw new Error(`there is no user ${id}`);
      person = new Person(this.#world, this.#queries, account);
      this.#persons.set(id, person);
    }
    return person;
  }

  /** @throws Error when there is no such group or channel */
  room(id: number): Room {
    const chat = this.#world.chats.get(id);
    if (chat === undefined || chat.type === 'private') throw new Error(`there is no group or channel ${id}`);
    const room = this.#rooms.get(id) ?? new Room(this.#world, chat);
    this.#rooms.set(id, room);
    return room;
  }

  #addPrivate(user: User, started: boolean): void {
    this.#world.addAccount(user);
    const chat = this.#world.addChat({
      id: user.id,
      type: 'private',
      first_name: user.first_name,
      ...(user.last_name === undefined ? {} : { last_name: user.last_name }),
    });
    if (user.username !== undefined) chat.wire = { ...chat.wire, username: user.username };
    chat.started = started;
  }

  #addRoom(type: ChatType, id: number, options: RoomOptions, forum: boolean): Room {
    const chat = this.#world.addChat({
      id,
      type,
      title: options.title ?? `${type} ${id}`,
      ...(options.username === undefined ? {} : { username: options.username }),
      ...(forum ? { is_forum: true as const } : {}),
    });
    const owner = options.owner ?? this.addUser({ firstName: `Owner of ${options.title ?? id}` });
    chat.members?.set(owner.id, { status: 'creator', rights: {}, anonymous: false, title: null });
    const room = this.room(id);
    if (options.bot !== undefined) room.placeBot(options.bot, { rights: options.botRights ?? {} });
    return room;
  }
}
