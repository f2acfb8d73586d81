/**
 * One chat's (or forum topic's) standing order for a digest, and what the digest room asks of the store about it.
 */

import type { Change, Refusal } from './change.ts';
import type { QuietHours } from './quiet.ts';

export type DigestLanguage = 'vi' | 'en';

/** Where the digest is read: in a channel a button cannot answer its reader, so the edition links into the bot instead. */
export type Surface = 'chat' | 'channel';

/** `short`: titles; `normal`: with the beginnings of summaries; `full`: with a passage that unfolds. */
export type DigestStyle = 'short' | 'normal' | 'full';

export const DEFAULT_STYLE: DigestStyle = 'normal';

/** What a chat chooses. */
export interface Preferences {
  /** Crons of five fields, joined by `; `, in local time of `zone`. */
  cron: string;
  /** IANA. */
  zone: string;
  style: DigestStyle;
  /** The most articles that a digest lists; null takes that of the settings. */
  maxItems: number | null;
  /** Never a sound. */
  silent: boolean;
  /** When digests come without a sound; null for never. */
  quiet: QuietHours | null;
  /** A slot with nothing new brings one line that says so; otherwise nothing. */
  tellsQuietDay: boolean;
  /** Epoch milliseconds; null when it is not paused. */
  pausedUntil: number | null;
}

export interface Subscription extends Preferences {
  id: number;
  /** Beyond 32 bits, within 2^53. */
  chatId: number;
  /** 0 for the whole chat and for a forum's General topic. */
  threadId: number;
  surface: Surface;
  language: DigestLanguage;
  /** What the follows make of the digest, as the follows room reads it; null takes everything. */
  filter: string | null;
  /** The `seq` of the last article that an edition covered; null before the first edition. */
  cursor: number | null;
  /** The `seq` of the last article that was told at once; null when none ever was. */
  toldSeq: number | null;
  /** The next slot, epoch milliseconds; null while the subscription is stopped. */
  nextAt: number | null;
}

export interface NewSubscription {
  chatId: number;
  threadId: number;
  /** What the chat chose just now; null keeps what it has, or takes `fallback`. */
  chosenCron: string | null;
  /** Of the settings, for a chat that has nothing of its own. */
  fallback: { cron: string; zone: string };
  language: DigestLanguage;
  now: number;
}

export type Adjusted =
  | { ok: true; subscription: Subscription }
  /** `none`: the chat or topic was never subscribed. */
  | { ok: false; why: Refusal | 'none' };

export interface SubscriptionStore {
  /** The active subscription of this chat or topic; null when there is none. */
  find(chatId: number, threadId: number): Promise<Subscription | null>;
  /** Also one that was stopped, with what it keeps for the day on which it goes on. */
  known(chatId: number, threadId: number): Promise<Subscription | null>;
  /**
   * Makes the subscription active. One that was stopped comes back as it was, with its schedule and its cursor, so that
   * the next edition holds what it missed; a pause is over. False when it was active already, in which case nothing
   * changes.
   */
  subscribe(wish: NewSubscription): Promise<boolean>;
  /** Changes it and finds its next slot, in one transaction. One that is stopped is changed and stays stopped. */
  adjust(chatId: number, threadId: number, change: Change, now: number): Promise<Adjusted>;
  /**
   * Stops it and withdraws what is planned but not yet on its way; the cursor goes back over what was withdrawn. False
   * when it was not active.
   */
  unsubscribe(chatId: number, threadId: number, now: number): Promise<boolean>;
  /** By subscription: `seq`s of articles after its cursor that it was told at once, ascending. */
  told(subscriptions: readonly Subscription[]): Promise<ReadonlyMap<number, number[]>>;
  /** True when the chat itself was subscribed once and somebody there has stopped it. */
  wasStopped(chatId: number): Promise<boolean>;
}
