/**
 * Candidates in memory between the outbox and the wire: those that may be tried now, and those whose chat has to wait,
 * by when. Holds each candidate once. Knows nothing of pace; it only keeps order and time (monotonic milliseconds).
 */
import type { Candidate } from './outbox.ts';

interface Waiting {
  until: number;
  /** Candidates with the same time keep their order. */
  order: number;
  candidate: Candidate;
}

export class CandidateQueue {
  /** In the queue or handed out and not released. */
  private readonly known = new Set<number>();
  /** Before all others: successors of what was just sent, and what is to be sent again at once. */
  private first: Candidate[] = [];
  private ready: Candidate[] = [];
  /** `ready` up to here was handed out. */
  private head = 0;
  /** A binary heap, the earliest on top. */
  private readonly waiting: Waiting[] = [];
  private orders = 0;

  /** Those that can be handed out now. */
  get readyCount(): number {
    return this.first.length + this.ready.length - this.head;
  }

  get waitingCount(): number {
    return this.waiting.length;
  }

  /** When the next waiting candidate is due; null when none waits. */
  get nextAt(): number | null {
    return this.waiting[0]?.until ?? null;
  }

  /** Adds candidates that are not there yet. */
  offer(candidates: readonly Candidate[], before = false): void {
    for (const candidate of candidates) {
      if (this.known.has(candidate.id)) continue;
      this.known.add(candidate.id);
      (before ? this.first : this.ready).push(candidate);
    }
  }

  /** Hands out the next candidate, which stays known until it is released or waits. Null when none is ready. */
  next(now: number): Candidate | null {
    const due = this.waiting[0];
    if (due !== undefined && due.until <= now) return this.popWaiting();
    const urgent = this.first.shift();
    if (urgent !== undefined) return urgent;
    const candidate = this.ready[this.head];
    if (candidate === undefined) return null;
    this.head += 1;
    if (this.head > 1_000 && this.head * 2 > this.ready.length) {
      this.ready = this.ready.slice(this.head);
      this.head = 0;
    }
    return candidate;
  }

  /** Puts a candidate that was handed out aside until its time. */
  wait(candidate: Candidate, until: number): void {
    this.orders += 1;
    this.waiting.push({ until, order: this.orders, candidate });
    let at = this.waiting.length - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.swapIfBefore(at, parent)) break;
      at = parent;
    }
  }

  /** Puts a candidate that was handed out back to the front. */
  putBack(candidates: readonly Candidate[]): void {
    this.first.unshift(...candidates);
  }

  /** A candidate that was handed out is settled, or not to be tried: it may be offered again. */
  release(id: number): void {
    this.known.delete(id);
  }

  /** Forgets everything that was not handed out. */
  clear(): void {
    for (const candidate of this.first) this.known.delete(candidate.id);
    for (const candidate of this.ready.slice(this.head)) this.known.delete(candidate.id);
    for (const { candidate } of this.waiting) this.known.delete(candidate.id);
    this.first = [];
    this.ready = [];
    this.head = 0;
    this.waiting.length = 0;
  }

  private popWaiting(): Candidate | null {
    const top = this.waiting[0];
    const last = this.waiting.pop();
    if (top === undefined || last === undefined) return null;
    if (this.waiting.length > 0) {
      this.waiting[0] = last;
      let at = 0;
      for (;;) {
        const left = 2 * at + 1;
        const child = this.isBefore(left + 1, left) ? left + 1 : left;
        if (!this.swapIfBefore(child, at)) break;
        at = child;
      }
    }
    return top.candidate;
  }

  private swapIfBefore(a: number, b: number): boolean {
    if (!this.isBefore(a, b)) return false;
    const [first, second] = [this.waiting[a], this.waiting[b]];
    if (first === undefined || second === undefined) return false;
    this.waiting[a] = second;
    this.waiting[b] = first;
    return true;
  }

  private isBefore(a: number, b: number): boolean {
    const [first, second] = [this.waiting[a], this.waiting[b]];
    if (first === undefined || second === undefined) return false;
    return first.until < second.until || (first.until === second.until && first.order < second.order);
  }
}
