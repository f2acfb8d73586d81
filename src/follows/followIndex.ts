/**
 * An index over queries: which of a hundred thousand does this article match? Each query hangs on the rarest thing that
 * it cannot do without, so an article looks only at those that hang on one of its own words, and holds them against itself.
 *
 * In memory, derived from the follows in the store. What is rare is learnt from articles, and changes no answer.
 */
import { matches, type CompiledQuery, type Term } from './compiled.ts';
import type { ArticleView } from './view.ts';

export interface FollowIndex {
  /** Different queries in it. */
  readonly size: number;
  has(text: string): boolean;
  /** A query by its text; one that is there already stays. */
  add(text: string, query: CompiledQuery): void;
  /** The texts of all queries that the article matches, in no order. */
  match(view: ArticleView): string[];
  /** Notes which words are frequent, for the queries that are added afterwards. */
  learn(view: ArticleView): void;
}

interface Entry {
  text: string;
  query: CompiledQuery;
  /** The last article that it was held against, since it may hang in several places. */
  seenBy: number;
}

/** Different words whose frequency is kept; of others none is known, so they count as rare. */
const MAX_COUNTED = 200_000;

export function createFollowIndex(): FollowIndex {
  const known = new Set<string>();
  /** By word, by code of an accented word, by word of a source's or author's name, by language. */
  const hooks = new Map<string, Entry[]>();
  const counts = new Map<string, number>();
  let round = 0;

  const frequency = (hook: string): number => counts.get(hook) ?? 0;
  const load = (hook: string): number => hooks.get(hook)?.length ?? 0;

  /** The hook that is in the fewest articles, and then with the fewest queries on it. */
  function rarest(all: readonly string[]): string {
    return all.reduce((best, hook) => {
      const rarer = frequency(hook) - frequency(best);
      return rarer < 0 || (rarer === 0 && load(hook) < load(best)) ? hook : best;
    });
  }

  function rarestOf(group: readonly string[][]): string[] {
    return group.map(rarest);
  }

  function hooksOf(query: CompiledQuery): string[] {
    const ways: string[][] = [
      ...query.all.map((term) => [rarest(hooksOfTerm(term))]),
      ...query.any.map((group) => rarestOf(group.map(hooksOfTerm))),
      ...query.sources.map((name) => [rarest(wordsIn(name).map(sourceHook))]),
      ...query.authors.map((name) => [rarest(wordsIn(name).map(authorHook))]),
      ...(query.languages.length > 0 ? [query.languages.map(languageHook)] : []),
    ];
    const worth = (way: readonly string[]): number => way.reduce((sum, hook) => sum + frequency(hook), 0);
    return ways.reduce((best, way) => {
      const rarer = worth(way) - worth(best);
      return rarer < 0 || (rarer === 0 && way.length < best.length) ? way : best;
    });
  }

  return {
    get size() {
      return known.size;
    },
    has: (text) => known.has(text),
    add(text, query) {
      if (known.has(text)) return;
      known.add(text);
      const entry: Entry = { text, query, seenBy: 0 };
      for (const hook of new Set(hooksOf(query))) {
        const others = hooks.get(hook);
        if (others === undefined) hooks.set(hook, [entry]);
        else others.push(entry);
      }
    },
    match(view) {
      round += 1;
      const found: string[] = [];
      eachHook(view, (hook) => {
        const entries = hooks.get(hook);
        if (entries === undefined) return;
        for (const entry of entries) {
          if (entry.seenBy === round) continue;
          entry.seenBy = round;
          if (matches(entry.query, view)) found.push(entry.text);
        }
      });
      return found;
    },
    learn(view) {
      eachHook(view, (hook) => {
        const count = counts.get(hook);
        if (count !== undefined || counts.size < MAX_COUNTED) counts.set(hook, (count ?? 0) + 1);
      });
    },
  };
}

/** Signs that are in no word keep the kinds apart. */
const codeHook = (code: string): string => `=${code}`;
const sourceHook = (word: string): string => `s ${word}`;
const authorHook = (word: string): string => `a ${word}`;
const languageHook = (language: string): string => `l ${language}`;

/** A word with its accents is at least as rare as without. */
function hooksOfTerm({ words, codes }: Term): string[] {
  return [...codes.map(codeHook), ...words];
}

function eachHook(view: ArticleView, take: (hook: string) => void): void {
  for (const word of view.words) take(word);
  for (const code of view.codes) take(codeHook(code));
  for (const word of new Set(wordsIn(view.source))) take(sourceHook(word));
  for (const word of new Set(wordsIn(view.author))) take(authorHook(word));
  if (view.language !== null) take(languageHook(view.language));
}

function wordsIn(name: string): string[] {
  const words = name.split(' ').filter((word) => word !== '');
  // A name of signs only is in no article's.
  return words.length === 0 ? [''] : words;
}
