/**
 * When a message may leave: buckets for the bot and for each chat, waits that Telegram imposed, and a rate that comes
 * down after a 429 and recovers slowly. State without a clock: every instant is an argument, in milliseconds of a
 * monotonic clock. Remembers only chats that were busy within the last minute or are waiting.
 *
 * Limits of Telegram (Bots FAQ, "My bot is hitting limits"): about 30 messages a second to different chats, one a
 * second to one chat, 20 a minute to one group.
 */

import { Floods } from './floods.ts';

/** Messages a second that answers to people may use before they take from the digests' share. 25 + 5 make up the 30. */
export const REPLY_RESERVE = 5;
/** Between two messages to one chat, from the answer to the first one on. */
const CHAT_GAP_MS = 1_000;
/** Short bursts to one person are tolerated; answers use that, digests do not. */
const REPLY_BURST = 3;
const GROUP_WINDOW_MS = 60_000;
/** Digests stay below Telegram's 20 a minute, so that answers in the group still find room. */
export const GROUP_DIGEST_LIMIT = 18;
const GROUP_REPLY_LIMIT = 20;
/** A timer that comes late may send what it missed, up to this much of a second. */
const BURST_SECONDS = 0.12;

/** On top of `retry_after`: Telegram counts from when it answered, on its own clock. */
export const HOLD_MARGIN_MS = 250;
const CUT = 0.85;
const FLOOR = 0.2;
const CUT_GAP_MS = 1_000;
/** One chat that is refused again and again lowers the rate for everybody only so often. */
const CUT_CHAT_GAP_MS = 60_000;
/** While one message finds something out, the others look again after this. */
const TRIAL_LOOK_MS = 250;
/** From nothing to the full rate. */
const RECOVERY_MS = 300_000;

interface ChatState {
  /** When the next digest may leave. */
  next: number;
  /** When the last digest left. */
  leftAt: number;
  /** Messages of the last minute; empty for private chats. */
  recent: number[];
  heldUntil: number;
  /** When this chat last lowered the rate. */
  cutAt: number;
}

export class Pace {
  private readonly fullRate: number;
  private factor = 1;
  /** Up to when recovery has been counted. */
  private recoveredAt = 0;
  private cutAt = Number.NEGATIVE_INFINITY;
  /** Digests that may leave at once; negative when answers have borrowed. */
  private tokens = 1;
  private filledAt = Number.NEGATIVE_INFINITY;
  private reserve = 1;
  private reserveAt = Number.NEGATIVE_INFINITY;
  /** When the line of waiting answers ends. */
  private lineEnd = 0;
  private heldUntil = Number.NEGATIVE_INFINITY;
  private readonly chats = new Map<number, ChatState>();
  private readonly floods = new Floods();
  /** The chat whose message finds out whether the bot as a whole is to wait. */
  private trial: number | null = null;

  /** @param ratePerSecond digest messages a second over all chats; above 0 */
  constructor(ratePerSecond: number) {
    this.fullRate = Math.min(Math.max(ratePerSecond, 0.01), 1_000_000);
  }

  /** Digests that may leave now; 0 while everybody waits. */
  available(now: number): number {
    this.fill(now);
    if (now < this.heldUntil) return 0;
    const most = this.floods.isOpen(now) ? (this.trial === null ? 1 : 0) : Infinity;
    return Math.min(most, Math.max(0, Math.floor(this.tokens + 1e-9)));
  }

  /** When `available` will be at least 1. */
  availableAt(now: number): number {
    this.fill(now);
    const missing = Math.max(0, 1 - this.tokens);
    const waitsForTrial = this.trial !== null && this.floods.isOpen(now);
    const from = waitsForTrial ? now + TRIAL_LOOK_MS : now;
    return Math.max(from, this.heldUntil) + (missing / this.rate(now)) * 1_000;
  }

  /** When a digest to this chat may leave, as far as this chat is concerned; `now` when it is now. */
  chatReadyAt(chatId: number, now: number): number {
    const chat = this.chats.get(chatId);
    if (chat === undefined) return now;
    return Math.max(now, chat.next, chat.heldUntil, windowOpensAt(chat, GROUP_DIGEST_LIMIT));
  }

  /** A digest leaves for this chat. */
  take(chatId: number, now: number): void {
    this.fill(now);
    this.tokens -= 1;
    if (this.floods.isOpen(now)) this.trial = chatId;
    this.used(chatId, now).leftAt = now;
  }

  /** A digest to this chat was answered: the gap counts from here, since the way there took its time. */
  settled(chatId: number, accepted: boolean, now: number): void {
    if (this.trial === chatId) this.trial = null;
    const chat = this.chats.get(chatId);
    if (chat === undefined) return;
    if (accepted) this.floods.accepted(chat.leftAt);
    chat.next = Math.max(chat.next, now + CHAT_GAP_MS);
    const last = chat.recent.length - 1;
    if (last >= 0) chat.recent[last] = now;
  }

  /** When an answer to this chat may leave, as far as waits and the chat are concerned. */
  replyReadyAt(chatId: number, now: number): number {
    const chat = this.chats.get(chatId);
    if (chat === undefined) return Math.max(now, this.heldUntil);
    const burst = chat.next - (REPLY_BURST - 1) * CHAT_GAP_MS;
    return Math.max(now, this.heldUntil, chat.heldUntil, burst, windowOpensAt(chat, GROUP_REPLY_LIMIT));
  }

