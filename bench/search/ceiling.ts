/**
 * About the most that can be had of known-item queries: the mean reciprocal rank of somebody who is told which field each
 * was cut from, reads every article, accents and all, and ranks them by how likely the query would be cut from each.
 *
 * An estimate: copies of one text are not folded, places without a telling word are counted though nothing is cut there,
 * and one draw may be luckier.
 */
import type { BenchArticle } from './corpus.ts';
import { DEPTH } from './judge.ts';
import { codesOf, type BenchQuery } from './queries.ts';

export type Ceiling = (queries: readonly BenchQuery[]) => number;

type Field = 'title' | 'summary' | 'body';

export function ceilingOver(articles: readonly BenchArticle[]): Ceiling {
  const texts: Record<Field, string[]> = { title: [], summary: [], body: [] };
  for (const article of articles)
    for (const field of ['title', 'summary', 'body'] as const) texts[field].push(codesOf(article[field]));
  const places = new Map(articles.map(({ id }, i) => [id, i]));
  return (queries) => {
    const sum = queries.reduce((total, query) => {
      const { field, pieces } = cut(query);
      const likely = texts[field].map((text) => likelihood(text, pieces));
      return total + expectedReciprocal(likely, places.get(query.relevant[0] ?? '') ?? -1);
    }, 0);
    return sum / Math.max(1, queries.length);
  };
}

/** What `makeQueries` cut the query from, and into which pieces. */
function cut({ kind, q }: BenchQuery): { field: Field; pieces: string[] } {
  const words = codesOf(q).trim().split(' ');
  const whole = ` ${words.join(' ')} `;
  if (kind.startsWith('title')) return { field: 'title', pieces: [whole] };
  if (kind === 'summary4') return { field: 'summary', pieces: [whole] };
  if (kind === 'body4') return { field: 'body', pieces: [whole] };
  return { field: 'body', pieces: [words.slice(0, 2), words.slice(2)].map((half) => ` ${half.join(' ')} `) };
}

/** For each piece its share of the places in the text from which one can be cut. */
function likelihood(text: string, pieces: readonly string[]): number {
  let product = 1;
  let length = 0;
  for (const piece of pieces) {
    const count = occurrences(text, piece);
    if (count === 0) return 0;
    length ||= text.split(' ').length;
    product *= count / length;
  }
  return product;
}

function occurrences(text: string, piece: string): number {
  let count = 0;
  for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + 1)) count += 1;
  return count;
}

/** Among equally likely ones any order is as good. */
function expectedReciprocal(likely: readonly number[], at: number): number {
  const own = likely[at] ?? 0;
  if (own === 0) return 0;
  const before = likely.filter((value) => value > own).length;
  const equal = likely.filter((value) => value === own).length;
  let sum = 0;
  for (let place = before; place < Math.min(before + equal, DEPTH); place += 1) sum += 1 / (place + 1);
  return sum / equal;
}
