/**
 * Search from the main thread's side: a `Searcher` whose work is done on a thread of its own, so that the event loop
 * is never held up, and whose crash is not the bot's.
 *
 * It can begin before there is a database: until `open` it loads its code, which takes as long as the rest of a start does.
 * A question that gets no answer in time is answered with nothing and `catchingUp`; a thread that dies is started again,
 * ever more slowly while it keeps dying.
 */
import { Worker } from 'node:worker_threads';
import { errorFields, type Log } from '../log.ts';
import type { EngineStatus } from './engine.ts';
import type { FromWorker, ToWorker, WorkerSetup } from './protocol.ts';
import type { Searcher, SearchRequest, SearchResult } from './searcher.ts';

/** A reader waits no longer; the slowest honest search takes a fifth of it. */
export const DEADLINE_MS = 3_000;

/** Questions that may wait for the thread at once; more are answered with nothing. */
const MAX_WAITING = 200;

const FIRST_RESTART_MS = 100;
const SLOWEST_RESTART_MS = 30_000;
const CLOSE_WITHIN_MS = 5_000;

export interface SearchThreadOptions {
  log: Log;
  /** Megabytes for the young generation of the thread's heap; what Node gives when it is not set. The old one has no limit. */
  youngMb?: number;
  /** Called whenever a thread has begun to run. */
  started?: () => void;
  /** The compiled entry of the thread. */
  worker: URL;
}

export interface SearchThread extends Searcher {
  /** To be called once. Questions from before are answered with nothing. */
  open(setup: WorkerSetup): void;
  /** What the thread last said of itself; null before it has said anything, and while it is dead. */
  status(): EngineStatus | null;
  close(): Promise<void>;
}

type Waiting = (answer: FromWorker | null) => void;

export function createSearchThread(options: SearchThreadOptions): SearchThread {
  const { log } = options;
  const resourceLimits = options.youngMb === undefined ? {} : { maxYoungGenerationSizeMb: options.youngMb };
  const waiting = new Map<number, Waiting>();
  let setup: WorkerSetup | null = null;
  let worker: Worker | null = null;
  let status: EngineStatus | null = null;
  let number = 0;
  let crashes = 0;
  let closing = false;
  let restart: NodeJS.Timeout | undefined;

  function start(): void {
    const mine = new Worker(options.worker, { name: 'search', resourceLimits });
    worker = mine;
    if (setup !== null) mine.postMessage({ kind: 'open', setup } satisfies ToWorker);
    mine.once('online', () => options.started?.());
    mine.on('message', (message: FromWorker) => take(message));
    mine.on('error', (error) => log.error(errorFields(error), 'the search thread failed'));
    mine.on('exit', (code) => {
      if (worker !== mine) return;
      worker = null;
      status = null;
      for (const [key, settle] of waiting) {
        waiting.delete(key);
        settle(null);
      }
      if (closing) return;
      const wait = Math.min(SLOWEST_RESTART_MS, FIRST_RESTART_MS * 2 ** crashes);
      crashes += 1;
      log.warn({ code, restartInMs: wait }, 'the search thread ended and is started again');
      restart = setTimeout(start, wait);
    });
  }

  function take(message: FromWorker): void {
    switch (message.kind) {
      case 'log':
        log[message.level](message.fields, message.message);
        return;
      case 'status':
        if (message.status.complete) crashes = 0;
        status = message.status;
        return;
      case 'closed':
        return;
      default: {
        status = message.status;
        const settle = waiting.get(message.number);
        waiting.delete(message.number);
        settle?.(message);
      }
    }
  }

  /** Null when there is no thread, or it doesn't answer in time. */
  function ask(make: (number: number) => ToWorker): Promise<FromWorker | null> {
    const target = worker;
    if (target === null || setup === null || waiting.size >= MAX_WAITING) return Promise.resolve(null);
    number += 1;
    const mine = number;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        waiting.delete(mine);
        log.warn({ waitedMs: DEADLINE_MS }, 'search did not answer in time');
        resolve(null);
      }, DEADLINE_MS);
      waiting.set(mine, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      target.postMessage(make(mine));
    });
  }

  start();
  return {
    open(files) {
      setup = files;
      worker?.postMessage({ kind: 'open', setup } satisfies ToWorker);
    },
    async search(request) {
      const answer = await ask((mine) => ({ kind: 'search', number: mine, request }));
      if (answer?.kind === 'found') return answer.result;
      if (answer?.kind === 'failed') log.error({ error: answer.error }, 'a search failed');
      return nothing(request);
    },
    async related(seq, limit) {
      const answer = await ask((mine) => ({ kind: 'related', number: mine, seq, limit }));
      if (answer?.kind === 'related') return answer.ids;
      if (answer?.kind === 'failed')
        log.error({ error: answer.error }, 'related articles could not be found');
      return [];
    },
    follow() {
      if (setup !== null) worker?.postMessage({ kind: 'follow' } satisfies ToWorker);
    },
    status: () => status,
    async close() {
      closing = true;
      clearTimeout(restart);
      const mine = worker;
      if (mine === null) return;
      // It has opened nothing yet.
      if (setup === null) {
        await mine.terminate();
        return;
      }
      const ended = new Promise<void>((resolve) => mine.once('exit', () => resolve()));
      mine.postMessage({ kind: 'close' } satisfies ToWorker);
      const timer = setTimeout(() => void mine.terminate(), CLOSE_WITHIN_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

function nothing(request: SearchRequest): SearchResult {
  const { text: matched } = request;
  return { hits: [], total: 0, understood: null, notes: [], matched, suggestions: [], catchingUp: true };
}
