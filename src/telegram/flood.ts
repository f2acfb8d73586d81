/**
 * How much one person may ask: a token bucket each, forgotten once it is full again. Pure; time is an argument.
 */

/** What a lively reader may do at once, pages turned included. */
const BURST = 40;
const REFILL_PER_SECOND = 1;
/** Whoever saved up so many has been quiet, and is told anew; otherwise who never stops would be told every second. */
const QUIET = 10;
/** Full buckets are swept out when there are this many, so that the memory stays bounded. */
const SWEEP_AT = 10_000;

export type FloodVerdict =
  | 'pass'
  /** The first one too many: say so, once until the person has been quiet for a while. */
  | 'notice'
  | 'ignore';

export interface FloodGate {
  /** @param now milliseconds */
  check(userId: number, now: number): FloodVerdict;
}

interface Bucket {
  tokens: number;
  at: number;
  noticed: boolean;
}

export function createFloodGate(): FloodGate {
  const buckets = new Map<number, Bucket>();
  let sweepAt = SWEEP_AT;
  return {
    check(userId, now) {
      if (buckets.size > sweepAt) {
        sweep(buckets, now);
        // Not again for each of the many that are not full yet.
        sweepAt = Math.max(SWEEP_AT, 2 * buckets.size);
      }
      const bucket = buckets.get(userId) ?? { tokens: BURST, at: now, noticed: false };
      bucket.tokens = filled(bucket, now);
      bucket.at = now;
      buckets.set(userId, bucket);
      if (bucket.tokens >= 1) {
        if (bucket.tokens >= QUIET) bucket.noticed = false;
        bucket.tokens -= 1;
        return 'pass';
      }
      if (bucket.noticed) return 'ignore';
      bucket.noticed = true;
      return 'notice';
    },
  };
}

function filled(bucket: Bucket, now: number): number {
  const seconds = Math.max(0, now - bucket.at) / 1_000;
  return Math.min(BURST, bucket.tokens + seconds * REFILL_PER_SECOND);
}

function sweep(buckets: Map<number, Bucket>, now: number): void {
  for (const [userId, bucket] of buckets) {
    if (filled(bucket, now) >= BURST) buckets.delete(userId);
  }
}
