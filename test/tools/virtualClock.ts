/**
 * Time that passes only when a test says so: a week of timers runs in seconds, in order, with everything that a timer
 * set in motion finished before the next one fires. The wall clock can be made to jump, the monotonic one cannot.
 */
import type { Clock } from '../../src/delivery/clock.ts';

interface Timer {
  at: number;
  order: number;
  action: (() => void) | null;
}

export class VirtualClock implements Clock {
  private wallOffset: number;
  private time = 0;
  private orders = 0;
  private readonly timers: Timer[] = [];

  /** @param start epoch milliseconds */
  constructor(start = Date.UTC(2026, 0, 5)) {
    this.wallOffset = start;
  }

  now(): number {
    return this.wallOffset + this.time;
  }

  monotonic(): number {
    return this.time;
  }

  after(ms: number, action: () => void): () => void {
    this.orders += 1;
    const timer: Timer = { at: this.time + Math.max(0, ms), order: this.orders, action };
    this.push(timer);
    return () => {
      timer.action = null;
    };
  }

  /** Resolves after `ms` of virtual time. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** Makes the wall clock jump, as a correction or a person would. */
  jump(ms: number): void {
    this.wallOffset += ms;
  }

  /** Lets time pass. */
  async advance(ms: number): Promise<void> {
    await this.run(this.time + ms, () => false);
    this.time = Math.max(this.time, this.limit);
  }

  /** Lets time pass until `done`, at most `ms`; false when that was not enough. */
  async until(done: () => boolean, ms: number): Promise<boolean> {
    return this.run(this.time + ms, done);
  }

  private limit = 0;

  private async run(limit: number, done: () => boolean): Promise<boolean> {
    this.limit = limit;
    for (;;) {
      await quiet();
      if (done()) return true;
      const next = this.timers[0];
      if (next === undefined || next.at > limit) return false;
      this.pop();
      if (next.action === null) continue;
      this.time = next.at;
      next.action();
    }
  }

  private push(timer: Timer): void {
    let at = this.timers.push(timer) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.swap(at, parent)) return;
      at = parent;
    }
  }

  private pop(): void {
    const last = this.timers.pop();
    if (last === undefined || this.timers.length === 0) return;
    this.timers[0] = last;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const child = this.isBefore(left + 1, left) ? left + 1 : left;
      if (!this.swap(child, at)) return;
      at = child;
    }
  }

  private swap(a: number, b: number): boolean {
    if (!this.isBefore(a, b)) return false;
    const [first, second] = [this.timers[a], this.timers[b]];
    if (first !== undefined && second !== undefined) [this.timers[a], this.timers[b]] = [second, first];
    return true;
  }

  private isBefore(a: number, b: number): boolean {
    const [first, second] = [this.timers[a], this.timers[b]];
    if (first === undefined || second === undefined) return false;
    return first.at < second.at || (first.at === second.at && first.order < second.order);
  }
}

/** Everything that promises still had to do has been done: nothing here waits for a disk or a socket. */
function quiet(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
