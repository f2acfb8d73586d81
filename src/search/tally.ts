/** Adds up what speaks for each article, of several lists of them. */
export interface Tally {
  /** These articles are worth so much more. */
  add(seqs: readonly number[], worth: number): void;
  has(seq: number): boolean;
  /** At most `limit` of those that pass, what most speaks for first, then the newest. */
  best(limit: number, passes?: (seq: number, worth: number) => boolean): number[];
}

export function createTally(): Tally {
  const sums = new Map<number, number>();
  return {
    add(seqs, worth) {
      for (const seq of seqs) sums.set(seq, (sums.get(seq) ?? 0) + worth);
    },
    has: (seq) => sums.has(seq),
    best: (limit, passes = () => true) =>
      [...sums.entries()]
        .filter(([seq, worth]) => passes(seq, worth))
        .sort((a, b) => b[1] - a[1] || b[0] - a[0])
        .slice(0, limit)
        .map(([seq]) => seq),
  };
}
