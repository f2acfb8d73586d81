/**
 * The loop that sends: commit the outcomes that came in, take as many candidates as may leave right now, send them.
 *
 * What survives a crash, step by step. Before `take` is committed: nothing was written to a socket, and the delivery is
 * as it was. Between that and the commit of its outcome: the delivery is in flight, at most W of them are, and the next
 * start makes them unknown. After it: settled for good. A database that takes no writes stops the sending, never the
 * other way round.
 */
import { carry, type Carrying } from './carrying.ts';
import type { DeliveryOptions } from './delivery.ts';
import { eventOf, type DeliveryEvent } from './events.ts';
import type { Gate, GateState } from './gate.ts';
import { judge, type Outcome } from './outcome.ts';
import type { ChatChange, Intent, Settlement } from './outbox.ts';
import { waitMs, type Pace } from './pace.ts';
import { pack } from './parcel.ts';
import { Results } from './results.ts';
import { settlementOf } from './settlement.ts';
import { StoreTrouble } from './storeTrouble.ts';
import type { Supply } from './supply.ts';

/** A message takes about so long from being taken to having its outcome committed: 10 in flight carry 25 a second. */
const IN_FLIGHT_SECONDS = 0.4;
const MOST_IN_FLIGHT = 400;
/** Taken and written to sockets in one go: some 20 ms of work, so that an answer to a person gets between. */
const MOST_AT_ONCE = 100;
/** When the program stops, the database gets so many chances to take the last outcomes. */
const LAST_TRIES = 3;

/** W: how many messages may be in flight, and so how many a crash can leave unknown. */
export function inFlightLimit(ratePerSecond: number): number {
  return Math.min(Math.max(Math.ceil(ratePerSecond * IN_FLIGHT_SECONDS), 1), MOST_IN_FLIGHT);
}

export interface SenderParts {
  pace: Pace;
  gate: Gate;
  supply: Supply;
}

export class Sender {
  readonly store = new StoreTrouble();
  /** Since when the gate is closed, epoch milliseconds; null while it is open. */
  closedSince: number | null = null;
  private readonly options: DeliveryOptions;
  private readonly parts: SenderParts;
  private readonly limit: number;
  private readonly results: Results;
  private readonly flights = new Map<number, Carrying>();
  /** Chats with a message in flight or an outcome to commit. */
  private readonly busy = new Set<number>();
  private probe: Carrying | null = null;
  private running = false;
  private work: Promise<void> | null = null;
  private again = false;
  private callOff: () => void = () => undefined;

  constructor(options: DeliveryOptions, parts: SenderParts) {
    this.options = options;
    this.parts = parts;
    this.limit = inFlightLimit(options.ratePerSecond);
    this.results = new Results(options.outbox, options.clock);
  }

  begin(): void {
    this.running = true;
    this.pump();
  }

  async end(deadlineMs: number): Promise<void> {
    this.running = false;
    this.probe?.abort();
    await this.work;
    const flights = [...this.flights.values()];
    const callOff = this.options.clock.after(deadlineMs, () => {
      for (const flight of flights) flight.abort();
    });
    await Promise.all(flights.map((flight) => flight.happening));
    callOff();
    for (let tries = 0; tries < LAST_TRIES && this.results.dueAt !== null; tries += 1) {
      this.callOff();
      await this.work;
      await this.commit().catch((error: unknown) => this.storeFailed(error));
    }
    this.callOff();
  }

  /** Runs the loop now, or once more if it is running. */
  pump(): void {
    this.again = true;
    if (this.work !== null) return;
    this.work = this.run().finally(() => {
      this.work = null;
      this.schedule();
    });
  }

  tell(event: DeliveryEvent): void {
    try {
      this.options.onEvent(event);
    } catch {
      // A listener's mistake is not delivery's to make.
    }
  }

  /** A 429, to a digest or to an answer. */
  flooded(chatId: number, delaySeconds: number): void {
    const { clock } = this.options;
    const now = clock.monotonic();
    const until = this.parts.pace.flood(chatId, delaySeconds, now);
    const everyoneUntil = until === null ? null : Math.ceil(clock.now() + until - now);
    this.results.addWait({ chatId, until: Math.ceil(clock.now() + waitMs(delaySeconds)) });
    if (everyoneUntil !== null) this.results.addWait({ chatId: null, until: everyoneUntil });
    this.tell({
      kind: 'flood',
      chatId,
      delaySeconds,
      everyoneUntil,
      ratePerSecond: this.parts.pace.rate(now),
    });
    this.schedule();
  }

  changed(changes: readonly ChatChange[]): void {
    for (const change of changes) this.tell({ kind: 'chat', change });
    if (!changes.some((change) => change.kind === 'moved')) return;
    // Candidates in memory may carry the old id.
    this.parts.supply.queue.clear();
    this.parts.supply.refresh();
    this.pump();
  }

  private async run(): Promise<void> {
    while (this.again) {
      this.again = false;
      try {
        await this.step();
      } catch (error) {
        this.storeFailed(error);
      }
    }
  }

  private async step(): Promise<void> {
    const now = this.options.clock.monotonic();
    if (now < this.store.retryAt) return;
    if (this.results.dueAt !== null && now >= this.results.dueAt) await this.commit();
    if (this.running) {
      this.probeIfDue(now);
      await this.take();
    }
    if (this.store.works()) this.tell({ kind: 'storeBack' });
  }

