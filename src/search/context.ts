/**
 * How often words stand side by side in titles and summaries: what decides between the words that somebody may have
 * meant. Asked of FTS5, so exact after every change; remembered for the length of one search.
 */
import { phrase } from './match.ts';
import type { Rows } from './rows.ts';

export interface Context {
  /** Articles in which the two stand side by side in title or summary, counted up to `MAX_COUNT`. */
  together: (left: string, right: string) => number;
  /** The same in bodies, which takes longer and says less: at most 2. */
  inBodies: (left: string, right: string) => number;
}

/** Beyond this a pair is simply frequent. */
const MAX_COUNT = 50;
const MAX_BODY_COUNT = 20;
const BODY_SHARE = 0.1;

export function createContext(rows: Rows): Context {
  const titles = new Map<string, number>();
  const bodies = new Map<string, number>();
  const remember = (known: Map<string, number>, match: string, count: () => number): number => {
    const before = known.get(match);
    if (before !== undefined) return before;
    const now = count();
    known.set(match, now);
    return now;
  };
  return {
    together(left, right) {
      const match = phrase([left, right]);
      return remember(titles, match, () => rows.count('titles', match, MAX_COUNT));
    },
    inBodies(left, right) {
      const match = phrase([left, right]);
      return remember(bodies, match, () => rows.count('all', match, MAX_BODY_COUNT) * BODY_SHARE);
    },
  };
}
