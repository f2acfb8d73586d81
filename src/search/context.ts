/**
 * How often words stand side by side in titles and summaries: what decides between the words that somebody may have
 * meant. Asked of FTS5, so exact after every change; remembered for the length of one search.
 */
import { phrase, unfinished } from './match.ts';
import type { Recent } from './recent.ts';
import type { Rows } from './rows.ts';

export interface Context {
  /** Articles in which the two stand side by side in title or summary, counted up to `MAX_COUNT`. */
  together: (left: string, right: string) => number;
  /** The same in bodies, which takes longer and says less: at most 2. */
  inBodies: (left: string, right: string) => number;
  /**
   * Words that begin so and stand behind `left` in title or summary of the newest articles, with how often; one that
   * stands behind both words counts `THREE_SHARE` times more.
   */
  following: (beforeLeft: string | null, left: string, start: string) => Map<string, number>;
}

/** Beyond this a pair is simply frequent. */
export const MAX_COUNT = 50;
const MAX_BODY_COUNT = 20;
const BODY_SHARE = 0.1;

/** Articles that are looked at for the words that follow one. */
const MAX_FOLLOWED = 200;

/** Three words side by side say more than two. */
const THREE_SHARE = 4;

export function createContext(rows: Rows, recent: Recent): Context {
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
    following(beforeLeft, left, start) {
      const found = new Map<string, number>();
      for (const seq of rows.find('titles', unfinished([left, start]), MAX_FOLLOWED)) {
        const own = new Map<string, number>();
        for (const text of recent.texts(seq)) follow(text, beforeLeft, left, start, own);
        for (const [word, count] of own) found.set(word, (found.get(word) ?? 0) + count);
      }
      return found;
    },
  };
}

/** Puts the words that follow in one text, each once, with what that says. */
function follow(
  text: string,
  beforeLeft: string | null,
  left: string,
  start: string,
  into: Map<string, number>,
): void {
  const sought = ` ${left} ${start}`;
  const spaced = ` ${text}`;
  for (let at = spaced.indexOf(sought); at >= 0; at = spaced.indexOf(sought, at + 1)) {
    const from = at + left.length + 2;
    const end = spaced.indexOf(' ', from);
    const word = spaced.slice(from, end < 0 ? undefined : end);
    const three = beforeLeft !== null && spaced.slice(0, at).endsWith(` ${beforeLeft}`);
    into.set(word, Math.max(into.get(word) ?? 0, three ? 1 + THREE_SHARE : 1));
  }
}