  /**
   * Takes a place in the line of answers and returns when it is served. Digests make room: what the reserve cannot
   * pay is taken from them, if need be in advance.
   */
  reserveReply(now: number): number {
    this.fill(now);
    const gap = 1_000 / (this.rate(now) + REPLY_RESERVE);
    const at = Math.max(now, this.lineEnd - (REPLY_RESERVE - 1) * gap);
    this.lineEnd = Math.max(this.lineEnd, now) + gap;
    const grown = at > this.reserveAt ? ((at - this.reserveAt) / 1_000) * REPLY_RESERVE : 0;
    this.reserve = Math.min(REPLY_RESERVE, this.reserve + grown);
    this.reserveAt = Math.max(this.reserveAt, at);
    if (this.reserve >= 1) this.reserve -= 1;
    else this.tokens -= 1;
    return at;
  }

  /** An answer leaves for this chat. */
  takeReply(chatId: number, now: number): void {
    this.used(chatId, now);
  }

  /** A 429. Returns until when everybody has to wait because of it; null when only this chat does. */
  flood(chatId: number, delaySeconds: number, now: number): number | null {
    const until = now + waitMs(delaySeconds);
    const chat = this.chat(chatId, now);
    chat.heldUntil = Math.max(chat.heldUntil, until);
    const everyone = this.floods.refused(chatId, until, now);
    if (everyone !== null) this.holdEveryone(everyone);
    // A single group that is refused has used up its own minute; that says nothing about the bot.
    if ((everyone !== null || chatId > 0) && now - chat.cutAt >= CUT_CHAT_GAP_MS) {
      chat.cutAt = now;
      this.cut(now);
    }
    return everyone;
  }

  /** A wait that was imposed before this run of the program. */
  hold(chatId: number, until: number, now: number): void {
    this.floods.note(chatId, until, now);
    const chat = this.chat(chatId, now);
    chat.heldUntil = Math.max(chat.heldUntil, until);
  }

  holdEveryone(until: number): void {
    this.heldUntil = Math.max(this.heldUntil, until);
  }

  /** Until when everybody waits; null when nobody does. */
  everyoneUntil(now: number): number | null {
    return this.heldUntil > now ? this.heldUntil : null;
  }

  /** Chats that wait out a 429, and how many of them for longer than `ms` from now on. */
  heldChats(now: number, ms = 0): number {
    let count = 0;
    for (const chat of this.chats.values()) if (chat.heldUntil > now + ms) count += 1;
    return count;
  }

  /** Digests a second at the moment. */
  rate(now: number): number {
    this.recover(now);
    return this.fullRate * this.factor;
  }

  /** How many chats are remembered. */
  get size(): number {
    return this.chats.size;
  }

  private recover(now: number): void {
    if (now <= this.recoveredAt) return;
    this.factor = Math.min(1, this.factor + (now - this.recoveredAt) / RECOVERY_MS);
    this.recoveredAt = now;
  }

  private cut(now: number): void {
    if (now - this.cutAt < CUT_GAP_MS) return;
    this.recover(now);
    this.cutAt = now;
    this.factor = Math.max(FLOOR, this.factor * CUT);
    // While everybody waits, nothing shows that more would be welcome.
    this.recoveredAt = Math.max(now, this.heldUntil);
  }

  private fill(now: number): void {
    if (now <= this.filledAt) return;
    const rate = this.rate(now);
    const from = Math.max(this.filledAt, Math.min(this.heldUntil, now));
    const grown = ((now - from) / 1_000) * rate;
    this.tokens = Math.min(Math.max(1, rate * BURST_SECONDS), this.tokens + grown);
    this.filledAt = now;
  }

  private used(chatId: number, now: number): ChatState {
    const chat = this.chat(chatId, now);
    chat.next = Math.max(chat.next, now) + CHAT_GAP_MS;
    if (chatId >= 0) return chat;
    chat.recent = chat.recent.filter((at) => at > now - GROUP_WINDOW_MS);
    chat.recent.push(now);
    return chat;
  }

  /** The state of a chat, moved to the young end of the map; two of the old end are looked at and idle ones dropped. */
  private chat(chatId: number, now: number): ChatState {
    const chat = this.chats.get(chatId) ?? newChat();
    this.chats.delete(chatId);
    this.chats.set(chatId, chat);
    let looked = 0;
    for (const [id, state] of this.chats) {
      if (looked === 2 || id === chatId) break;
      looked += 1;
      this.chats.delete(id);
      if (!isIdle(state, now)) this.chats.set(id, state);
    }
    return chat;
  }
}

/** How long a `retry_after` is obeyed. */
export function waitMs(delaySeconds: number): number {
  return delaySeconds * 1_000 + HOLD_MARGIN_MS;
}

function newChat(): ChatState {
  const never = Number.NEGATIVE_INFINITY;
  return { next: never, leftAt: never, recent: [], heldUntil: never, cutAt: never };
}

function isIdle(chat: ChatState, now: number): boolean {
  const newest = chat.recent.at(-1) ?? Number.NEGATIVE_INFINITY;
  return (
    chat.next <= now &&
    chat.heldUntil <= now &&
    newest <= now - GROUP_WINDOW_MS &&
    chat.cutAt <= now - CUT_CHAT_GAP_MS
  );
}

/** When one more message keeps the group within `limit` in any minute. */
function windowOpensAt(chat: ChatState, limit: number): number {
  const before = chat.recent.at(-limit);
  return before === undefined ? Number.NEGATIVE_INFINITY : before + GROUP_WINDOW_MS;
}
