/**
 * What delivery needs of the store: intents that survive, committed before the socket is written, and outcomes
 * committed after. Implemented in `store/`.
 *
 * A delivery is open while it is planned, deferred or in flight, and closed once sent, unknown or dead. An open
 * delivery waits for the open ones before it of the same subscription; a closed one holds back nothing. Every method
 * is one transaction: it happens whole or, when it rejects, not at all.
 */
import type { DigestPart } from './courier.ts';
import type { GoneReason } from './outcome.ts';

/** What happens to a delivery whose fate nobody told us: offer it to the chat, or send it again unasked. */
export type UnknownPolicy = 'ask' | 'resend';

/** For how long settled deliveries and their messages are kept: a day of 100,000 chats is about 12 MB. */
export const KEPT_DAYS = 14;

/** An open delivery that nothing of its own subscription holds back. */
export interface Candidate {
  id: number;
  subscriptionId: number;
  chatId: number;
}

/** A place among the deferred deliveries, in the order of their time. */
export interface DuePosition {
  /** Epoch milliseconds. */
  notBefore: number;
  id: number;
}

/** A delivery that was just committed as in flight, with all that is needed to send it. */
export interface Intent extends Candidate {
  /** 0 for none. */
  threadId: number;
  silent: boolean;
  slot: number;
  /** From 0. */
  part: number;
  partCount: number;
  /** Null when the edition lacks this part, which is our mistake. */
  content: DigestPart | null;
  /** How often it was in flight, this time included. */
  attempt: number;
  /** How many of those attempts ended unknown. */
  doubts: number;
  /** Why the last attempt did not settle it; null before the first, and after a crash in between. */
  reason: string | null;
  /** How many attempts in a row, up to the last one, ended for that reason. */
  streak: number;
  /** Telegram refused the markup before. */
  plain: boolean;
  /** Its topic takes no messages: it goes to the chat itself. */
  offTopic: boolean;
  /** Deliveries of the same subscription that are unknown and of which the chat was not told yet; oldest first. */
  unannounced: UnknownDelivery[];
}

/** A delivery that may or may not have arrived, with what is needed to say so. */
export interface UnknownDelivery {
  id: number;
  subscriptionId: number;
  chatId: number;
  threadId: number;
  language: 'vi' | 'en';
  /** IANA: in whose days the slot is named. */
  zone: string;
  /** Epoch milliseconds. */
  slot: number;
  /** An article that was told at once; otherwise a part of a digest. */
  isAlert: boolean;
  part: number;
  partCount: number;
  reason: string;
  /** Epoch milliseconds at which it became unknown. */
  since: number;
  announcedAt: number | null;
}

/** What is to be committed about one delivery that was in flight. Instants are epoch milliseconds. */
export type Settlement =
  /** `announced`: unknown deliveries that the message made known to the chat. */
  | { kind: 'sent'; id: number; messageId: number | null; announced: number[] }
  /** Open again: at once when `notBefore` is null. `doubt` counts an attempt that may have arrived. */
  | {
      kind: 'again';
      id: number;
      notBefore: number | null;
      reason: string;
      plain: boolean;
      offTopic: boolean;
      doubt: boolean;
    }
  /** It was taken and not sent: open as before. */
  | { kind: 'release'; id: number }
  | { kind: 'unknown'; id: number; reason: string }
  | { kind: 'dead'; id: number; reason: string }
  /** `chatId` is the one that was written to; if the delivery belongs to another chat by now, it is open again. */
  | { kind: 'gone'; id: number; chatId: number; reason: GoneReason }
  /** To be sent to `to`: at once when `notBefore` is null. */
  | { kind: 'moved'; id: number; chatId: number; to: number; notBefore: number | null }
  | { kind: 'topicLost'; id: number; chatId: number; threadId: number; closed: boolean };

