/**
 * Begins the search thread before anything else is loaded: on the other core it loads its code meanwhile.
 */
import type { Log } from './log.ts';
import { keepYoungAsItIs, THREAD_YOUNG_MB } from './memory.ts';
import { createSearchThread, type SearchThread } from './search/thread.ts';

export function beginSearch(log: Log): SearchThread {
  return createSearchThread({ youngMb: THREAD_YOUNG_MB, started: keepYoungAsItIs, log });
}
