/**
 * An index over queries: which of a hundred thousand does this article match? A query cannot do without certain features: a
 * word, an accented word, two words side by side, a word in the source's name. It hangs on its rarest one, so an article
 * looks only at queries that hang on a feature of its own; those of which it has all features are held against it.
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
  /** Notes which features are frequent, for the queries that are added afterwards. */
  learn(view: ArticleView): void;
}

interface Entry {
  text: string;
  query: CompiledQuery;
  /** Numbers of the features that it cannot do without; each group of an OR is looked at afterwards. */
  needs: number[];
  /** The last article that it was held against, since it may hang in several places. */
  seenBy: number;
}

/** Different features whose frequency is kept; of others none is known, so they count as rare. */
const MAX_COUNTED = 300_000;

export function createFollowIndex(): FollowIndex {
  const known = new Set<string>();
  /** Features that queries have, by number. */
  const numbers = new Map<string, number>();
  /** By number: the queries that hang there. */
  const hooks: Entry[][] = [];
  /** By number: the last article that had it. */
  const hadBy: number[] = [];
  const counts = new Map<string, number>();
  let round = 0;

  function numberOf(feature: string): number {
    const found = numbers.get(feature) ?? hooks.length;
    if (found === hooks.length) {
      numbers.set(feature, found);
      hooks.push([]);
      hadBy.push(0);
    }
    return found;
  }

  const frequency = (feature: string): number => counts.get(feature) ?? 0;
  const load = (feature: string): number => hooks[numbers.get(feature) ?? -1]?.length ?? 0;

  /** The one that is in the fewest articles, and then with the fewest queries on it. */
  function rarest(features: readonly string[]): string {
    return features.reduce((best, feature) => {
      const rarer = frequency(feature) - frequency(best);
      return rarer < 0 || (rarer === 0 && load(feature) < load(best)) ? feature : best;
    });
  }

  /** A set of features of which a matching article has at least one: the rarest such set that there is. */
  function hooksOf(query: CompiledQuery, needed: readonly string[]): string[] {
    const ways: string[][] = [
      ...(needed.length > 0 ? [[rarest(needed)]] : []),
      ...query.any.map((group) => group.map((term) => rarest(featuresOf(term)))),
      ...(query.languages.length > 0 ? [query.languages.map(ofLanguage)] : []),
    ];
    const worth = (way: readonly string[]): number =>
      way.reduce((sum, feature) => sum + frequency(feature), 0);
    return ways.reduce((best, way) => (worth(way) < worth(best) ? way : best));
  }

  return {
    get size() {
      return known.size;
    },
    has: (text) => known.has(text),
    add(text, query) {
      if (known.has(text)) return;
      known.add(text);
      const needed = [
        ...query.all.flatMap(featuresOf),
        ...query.sources.flatMap((name) => wordsIn(name).map(ofSource)),
        ...query.authors.flatMap((name) => wordsIn(name).map(ofAuthor)),
      ];
      const entry: Entry = { text, query, needs: needed.map(numberOf), seenBy: 0 };
      for (const feature of new Set(hooksOf(query, needed))) hooks[numberOf(feature)]?.push(entry);
    },
    match(view) {
      round += 1;
      const had: number[] = [];
      eachFeature(view, (feature) => {
        const number = numbers.get(feature);
        if (number === undefined || hadBy[number] === round) return;
        hadBy[number] = round;
        had.push(number);
      });
      const found: string[] = [];
      for (const number of had) {
        for (const entry of hooks[number] ?? []) {
          if (entry.seenBy === round) continue;
          entry.seenBy = round;
          if (hasAll(entry.needs) && matches(entry.query, view)) found.push(entry.text);
        }
      }
      return found;
    },
    learn(view) {
      eachFeature(view, (feature) => {
        const count = counts.get(feature);
        if (count !== undefined || counts.size < MAX_COUNTED) counts.set(feature, (count ?? 0) + 1);
      });
    },
  };

  function hasAll(needs: readonly number[]): boolean {
    for (const number of needs) if (hadBy[number] !== round) return false;
    return true;
  }
}

/** Signs that are in no word keep the kinds apart. */
const ofCode = (code: string): string => `=${code}`;
const ofPair = (one: string, other: string): string => `${one} ${other}`;
const ofSource = (word: string): string => `source:${word}`;
const ofAuthor = (word: string): string => `author:${word}`;
const ofLanguage = (language: string): string => `lang:${language}`;

function featuresOf({ words, codes, phrase }: Term): string[] {
  const pairs = phrase === null ? [] : words.slice(1).map((word, n) => ofPair(words[n] ?? '', word));
  return [...pairs, ...codes.map(ofCode), ...words];
}

function eachFeature(view: ArticleView, take: (feature: string) => void): void {
  for (const word of view.words) take(word);
  for (const code of view.codes) take(ofCode(code));
  let before = '';
  for (const word of wordsIn(view.text)) {
    if (before !== '') take(ofPair(before, word));
    before = word;
  }
  for (const word of wordsIn(view.source)) take(ofSource(word));
  for (const word of wordsIn(view.author)) take(ofAuthor(word));
  if (view.language !== null) take(ofLanguage(view.language));
}

function wordsIn(text: string): string[] {
  const words = text.split(' ').filter((word) => word !== '');
  // A name of signs only is in no article's.
  return words.length === 0 ? [''] : words;
}
