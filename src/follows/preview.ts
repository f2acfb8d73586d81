/**
 * What a follow would have brought lately, so that whoever makes it sees at once whether it says what they mean.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Article } from '../articles/article.ts';
import { createLexicon } from '../search/lexicon.ts';
import { matches, type CompiledQuery } from './compiled.ts';
import { nearMiss, type Miss } from './nearness.ts';
import type { Shelves } from './sieve.ts';
import { viewOf } from './view.ts';

export interface Preview {
  matched: number;
  /** The newest that match. */
  examples: Article[];
  near: { article: Article; miss: Miss }[];
  /** How many articles were looked at, when there were too many; null when all of them were. */
  looked: number | null;
}

/** Of the articles of the last days; a big newsroom has several hundred a day. */
const MAX_LOOKED = 2_000;
/** Articles between two turns of the event loop: some milliseconds. */
const SLICE = 25;
const SHOWN = 3;

/** @param fromSeq exclusive */
export async function previewOf(query: CompiledQuery, fromSeq: number, shelves: Shelves): Promise<Preview> {
  const lexicon = createLexicon();
  const placed = await shelves.placedBetween(fromSeq, await shelves.lastSeq(), MAX_LOOKED + 1);
  const seqs = placed.map(({ seq }) => seq);
  const preview: Preview = { matched: 0, examples: [], near: [], looked: null };
  if (seqs.length > MAX_LOOKED) preview.looked = seqs.length = MAX_LOOKED;
  for (let start = 0; start < seqs.length; start += SLICE) {
    for (const article of await shelves.bySeqs(seqs.slice(start, start + SLICE))) {
      const view = viewOf(article, lexicon);
      if (matches(query, view)) {
        preview.matched += 1;
        if (preview.examples.length < SHOWN) preview.examples.push(article);
        continue;
      }
      const miss = preview.near.length < SHOWN ? nearMiss(query, view) : null;
      if (miss !== null) preview.near.push({ article, miss });
    }
    await nextTurn();
  }
  return preview;
}
