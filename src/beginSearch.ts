/**
 * Begins the search thread before anything else is loaded: on the other core it loads its code meanwhile.
 */
import { within } from './lifecycle.ts';
import type { Log } from './log.ts';
import { keepYoungAsItIs, THREAD_YOUNG_MB } from './memory.ts';
import { createSearchThread, type SearchThread } from './search/thread.ts';

/** A thread that is not there by then must not stop the bot. */
const LONGEST_MS = 2_000;

/** Resolves when the thread runs: what is loaded before would make the young generation of this one grow for good. */
export async function beginSearch(log: Log): Promise<SearchThread> {
  let begun: () => void = () => undefined;
  const beginning = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const started = (): void => {
    keepYoungAsItIs();
    begun();
  };
  const worker = new URL('./searchWorker.js', import.meta.url);
  const thread = createSearchThread({ worker, youngMb: THREAD_YOUNG_MB, started, log });
  await within(LONGEST_MS, [beginning]);
  return thread;
}
