/**
 * Outcomes on their way into the database. They wait a moment for company, are committed as a group, and stay here for
 * as long as the database does not take them: never more than are in flight.
 */
import type { Clock } from './clock.ts';
import type { DeliveryEvent } from './events.ts';
import type { Outbox, Settled, Settlement, Wait } from './outbox.ts';

/** Short against the time that a message takes; at a thousand a second still several outcomes to a commit. */
const GROUPING_MS = 5;

export interface Result {
  settlement: Settlement;
  /** Null when the chat was not written to. */
  chatId: number | null;
  /** To be told once it is committed; null when the commit itself says what changed. */
  event: DeliveryEvent | null;
}

export class Results {
  private readonly outbox: Outbox;
  private readonly clock: Clock;
  private waiting: Result[] = [];
  private committing = 0;
  /** Waits that are not committed yet. */
  private waits: Wait[] = [];
  private due: number | null = null;

  constructor(outbox: Outbox, clock: Clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Deliveries that are in flight in the database though nothing is on the wire. */
  get count(): number {
    return this.waiting.length + this.committing;
  }

  /** When a commit is due, monotonic; null when there is nothing to commit. */
  get dueAt(): number | null {
    return this.due;
  }

  add(result: Result): void {
    this.waiting.push(result);
    this.due ??= this.clock.monotonic() + GROUPING_MS;
  }

  /** Remembers a wait beyond this run of the program. */
  addWait(wait: Wait): void {
    this.waits.push(wait);
    this.due ??= this.clock.monotonic() + GROUPING_MS;
  }

  /** Commits what there is. When it rejects, everything is still here. */
  async commit(): Promise<Settled & { results: Result[] }> {
    const results = this.waiting;
    const { waits } = this;
    this.waiting = [];
    this.waits = [];
    this.committing = results.length;
    try {
      const settlements = results.map((result) => result.settlement);
      const settled = await this.outbox.settle(settlements, this.clock.now(), waits);
      const more = this.waiting.length + this.waits.length > 0;
      this.due = more ? this.clock.monotonic() + GROUPING_MS : null;
      return { ...settled, results };
    } catch (error) {
      this.waiting.unshift(...results);
      this.waits.unshift(...waits);
      throw error;
    } finally {
      this.committing = 0;
    }
  }
}
