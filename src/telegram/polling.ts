/**
 * Long polling that does not go deaf: each poll has a deadline, every error but two ends in another poll, and an update is
 * confirmed (by the offset of the next poll) only after it was stored.
 *
 * Our own loop and not telegraf's: that one handles a batch before it confirms it, stops at any 4xx, and loses the update
 * during which it stopped. The two errors that end the loop are the operator's: a token that is not accepted, and another
 * program that polls with the same token.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Update } from 'telegraf/types';
import type { Happening } from '../delivery/courier.ts';
import { errorFields, type Log } from '../log.ts';
import type { Api } from './api.ts';
import { callWithin } from './deadline.ts';

/** Telegram allows 50. Shorter than the 30–60 s after which routers forget a quiet connection. */
const POLL_SECONDS = 25;
const POLL_DEADLINE_MS = (POLL_SECONDS + 15) * 1_000;
/** Without a completed poll for this long the bot counts as deaf. */
export const DEAF_AFTER_MS = 90_000;
const BATCH = 100;
const BACK_OFF_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000];
/** Our own previous poll may be remembered for a moment; another program keeps answering 409. */
const MAX_CONFLICTS = 5;

const ALLOWED_UPDATES = ['message', 'channel_post', 'callback_query', 'inline_query', 'my_chat_member'];

export type PollingEnd =
  | { reason: 'stopped' }
  /** 401: the token is not accepted (any more). */
  | { reason: 'unauthorized' }
  /** 409, again and again: another program polls with the same token. */
  | { reason: 'conflict'; description: string };

export interface PollingOptions {
  api: Api;
  log: Log;
  signal: AbortSignal;
  /** Stores the batch. A rejection means that it is not safe: the same updates are asked for again. */
  take: (updates: Update[]) => Promise<void>;
  /** Resolves when there is room for another batch. */
  room: () => Promise<void>;
  /** Epoch milliseconds of each completed poll, for the health check. */
  onPoll: () => void;
  /** How time passes between two polls; the signal ends it. */
  wait?: Wait;
}

type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** An abort ends the sleep like its time does; what comes next sees it. */
const sleepFor: Wait = (milliseconds, signal) =>
  sleep(milliseconds, undefined, { signal }).catch(() => undefined);

export async function poll(options: PollingOptions): Promise<PollingEnd> {
  const { api, log, signal, wait: pass = sleepFor } = options;
  let offset = 0;
  let failures = 0;
  let conflicts = 0;
  // The first one only fetches what waits already, so that it is known at once whether anything does.
  let timeout = 0;
  for (;;) {
    await options.room();
    const request = { offset, timeout, limit: BATCH, allowed_updates: ALLOWED_UPDATES };
    const happening = await callWithin(POLL_DEADLINE_MS, signal, api, 'getUpdates', request);
    if (isAborted(signal)) return { reason: 'stopped' };
    const result = read(happening);
    let wait: number;
    if (result.kind === 'updates') {
      options.onPoll();
      timeout = POLL_SECONDS;
      conflicts = 0;
      try {
        await options.take(result.updates);
        failures = 0;
        offset = result.updates.reduce((next, { update_id }) => Math.max(next, update_id + 1), offset);
        continue;
      } catch (error) {
        log.error(errorFields(error), 'updates could not be stored; asking Telegram for them again');
        wait = backOff(failures++);
      }
    } else if (result.kind === 'unauthorized') {
      return { reason: 'unauthorized' };
    } else if (result.kind === 'conflict') {
      conflicts += 1;
      if (conflicts >= MAX_CONFLICTS) return { reason: 'conflict', description: result.description };
      log.warn({ description: result.description }, 'another poll for this bot, trying again');
      if (result.webhook) await callWithin(POLL_DEADLINE_MS, signal, api, 'deleteWebhook', {});
      wait = conflicts * 1_000;
    } else {
      wait = result.waitMs ?? backOff(failures++);
      log.warn({ reason: result.reason, waitMs: wait }, 'polling failed, trying again');
    }
    await pass(wait, signal);
  }
}

/** A signal changes while one waits, which the compiler does not see in a property. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** Half of it is random, so that many bots do not come back at the same moment. */
function backOff(failures: number): number {
  const full = BACK_OFF_MS[Math.min(failures, BACK_OFF_MS.length - 1)] ?? 15_000;
  return full / 2 + (Math.random() * full) / 2;
}

type PollResult =
  | { kind: 'updates'; updates: Update[] }
  | { kind: 'unauthorized' }
  | { kind: 'conflict'; description: string; webhook: boolean }
  | { kind: 'failed'; reason: string; waitMs: number | null };

function read(happening: Happening): PollResult {
  if (happening.kind === 'network') return { kind: 'failed', reason: happening.code, waitMs: null };
  if (happening.kind === 'aborted') return { kind: 'failed', reason: 'deadline', waitMs: null };
  const failed = { kind: 'failed', reason: `status ${happening.status}`, waitMs: null } as const;
  if (happening.kind === 'garbled') return failed;
  const body = happening.body as {
    ok?: unknown;
    result?: unknown;
    description?: unknown;
    parameters?: { retry_after?: unknown };
  } | null;
  if (body?.ok === true && Array.isArray(body.result)) {
    return { kind: 'updates', updates: body.result.filter(isUpdate) };
  }
  const description = typeof body?.description === 'string' ? body.description : '';
  if (happening.status === 401) return { kind: 'unauthorized' };
  if (happening.status === 409) {
    return { kind: 'conflict', description, webhook: description.includes('webhook') };
  }
  const seconds = Number(body?.parameters?.retry_after);
  return seconds > 0 ? { ...failed, waitMs: Math.min(seconds, 3_600) * 1_000 } : failed;
}

function isUpdate(value: unknown): value is Update {
  return (
    typeof value === 'object' &&
    value !== null &&
    'update_id' in value &&
    Number.isSafeInteger(value.update_id)
  );
}
