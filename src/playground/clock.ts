/**
 * The playground's clock: the real one, moved on by whoever does not want to wait until tomorrow morning. It only goes
 * forward, as time does; timers keep real time, since nobody waits a week for a message to leave.
 */
import type { Clock } from '../delivery/clock.ts';

/** Beyond this, dates leave the four digits that people expect. */
const MAX_OFFSET_MS = 1_000 * 365 * 86_400_000;

export class MovableClock implements Clock {
  readonly #base: Clock;
  #offsetMs = 0;

  /** @param base the real clock */
  constructor(base: Clock) {
    this.#base = base;
  }

  /** How far it is ahead of the real clock. */
  get offsetMs(): number {
    return this.#offsetMs;
  }

  now(): number {
    return this.#base.now() + this.#offsetMs;
  }

  monotonic(): number {
    return this.#base.monotonic();
  }

  after(ms: number, action: () => void): () => void {
    return this.#base.after(ms, action);
  }

  /** Moves on to an instant, epoch milliseconds; one that has passed changes nothing. */
  moveTo(instant: number): void {
    this.setOffset(Math.max(this.#offsetMs, instant - this.#base.now()));
  }

  /** Takes up the offset of an earlier run; 0 for the real time. */
  setOffset(ms: number): void {
    this.#offsetMs = Math.min(Math.max(0, ms), MAX_OFFSET_MS);
  }
}
