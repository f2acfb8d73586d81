/**
 * What was called, when, and what was answered. Tests read it; it decides nothing. Calls are kept up to a limit,
 * counters for ever. It knows when a chat (or the whole bot) was told to wait, and which calls came during that time.
 */
import type { JsonObject } from './params.ts';

export interface Answer {
  status: number;
  /** The `result` of a success, the `description` of a refusal. */
  result: unknown;
}

export interface Call {
  /** From 1, in the order of arrival. */
  seq: number;
  /** As in the documentation, whatever the caller's spelling. */
  method: string;
  params: JsonObject;
  /** Null for calls that name no chat, or one that cannot be found. */
  chatId: number | null;
  /** Epoch milliseconds of the arrival, by the world's clock. */
  at: number;
  /** What the caller got or, when `lost`, would have got; null while the call is running or when it was never carried out. */
  answer: Answer | null;
  /** The call was carried out and succeeded, whether or not the caller learned of it. */
  accepted: boolean;
  /** The caller did not get the answer in one piece. */
  lost: boolean;
  /** The kind of the fault that was played; null for none. */
  fault: string | null;
  /** It came while this chat, or the bot, had been told to wait. */
  duringHold: boolean;
}

export interface Counters {
  calls: number;
  accepted: number;
  lost: number;
  refused: number;
  /** Refusals with 429. */
  tooMany: number;
  duringHold: number;
}

const emptyCounters = (): Counters => ({
  calls: 0,
  accepted: 0,
  lost: 0,
  refused: 0,
  tooMany: 0,
  duringHold: 0,
});

/** Holds of the whole bot are kept under this key; no chat has it. */
const WHOLE_BOT = 0;

export class Ledger {
  /** The latest calls, oldest first. */
  readonly calls: Call[] = [];
  readonly #keep: number;
  readonly #counters = new Map<string, Counters>();
  /** By chat: until when it was told to wait, epoch milliseconds. */
  readonly #holds = new Map<number, number>();
  #seq = 0;

  /** @param keep how many calls are kept; 0 keeps none */
  constructor(keep: number) {
    this.#keep = keep;
  }

  /** Zeroes for a method that was never called. */
  counters(method: string): Counters {
    return this.#counters.get(method) ?? emptyCounters();
  }

  /** The kept calls of one method, oldest first; of all methods but getUpdates when none is named. */
  of(method: string | null, chatId: number | null = null): Call[] {
    return this.calls.filter(
      (call) =>
        (method === null ? call.method !== 'getUpdates' : call.method === method) &&
        (chatId === null || call.chatId === chatId),
    );
  }

  /** The kept calls that came during a hold. */
  get duringHolds(): Call[] {
    return this.calls.filter((call) => call.duringHold);
  }

  clear(): void {
    this.calls.length = 0;
    this.#counters.clear();
    this.#holds.clear();
  }

  /** @param chatId null for the whole bot */
  hold(chatId: number | null, untilMs: number): void {
    this.#holds.set(chatId ?? WHOLE_BOT, untilMs);
  }

  /** Until when this chat or the bot must wait, epoch milliseconds; 0 when it need not. */
  heldUntil(chatId: number | null, nowMs: number): number {
    if (this.#holds.size === 0) return 0;
    const until = Math.max(
      this.#holds.get(WHOLE_BOT) ?? 0,
      chatId === null ? 0 : (this.#holds.get(chatId) ?? 0),
    );
    return until > nowMs ? until : 0;
  }

  begin(method: string, params: JsonObject, chatId: number | null, at: number, isHoldable: boolean): Call {
    const call: Call = {
      seq: ++this.#seq,
      method,
      params,
      chatId,
      at,
      answer: null,
      accepted: false,
      lost: false,
      fault: null,
      duringHold: isHoldable && this.heldUntil(chatId, at) > 0,
    };
    const counters = this.#countersOf(method);
    counters.calls++;
    if (call.duringHold) counters.duringHold++;
    if (this.#keep > 0) {
      this.calls.push(call);
      if (this.calls.length > this.#keep * 2) this.calls.splice(0, this.calls.length - this.#keep);
    }
    return call;
  }

  /** Notes what became of a call; its answer may still be lost on the way. */
  carriedOut(call: Call, answer: Answer): void {
    call.answer = answer;
    call.accepted = answer.status === 200;
    const counters = this.#countersOf(call.method);
    if (call.accepted) counters.accepted++;
    else counters.refused++;
    if (answer.status === 429) counters.tooMany++;
  }

  lost(call: Call): void {
    if (call.lost) return;
    call.lost = true;
    this.#countersOf(call.method).lost++;
  }

  #countersOf(method: string): Counters {
    let counters = this.#counters.get(method);
    if (counters === undefined) {
      counters = emptyCounters();
      this.#counters.set(method, counters);
    }
    return counters;
  }
}
