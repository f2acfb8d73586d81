/**
 * One call from its parameters to its answer: the ledger, rate limits and faults around the method itself. Knows no
 * HTTP: what should be seen on the wire is returned, and the server shows it.
 */
import { namedChat } from './access.ts';
import { ApiError, tooManyRequests } from './apiError.ts';
import { isCarriedOut } from './faults.ts';
import type { Faults, Fault, Trouble } from './faults.ts';
import type { Call, Ledger } from './ledger.ts';
import type { RateLimiter } from './limits.ts';
import type { Backend, OnHangUp } from './method.ts';
import type { NamedMethod } from './methods.ts';
import type { Params } from './params.ts';
import { checkCall } from './shapes.ts';

/** An answer in Telegram's form. */
export interface Reply {
  status: number;
  body: string;
  retryAfterSeconds: number | null;
}

export interface Outcome {
  call: Call;
  /** What the caller should get, had nothing gone wrong; null when the call was not carried out. */
  reply: Reply | null;
  /** How the answer suffers; null when it does not. */
  trouble: Trouble | null;
}

export function errorReply(error: ApiError): Reply {
  const { status, message, parameters } = error;
  return {
    status,
    body: JSON.stringify({
      ok: false,
      error_code: status,
      description: message,
      ...(parameters === null ? {} : { parameters }),
    }),
    retryAfterSeconds: parameters?.retry_after ?? null,
  };
}

export class Calls {
  readonly #backend: Backend;
  readonly #ledger: Ledger;
  readonly #faults: Faults;
  readonly #limiter: RateLimiter;
  /** Told of mistakes of the double itself. */
  readonly #onBug: (error: unknown) => void;

  constructor(
    backend: Backend,
    ledger: Ledger,
    faults: Faults,
    limiter: RateLimiter,
    onBug: (error: unknown) => void,
  ) {
    this.#backend = backend;
    this.#ledger = ledger;
    this.#faults = faults;
    this.#limiter = limiter;
    this.#onBug = onBug;
  }

  /** Never throws. */
  make(method: NamedMethod, params: Params, onHangUp: OnHangUp): Outcome | Promise<Outcome> {
    const { world } = this.#backend;
    const chatId = namedChat(world, params.values.chat_id);
    const call = this.#ledger.begin(method.name, params.values, chatId, world.now(), method.speaks);
    const fault = this.#faults.match(method.name, chatId);
    if (fault === null) return this.#carryOut(method, params, call, onHangUp, null);
    call.fault = fault.kind;
    if (fault.kind === 'error' || fault.kind === 'too-many') {
      return { call, reply: this.#refuse(call, this.#refusal(fault, chatId)), trouble: null };
    }
    if (fault.kind === 'slow' && !fault.after) {
      return new Promise((resolve) => {
        setTimeout(() => resolve(this.#carryOut(method, params, call, onHangUp, null)), fault.ms).unref();
      });
    }
    if (isCarriedOut(fault)) return this.#carryOut(method, params, call, onHangUp, fault);
    this.#ledger.lost(call);
    this.#backend.world.changed();
    return { call, reply: null, trouble: fault };
  }

  #refusal(fault: Fault & { kind: 'error' | 'too-many' }, chatId: number | null): ApiError {
    if (fault.kind === 'too-many') {
      this.#hold(fault.whole === 'bot' ? null : chatId, fault.retryAfterSeconds);
      return tooManyRequests(fault.retryAfterSeconds);
    }
    const retryAfter = fault.parameters?.retry_after;
    if (retryAfter !== undefined) this.#hold(chatId, retryAfter);
    return new ApiError(fault.status, fault.description, fault.parameters ?? null);
  }

  #hold(chatId: number | null, seconds: number): void {
    this.#ledger.hold(chatId, this.#backend.world.now() + seconds * 1000);
  }

  #carryOut(
    method: NamedMethod,
    params: Params,
    call: Call,
    onHangUp: OnHangUp,
    trouble: Trouble | null,
  ): Outcome | Promise<Outcome> {
    const finish = (reply: Reply): Outcome => {
      if (trouble !== null && trouble.kind !== 'slow') this.#ledger.lost(call);
      return { call, reply, trouble };
    };
    try {
      checkCall(method.name, params);
      if (method.speaks) this.#admit(call.chatId);
      const result = method.run(this.#backend, params, onHangUp);
      if (!(result instanceof Promise)) return finish(this.#accept(call, result));
      return result.then(
        (value: unknown) => finish(this.#accept(call, value)),
        (error: unknown) => finish(this.#refuse(call, error)),
      );
    } catch (error) {
      return finish(this.#refuse(call, error));
    }
  }

  /** @throws ApiError 429 when a rate limit is exceeded */
  #admit(chatId: number | null): void {
    const { world } = this.#backend;
    const chat = chatId === null ? undefined : world.chats.get(chatId);
    if (chat === undefined) return;
    const exceeded = this.#limiter.admit(chat.id, chat.type !== 'private', world.now());
    if (exceeded === null) return;
    this.#hold(exceeded.scope === 'bot' ? null : chat.id, exceeded.retryAfterSeconds);
    throw tooManyRequests(exceeded.retryAfterSeconds);
  }

  #accept(call: Call, result: unknown): Reply {
    this.#ledger.carriedOut(call, { status: 200, result });
    this.#backend.world.changed();
    return { status: 200, body: `{"ok":true,"result":${JSON.stringify(result)}}`, retryAfterSeconds: null };
  }

  #refuse(call: Call, error: unknown): Reply {
    let known: ApiError;
    if (error instanceof ApiError) known = error;
    else {
      this.#onBug(error);
      known = new ApiError(500, `Internal Server Error: the playground failed: ${String(error)}`);
    }
    this.#ledger.carriedOut(call, { status: known.status, result: known.message });
    this.#backend.world.changed();
    return errorReply(known);
  }
}
