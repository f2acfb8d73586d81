/**
 * Asks Telegram who the bot is, until it answers: a start must not fail because the network is late. When it does not
 * answer soon, what an earlier run was told serves as well.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { UserFromGetMe } from 'telegraf/types';
import { judge } from '../delivery/outcome.ts';
import type { Log } from '../log.ts';
import type { Api } from './api.ts';
import { callWithin } from './deadline.ts';

const TRY_MS = 8_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** A wait that Telegram asks for is believed up to here; beyond 24 days a timer would fire at once, again and again. */
const LONGEST_ASKED_WAIT_MS = 3_600_000;
/** After so many tries the name from an earlier run is believed. */
const TRIES_BEFORE_CACHE = 3;

/** The bot's own account. */
export type BotIdentity = UserFromGetMe;

export interface IntroduceOptions {
  api: Api;
  log: Log;
  signal: AbortSignal;
  /** The JSON of an earlier run's answer; null for none. */
  cached: string | null;
}

/** Null when Telegram does not accept the token. Rejects when the signal is aborted. */
export async function introduce({ api, log, signal, cached }: IntroduceOptions): Promise<BotIdentity | null> {
  for (let attempt = 0; ; attempt++) {
    signal.throwIfAborted();
    const happening = await callWithin(TRY_MS, signal, api, 'getMe', {});
    if (happening.kind === 'answer' && happening.status === 200) {
      const me = (happening.body as { result?: UserFromGetMe } | null)?.result;
      if (typeof me?.username === 'string' && Number.isSafeInteger(me.id)) return me;
    }
    const outcome = judge(happening);
    if (outcome.kind === 'stop') return null;
    if (cached !== null && attempt + 1 >= TRIES_BEFORE_CACHE) return JSON.parse(cached) as UserFromGetMe;
    const asked = outcome.kind === 'retryAt' ? outcome.delaySeconds : null;
    const wait =
      asked === null
        ? Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS)
        : Math.min(asked * 1_000, LONGEST_ASKED_WAIT_MS);
    log.warn({ outcome: outcome.kind, waitMs: wait }, 'Telegram did not say who the bot is, asking again');
    await sleep(wait, undefined, { signal });
  }
}
