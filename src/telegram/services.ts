/**
 * What the Telegram room needs of the rest of the program. Each interface is the least that the commands ask for; the
 * composition root hands in whatever implements them.
 */
import type { Article } from '../articles/article.ts';
import type { DigestPart } from '../delivery/courier.ts';
import type { Accounts } from '../follows/account.ts';
import type { FollowStore } from '../follows/follow.ts';
import type { Shelves } from '../follows/sieve.ts';
import type { SubscriptionStore } from '../digest/subscription.ts';
import type { Language, OperatorFigure } from '../i18n/catalogue.ts';
import type { Log } from '../log.ts';
import type { Searcher } from '../search/searcher.ts';
import type { Adminships } from './adminships.ts';

export interface Library extends Shelves {
  /** Articles that are there with `seq <= maxSeq`, newest first. */
  latest(options: { maxSeq: number; offset: number; limit: number }): Promise<Article[]>;
  /** How many articles there are with `seq <= maxSeq`. */
  count(maxSeq: number): Promise<number>;
  /** Null when there is none, or it was removed. */
  byId(id: string): Promise<Article | null>;
  /** Those that are there, in the order of `ids`. */
  byIds(ids: readonly string[]): Promise<Article[]>;
  /** Those of the story that this article belongs to, newest first; empty when there is none. */
  reports(id: string): Promise<Article[]>;
  /** The highest `seq` that was first seen before an instant; 0 for none. */
  seqBefore(instant: number): Promise<number>;
}

export interface ChatIdentity {
  id: number;
  type: 'private' | 'group' | 'supergroup' | 'channel';
  title: string | null;
  username: string | null;
}

export interface ChatBook {
  meet(chat: ChatIdentity, now: number): Promise<void>;
  addedBy(chatId: number, userId: number): Promise<void>;
  keeper(chatId: number): Promise<{ userId: number; name: string } | null>;
  rememberAdmins(chatId: number, userIds: readonly number[], now: number): Promise<void>;
  forgetAdmin(chatId: number, userId: number): Promise<void>;
  /** Of which the person was an admin when it was last asked, those seen last first. */
  administered(userId: number, limit: number): Promise<(ChatIdentity & { subscribed: boolean })[]>;
  language(chatId: number): Promise<Language | null>;
  chooseLanguage(chatId: number, language: Language): Promise<void>;
}

export interface QueryBook {
  remember(text: string, now: number): Promise<string>;
  /** A text under a token of the caller's. */
  keep(token: string, text: string, now: number): Promise<void>;
  recall(token: string): Promise<string | null>;
}

export interface LastDelivery {
  /** Epoch milliseconds. */
  slot: number;
  outcome: 'sent' | 'waiting' | 'unknown' | 'dead';
  reason: string | null;
}

/** A digest, or an article that was told at once, that may not have arrived. */
export interface DoubtfulDelivery {
  id: number;
  /** Epoch milliseconds. */
  slot: number;
  isAlert: boolean;
  zone: string;
  threadId: number;
}

/** One message of an edition, as it left. */
export interface SentMessage {
  /** Epoch milliseconds. */
  at: number;
  /** From 0. */
  part: number;
  /** False when Telegram never told whether it arrived. */
  isCertain: boolean;
  content: DigestPart;
}

export interface DeliveryDesk {
  /** The last delivery of a chat's or topic's subscription; null before the first one. */
  last(chatId: number, threadId: number): Promise<LastDelivery | null>;
  /**
   * What a chat or topic was sent for slots with `from <= slot < to` (epoch milliseconds), in that order: at most `limit`
   * messages after the first `skip`; `total` counts all, and is 0 when there are none behind those.
   */
  sentIn(
    place: { chatId: number; threadId: number },
    span: { from: number; to: number },
    page: { skip: number; limit: number },
  ): Promise<{ messages: SentMessage[]; total: number }>;
  /** Deliveries of the chat whose fate is unknown, oldest first; `told` when the chat knows of them. */
  doubtful(chatId: number): Promise<(DoubtfulDelivery & { told: boolean })[]>;
  announced(ids: readonly number[]): Promise<void>;
  /** Plans the digest of a delivery again. False when that was done before. */
  redeliver(chatId: number, deliveryId: number): Promise<boolean>;
}

/** What happens to chats, as Telegram reports it. */
export interface ChatEvents {
  gone(chatId: number, reason: 'blocked' | 'kicked' | 'left' | 'no-rights'): Promise<void>;
  back(chatId: number): Promise<void>;
  moved(from: number, to: number): Promise<void>;
}

export interface OperatorReport {
  figures: [OperatorFigure, string][];
  /** "path: reason, detail". */
  refused: string[];
  /** What may not have arrived, the oldest first, at most a screenful. */
  unknown: { chatId: number; slot: number }[];
}

export interface BotSettings {
  timezone: string;
  digestCron: string;
  digestMaxItems: number;
  defaultLanguage: Language;
  adminIds: readonly number[];
  inlineMode: boolean;
}

export interface Services {
  bot: { id: number; username: string };
  settings: BotSettings;
  library: Library;
  searcher: Searcher;
  chats: ChatBook;
  adminships: Adminships;
  queries: QueryBook;
  subscriptions: SubscriptionStore;
  follows: FollowStore;
  accounts: Accounts;
  deliveries: DeliveryDesk;
  events: ChatEvents;
  operator: () => Promise<OperatorReport>;
  /** Epoch milliseconds. */
  now: () => number;
  log: Log;
}
