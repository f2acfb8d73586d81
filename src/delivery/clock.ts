/**
 * Time as delivery asks for it, so that a week can run in a second. Two clocks, because they fail differently: the
 * wall clock may jump and goes into the database; the monotonic one cannot and paces the messages.
 */

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Milliseconds since some moment; never goes back. */
  monotonic(): number;
  /** Calls `action` once, after at least `ms`; returns what calls it off. Waits of weeks are allowed. */
  after(ms: number, action: () => void): () => void;
}

/** setTimeout takes 32 bits; longer waits look again after this. */
const LONGEST_TIMER_MS = 3_600_000;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, action) {
    const end = performance.now() + ms;
    let timer: NodeJS.Timeout;
    const arm = (): void => {
      const left = Math.max(0, end - performance.now());
      timer = setTimeout(left > LONGEST_TIMER_MS ? arm : action, Math.min(left, LONGEST_TIMER_MS));
    };
    arm();
    return () => clearTimeout(timer);
  },
};
