/**
 * Articles that have some of the words of a query, for when too few have all of them or none has them as they were meant:
 * those with its rare words, or with rare neighbours.
 */
import { anyForm, phrases, type Find } from './expressions.ts';
import { idf, requiredSlots, type Reading, type Slot } from './reading.ts';
import { createTally } from './tally.ts';

/** Rows that are taken for single words, the rarest first; more take longer and find no more. */
const ROWS_OF_WORDS = 2_000;
/** Rows that are taken for neighbours, those of rare words first, and at most for each two. */
const ROWS_OF_PAIRS = 6_000;
const MAX_PAIRS = 3_000;
const MAX_PAIRS_IN_TITLES = 1_000;

/**
 * @param articles how many there are
 * @param passes which of them are wanted
 * @returns numbers of articles, the most promising first, at most `limit`
 */
export function collectPartial(
  reading: Reading,
  find: Find,
  { limit, articles, passes }: { limit: number; articles: number; passes: (seq: number) => boolean },
): number[] {
  const required = requiredSlots(reading);
  if (required.length < 2) return [];
  const tally = createTally();
  let room = ROWS_OF_WORDS;
  const words = new Map(required.map((slot) => [anyForm(slot), slot.idf]));
  for (const [word, worth] of [...words].sort((a, b) => b[1] - a[1])) {
    if (room <= 0) break;
    const seqs = find('all', word, ROWS_OF_WORDS);
    room -= seqs.length;
    tally.add(seqs, worth);
  }
  room = ROWS_OF_PAIRS;
  for (const pair of neighbours(reading.slots)) {
    if (room <= 0) break;
    const seqs = find('all', pair, MAX_PAIRS);
    room -= seqs.length;
    // Words that are often together say less together than each by itself would make one think.
    const worth = idf(seqs.length, articles);
    tally.add(seqs, worth);
    tally.add(find('titles', pair, MAX_PAIRS_IN_TITLES), worth / 2);
  }
  return tally.best(limit, passes);
}

/** Words that follow each other in the query, as phrases, those of rare words first; each once. */
function neighbours(slots: readonly Slot[]): string[] {
  const rarity = new Map<string, number>();
  slots.forEach((slot, i) => {
    const before = slots[i - 1];
    if (before !== undefined && slot.follows) rarity.set(phrases([before, slot]), before.idf + slot.idf);
  });
  return [...rarity].sort((a, b) => b[1] - a[1]).map(([pair]) => pair);
}
