/**
 * Keeps the bot hearing: polls, hands updates to the inbox and then to their chats in order, and starts again whatever
 * ends. A token that is no longer accepted leaves the program up, red in the health check, and asks again every minute.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Update } from 'telegraf/types';
import { errorFields, type Log } from '../log.ts';
import type { Api } from './api.ts';
import type { Bot } from './bot.ts';
import { orderKey } from './incoming.ts';
import { DEAF_AFTER_MS, poll, type PollingEnd } from './polling.ts';
import { createSequencer } from './sequencer.ts';

/** Updates in memory; Telegram keeps the others until there is room. */
const MAX_WAITING = 500;
const UNAUTHORIZED_PAUSE_MS = 60_000;
const BROKEN_PAUSE_MS = 2_000;

export interface UpdateInbox {
  take(updates: Update[], now: number): Promise<Update[]>;
  unfinished(): Promise<Update[]>;
  finish(updateId: number): Promise<void>;
}

export interface SupervisorOptions {
  api: Api;
  bot: Bot;
  inbox: UpdateInbox;
  log: Log;
  now: () => number;
}

export interface Supervisor {
  /** Resolves with why hearing ended for good; rejects when the inbox cannot be read. */
  done: Promise<Exclude<PollingEnd, { reason: 'unauthorized' }>>;
  /** Resolves when what an earlier run had left, and what the first poll fetched, is answered. */
  caughtUp: Promise<void>;
  /** What keeps the bot from hearing; null when nothing does. */
  problem(): string | null;
  /** Asks for nothing more; waits for the handlers under way, and until what was fetched is stored. */
  stop(): Promise<void>;
}

export function startSupervisor(options: SupervisorOptions): Supervisor {
  const { api, bot, inbox, log, now } = options;
  const stopping = new AbortController();
  const sequencer = createSequencer();
  let lastPoll = now();
  let refused = false;
  let isFirst = true;
  let catchUp: () => void = () => undefined;
  const caughtUp = new Promise<void>((resolve) => {
    catchUp = resolve;
  });

  function enqueue(update: Update): void {
    sequencer.add(orderKey(update), async () => {
      await bot.handle(update);
      try {
        await inbox.finish(update.update_id);
      } catch (error) {
        // It stays in the inbox and is handled again at the next start.
        log.error(errorFields(error), 'an update could not be marked as handled');
      }
    });
  }

  async function run(): Promise<Exclude<PollingEnd, { reason: 'unauthorized' }>> {
    for (const update of await inbox.unfinished()) enqueue(update);
    for (;;) {
      const end = await listen();
      if (end !== null && end.reason !== 'unauthorized') return end;
      if (end !== null) {
        refused = true;
        log.error(
          {},
          'Telegram does not accept BOT_TOKEN any more: get a new one from @BotFather and restart',
        );
      }
      const pause = end === null ? BROKEN_PAUSE_MS : UNAUTHORIZED_PAUSE_MS;
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  /** Polls until that ends; null when it failed in a way that it should not, so that it is to begin anew. */
  async function listen(): Promise<PollingEnd | null> {
    try {
      return await poll({
        api,
        log,
        signal: stopping.signal,
        take: async (updates) => {
          const heard = updates.filter((update) => bot.hears(update));
          for (const update of await inbox.take(heard, now())) enqueue(update);
          if (!isFirst) return;
          isFirst = false;
          void sequencer.below(1).then(catchUp);
        },
        room: () => sequencer.below(MAX_WAITING),
        onPoll: () => {
          lastPoll = now();
          refused = false;
        },
      });
    } catch (error) {
      log.error(errorFields(error), 'polling failed by a mistake of ours; it begins anew');
      return null;
    }
  }

  const done = run();
  return {
    done,
    caughtUp,
    problem() {
      if (refused) return 'Telegram does not accept BOT_TOKEN';
      const silence = now() - lastPoll;
      return silence > DEAF_AFTER_MS ? `no completed poll for ${Math.round(silence / 1_000)} s` : null;
    },
    async stop() {
      stopping.abort();
      // The poll under way may still be storing its updates.
      await Promise.allSettled([done, sequencer.stop()]);
    },
  };
}
