/**
 * telegraf's `Telegram` over our own HTTP client: every call has a deadline, waits for its turn among the messages, obeys
 * `retry_after`, and is repeated only when nothing can have been accepted.
 *
 * Two errors for two truths: `TelegramError` when Telegram said no, `UnansweredError` when nobody answered. Neither
 * carries the payload or the URL.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Telegram, TelegramError } from 'telegraf';
import type { Opts, Telegram as Methods } from 'telegraf/types';
import type { Happening } from '../delivery/courier.ts';
import type { ReplyLane } from '../delivery/delivery.ts';
import { judge, type Outcome } from '../delivery/outcome.ts';
import type { Api } from './api.ts';
import { callWithin, within } from './deadline.ts';

export class UnansweredError extends Error {
  override readonly name = 'UnansweredError';
  constructor(method: string, happening: Happening) {
    super(`${method} got no answer: ${what(happening)}`);
  }
}

/** The chat is waiting out a flood limit, for longer than a person waits: the message was not sent. */
export class HeldError extends Error {
  override readonly name = 'HeldError';
}

/** How long one call may take, its waits included: a person who asked has long gone by then. */
const REPLY_DEADLINE_MS = 45_000;
/** One try; Telegram answers in well under a second. */
const TRY_DEADLINE_MS = 15_000;
const BACK_OFF_MS = [250, 1_000, 3_000, 8_000];

export interface ClientOptions {
  token: string;
  root: string;
  api: Api;
  lane: ReplyLane;
  /** Ends what is under way when the program stops. */
  stopping: AbortSignal;
  /** How time passes between two tries; the signal ends it. */
  wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export class TelegramClient extends Telegram {
  readonly #api: Api;
  readonly #lane: ReplyLane;
  readonly #stopping: AbortSignal;
  readonly #wait: NonNullable<ClientOptions['wait']>;

  constructor(options: ClientOptions) {
    super(options.token, { apiRoot: options.root, webhookReply: false });
    this.#api = options.api;
    this.#lane = options.lane;
    this.#stopping = options.stopping;
    // An abort ends the sleep; the next call then says so.
    this.#wait =
      options.wait ??
      ((milliseconds, signal) => sleep(milliseconds, undefined, { signal }).catch(() => undefined));
  }

  override callApi<M extends keyof Methods>(method: M, payload: Opts<M>): Promise<ReturnType<Methods[M]>> {
    return this.request(method, payload) as Promise<ReturnType<Methods[M]>>;
  }

  /**
   * Any method with any fields, also those that telegraf's types do not know.
   *
   * @throws TelegramError, UnansweredError
   */
  request(method: string, payload: object): Promise<unknown> {
    return within(REPLY_DEADLINE_MS, this.#stopping, (deadline) => this.#try(method, payload, deadline));
  }

  async #try(method: string, payload: object, deadline: AbortSignal): Promise<unknown> {
    let body = payload;
    for (let attempt = 0; ; attempt++) {
      const chatId = chatOf(body);
      const posts = chatId !== null && WRITES_TO_CHAT.test(method);
      if (posts && !(await this.#lane.acquire(chatId, deadline)))
        throw new HeldError(`${method} was held back`);
      const happening = await callWithin(TRY_DEADLINE_MS, deadline, this.#api, method, body);
      const outcome = judge(happening);
      if (posts) this.#lane.settled(chatId, outcome);
      const answer = asAnswer(happening);
      if (answer?.ok === true) return answer.result;
      if (outcome.kind === 'moved' && attempt === 0) {
        body = { ...body, chat_id: outcome.chatId };
        continue;
      }
      const wait = waitBeforeRetry(method, outcome, attempt);
      if (wait === null || deadline.aborted) {
        if (answer === null) throw new UnansweredError(method, happening);
        throw new TelegramError(
          { error_code: answer.error_code ?? 0, description: answer.description ?? 'no description' },
          { method },
        );
      }
      await this.#wait(wait, deadline);
    }
  }
}

/** Milliseconds until the next try; null when there is to be none. */
function waitBeforeRetry(method: string, outcome: Outcome, attempt: number): number | null {
  const backOff = BACK_OFF_MS[attempt] ?? null;
  if (outcome.kind === 'retryAt') {
    if (outcome.delaySeconds === null) return backOff;
    const wait = outcome.delaySeconds * 1_000;
    return wait < REPLY_DEADLINE_MS && attempt < 3 ? wait : null;
  }
  // A second message would be a repetition; a second edit or question is none.
  return outcome.kind === 'unknown' && REPEATABLE.test(method) ? backOff : null;
}

const WRITES_TO_CHAT = /^(?:send|edit|copy|forward)/u;
const REPEATABLE = /^(?:get|edit|set|delete|answer)/u;

interface Answer {
  ok: boolean;
  result?: unknown;
  error_code?: number;
  description?: string;
}

function asAnswer(happening: Happening): Answer | null {
  if (happening.kind !== 'answer') return null;
  const { body } = happening;
  const isAnswer = typeof body === 'object' && body !== null && 'ok' in body;
  return isAnswer ? (body as Answer) : null;
}

function chatOf(payload: object): number | null {
  return 'chat_id' in payload && typeof payload.chat_id === 'number' ? payload.chat_id : null;
}

function what(happening: Happening): string {
  switch (happening.kind) {
    case 'network':
      return happening.code;
    case 'aborted':
      return 'deadline';
    case 'garbled':
    case 'answer':
      return `unreadable answer with status ${happening.status}`;
  }
}
