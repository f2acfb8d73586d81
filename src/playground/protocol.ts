/**
 * What the page and its server say to each other: views of the world, events as they happen, and what a person can do.
 * Types only, since both sides read them; nothing here is Telegram's, which the page never speaks to.
 */
import type { Button, Entity } from './wire.ts';

export interface PersonView {
  id: number;
  name: string;
  language: 'vi' | 'en';
}

export type ChatKind = 'private' | 'group' | 'forum' | 'channel';

/** What the bot is in a group or channel; `mute` is an admin of a channel who may not post. */
export type BotPlace = 'out' | 'member' | 'admin' | 'mute';

export interface MemberView {
  personId: number;
  role: 'owner' | 'admin' | 'member';
}

export interface ChatView {
  id: number;
  kind: ChatKind;
  /** The bot's name in a private chat. */
  title: string;
  username: string | null;
  /** Whose private chat with the bot it is; null for all others. */
  personId: number | null;
  members: MemberView[];
  bot: BotPlace;
  /** Private chats: they have written to the bot, they have blocked it. */
  started: boolean;
  blocked: boolean;
  /** A basic group can be upgraded, once. */
  canUpgrade: boolean;
  /** General is 0 and comes first; empty unless it is a forum. */
  topics: { id: number; name: string; closed: boolean }[];
  /** The newest message of the chat, or of each topic. */
  newest: PostView[];
}

/** What a service message tells of; names are those of the people concerned. */
export type ServiceView =
  | { kind: 'joined' | 'left' }
  | { kind: 'topicCreated'; name: string }
  | { kind: 'topicClosed' | 'topicReopened' }
  | { kind: 'upgraded' | 'upgradedFrom' };

/** In degrees, north and east positive. */
export interface Point {
  latitude: number;
  longitude: number;
}

export interface PostView {
  chatId: number;
  id: number;
  /** 0 outside topics and in General. */
  threadId: number;
  /** By the bot. */
  own: boolean;
  /** By whom: a person's name, the group's for an anonymous admin, the channel's. */
  author: string;
  /** Null for the bot and for those who write as the chat. */
  personId: number | null;
  silent: boolean;
  /** Unix seconds, by the bot's clock. */
  date: number;
  /** How often it has changed; of two views the higher one is newer. */
  version: number;
  edited: boolean;
  deleted: boolean;
  viaBot: boolean;
  text: string;
  entities: Entity[];
  /** Instead of a text, a place on the map. */
  point: Point | null;
  rows: Button[][];
  reply: { id: number; author: string; text: string } | null;
  /** The field is open for a reply to it: with what in the empty field, and for whom, null for everybody. */
  asks: { placeholder: string; personIds: number[] | null } | null;
  service: ServiceView | null;
}

export interface Command {
  command: string;
  description: string;
}

export interface DeliveryView {
  id: number;
  chatId: number;
  /** Null for chats of the crowd. */
  title: string | null;
  threadId: number;
  /** Epoch milliseconds. */
  slot: number;
  /** From 1. */
  part: number;
  state: 'planned' | 'inflight' | 'deferred' | 'sent' | 'unknown' | 'dead';
  attempt: number;
  /** Epoch milliseconds; null for none. */
  notBefore: number | null;
  reason: string | null;
}

export interface CallView {
  seq: number;
  method: string;
  chatId: number | null;
  /** Null while it runs and when it was never carried out. */
  status: number | null;
  /** What Telegram said when it refused; empty otherwise. */
  description: string;
  /** The bot never learned what became of it. */
  lost: boolean;
}

/** What is behind the scenes, as it changes. */
export interface Backstage {
  articles: number;
  /** The title that came last; null before the first. */
  newestArticle: string | null;
  /** Files that are no articles, newest last. */
  refused: { path: string; reason: string }[];
  subscriptions: number;
  /** Epoch milliseconds; null when nobody is subscribed. */
  nextSlot: number | null;
  counts: Record<DeliveryView['state'], number>;
  deliveries: DeliveryView[];
  calls: CallView[];
  moods: {
    /** Telegram cannot be reached. */
    down: boolean;
    /** Telegram's real limits are enforced. */
    limits: boolean;
    /** Troubles that wait for a call. */
    waiting: number;
  };
  crowd: { readers: number; subscribed: number; reached: number };
  /** Updates that the bot has not taken yet. */
  pendingUpdates: number;
}

export interface Hello {
  bot: { id: number; name: string; username: string; description: string };
  /** IANA: the newsroom's, in which the clock is shown. */
  zone: string;
  people: PersonView[];
  chats: ChatView[];
  /** As the bot has set them, by scope and language: `all_private_chats|vi`. */
  commands: [string, Command[]][];
  clockOffsetMs: number;
  backstage: Backstage;
}

/** What the stream of events carries, by name. */
export interface Events {
  hello: Hello;
  chats: ChatView[];
  post: PostView;
  typing: { chatId: number; threadId: number };
  clock: { offsetMs: number };
  commands: Hello['commands'];
  backstage: Backstage;
}

/** Where somebody writes, and as whom. */
export interface Voice {
  chatId: number;
  threadId: number;
  personId: number;
  anonymous: boolean;
}

export interface InlineCard {
  id: string;
  title: string;
  description: string;
}

export interface InlineCards {
  askId: string;
  cards: InlineCard[];
  /** Empty for the last page. */
  nextOffset: string;
  /** Stands above the cards and opens the chat with the bot; null for none. */
  button: { text: string; startParameter: string } | null;
}

export type Mood = 'refuse' | 'lose' | 'outage' | 'recover' | 'limits' | 'noLimits';

/** What a person can do: what it takes, and what comes back. */
export interface Acts {
  send: { takes: Voice & { text: string; replyTo: number | null }; gives: null };
  locate: { takes: Voice & Point & { replyTo: number | null }; gives: null };
  /** `button` counts from 0, row by row. Null when the bot did not answer. */
  press: {
    takes: Voice & { messageId: number; button: number };
    gives: { text: string; alert: boolean; url: string } | null;
  };
  /** Null when the bot did not answer. */
  ask: { takes: Voice & { query: string; offset: string }; gives: InlineCards | null };
  choose: { takes: Voice & { askId: string; cardId: string }; gives: null };
  block: { takes: { personId: number; blocked: boolean }; gives: null };
  /** `personId` does it; null for the owner. */
  place: { takes: { chatId: number; bot: BotPlace; personId: number | null }; gives: null };
  upgrade: { takes: { chatId: number }; gives: { chatId: number } };
  topic: { takes: { chatId: number; threadId: number; closed: boolean }; gives: null };
  /** On to the next digest, or so many days further, from digest to digest. */
  time: { takes: { days: number }; gives: { moved: boolean } };
  write: { takes: { title: string; text: string; source: string }; gives: { file: string } };
  mood: { takes: { mood: Mood; seconds: number }; gives: null };
  crowd: { takes: { count: number }; gives: null };
  startOver: { takes: Record<string, never>; gives: null };
}

export type ActName = keyof Acts;
/** What `POST /do/<act>` answers. */
export type Answer<T> = { ok: true; result: T } | { ok: false; error: string };
