/**
 * What the follows of a chat make of its digest, as one text: subscriptions with the same text share an edition.
 */
import type { Follow } from './follow.ts';

export interface DigestFilter {
  /** Texts of queries, one of which an article must match; null takes everything. */
  only: readonly string[] | null;
  /** What matches one of these comes first. */
  first: readonly string[];
}

/**
 * With one follow for "only these", everything that is followed is let in, and nothing else: also what is told at once,
 * since an alert too many waits for the digest. Null when the digest is not changed by them.
 */
export function filterOf(follows: readonly Pick<Follow, 'text' | 'mode'>[]): string | null {
  const texts = (mode: Follow['mode'] | null): string[] =>
    [...new Set(follows.filter((one) => mode === null || one.mode === mode).map(({ text }) => text))].sort();
  const only = texts('only').length > 0 ? texts(null) : null;
  const first = texts('first');
  return only === null && first.length === 0 ? null : JSON.stringify({ only, first });
}

/** A text that `filterOf` did not make takes everything. */
export function readFilter(filter: string | null): DigestFilter {
  try {
    const { only, first } = JSON.parse(filter ?? 'null') as Partial<DigestFilter>;
    return { only: isTexts(only) ? only : null, first: isTexts(first) ? first : [] };
  } catch {
    return { only: null, first: [] }; // Null, or no JSON.
  }
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

/** Everything that has to be matched for it. */
export function queriesOf({ only, first }: DigestFilter): string[] {
  return [...new Set([...(only ?? []), ...first])];
}
