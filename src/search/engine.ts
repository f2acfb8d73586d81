/**
 * The search engine, on whichever thread it is made: FTS5 over everything, minisearch over the newest, one ranking above both.
 *
 * Everything it knows is derived from a `Corpus`. `step()` does a small piece of the work of catching up, so that its
 * owner decides how long a query may have to wait. An index file that turns out to be damaged, or vanishes, is made anew.
 */
import { existsSync } from 'node:fs';
import type { Corpus, CorpusArticle } from './corpus.ts';
import { explainHits, type Explanation } from './explain.ts';
import { createIndexer } from './indexer.ts';
import {
  isBusy,
  isDamage,
  openIndexFile,
  openIndexForReading,
  removeIndexFile,
  type OpenIndex,
} from './indexFile.ts';
import type { Parts } from './investigate.ts';
import { createLexicon } from './lexicon.ts';
import { notesOf, rankQuery, understoodAs } from './rank.ts';
import { commonAbove, createRecent, WINDOW } from './recent.ts';
import { relatedTo } from './related.ts';
import { createRows } from './rows.ts';
import type { SearchRequest, SearchResult } from './searcher.ts';
import { createShelf } from './shelf.ts';
import { matchedBy, suggestionsFor } from './suggest.ts';
import { createUpkeep } from './upkeep.ts';

export interface EngineOptions {
  corpus: Corpus;
  /** A path, or `:memory:`. */
  indexFile: string;
  /** How many of the newest articles minisearch holds. */
  window?: number;
  /** Leaves the file alone, since another process writes it; what cannot be read is built in memory. */
  readOnly?: boolean;
}

export interface EngineStatus {
  /** Articles that can be found. */
  articles: number;
  /** The last change of the store that can be found. */
  appliedRev: number;
  /** False while articles of the store are still being indexed. */
  complete: boolean;
  /** False while the titles of the newest articles are still being loaded. */
  windowComplete: boolean;
  /** Why the index was made anew; null when it was taken as it stood. */
  rebuilt: OpenIndex['rebuilt'];
  /** Why the index file can be neither used nor replaced, so that the index is in memory; null when it is in its file. */
  unusable: string | null;
}

export interface Engine {
  search(request: SearchRequest): SearchResult;
  /** Ids of articles about the same things, best first. */
  related(seq: number, limit: number): string[];
  /** The hits of a page, each with the reasons for its place. */
  explain(request: SearchRequest): Explanation[];
  /** Works for about so long; true when nothing is left to do. */
  step(budgetMs: number): boolean;
  /** Works until nothing is left to do. */
  catchUp(): void;
  /**
   * Does a piece of the file's housekeeping, for when nobody asks: commits what is not committed, tidies up. False when none
   * is left, or none can be done for now.
   */
  tidy(): boolean;
  /** Checks the next part of the index file for damage, and rebuilds it if need be; false when all parts have been checked. */
  verify(): boolean;
  status(): EngineStatus;
  close(): void;
}

/** Articles that are read at once to be indexed, and of which the titles are. */
const CHANGES_AT_ONCE = 20;
const HEADINGS_AT_ONCE = 50;

/**
 * Articles that are indexed between two commits, and are indexed again after a crash: while many come in, and when they come one
 * by one. Those wait for a moment of leisure, since to commit each writes some sixty pages of log. They are found all the same.
 */
const COMMIT_EVERY = 2_000;
const COMMIT_AT_LATEST = 32;

