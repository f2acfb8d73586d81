/**
 * Articles that have some of the words of a query, for when too few have all of them or none has them as they were meant:
 * those with its rare words, or with rare neighbours.
 */
import { anyForm, finder, phrases } from './expressions.ts';
import type { Plan } from './plan.ts';
import { requiredSlots, type Reading } from './reading.ts';
import type { Rows } from './rows.ts';
import { createTally } from './tally.ts';

/** Rows that are taken for single words, and for each of them; the rarest words come first. */
const ROWS = { all: 12_000, each: 12_000 };
/** The same where a good hit is there, and these only follow it. */
const ROWS_BEHIND = { all: 3_000, each: 1_000 };

const MAX_PAIRS = 3_000;
const MAX_PAIRS_IN_TITLES = 1_000;

/**
 * @param behind whether something better has been found
 * @param passes which articles are wanted
 * @returns numbers of articles, the most promising first, at most `limit`
 */
export function collectPartial(
  reading: Reading,
  plan: Plan,
  rows: Rows,
  { limit, behind, passes }: { limit: number; behind: boolean; passes: (seq: number) => boolean },
): number[] {
  const required = requiredSlots(reading);
  if (required.length < 2) return [];
  const find = finder(plan, rows);
  const tally = createTally();
  const { all, each } = behind ? ROWS_BEHIND : ROWS;
  let room = all;
  for (const slot of [...required].sort((a, b) => b.idf - a.idf)) {
    if (room <= 0) break;
    const seqs = find('all', anyForm(slot), each);
    room -= seqs.length;
    tally.add(seqs, slot.idf);
  }
  const { slots } = reading;
  slots.forEach((slot, i) => {
    const before = slots[i - 1];
    if (before === undefined || !slot.follows) return;
    const pair = phrases([before, slot]);
    const weight = (slot.idf + before.idf) / 2;
    tally.add(find('all', pair, MAX_PAIRS), weight);
    tally.add(find('titles', pair, MAX_PAIRS_IN_TITLES), weight / 2);
  });
  return tally.best(limit, passes);
}
