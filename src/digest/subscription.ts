/**
 * One chat's (or forum topic's) standing order for a digest, and what the digest room asks of the store about it.
 */

export type DigestLanguage = 'vi' | 'en';

/** Where the digest is read: in a channel a button cannot answer its reader, so the edition links into the bot instead. */
export type Surface = 'chat' | 'channel';

/** The only style there is so far: a list of titles with the beginnings of their summaries. */
export const DEFAULT_STYLE = 'list';

export interface Subscription {
  id: number;
  /** Beyond 32 bits, within 2^53. */
  chatId: number;
  /** 0 for the whole chat and for a forum's General topic. */
  threadId: number;
  surface: Surface;
  /** Five cron fields, in local time of `zone`. */
  cron: string;
  /** IANA. */
  zone: string;
  language: DigestLanguage;
  /** A query that narrows the digest; null takes everything. */
  filter: string | null;
  style: string;
  silent: boolean;
  /** Epoch milliseconds; null when it is not paused. */
  pausedUntil: number | null;
  /** The `seq` of the last article that an edition covered; null before the first edition. */
  cursor: number | null;
  /** The next slot, epoch milliseconds; null while the subscription is stopped. */
  nextAt: number | null;
}

/** What a chat chooses, or is given by the settings, when it subscribes. */
export interface NewSubscription {
  chatId: number;
  threadId: number;
  cron: string;
  zone: string;
  language: DigestLanguage;
  /** Epoch milliseconds. */
  nextAt: number;
  now: number;
}

export interface SubscriptionStore {
  /** The active subscription of this chat or topic; null when there is none. */
  find(chatId: number, threadId: number): Promise<Subscription | null>;
  /**
   * Makes the subscription active. One that was stopped comes back as it was, cursor included, so that the next
   * edition holds what it missed. False when it was active already, in which case nothing changes.
   */
  subscribe(wish: NewSubscription): Promise<boolean>;
  /**
   * Stops it and withdraws what is planned but not yet on its way; the cursor goes back over what was withdrawn. False
   * when it was not active.
   */
  unsubscribe(chatId: number, threadId: number, now: number): Promise<boolean>;
  /** True when the chat itself was subscribed once and somebody there has stopped it. */
  wasStopped(chatId: number): Promise<boolean>;
}
