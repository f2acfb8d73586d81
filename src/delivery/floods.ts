/**
 * What refusals of single chats (429) say about everybody. Telegram does not tell whether a wait is the chat's or the
 * bot's, so it is concluded: from several chats at once, and from waits that are too long to be a chat's own. State without a
 * clock; instants are monotonic milliseconds.
 *
 * One chat alone is not believed for long: its wait may be days. Everybody waits a minute at most, then one message at a
 * time goes to other chats. If it is accepted, the wait is that chat's own; if another chat is told to wait as long, it is the
 * bot's, and lasts as long as two of them say.
 */

/** So many different chats refused within the window: it is about the bot, not about them. */
const SEVERAL = 3;
const WINDOW_MS = 10_000;
/** A private chat that is to wait longer than this has no reason of its own for it. */
export const LONG_WAIT_MS = 10_500;
/** For so long everybody waits because of what one chat was told. */
const ONE_WORD_MS = 60_000;
/** A chat that is refused again and again makes everybody wait only so often. */
const ONE_WORD_EVERY_MS = 3_600_000;

interface Refusal {
  chatId: number;
  at: number;
  until: number;
}

export class Floods {
  private recent: Refusal[] = [];
  /** Long waits of private chats, none of them over, since a message was last accepted. */
  private long: Refusal[] = [];
  /** When a chat alone made everybody wait. */
  private readonly believed = new Map<number, number>();

  /** Returns until when everybody has to wait because of it; null when only this chat does. */
  refused(chatId: number, until: number, now: number): number | null {
    const others = (refusal: Refusal): boolean => refusal.chatId !== chatId;
    this.recent = this.recent.filter((refusal) => others(refusal) && refusal.at > now - WINDOW_MS);
    this.recent.push({ chatId, at: now, until });
    const several = this.ofSeveral(now);
    if (!this.note(chatId, until, now)) return several;
    const long = secondLongest(this.long) ?? this.ofOne(chatId, until, now);
    if (several === null || long === null) return several ?? long;
    return Math.max(several, long);
  }

  /** Remembers a wait that may be the bot's. False for one that is short, or a group's, which has limits of its own. */
  note(chatId: number, until: number, now: number): boolean {
    if (chatId < 0 || until - now < LONG_WAIT_MS) return false;
    this.long = this.long.filter((refusal) => refusal.chatId !== chatId && refusal.until > now);
    this.long.push({ chatId, at: now, until });
    return true;
  }

  /** A message that left at `leftAt` was accepted: waits that were imposed before that are not the bot's. */
  accepted(leftAt: number): void {
    if (this.long.length > 0) this.long = this.long.filter((refusal) => refusal.at > leftAt);
  }

  /** Whether it is open if the bot as a whole is to wait: then only one message at a time may find out. */
  isOpen(now: number): boolean {
    return this.long.some((refusal) => refusal.until > now);
  }

  private ofSeveral(now: number): number | null {
    if (this.recent.length < SEVERAL) return null;
    const people = this.recent.filter((refusal) => refusal.chatId > 0);
    // Groups have limits of their own, so among groups alone only what they have in common counts.
    if (people.length === 0) return Math.min(...this.recent.map((refusal) => refusal.until));
    const longest = Math.max(...people.map((refusal) => refusal.until));
    return Math.max(Math.min(longest, now + ONE_WORD_MS), secondLongest(people) ?? 0);
  }

  private ofOne(chatId: number, until: number, now: number): number | null {
    for (const [id, at] of this.believed) if (at <= now - ONE_WORD_EVERY_MS) this.believed.delete(id);
    if (this.believed.has(chatId)) return null;
    this.believed.set(chatId, now);
    return Math.min(until, now + ONE_WORD_MS);
  }
}

/** The end of the wait that two agree upon; null when there are not two. */
function secondLongest(refusals: readonly Refusal[]): number | null {
  return refusals.map((refusal) => refusal.until).sort((a, b) => b - a)[1] ?? null;
}
