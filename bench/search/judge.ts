/**
 * How well and how fast something searches: MRR@10 and recall@10 over queries of which the one right answer is known, and
 * quantiles of the time a search takes.
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

export interface Judgement {
  byVariant: Map<string, Judged>;
  /** Milliseconds of each search, in order of size. */
  times: number[];
}

/** Every query once; the first ones twice, so that caches of every kind are warm. */
export async function judge(search: Search, queries: readonly BenchQuery[]): Promise<Judgement> {
  for (const { q } of queries.slice(0, 30)) await search(q);
  const sums = new Map<string, { n: number; rr: number; hits: number }>();
  const times: number[] = [];
  for (const { variant, q, relevant } of queries) {
    const start = process.env.CPU ? process.cpuUsage() : performance.now();
    const found = await search(q);
    times.push(
      typeof start === 'number'
        ? performance.now() - start
        : (process.cpuUsage(start).user + process.cpuUsage(start).system) / 1000,
    );
    const place = found.slice(0, DEPTH).findIndex((id) => relevant.includes(id));
    const sum = sums.get(variant) ?? { n: 0, rr: 0, hits: 0 };
    sum.n += 1;
    if (place >= 0) {
      sum.rr += 1 / (place + 1);
      sum.hits += 1;
    }
    sums.set(variant, sum);
  }
  const byVariant = new Map(
    [...sums].map(([variant, { n, rr, hits }]): [string, Judged] => [
      variant,
      { queries: n, mrr: rr / n, recall: hits / n },
    ]),
  );
  return { byVariant, times: times.sort((a, b) => a - b) };
}

/** @param sorted ascending */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Share of the first ten hits that hold this form, accents and all. */
export async function accentPrecision(
  search: Search,
  queries: readonly { q: string; form: string }[],
  holds: (id: string, form: string) => boolean,
): Promise<number> {
  let sum = 0;
  for (const { q, form } of queries) {
    const top = (await search(q)).slice(0, DEPTH);
    sum += top.length === 0 ? 0 : top.filter((id) => holds(id, form)).length / top.length;
  }
  return sum / queries.length;
}