/** What a transaction did to chats and subscriptions, for those who are to be told. */
export type ChatChange =
  | { kind: 'gone'; chatId: number; reason: GoneReason; subscriptions: number }
  | { kind: 'moved'; from: number; to: number; merged: boolean }
  /**
   * `general`: this edition goes to the chat itself; when `closed` is false, so do all later ones. `stopped`: the chat
   * has a subscription of its own already, so the topic's was stopped.
   */
  | {
      kind: 'topicLost';
      subscriptionId: number;
      chatId: number;
      threadId: number;
      closed: boolean;
      became: 'general' | 'stopped';
    };

export interface Settled {
  /** The next candidates of the subscriptions that were touched. */
  next: Candidate[];
  changes: ChatChange[];
}

/** A wait that Telegram imposed. */
export interface Wait {
  /** Null for everybody. */
  chatId: number | null;
  /** Epoch milliseconds. */
  until: number;
}

/** Waits that outlive the process. Instants are epoch milliseconds. */
export interface Holds {
  everyoneUntil: number | null;
  chats: { chatId: number; until: number }[];
}

export interface OutboxCounts {
  planned: number;
  deferred: number;
  inflight: number;
  unknown: number;
  /** Unknown deliveries whose chat was not told yet. */
  unannounced: number;
  dead: number;
  /** Since the instant that was asked for. */
  sent: number;
}

/** The next slot of a schedule after an instant (epoch milliseconds); null when there is none. */
export type NextSlot = (cron: string, zone: string, after: number) => number | null;

export interface Outbox {
  /** Whatever an earlier boot left in flight becomes unknown, or open again with `resend`. Returns how many. */
  recover(bootId: string, policy: UnknownPolicy, now: number): Promise<number>;
  /** Waits that were written under a clock that was set back since keep their length, counted from `now`. */
  rebase(now: number): Promise<void>;
  /** What is to be obeyed after a restart. */
  holds(now: number): Promise<Holds>;

  /** Planned deliveries with ids above `afterId`, in order of id. */
  planned(afterId: number, limit: number): Promise<Candidate[]>;
  /** Deferred deliveries whose time has come, the longest waiting first, behind `after` in that order. */
  due(now: number, after: DuePosition | null, limit: number): Promise<(Candidate & DuePosition)[]>;
  /** When the next deferred delivery after `now` is due; null when there is none. */
  nextDue(now: number): Promise<number | null>;

  /**
   * Commits deliveries as in flight. Returns those that may go, in the order of `ids`; the others are no longer open,
   * wait for an earlier one, or were withdrawn now because their subscription is not active and nobody asked for them.
   */
  take(ids: readonly number[], bootId: string, now: number): Promise<Intent[]>;
  /** Commits outcomes, and waits that are to be obeyed also after a restart. */
  settle(settlements: readonly Settlement[], now: number, waits: readonly Wait[]): Promise<Settled>;
  /** Puts candidates off that were not taken. */
  postpone(waits: readonly { id: number; notBefore: number }[], reason: string, now: number): Promise<void>;

  /** Unknown deliveries, oldest first; of one chat, or of all when `chatId` is null. */
  unknown(chatId: number | null, limit: number): Promise<UnknownDelivery[]>;
  /** Remembers that the chat was told. */
  announce(ids: readonly number[], now: number): Promise<void>;
  /**
   * Plans unknown deliveries of this chat again: all, or the parts of the edition to which `deliveryId` belongs. What is
   * not unknown is left alone, so that a second tap does nothing. Returns how many.
   */
  redeliver(chatId: number, deliveryId: number | null, now: number): Promise<number>;

  /** The chat cannot be written to. Null when it is not known or gone already. */
  chatGone(chatId: number, reason: GoneReason, now: number): Promise<ChatChange | null>;
  /** The chat has a new id. Null when nothing stands under the old one (any more). */
  chatMoved(from: number, to: number, now: number): Promise<ChatChange | null>;
  /** The chat can be written to again: what was stopped because it was gone goes on. Returns how many subscriptions. */
  chatBack(chatId: number, now: number): Promise<number>;

  /** @param since epoch milliseconds */
  counts(since: number): Promise<OutboxCounts>;
}
