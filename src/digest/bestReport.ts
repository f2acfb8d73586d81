/**
 * Which of the reports of a story is shown for all of them. Pure.
 */
import type { Article } from '../articles/article.ts';

/** Beyond this a longer text is not a better one. */
const ENOUGH_CHARS = 2_400;
/** Texts whose lengths differ by less are of the same length. */
const STEP_CHARS = 600;

/**
 * One in the reader's language before others, one with a summary before one without, then the fuller text, then the newer
 * one.
 *
 * @param reports newest first, at least one
 */
export function bestReport(reports: readonly Article[], language: string): Article {
  const [first, ...others] = reports;
  if (first === undefined) throw new RangeError('a story without a report');
  let [best, worth] = [first, worthOf(first, language)];
  for (const report of others) {
    const value = worthOf(report, language);
    if (value > worth) [best, worth] = [report, value];
  }
  return best;
}

/** The fullness stays below what a summary counts, and that below what the language does. */
function worthOf({ language: written, summary, body }: Article, language: string): number {
  const fullness = Math.floor(Math.min(body.length, ENOUGH_CHARS) / STEP_CHARS);
  return (written === language ? 100 : written === null ? 50 : 0) + (summary === null ? 0 : 10) + fullness;
}
