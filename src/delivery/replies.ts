/**
 * The lane of answers to people: a place in a line of its own, with the same waits that digests obey. It keeps no list;
 * each caller waits for its own moment.
 */
import type { Clock } from './clock.ts';
import type { ReplyLane } from './delivery.ts';
import type { Outcome } from './outcome.ts';
import type { Pace } from './pace.ts';

/** A person who waits longer has asked again. */
export const REPLY_PATIENCE_MS = 20_000;

export class Replies implements ReplyLane {
  private readonly pace: Pace;
  private readonly clock: Clock;
  private readonly onFlood: (chatId: number, delaySeconds: number) => void;

  constructor(pace: Pace, clock: Clock, onFlood: (chatId: number, delaySeconds: number) => void) {
    this.pace = pace;
    this.clock = clock;
    this.onFlood = onFlood;
  }

  async acquire(chatId: number, signal?: AbortSignal): Promise<boolean> {
    const patience = this.clock.monotonic() + REPLY_PATIENCE_MS;
    let inLine = false;
    for (;;) {
      if (signal?.aborted === true) return false;
      const now = this.clock.monotonic();
      let at = this.pace.replyReadyAt(chatId, now);
      if (at <= now && !inLine) {
        at = this.pace.reserveReply(now);
        inLine = true;
      }
      if (at <= now) break;
      if (at > patience) return false;
      await this.sleep(at - now, signal);
    }
    this.pace.takeReply(chatId, this.clock.monotonic());
    return true;
  }

  settled(chatId: number, outcome: Outcome): void {
    if (outcome.kind === 'retryAt' && outcome.delaySeconds !== null)
      this.onFlood(chatId, outcome.delaySeconds);
  }

  private sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        signal?.removeEventListener('abort', done);
        callOff();
        resolve();
      };
      const callOff = this.clock.after(ms, done);
      signal?.addEventListener('abort', done);
    });
  }
}
