/**
 * Rate limits in the manner of Telegram's, off unless asked for: so many messages a second to one chat, so many a
 * minute to one group, so many a second in all. Whoever exceeds one is told to wait and, until then, gets nothing
 * through. Pure: time is an argument.
 */

export interface RateLimits {
  /** Messages to one chat. Telegram tolerates short bursts, and so does `burst`. */
  perChatPerSecond?: number;
  /** How many messages may come at once before `perChatPerSecond` counts; 1 when missing. */
  burst?: number;
  groupPerMinute?: number;
  botPerSecond?: number;
}

export interface Exceeded {
  retryAfterSeconds: number;
  scope: 'chat' | 'bot';
}

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;

/** The instants of the latest messages that were let through, within a window. */
class Window {
  readonly #lengthMs: number;
  #instants: number[] = [];

  constructor(lengthMs: number) {
    this.#lengthMs = lengthMs;
  }

  /** How long until one more fits; 0 when it fits now. */
  waitMs(limit: number, now: number): number {
    const since = now - this.#lengthMs;
    if ((this.#instants[0] ?? now) <= since) this.#instants = this.#instants.filter((at) => at > since);
    if (this.#instants.length < limit) return 0;
    const first = this.#instants[this.#instants.length - limit] ?? now;
    return first + this.#lengthMs - now;
  }

  add(now: number): void {
    this.#instants.push(now);
  }
}

export class RateLimiter {
  limits: RateLimits;
  readonly #chats = new Map<number, Window>();
  readonly #groups = new Map<number, Window>();
  readonly #bot = new Window(SECOND_MS);

  constructor(limits: RateLimits) {
    this.limits = limits;
  }

  /** Counts a message that is about to be let through; null when it may pass. */
  admit(chatId: number, isGroup: boolean, now: number): Exceeded | null {
    const { perChatPerSecond, burst = 1, groupPerMinute, botPerSecond } = this.limits;
    const waits: { waitMs: number; scope: Exceeded['scope'] }[] = [];
    const counted: Window[] = [];
    const check = (window: Window, limit: number, scope: Exceeded['scope']): void => {
      waits.push({ waitMs: window.waitMs(limit, now), scope });
      counted.push(window);
    };
    if (perChatPerSecond !== undefined) {
      // A burst of b at r a second is at most b in a window of b/r seconds.
      const window = of(this.#chats, chatId, (SECOND_MS * burst) / perChatPerSecond);
      check(window, burst, 'chat');
    }
    if (groupPerMinute !== undefined && isGroup) {
      check(of(this.#groups, chatId, MINUTE_MS), groupPerMinute, 'chat');
    }
    if (botPerSecond !== undefined) check(this.#bot, botPerSecond, 'bot');
    const worst = waits.reduce((a, b) => (b.waitMs > a.waitMs ? b : a), { waitMs: 0, scope: 'chat' });
    if (worst.waitMs > 0) {
      return { retryAfterSeconds: Math.ceil(worst.waitMs / SECOND_MS), scope: worst.scope };
    }
    for (const window of counted) window.add(now);
    return null;
  }
}

function of(windows: Map<number, Window>, id: number, lengthMs: number): Window {
  let window = windows.get(id);
  if (window === undefined) {
    window = new Window(lengthMs);
    windows.set(id, window);
  }
  return window;
}
