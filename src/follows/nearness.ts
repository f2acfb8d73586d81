/**
 * What keeps an article from matching a query, so that whoever makes a follow sees what it would just miss. Pure.
 */
import { hasTerm, type CompiledQuery, type Term } from './compiled.ts';
import type { ArticleView } from './view.ts';

export type Miss =
  /** It is not there. */
  | { kind: 'lacks'; text: string }
  /** The words are there with other accents, or apart from one another. */
  | { kind: 'differs'; text: string }
  /** It is there and is not wanted. */
  | { kind: 'unwanted'; text: string };

/** The one thing that keeps the article out; null when it matches, when there is more than one, or it has nothing else. */
export function nearMiss(query: CompiledQuery, view: ArticleView): Miss | null {
  const misses: Miss[] = [];
  let met = 0;
  for (const term of query.all) {
    if (hasTerm(term, view)) met += 1;
    else misses.push(missOf([term], view));
  }
  for (const group of query.any) {
    if (group.some((term) => hasTerm(term, view))) met += 1;
    else misses.push(missOf(group, view));
  }
  for (const name of query.sources) if (!view.source.includes(name)) return null;
  for (const name of query.authors) if (!view.author.includes(name)) return null;
  if (query.languages.length > 0 && !query.languages.includes(view.language ?? '')) return null;
  for (const term of query.not) if (hasTerm(term, view)) misses.push({ kind: 'unwanted', text: term.text });
  const [only] = misses;
  if (only === undefined || misses.length > 1) return null;
  return met > 0 || only.kind !== 'lacks' ? only : null;
}

function missOf(group: readonly Term[], view: ArticleView): Miss {
  const text = group.map((term) => term.text).join(' / ');
  const isThere = group.some(({ words }) => words.every((word) => view.words.has(word)));
  return { kind: isThere ? 'differs' : 'lacks', text };
}
