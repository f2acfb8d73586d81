/**
 * Whether the database takes writes, and when to try it again. State without a clock; `now` is monotonic milliseconds.
 */

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

export class StoreTrouble {
  private failures = 0;
  private retry = Number.NEGATIVE_INFINITY;
  private last: { detail: string; since: number } | null = null;

  /** What the operator is told; null while the database works. `since` is epoch milliseconds. */
  get problem(): { detail: string; since: number } | null {
    return this.last;
  }

  /** Nothing is to be tried before this; in the past while the database works. */
  get retryAt(): number {
    return this.retry;
  }

  failed(error: unknown, now: number, wall: number): void {
    this.retry = now + Math.min(FIRST_PAUSE_MS * 2 ** Math.min(this.failures, 10), LONGEST_PAUSE_MS);
    this.failures += 1;
    const detail = error instanceof Error ? error.message : String(error);
    this.last = { detail, since: this.last?.since ?? wall };
  }

  /** Returns whether it did not work before. */
  works(): boolean {
    const before = this.last !== null;
    this.failures = 0;
    this.last = null;
    return before;
  }
}