export function createEngine(options: EngineOptions): Engine {
  const { corpus } = options;
  const window = options.window ?? WINDOW;
  const lexicon = createLexicon();
  let index = open();

  function open() {
    const state = { identity: corpus.identity(), lastRev: corpus.lastRev() };
    const found = options.readOnly === true ? openIndexForReading(options.indexFile, state) : null;
    const file = options.readOnly === true ? ':memory:' : options.indexFile;
    const { db, rebuilt, unusable } =
      found === null ? openAnyhow(file, state) : { db: found, rebuilt: null, unusable: null };
    const indexer = createIndexer(db, lexicon);
    const rows = createRows(db);
    const parts: Parts = { rows, recent: createRecent(), indexer, shelf: createShelf(corpus, lexicon) };
    return {
      db,
      parts,
      rebuilt,
      unusable,
      upkeep: createUpkeep(db),
      frozen: found !== null,
      complete: indexer.appliedRev() >= state.lastRev,
      /** After a commit that failed, until one succeeds. */
      commitsAtOnce: false,
      /** minisearch holds every indexed article from this number on. */
      loadedFrom: rows.maxSeq() + 1,
      windowComplete: false,
      /** Articles in the index when it was asked which words are common. */
      commonOf: 0,
      unchecked: ['d', 'v', 'ft_data', 'fx_data', 'fb_data'],
    };
  }

  /** Does the work again on a new index when it fails on a damaged one. */
  function repaired<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!isDamage(error) || index.frozen) throw error;
      rebuild();
      return work();
    }
  }

  function rebuild(): void {
    index.db.close();
    removeIndexFile(options.indexFile);
    index = { ...open(), rebuilt: 'damaged' };
  }

  function applyOne(article: CorpusArticle): void {
    const { indexer, recent, shelf } = index.parts;
    const folded = indexer.apply(article);
    recent.remove(article.seq);
    shelf.drop(article.seq);
    if (folded !== null && article.seq >= index.loadedFrom)
      recent.add(article.seq, folded.title, folded.summary);
  }

  function trimWindow(): void {
    const { recent } = index.parts;
    while (recent.size() > window) recent.remove(recent.lowest());
    if (recent.size() >= window) index.loadedFrom = Math.max(index.loadedFrom, recent.lowest());
  }

  /** Which words are common is asked at the first load, and again when the index has grown to twice as many articles. */
  function renewWindow(): void {
    const { indexer, rows } = index.parts;
    const { articles } = indexer.totals();
    if (articles < 2 * index.commonOf || articles <= commonAbove(articles)) return;
    const common = new Set(indexer.vocabulary.moreFrequentThan(commonAbove(articles)));
    index.parts.recent = createRecent(common);
    index.commonOf = articles;
    index.loadedFrom = rows.maxSeq() + 1;
  }

  function loadWindow(deadline: number): void {
    renewWindow();
    const { rows, recent } = index.parts;
    while (recent.size() < window) {
      const seqs = rows.latest(index.loadedFrom, Math.min(HEADINGS_AT_ONCE, window - recent.size()));
      const last = seqs.at(-1);
      if (last === undefined) break;
      for (const { seq, title, summary } of corpus.headings(seqs))
        recent.add(seq, lexicon.words(title), lexicon.words(summary ?? ''));
      index.loadedFrom = last;
      if (performance.now() >= deadline) return;
    }
    index.windowComplete = true;
  }

  function work(budgetMs: number): boolean {
    if (index.frozen) {
      if (!index.windowComplete) loadWindow(performance.now() + budgetMs);
      return index.windowComplete;
    }
    const inFile = options.indexFile !== ':memory:' && options.readOnly !== true && index.unusable === null;
    if (inFile && !existsSync(options.indexFile)) rebuild();
    const deadline = performance.now() + budgetMs;
    const { indexer } = index.parts;
    for (;;) {
      const changes = corpus.changesAfter(indexer.appliedRev(), CHANGES_AT_ONCE);
      if (changes.length === 0) break;
      index.complete = false;
      for (const change of changes) {
        applyOne(change);
        // The rest of the batch is read again: some articles are a thousand times as long as others.
        if (performance.now() >= deadline) break;
      }
      trimWindow();
      index.windowComplete = false;
      if (indexer.uncommitted() >= COMMIT_EVERY) indexer.commit();
      if (performance.now() >= deadline) return false;
    }
    if (index.commitsAtOnce || indexer.uncommitted() >= COMMIT_AT_LATEST) indexer.commit();
    else indexer.settle();
    index.commitsAtOnce = false;
    index.complete = true;
    if (!index.windowComplete) loadWindow(deadline);
    return index.windowComplete;
  }

  function tidy(): boolean {
    if (index.frozen || !index.complete) return false;
    const { indexer } = index.parts;
    if (indexer.uncommitted() === 0) return index.upkeep.next();
    try {
      indexer.commit();
    } catch (error) {
      // A full disk: nobody is told that all is there before it can be written again.
      index.complete = false;
      index.commitsAtOnce = true;
      throw error;
    }
    return true;
  }

  return {
    search: (request) =>
      repaired(() => {
        const ranking = rankQuery(request, index.parts);
        const page = ranking.hits.slice(request.offset, request.offset + request.limit);
        const ids = new Map(
          index.parts.shelf.read(page.map(({ seq }) => seq)).map(({ seq, id }) => [seq, id]),
        );
        return {
          hits: page.flatMap(({ seq, folded }) => {
            const id = ids.get(seq);
            return id === undefined ? [] : [{ seq, id, folded: folded.map(({ article }) => article.id) }];
          }),
          total: ranking.hits.length,
          understood: understoodAs(ranking),
          notes: notesOf(ranking),
          matched: matchedBy(ranking, request.text),
          suggestions: suggestionsFor(ranking, request.text),
          catchingUp: !index.complete,
        };
      }),
    related: (seq, limit) => repaired(() => relatedTo(seq, limit, index.parts)),
    explain: (request) =>
      repaired(() => {
        const page = rankQuery(request, index.parts).hits.slice(
          request.offset,
          request.offset + request.limit,
        );
        return explainHits(page, index.parts.shelf, request.now);
      }),
    step: (budgetMs) => repaired(() => work(budgetMs)),
    catchUp() {
      while (!repaired(() => work(1_000)));
    },
    tidy: () => repaired(tidy),
    verify() {
      const table = index.unchecked.pop();
      if (table === undefined || index.frozen) return false;
      const healthy = repaired(() => index.db.pragma(`quick_check('${table}')`, { simple: true }) === 'ok');
      if (!healthy) rebuild();
      return true;
    },
    status: () => ({
      articles: index.parts.indexer.totals().articles,
      appliedRev: index.parts.indexer.appliedRev(),
      complete: index.complete,
      windowComplete: index.windowComplete,
      rebuilt: index.rebuilt,
      unusable: index.unusable,
    }),
    close() {
      try {
        if (!index.frozen) index.parts.indexer.commit();
      } finally {
        index.db.close();
        corpus.close();
      }
    },
  };
}

/** A folder of that name, missing rights, a full disk: searching goes on without the file. */
function openAnyhow(
  file: string,
  state: { identity: string; lastRev: number },
): OpenIndex & Pick<EngineStatus, 'unusable'> {
  try {
    return { ...openIndexFile(file, state), unusable: null };
  } catch (error) {
    if (isBusy(error)) throw error;
    return { ...openIndexFile(':memory:', state), unusable: String(error) };
  }
}
