/**
 * How well something searched: MRR@10 and recall@10 over queries of which the one right answer is known.
 */
import type { BenchQuery } from './queries.ts';

/** The ids of the best articles, best first; ten are looked at. */
export type Search = (query: string) => string[] | Promise<string[]>;

export const DEPTH = 10;

export interface Judged {
  queries: number;
  /** Mean reciprocal rank of the right article among the first ten; 0 when it is not there. */
  mrr: number;
  /** Share of queries with the right article among the first ten. */
  recall: number;
}

/** @param found what each query found, in the order of the queries */
export function judge(
  queries: readonly BenchQuery[],
  found: readonly (readonly string[])[],
): Map<string, Judged> {
  const sums = new Map<string, { n: number; rr: number; hits: number }>();
  queries.forEach(({ variant, relevant }, i) => {
    const place = (found[i] ?? []).slice(0, DEPTH).findIndex((id) => relevant.includes(id));
    const sum = sums.get(variant) ?? { n: 0, rr: 0, hits: 0 };
    sum.n += 1;
    if (place >= 0) {
      sum.rr += 1 / (place + 1);
      sum.hits += 1;
    }
    sums.set(variant, sum);
  });
  return new Map(
    [...sums].map(([variant, { n, rr, hits }]): [string, Judged] => [
      variant,
      { queries: n, mrr: rr / n, recall: hits / n },
    ]),
  );
}

/** @param sorted ascending */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Share of the first ten hits that hold the form that was typed, accents and all; the mean over the queries. */
export function accentPrecision(
  forms: readonly string[],
  found: readonly (readonly string[])[],
  holds: (id: string, form: string) => boolean,
): number {
  let sum = 0;
  forms.forEach((form, i) => {
    const top = (found[i] ?? []).slice(0, DEPTH);
    sum += top.length === 0 ? 0 : top.filter((id) => holds(id, form)).length / top.length;
  });
  return sum / Math.max(1, forms.length);
}
