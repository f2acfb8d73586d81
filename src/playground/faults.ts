/**
 * Trouble on request: which call goes wrong, and how. Every kind says two things: whether the call is carried out,
 * and what the caller gets to see. Pure bookkeeping; the server plays what `match` returns.
 */
import type { ErrorParameters } from './apiError.ts';

/** What the caller sees of a call that was, or was not, carried out. */
export type Trouble =
  /** An error in Telegram's own form; the call is not carried out. */
  | { kind: 'error'; status: number; description: string; parameters?: ErrorParameters }
  /** 429 with both ways of saying how long; the call is not carried out. */
  | { kind: 'too-many'; retryAfterSeconds: number; whole?: 'chat' | 'bot' }
  /** The connection is reset; `after` tells whether the call was carried out before. */
  | { kind: 'reset'; after: boolean }
  /** Carried out; half of the answer, then silence (`stall`) or the end of the connection. */
  | { kind: 'truncated'; stall: boolean }
  /** A page of the front proxy instead of an answer; 502 unless told otherwise. */
  | { kind: 'html'; after: boolean; status?: number }
  /** A 200 that is no JSON; the call was carried out. */
  | { kind: 'not-json' }
  /** Everything is in order, but late; `after` tells which side of the carrying out the time is spent on. */
  | { kind: 'slow'; after: boolean; ms: number }
  /** No answer ever; the connection stays open. */
  | { kind: 'hang'; after: boolean };

/** Which calls are hit. */
export interface Selection {
  /** Any method but getUpdates when missing; spelling as in the documentation. */
  method?: string;
  chatId?: number;
  /** The first matching call that is hit, counted from 1; the next one when missing. */
  nth?: number;
  /** How many matching calls are hit from there on; 1 when missing, Infinity for all. */
  times?: number;
}

export type Fault = Trouble & Selection;

interface Armed {
  fault: Fault;
  seen: number;
  left: number;
}

export class Faults {
  #armed: Armed[] = [];

  /** @returns a function that takes the fault back */
  add(fault: Fault): () => void {
    const armed = { fault, seen: 0, left: fault.times ?? 1 };
    this.#armed.push(armed);
    return () => {
      this.#armed = this.#armed.filter((other) => other !== armed);
    };
  }

  clear(): void {
    this.#armed = [];
  }

  /** Faults that still wait for a call. */
  get waiting(): number {
    return this.#armed.length;
  }

  /** The fault that this call runs into, counted as used; null for most. The fault that was added first wins. */
  match(method: string, chatId: number | null): Fault | null {
    if (this.#armed.length === 0) return null;
    for (const armed of this.#armed) {
      const { fault } = armed;
      const isMethod = fault.method === undefined ? method !== 'getUpdates' : fault.method === method;
      if (!isMethod || (fault.chatId !== undefined && fault.chatId !== chatId)) continue;
      armed.seen++;
      if (armed.seen < (fault.nth ?? 1)) continue;
      armed.left--;
      if (armed.left <= 0) this.#armed = this.#armed.filter((other) => other !== armed);
      return fault;
    }
    return null;
  }
}

/** Whether the call is carried out before the trouble shows. */
export function isCarriedOut(trouble: Trouble): boolean {
  switch (trouble.kind) {
    case 'error':
    case 'too-many':
      return false;
    case 'truncated':
    case 'not-json':
    case 'slow':
      return true;
    case 'reset':
    case 'html':
    case 'hang':
      return trouble.after;
  }
}
