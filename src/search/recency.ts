/**
 * Newer before older among equals, and only mildly: what fits better stays before what is newer.
 */

/** After so many days the advantage of being new has halved. */
export const HALF_LIFE_DAYS = 14;

/** What an article of this very moment gains over an old one. */
export const RECENCY_SHARE = 0.06;

const DAY_MS = 86_400_000;

/**
 * By what a score is to be multiplied: between 1 and 1 + `RECENCY_SHARE`.
 *
 * @param listedAt `YYYY-MM-DD` or an ISO instant
 * @param now epoch milliseconds
 */
export function recencyFactor(listedAt: string, now: number): number {
  const at = Date.parse(listedAt);
  if (Number.isNaN(at)) return 1;
  // Of a day without an hour the end counts, so that today's articles are alike.
  const end = listedAt.length === 10 ? at + DAY_MS : at;
  const ageDays = Math.max(0, now - end) / DAY_MS;
  return 1 + RECENCY_SHARE * 2 ** (-ageDays / HALF_LIFE_DAYS);
}
