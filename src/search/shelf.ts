/**
 * Articles that were read lately, folded and ready to be scored, so that the popular ones are not read and cut into
 * words for every question. Bounded; the one that was not asked for longest goes first.
 */
import type { Corpus, CorpusBeginning } from './corpus.ts';
import { piecesOf } from './duplicates.ts';
import type { Lexicon, Word } from './lexicon.ts';
import { sideBySide } from './spelling.ts';

export interface ShelfArticle {
  seq: number;
  id: string;
  listedAt: string;
  title: Word[];
  summary: Word[];
  body: Word[];
  /** Whether these words are not all: of a text as long as a book they are its beginning. */
  isCut: boolean;
  /** For the comparison with other articles; made when it is asked for first. */
  pieces: () => Int32Array;
}

export interface Shelf {
  /** The articles with these numbers that are there, in no particular order. */
  read(seqs: readonly number[]): ShelfArticle[];
  /**
   * Those of these articles, in their order and at most `limit`, in which two words stand side by side as they are
   * written. A guess: of each text only the beginning is looked through, and a longer word may end as the first one does.
   */
  withPair(seqs: readonly number[], pair: readonly [string, string], limit: number): number[];
  /** To be called when an article has changed. */
  drop(seq: number): void;
}

/** Words, of eight bytes each: some 4,000 articles of news. */
const MAX_WORDS = 2_400_000;
/** What an article takes besides, in words. */
const WORDS_BESIDES = 100;

/** @param maxWords that it holds at most, however many articles these are */
export function createShelf(corpus: Corpus, lexicon: Lexicon, maxWords = MAX_WORDS): Shelf {
  const shelf = new Map<number, ShelfArticle>();
  let held = 0;

  function drop(seq: number): void {
    const known = shelf.get(seq);
    if (known === undefined) return;
    shelf.delete(seq);
    held -= wordsOf(known);
  }

  return {
    read(seqs) {
      const found: ShelfArticle[] = [];
      const missing: number[] = [];
      for (const seq of seqs) {
        const known = shelf.get(seq);
        if (known === undefined) {
          missing.push(seq);
          continue;
        }
        shelf.delete(seq);
        shelf.set(seq, known);
        found.push(known);
      }
      if (missing.length === 0) return found;
      for (const article of corpus.read(missing)) {
        const folded = shelved(article, lexicon);
        drop(folded.seq);
        shelf.set(folded.seq, folded);
        held += wordsOf(folded);
        found.push(folded);
      }
      for (const seq of shelf.keys()) {
        if (held <= maxWords) break;
        drop(seq);
      }
      return found;
    },
    withPair: (seqs, pair, limit) => corpus.matching(seqs, sideBySide(...pair), limit),
    drop,
  };
}

function wordsOf({ title, summary, body }: ShelfArticle): number {
  return title.length + summary.length + body.length + WORDS_BESIDES;
}

function shelved(article: CorpusBeginning, lexicon: Lexicon): ShelfArticle {
  const title = lexicon.words(article.title);
  const summary = lexicon.words(article.summary ?? '');
  // A list that has grown word by word has room for half as many again; a copy has none.
  const body = lexicon.words(article.body).slice();
  const { seq, id, listedAt, isCut } = article;
  let known: Int32Array | null = null;
  const pieces = (): Int32Array => (known ??= piecesOf(title, summary, body));
  return { seq, id, listedAt, title, summary, body, isCut, pieces };
}
