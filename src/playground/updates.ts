/**
 * The queue of updates and the one long poll that may wait for it. Owns what getUpdates promises: confirmation by
 * offset, sticky `allowed_updates`, one poll at a time, nothing older than a day. Source of the timings:
 * telegram-bot-api, Client.cpp, `process_get_updates_query` and `abort_long_poll`.
 */
import { conflict } from './apiError.ts';
import type { Update, UpdateBodies, UpdateKind } from './wire.ts';

const LIFETIME_MS = 24 * 60 * 60 * 1000;
const MAX_TIMEOUT_SECONDS = 50;
const MAX_LIMIT = 100;
/** A poll that repeats the offset of one begun less than this ago waits at least this long. */
const REPEATED_POLL_MS = 3000;
/** A poll that repeats the offset of one answered less than this ago gets one update at most. */
const REPEATED_ANSWER_MS = 500;
/** Of several conflicts in a row, one is answered at once, the next not before this. */
const CONFLICT_PAUSE_MS = 3000;
const NOT_BY_DEFAULT: ReadonlySet<string> = new Set([
  'chat_member',
  'message_reaction',
  'message_reaction_count',
]);

export interface PollRequest {
  offset: number;
  limit: number;
  timeoutSeconds: number;
  /** Null leaves what was set before; empty means the default. */
  allowedUpdates: string[] | null;
  /** Takes what ends the wait without an answer. */
  onHangUp: (listener: () => void) => void;
}

interface Poll {
  limit: number;
  resolve: (updates: Update[]) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

interface Queued {
  update: Update;
  expiresAt: number;
}

export interface Webhook {
  url: string;
  maxConnections: number;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

export class Updates {
  webhook: Webhook | null = null;
  readonly #now: () => number;
  readonly #changed: () => void;
  #queue: Queued[] = [];
  /**
   * A bot remembers which updates it has seen, also when the double begins anew: the ids go on from the time of day,
   * which grows faster than anybody writes.
   */
  #nextId = Date.now();
  #allowed: ReadonlySet<string> | null = null;
  #poll: Poll | null = null;
  #wakeup: NodeJS.Immediate | null = null;
  #last = { offset: Number.NaN, startedAt: -Infinity, finishedAt: -Infinity };
  #nextConflictAt = 0;

  constructor(now: () => number, changed: () => void) {
    this.#now = now;
    this.#changed = changed;
  }

  /** Updates that were not confirmed yet. */
  get pending(): number {
    return this.#queue.length;
  }

  get isPolled(): boolean {
    return this.#poll !== null;
  }

  /** Null when the default is in force. */
  get allowedUpdates(): string[] | null {
    return this.#allowed === null ? null : [...this.#allowed];
  }

  /** Puts an update into the queue, unless the bot did not ask for its kind. Returns its id, or null. */
  push<K extends UpdateKind>(kind: K, body: UpdateBodies[K]): number | null {
    const isWanted = this.#allowed === null ? !NOT_BY_DEFAULT.has(kind) : this.#allowed.has(kind);
    if (!isWanted) return null;
    const update: Update = { update_id: this.#nextId++, [kind]: body };
    this.#queue.push({ update, expiresAt: this.#now() + LIFETIME_MS });
    // Whatever is queued in the same turn goes out in the same answer.
    if (this.#poll !== null) this.#wakeup ??= setImmediate(() => this.#wake());
    this.#changed();
    return update.update_id;
  }

  allow(kinds: string[]): void {
    this.#allowed = kinds.length === 0 ? null : new Set(kinds);
  }

  clear(): void {
    this.#queue = [];
    this.#changed();
  }

  /** @throws ApiError 409 when a webhook is set, or later, when another poll or a webhook ends this one */
  async take(request: PollRequest): Promise<Update[]> {
    if (this.webhook !== null) {
      throw conflict(
        "Can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      );
    }
    if (request.allowedUpdates !== null) this.allow(request.allowedUpdates);
    this.#confirm(request.offset);
    // Polls are timed by the real clock, whatever clock the world has.
    const now = performance.now();
    const isRepeated = this.#last.offset === request.offset;
    let limit = clamp(request.limit, 1, MAX_LIMIT);
    let waitMs = clamp(request.timeoutSeconds, 0, MAX_TIMEOUT_SECONDS) * 1000;
    if (isRepeated && now < this.#last.startedAt + REPEATED_POLL_MS)
      waitMs = Math.max(waitMs, REPEATED_POLL_MS);
    if (isRepeated && now < this.#last.finishedAt + REPEATED_ANSWER_MS) limit = 1;
    this.#last = { offset: request.offset, startedAt: now, finishedAt: this.#last.finishedAt };
    this.#end(
      conflict('Terminated by other getUpdates request; make sure that only one bot instance is running'),
      true,
    );
    const ready = this.#ready(limit);
    if (ready.length > 0 || waitMs === 0) return this.#finish(ready);
    return await this.#wait(limit, waitMs, request.onHangUp);
  }

  setWebhook(webhook: Webhook | null): void {
    this.webhook = webhook;
    if (webhook !== null) this.#end(conflict('Terminated by setWebhook request'), false);
  }

  /** Ends a waiting poll without updates: the server is closing. */
  close(): void {
    if (this.#wakeup !== null) clearImmediate(this.#wakeup);
    this.#wakeup = null;
    const poll = this.#release();
    poll?.resolve([]);
  }

  #confirm(offset: number): void {
    const before = this.#queue.length;
    if (offset < 0) this.#queue = this.#queue.slice(offset);
    else if (offset > 0) {
      const first = this.#queue.findIndex((queued) => queued.update.update_id >= offset);
      this.#queue = first < 0 ? [] : this.#queue.slice(first);
    }
    if (this.#queue.length !== before) this.#changed();
  }

  #ready(limit: number): Update[] {
    const now = this.#now();
    const isExpired = this.#queue.some((queued) => queued.expiresAt <= now);
    if (isExpired) this.#queue = this.#queue.filter((queued) => queued.expiresAt > now);
    return this.#queue.slice(0, limit).map((queued) => queued.update);
  }

  #finish(updates: Update[]): Update[] {
    this.#last.finishedAt = performance.now();
    return updates;
  }

  #wait(limit: number, waitMs: number, onHangUp: PollRequest['onHangUp']): Promise<Update[]> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#release();
        resolve(this.#finish([]));
      }, waitMs);
      const poll: Poll = { limit, resolve, reject, timer };
      this.#poll = poll;
      onHangUp(() => {
        if (this.#poll === poll) this.#release();
        resolve([]);
        this.#changed();
      });
      this.#changed();
    });
  }

  #wake(): void {
    this.#wakeup = null;
    if (this.#poll === null) return;
    const updates = this.#ready(this.#poll.limit);
    if (updates.length === 0) return;
    this.#release()?.resolve(this.#finish(updates));
  }

  #release(): Poll | null {
    const poll = this.#poll;
    this.#poll = null;
    if (poll !== null) clearTimeout(poll.timer);
    return poll;
  }

  /** Ends the waiting poll with an error; of several conflicts in a row the later ones are answered late. */
  #end(error: Error, paced: boolean): void {
    const poll = this.#release();
    if (poll === null) return;
    const now = performance.now();
    const delay = paced ? Math.max(0, this.#nextConflictAt - now) : 0;
    if (paced) this.#nextConflictAt = Math.max(now, this.#nextConflictAt) + CONFLICT_PAUSE_MS;
    if (delay === 0) poll.reject(error);
    else setTimeout(() => poll.reject(error), delay).unref();
  }
}
