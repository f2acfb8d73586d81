/**
 * What the page knows: what the server told, which conversation is open, and who one is in it. Whoever shows a part of it
 * is told when that part changes. Nothing here touches the document.
 */
import type { Backstage, ChatView, Events, Hello, PersonView, PostView, Voice } from '../protocol.ts';

/** A chat, or one topic of a forum; 0 everywhere else. */
export interface Place {
  chatId: number;
  threadId: number;
}

export interface Persona {
  personId: number;
  anonymous: boolean;
}

/** By what changed. */
interface Changes {
  /** Everything anew: after a reconnection, or when the playground started over. */
  hello: undefined;
  /** Chats, commands, or how many messages are unread. */
  chats: undefined;
  post: PostView;
  typing: Events['typing'];
  clock: undefined;
  backstage: Backstage;
  /** Another conversation is open, or none (on a telephone). */
  place: undefined;
  /** Who one is in the open conversation. */
  persona: undefined;
  /** A link asked a private chat to begin with a payload. */
  start: undefined;
  connection: boolean;
}

type Listener<K extends keyof Changes> = (change: Changes[K]) => void;

export const keyOf = ({ chatId, threadId }: Place): string => `${chatId}/${threadId}`;

export class Store {
  hello: Hello;
  place: Place | null = null;
  /** By conversation. */
  readonly unread = new Map<string, number>();
  /** What was typed and not sent, by conversation. */
  readonly drafts = new Map<string, string>();
  /** By person: what the bot's START button is to send. */
  readonly starts = new Map<number, string>();
  readonly #personas = new Map<number, Persona>();
  readonly #listeners: { [K in keyof Changes]: Set<Listener<K>> } = {
    hello: new Set(),
    chats: new Set(),
    post: new Set(),
    typing: new Set(),
    clock: new Set(),
    backstage: new Set(),
    place: new Set(),
    persona: new Set(),
    start: new Set(),
    connection: new Set(),
  };

  constructor(hello: Hello) {
    this.hello = hello;
  }

  on<K extends keyof Changes>(name: K, listener: Listener<K>): void {
    this.#listeners[name].add(listener);
  }

  tell<K extends keyof Changes>(name: K, change: Changes[K]): void {
    for (const listener of this.#listeners[name]) listener(change);
  }

  /** The bot's time, epoch milliseconds. */
  now(): number {
    return Date.now() + this.hello.clockOffsetMs;
  }

  chat(id: number): ChatView | null {
    return this.hello.chats.find((chat) => chat.id === id) ?? null;
  }

  /** The open chat; null when there is none. */
  get open(): ChatView | null {
    return this.place === null ? null : this.chat(this.place.chatId);
  }

  person(id: number): PersonView | null {
    return this.hello.people.find((person) => person.id === id) ?? null;
  }

  /** Who one is in a chat: its person in a private one, the owner elsewhere unless somebody else was chosen. */
  persona(chat: ChatView): Persona {
    const chosen = this.#personas.get(chat.id);
    if (chat.personId !== null) return { personId: chat.personId, anonymous: false };
    if (chosen !== undefined && chat.members.some(({ personId }) => personId === chosen.personId))
      return chosen;
    const owner = chat.members.find(({ role }) => role === 'owner') ?? chat.members[0];
    return { personId: owner?.personId ?? 0, anonymous: false };
  }

  /** What an act needs to know of who does it, and where. */
  voice(place: Place): Voice {
    const chat = this.chat(place.chatId);
    return { ...place, ...(chat === null ? { personId: 0, anonymous: false } : this.persona(chat)) };
  }

  choosePersona(chatId: number, persona: Persona): void {
    this.#personas.set(chatId, persona);
    this.tell('persona', undefined);
  }

  openPlace(place: Place | null): void {
    this.place = place;
    if (place !== null) this.unread.delete(keyOf(place));
    this.tell('place', undefined);
    this.tell('chats', undefined);
  }

  /** A conversation by what stands in the address; the first chat when it is none. */
  placeOf(hash: string): Place | null {
    const [chatId, threadId] = hash.replace(/^#/u, '').split('/').map(Number);
    const chat = chatId === undefined ? null : this.chat(chatId);
    if (chat === null) return null;
    const isTopic = chat.topics.some(({ id }) => id === threadId);
    return { chatId: chat.id, threadId: isTopic ? (threadId ?? 0) : 0 };
  }

  greet(hello: Hello): void {
    this.hello = hello;
    this.unread.clear();
    this.tell('hello', undefined);
  }

  takeChats(chats: ChatView[]): void {
    const open = this.open;
    this.hello.chats = chats;
    // An upgraded group goes on as another chat, in the same place of the list.
    if (open !== null && this.chat(open.id) === null) {
      const heir = chats.find((chat) => chat.title === open.title && chat.kind === open.kind);
      this.openPlace(heir === undefined ? null : { chatId: heir.id, threadId: 0 });
    } else this.tell('chats', undefined);
  }

  takePost(post: PostView): void {
    const isOpen = this.place !== null && keyOf(post) === keyOf(this.place);
    const chat = this.chat(post.chatId);
    if (chat !== null && !post.deleted) keepNewest(chat, post);
    const isMine = chat !== null && post.personId === this.persona(chat).personId;
    const isNews = post.version === 0 && post.service === null && !isMine;
    if (isNews && !isOpen) this.unread.set(keyOf(post), (this.unread.get(keyOf(post)) ?? 0) + 1);
    this.tell('post', post);
  }
}

/** The list of chats comes some moments after the message, and who is asked something may be chosen in between. */
function keepNewest({ newest }: ChatView, post: PostView): void {
  const at = newest.findIndex((known) => keyOf(known) === keyOf(post));
  const known = newest[at];
  if (known === undefined) newest.push(post);
  else if (post.id > known.id || (post.id === known.id && post.version >= known.version)) newest[at] = post;
}
