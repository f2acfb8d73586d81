/**
 * Articles about the same things: those that share the words and pairs of words which say most about this one.
 */
import { foldDuplicates } from './duplicates.ts';
import type { Folded } from './fold.ts';
import type { Parts } from './investigate.ts';
import { phrase } from './match.ts';
import { idf } from './reading.ts';
import type { ShelfArticle } from './shelf.ts';
import { createTally } from './tally.ts';

/** Pairs of neighbouring words that stand for an article. Two syllables are a word more often than one is. */
const KEYS = 14;

/** Rows of one pair; a pair that has more says little. */
const MAX_ROWS = 400;

/** The share of an article's keys, by weight, that another must have to be about the same. */
const RELATED_SHARE = 0.12;

/** Articles that are compared with each other, so that copies are offered once. */
const COMPARED = 40;

export function relatedTo(seq: number, limit: number, parts: Parts): string[] {
  const own = parts.shelf.read([seq])[0];
  if (own === undefined) return [];
  const n = Math.max(1, parts.indexer.totals().articles);
  const keys = keysOf(own, (word) => idf(parts.indexer.vocabulary.frequency(word), n));
  const tally = createTally();
  let total = 0;
  for (const { words, weight } of keys) {
    const seqs = parts.rows.find('titles', phrase(words), MAX_ROWS);
    // A pair of this article alone tells nothing of others; one that many have tells little.
    const worth = (weight * Math.log1p(n / (1 + seqs.length))) / Math.log1p(n);
    total += worth;
    tally.add(seqs, worth);
  }
  const near = tally.best(
    Math.max(COMPARED, limit),
    (other, shared) => other !== seq && shared >= total * RELATED_SHARE,
  );
  const place = new Map(near.map((other, i) => [other, i]));
  const articles = parts.shelf.read(near).sort((a, b) => (place.get(a.seq) ?? 0) - (place.get(b.seq) ?? 0));
  // The article itself goes first, so that copies of it are folded into it and not offered.
  return foldDuplicates([own, ...articles])
    .slice(1, limit + 1)
    .map(({ kept }) => kept.id);
}

function keysOf(
  article: ShelfArticle,
  weigh: (word: string) => number,
): { words: [string, string]; weight: number }[] {
  const keys = new Map<string, { words: [string, string]; weight: number }>();
  const add = (text: readonly Folded[], share: number): void => {
    for (let i = 1; i < text.length; i += 1) {
      const words: [string, string] = [text[i - 1]?.folded ?? '', text[i]?.folded ?? ''];
      const weight = share * Math.min(weigh(words[0]), weigh(words[1]));
      const known = keys.get(words.join(' '));
      if (known === undefined) keys.set(words.join(' '), { words, weight });
      else known.weight = Math.max(known.weight, weight) + 0.1 * weight;
    }
  };
  add(article.title, 1);
  add(article.summary, 0.6);
  return [...keys.values()]
    .sort((a, b) => b.weight - a.weight || (a.words.join() < b.words.join() ? -1 : 1))
    .slice(0, KEYS);
}