  private async commit(): Promise<void> {
    const { queue } = this.parts.supply;
    const { results, next, changes } = await this.results.commit();
    for (const { settlement, chatId } of results) {
      if (chatId !== null) this.busy.delete(chatId);
      queue.release(settlement.id);
      if ('notBefore' in settlement && settlement.notBefore !== null) {
        this.parts.supply.deferred(settlement.notBefore);
      }
    }
    this.changed(changes);
    queue.offer(next, true);
    for (const { event } of results) if (event !== null) this.tell(event);
  }

  private async take(): Promise<void> {
    const { outbox, clock, bootId } = this.options;
    const { pace, supply } = this.parts;
    const free = Math.min(MOST_AT_ONCE, this.free, pace.available(clock.monotonic()));
    if (free <= 0) return;
    const candidates = await supply.pick(free, this.busy);
    if (candidates.length === 0) return;
    const ids = candidates.map((candidate) => candidate.id);
    let intents: Intent[];
    try {
      intents = await outbox.take(ids, bootId, clock.now());
    } catch (error) {
      // Should it have been committed in spite of the error: nothing was sent, so they are to be open again.
      for (const id of ids) this.result({ kind: 'release', id }, null, null);
      throw error;
    }
    const taken = new Set(intents.map((intent) => intent.id));
    for (const id of ids) if (!taken.has(id)) supply.queue.release(id);
    for (const intent of intents) this.send(intent);
  }

  /** How many more may be in flight. */
  private get free(): number {
    return this.parts.gate.limit(this.limit) - this.flights.size - this.results.count;
  }

  private send(intent: Intent): void {
    const { clock, courier, notice } = this.options;
    const { pace, gate } = this.parts;
    const { id, chatId, content } = intent;
    const now = clock.monotonic();
    // While it was being committed, an answer to a person may have run into a wait.
    const open = this.running && gate.limit(1) > 0 && pace.available(now) > 0;
    if (!open || pace.chatReadyAt(chatId, now) > now) {
      this.result({ kind: 'release', id }, null, null);
      return;
    }
    this.busy.add(chatId);
    if (content === null) {
      this.result({ kind: 'dead', id, reason: 'the edition has no such part' }, chatId, 0);
      return;
    }
    pace.take(chatId, now);
    const { parcel, announced } = pack(intent, content, notice);
    const flight = carry(courier, (to, signal) => to.carry(parcel, signal), clock);
    this.flights.set(id, flight);
    void flight.happening.then((happening) => {
      this.flights.delete(id);
      this.arrived(intent, judge(happening), announced, now);
    });
  }

  private arrived(intent: Intent, outcome: Outcome, announced: number[], sentAt: number): void {
    const { clock, policy } = this.options;
    const { id: deliveryId, chatId, plain } = intent;
    const now = clock.monotonic();
    this.parts.pace.settled(chatId, outcome.kind === 'sent', now);
    if (outcome.kind === 'retryAt' && outcome.delaySeconds !== null) {
      this.flooded(chatId, outcome.delaySeconds);
    }
    if (outcome.kind === 'refusedContent') {
      this.tell({ kind: 'refused', deliveryId, chatId, description: outcome.description, plain });
    }
    this.gateChanged(this.parts.gate.observe(outcome, now));
    this.result(settlementOf(intent, outcome, policy, announced, clock.now()), chatId, now - sentAt);
  }

  private result(settlement: Settlement, chatId: number | null, tookMs: number | null): void {
    const event = chatId === null ? null : eventOf(settlement, chatId, tookMs ?? 0);
    this.results.add({ settlement, chatId, event });
    this.schedule();
  }

  private probeIfDue(now: number): void {
    const { courier, clock } = this.options;
    const { gate } = this.parts;
    if (this.probe !== null || gate.probeAt === null || now < gate.probeAt) return;
    this.probe = carry(courier, (to, signal) => to.probe(signal), clock);
    void this.probe.happening.then((happening) => {
      this.probe = null;
      if (this.running) this.gateChanged(gate.probed(judge(happening), clock.monotonic()));
      this.schedule();
    });
  }

  private gateChanged(state: GateState | null): void {
    if (state === null) return;
    if (state.kind === 'open' || state.kind === 'trying') {
      if (this.closedSince !== null) this.tell({ kind: 'resumed' });
      this.closedSince = null;
      return;
    }
    this.closedSince ??= this.options.clock.now();
    if (state.kind === 'halted') this.tell({ kind: 'halted', reason: state.reason });
    else this.tell({ kind: 'trouble', reason: state.reason, pauseMs: state.pauseMs });
  }

  private storeFailed(error: unknown): void {
    const { clock } = this.options;
    this.store.failed(error, clock.monotonic(), clock.now());
    this.tell({ kind: 'storeFailed', error });
  }

  /** Sets the one timer to the next moment at which there is something to do. */
  private schedule(): void {
    this.callOff();
    if (this.work !== null) return;
    const { gate, pace, supply } = this.parts;
    const now = this.options.clock.monotonic();
    const times = [this.results.dueAt];
    if (this.running) {
      if (this.probe === null) times.push(gate.probeAt);
      const next = this.free > 0 ? supply.nextAt() : null;
      if (next !== null) times.push(Math.max(next, pace.availableAt(now)));
      if (this.store.problem !== null) times.push(now);
    }
    const known = times.filter((time) => time !== null);
    if (known.length === 0) return;
    const at = Math.max(Math.min(...known), this.store.retryAt);
    this.callOff = this.options.clock.after(Math.max(0, Math.ceil(at - now)), () => this.pump());
  }
}
