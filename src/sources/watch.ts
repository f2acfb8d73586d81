/**
 * Keeps scanning a source and hands each round on, one at a time: the timer, the pace, and what happens when a round could
 * not be taken. Knows neither files nor the store.
 */
import { setTimeout as pauseFor } from 'node:timers/promises';
import type { Round } from '../articles/source.ts';
import { errorFields, type Log } from '../log.ts';

/** Changes are to be noticed within ten seconds: what a scan has seen, another one has to confirm. */
const MIN_PAUSE_MS = 1_500;
const MAX_PAUSE_MS = 4_000;
/** Just longer than a file must stand still. */
const EXPECTING_PAUSE_MS = 2_600;
/** A scan of many files is followed by a longer pause, as long as nothing is expected and the ten seconds allow. */
const PAUSE_PER_COST = 24;

/** What is watched: `FolderSource`. */
export interface Watched {
  scan(): Promise<Round>;
  accept(round: Round): void;
  hasMore(): boolean;
  isExpecting(): boolean;
  problem(): string | null;
}

export interface WatchOptions {
  source: Watched;
  /** Takes a round into the store. When it rejects, the same is found and offered again. */
  take: (round: Round) => Promise<unknown>;
  log: Log;
  /** The shortest pause between two scans; for tests. */
  minPauseMs?: number;
}

export interface Watch {
  /** Resolves when all that was there at the start has been taken, or the first attempt has failed. */
  firstRound: Promise<void>;
  /** Ends the current round, then rests. */
  stop(): Promise<void>;
}

/**
 * Milliseconds until the next scan.
 *
 * @param costMs what the last one took
 */
export function pauseAfter(costMs: number, isExpecting: boolean, minMs = MIN_PAUSE_MS): number {
  const most = isExpecting ? EXPECTING_PAUSE_MS : MAX_PAUSE_MS;
  return Math.min(most, Math.max(minMs, costMs * PAUSE_PER_COST));
}

export function watch({ source, take, log, minPauseMs = MIN_PAUSE_MS }: WatchOptions): Watch {
  const stopping = new AbortController();
  const isStopping = (): boolean => stopping.signal.aborted;
  let known: string | null = null;

  const tellOfProblem = (): void => {
    const problem = source.problem();
    if (problem === known) return;
    if (problem === null) log.info({}, 'the articles can be read again');
    else log.warn({ problem }, 'articles cannot be read; those that are known are kept');
    known = problem;
  };

  const round = async (): Promise<void> => {
    const seen = await source.scan();
    tellOfProblem();
    if (seen.found.length + seen.vanished.length === 0) return;
    await take(seen);
    source.accept(seen);
  };

  const rounds = async (): Promise<void> => {
    try {
      do await round();
      while (source.hasMore() && !isStopping());
    } catch (error) {
      log.error(errorFields(error), 'articles could not be taken in; the next round tries again');
    }
  };

  const firstRound = rounds();
  const running = (async () => {
    await firstRound;
    for (let pause = minPauseMs; !isStopping();) {
      // An abort ends the pause early.
      await pauseFor(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (isStopping()) return;
      const started = performance.now();
      await rounds();
      const cost = performance.now() - started;
      pause = pauseAfter(cost, source.isExpecting(), minPauseMs);
    }
  })();
  return {
    firstRound,
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
