/**
 * Where candidates come from: pages of planned deliveries and of deferred ones whose time has come, read as they are
 * needed, so that memory holds a few hundred of a hundred thousand. And where those go that have to wait: a short wait
 * is kept in memory, a long one in the outbox.
 */
import type { Clock } from './clock.ts';
import type { Candidate, DuePosition, Outbox } from './outbox.ts';
import type { Pace } from './pace.ts';
import { CandidateQueue } from './queue.ts';

const PAGE = 400;
/** Pages in one go; between goes the event loop gets its turn. */
const MOST_PAGES = 3;
/** Chats that wait longer than this wait in the outbox, so that memory does not fill with them. */
const LONG_WAIT_MS = 60_000;
const MOST_WAITING = 5_000;

interface Postponed {
  candidate: Candidate;
  /** Monotonic. */
  until: number;
}

export class Supply {
  readonly queue = new CandidateQueue();
  private readonly outbox: Outbox;
  private readonly pace: Pace;
  private readonly clock: Clock;
  /** Planned deliveries up to this id were offered. */
  private plannedAfter = 0;
  private plannedDone = false;
  private dueAfter: DuePosition | null = null;
  /** When deferred deliveries are to be looked for; epoch milliseconds. */
  private dueAt = 0;
  private lastNow = 0;

  constructor(outbox: Outbox, pace: Pace, clock: Clock) {
    this.outbox = outbox;
    this.pace = pace;
    this.clock = clock;
  }

  /** Looks at the whole outbox again: there is something new, or something has changed. */
  refresh(): void {
    this.plannedAfter = 0;
    this.plannedDone = false;
    this.dueAfter = null;
    this.dueAt = 0;
  }

  /** A delivery was deferred until `notBefore` (epoch milliseconds). */
  deferred(notBefore: number): void {
    this.dueAt = Math.min(this.dueAt, notBefore);
  }

  /** The monotonic instant at which there may be something that there is not now; null when only `refresh` can tell. */
  nextAt(): number | null {
    const wall = this.clock.now();
    const now = this.clock.monotonic();
    const times = [
      this.queue.nextAt,
      Number.isFinite(this.dueAt) ? now + Math.max(0, this.dueAt - wall) : null,
    ];
    if (!this.plannedDone || this.queue.readyCount > 0) times.push(now);
    const known = times.filter((time) => time !== null);
    return known.length === 0 ? null : Math.min(...known);
  }

  /**
   * Up to `limit` candidates whose chats may be written to now, one a chat, none of a chat in `busy`. Handed out: they
   * are to be released or put back.
   */
  async pick(limit: number, busy: ReadonlySet<number>): Promise<Candidate[]> {
    const picked: Candidate[] = [];
    const postponed: Postponed[] = [];
    try {
      await this.sort(picked, postponed, limit, busy);
      await this.postpone(postponed);
      return picked;
    } catch (error) {
      this.queue.putBack([...picked, ...postponed.map(({ candidate }) => candidate)]);
      throw error;
    }
  }

  private async sort(
    picked: Candidate[],
    postponed: Postponed[],
    limit: number,
    busy: ReadonlySet<number>,
  ): Promise<void> {
    const chats = new Set<number>();
    const now = this.clock.monotonic();
    let pages = 0;
    while (picked.length < limit) {
      const candidate = this.queue.next(now);
      if (candidate === null) {
        pages += 1;
        if (pages > MOST_PAGES || !(await this.read())) return;
        continue;
      }
      const { chatId } = candidate;
      const until =
        busy.has(chatId) || chats.has(chatId) ? now + BUSY_MS : this.pace.chatReadyAt(chatId, now);
      if (until <= now) {
        chats.add(chatId);
        picked.push(candidate);
      } else if (until - now > LONG_WAIT_MS || this.queue.waitingCount >= MOST_WAITING) {
        postponed.push({ candidate, until });
      } else this.queue.wait(candidate, until);
    }
  }

  /** Reads a page into the queue. False when there is nothing to read for now. */
  private async read(): Promise<boolean> {
    const wall = this.clock.now();
    if (wall < this.lastNow) {
      this.dueAfter = null;
      this.dueAt = 0;
      await this.outbox.rebase(wall);
    }
    this.lastNow = wall;
    if (wall >= this.dueAt) {
      const due = await this.outbox.due(wall, this.dueAfter, PAGE);
      const last = due.at(-1);
      if (last !== undefined) this.dueAfter = { notBefore: last.notBefore, id: last.id };
      if (due.length < PAGE) this.dueAt = (await this.outbox.nextDue(wall)) ?? Number.POSITIVE_INFINITY;
      this.queue.offer(due);
      return true;
    }
    if (this.plannedDone) return false;
    const planned = await this.outbox.planned(this.plannedAfter, PAGE);
    this.plannedAfter = planned.at(-1)?.id ?? this.plannedAfter;
    this.plannedDone = planned.length < PAGE;
    this.queue.offer(planned);
    return true;
  }

  private async postpone(postponed: readonly Postponed[]): Promise<void> {
    if (postponed.length === 0) return;
    const wall = this.clock.now();
    const now = this.clock.monotonic();
    const waits = postponed.map(({ candidate, until }) => {
      return { id: candidate.id, notBefore: Math.ceil(wall + until - now) };
    });
    await this.outbox.postpone(waits, 'chat waits', wall);
    for (const { candidate } of postponed) this.queue.release(candidate.id);
    for (const { notBefore } of waits) this.deferred(notBefore);
  }
}

/** A chat with a message on its way is looked at again after this. */
const BUSY_MS = 250;
