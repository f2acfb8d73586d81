/**
 * The search engine, on whichever thread it is made: FTS5 over everything, minisearch over the newest, one ranking above both.
 *
 * Everything it knows is derived from a `Corpus`. `step()` does a small piece of the work of catching up, so that its
 * owner decides how long a query may have to wait.
 */
import type { Corpus, CorpusArticle } from './corpus.ts';
import { createIndexer, type Indexer } from './indexer.ts';
import { openIndexFile, type OpenIndex } from './indexFile.ts';
import { createLexicon } from './lexicon.ts';
import { createRecent, WINDOW, type Recent } from './recent.ts';
import { createRows, type Rows } from './rows.ts';
import { rank } from './rank.ts';
import { createShelf } from './shelf.ts';
import type { SearchRequest, SearchResult } from './searcher.ts';

export interface EngineOptions {
  corpus: Corpus;
  /** A path, or `:memory:`. */
  indexFile: string;
  /** How many of the newest articles minisearch holds. */
  window?: number;
}

export interface EngineStatus {
  articles: number;
  /** The last change of the store that can be found. */
  appliedRev: number;
  /** False while articles of the store are still being indexed. */
  complete: boolean;
  /** False while the titles of the newest articles are still being loaded. */
  windowComplete: boolean;
  rebuilt: OpenIndex['rebuilt'];
}

export interface Engine {
  search(request: SearchRequest): SearchResult;
  related(seq: number, limit: number): string[];
  /** Works for about so long; true when nothing is left to do. */
  step(budgetMs: number): boolean;
  /** Works until nothing is left to do. */
  catchUp(): void;
  status(): EngineStatus;
  close(): void;
}

const BATCH = 50;
const COMMIT_EVERY = 2_000;

export function createEngine(options: EngineOptions): Engine {
  const { corpus } = options;
  const window = options.window ?? WINDOW;
  const lexicon = createLexicon();
  const opened = openIndexFile(options.indexFile, { identity: corpus.identity(), lastRev: corpus.lastRev() });
  const { db } = opened;
  const indexer: Indexer = createIndexer(db, lexicon);
  const rows: Rows = createRows(db);
  const recent: Recent = createRecent();
  const shelf = createShelf(corpus, lexicon);
  let complete = indexer.appliedRev() >= corpus.lastRev();
  let loadedTo = rows.maxSeq() + 1;
  let windowComplete = false;

  function applyOne(article: CorpusArticle): void {
    const folded = indexer.apply(article);
    recent.remove(article.seq);
    shelf.drop(article.seq);
    if (folded === null) return;
    if (article.seq >= loadedTo) recent.add(article.seq, folded.title, folded.summary);
  }

  function trim(): void {
    while (recent.size() > window) recent.remove(recent.lowest());
    if (recent.size() >= window) {
      loadedTo = Math.max(loadedTo, recent.lowest());
      windowComplete = true;
    }
  }

  function loadWindow(deadline: number): void {
    while (performance.now() < deadline) {
      const seqs = rows.latest(loadedTo, Math.min(BATCH, window - recent.size()));
      if (seqs.length === 0) {
        windowComplete = true;
        return;
      }
      for (const article of corpus.read(seqs)) {
        recent.add(article.seq, lexicon.words(article.title), lexicon.words(article.summary ?? ''));
      }
      loadedTo = seqs.at(-1) ?? loadedTo;
    }
  }

  function step(budgetMs: number): boolean {
    const deadline = performance.now() + budgetMs;
    for (;;) {
      const changes = corpus.changesAfter(indexer.appliedRev(), BATCH);
      if (changes.length === 0) {
        indexer.commit();
        complete = true;
        break;
      }
      complete = false;
      for (const change of changes) applyOne(change);
      trim();
      if (indexer.uncommitted() >= COMMIT_EVERY) indexer.commit();
      if (performance.now() >= deadline) return false;
    }
    windowComplete = recent.size() >= window || rows.latest(loadedTo, 1).length === 0;
    if (!windowComplete) loadWindow(deadline);
    return windowComplete;
  }

  return {
    search(request) {
      return rank(request, { rows, recent, indexer, shelf }, !complete);
    },
    related: () => [],
    step,
    catchUp() {
      while (!step(1_000));
    },
    status: () => ({
      articles: indexer.totals().articles,
      appliedRev: indexer.appliedRev(),
      complete,
      windowComplete,
      rebuilt: opened.rebuilt,
    }),
    close() {
      indexer.commit();
      db.close();
      corpus.close();
    },
  };
}
