/**
 * Outcomes on their way into the database. They wait a moment for company, are committed as a group, and stay here for
 * as long as the database does not take them: never more than are in flight.
 */
import type { Clock } from './clock.ts';
import type { DeliveryEvent } from './events.ts';
import type { Outbox, Settled, Settlement } from './outbox.ts';

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
  /** A wait for everybody that is not committed yet; epoch milliseconds. */
  private everyoneUntil: number | null = null;
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

  /** Remembers a wait for everybody beyond this run of the program. @param until epoch milliseconds */
  addHold(until: number): void {
    this.everyoneUntil = Math.max(this.everyoneUntil ?? 0, until);
    this.due ??= this.clock.monotonic() + GROUPING_MS;
  }

  /** Commits what there is. When it rejects, everything is still here. */
  async commit(): Promise<Settled & { results: Result[] }> {
    const results = this.waiting;
    const until = this.everyoneUntil;
    this.waiting = [];
    this.committing = results.length;
    try {
      const settlements = results.map((result) => result.settlement);
      const settled = await this.outbox.settle(settlements, this.clock.now(), until);
      if (this.everyoneUntil === until) this.everyoneUntil = null;
      const more = this.waiting.length > 0 || this.everyoneUntil !== null;
      this.due = more ? this.clock.monotonic() + GROUPING_MS : null;
      return { ...settled, results };
    } catch (error) {
      this.waiting.unshift(...results);
      throw error;
    } finally {
      this.committing = 0;
    }
  }
}
