/**
 * Delivery as the rest of the program sees it. `dispatcher.ts` is the implementation; the types stand apart so that
 * those who only speak to it do not depend on how it works.
 */
import type { Clock } from './clock.ts';
import type { Courier, DigestPart } from './courier.ts';
import type { OnEvent } from './events.ts';
import type { GoneReason, Outcome } from './outcome.ts';
import type { ChatChange, Outbox, OutboxCounts, UnknownDelivery, UnknownPolicy } from './outbox.ts';

export interface DeliveryOptions {
  outbox: Outbox;
  courier: Courier;
  clock: Clock;
  /** Of this run of the program; never used by another one. */
  bootId: string;
  /** Digest messages a second, over all chats; above 0. */
  ratePerSecond: number;
  policy: UnknownPolicy;
  /**
   * What to put above the next digest about an earlier one that may not have arrived: its unknown parts, at least one.
   * Pure. Null says nothing for now.
   */
  notice: (missing: readonly UnknownDelivery[]) => DigestPart | null;
  onEvent: OnEvent;
}

/** `detail` is for the operator and holds no secrets. */
export type Health =
  { ok: true } | { ok: false; problem: 'halted' | 'trouble' | 'store'; detail: string; since: number };

export interface DeliveryStats extends OutboxCounts {
  /** Digest messages a second at the moment: below the set rate after a 429. */
  ratePerSecond: number;
  /** Epoch milliseconds until which Telegram made everybody wait; null when nobody waits. */
  everyoneUntil: number | null;
  /** Chats that are waiting out a 429. */
  chatsHeld: number;
}

/** Waits that Telegram imposed and that the operator should know of. */
export interface Pauses {
  /** Epoch milliseconds; null when nobody waits. */
  everyoneUntil: number | null;
  /** Chats that wait for more than an hour from now. */
  chatsHeldLong: number;
}

/** For answers to people: never queued behind digests, but paid from the same limits, and obeying the same holds. */
export interface ReplyLane {
  /**
   * Resolves with true when a message to this chat may leave now, with false when it would have to wait longer than a
   * person does, or when `signal` says so. Only for calls that post or edit a message; an answered button needs no slot.
   */
  acquire(chatId: number, signal?: AbortSignal): Promise<boolean>;
  /** What became of the call: a 429 holds the chat back for digests too. */
  settled(chatId: number, outcome: Outcome): void;
}

export interface Delivery {
  /** Settles what an earlier run left in flight, takes up its waits, and begins to send. */
  start(): Promise<void>;
  /** Takes nothing new, waits for what is in flight, at most `deadlineMs`, and commits the outcomes. */
  stop(deadlineMs: number): Promise<void>;
  /** There is something new in the outbox. Returns at once; cheap. */
  wake(): void;
  health(): Health;
  pauses(): Pauses;
  /** @param since epoch milliseconds: from when sent messages are counted */
  stats(since: number): Promise<DeliveryStats>;
  replies: ReplyLane;

  /** What this chat may have missed, oldest first; for all chats when `chatId` is null. */
  unknownFor(chatId: number | null, limit: number): Promise<UnknownDelivery[]>;
  /** An answer made these known to their chat, so that the next digest need not. */
  announced(deliveryIds: readonly number[]): Promise<void>;
  /**
   * Sends what this chat may have missed once more: everything, or the edition of one delivery. Only what is unknown at
   * this moment: a second tap returns 0.
   */
  redeliver(chatId: number, deliveryId: number | null): Promise<number>;

  /** From a `my_chat_member` update, or from a refused answer. */
  chatGone(chatId: number, reason: GoneReason): Promise<ChatChange | null>;
  /** From a service message, or from a refused answer. Safe to call twice. */
  chatMoved(from: number, to: number): Promise<ChatChange | null>;
  /** The chat can be written to again. Returns how many subscriptions go on. */
  chatBack(chatId: number): Promise<number>;
}
