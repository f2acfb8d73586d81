/**
 * A store on disk with articles in it, and engines over it: everything real, in a directory that goes when it is closed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ArticleContent } from '../../src/articles/article.ts';
import type { Change } from '../../src/articles/shelf.ts';
import { createEngine, type Engine, type EngineOptions } from '../../src/search/engine.ts';
import type { SearchRequest, SearchResult } from '../../src/search/searcher.ts';
import { openCorpus } from '../../src/store/corpus.ts';
import { openDatabase, type Db } from '../../src/store/database.ts';
import { SqlShelf } from '../../src/store/shelf.ts';

/** Noon in Hà Nội, the zone of all requests. */
export const NOW = Date.parse('2025-12-24T05:00:00Z');
export const ZONE = 'Asia/Ho_Chi_Minh';

export interface Item {
  title: string;
  summary?: string;
  body?: string;
  source?: string;
  author?: string;
  language?: string;
  /** Of publication and listing; `OLD` when the test doesn't care. */
  date?: string;
}

/** So far back that recency is the same for all articles without a date. */
const OLD = '2024-01-15';

export interface Library {
  dir: string;
  databaseFile: string;
  indexFile: string;
  db: Db;
  /** Adds, edits and returns articles by name; null removes one. */
  put(items: Readonly<Record<string, Item | null>>): Promise<void>;
  /** An engine that has caught up with the store, closed with the library at the latest. */
  engine(options?: Partial<EngineOptions>): Engine;
  closeEngines(): void;
  close(): Promise<void>;
}

export async function openLibrary(items: Readonly<Record<string, Item>> = {}): Promise<Library> {
  const dir = mkdtempSync(join(tmpdir(), 'search-'));
  const databaseFile = join(dir, 'diemtin.db');
  const indexFile = join(dir, 'search.db');
  const db = await openDatabase(databaseFile);
  const shelf = new SqlShelf(db);
  const known = new Set<string>();
  const engines = new Set<Engine>();
  const library: Library = {
    dir,
    databaseFile,
    indexFile,
    db,
    async put(changed) {
      const changes = Object.entries(changed).map(([name, item]): Change => {
        const place = { path: `${name}.txt`, size: 1, mtimeMs: 1 };
        if (item === null) return { kind: 'drop', path: place.path };
        const content = contentOf(item);
        const kind = known.has(name) ? 'edit' : 'add';
        known.add(name);
        return { kind, id: name, place, content, contentHash: name, listedAt: content.publishedAt };
      });
      await shelf.commit(changes, NOW);
    },
    engine(options = {}) {
      const engine = createEngine({ corpus: openCorpus(databaseFile), indexFile, ...options });
      engine.catchUp();
      engines.add(engine);
      const close = (): void => {
        if (engines.delete(engine)) engine.close();
      };
      return { ...engine, close };
    },
    closeEngines() {
      for (const engine of engines) engine.close();
      engines.clear();
    },
    async close() {
      library.closeEngines();
      await db.destroy();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  await library.put(items);
  return library;
}

function contentOf({ title, summary, body, source, author, language, date }: Item): ArticleContent {
  return {
    title,
    summary: summary ?? null,
    body: body ?? '',
    source: source ?? null,
    author: author ?? null,
    url: null,
    language: language ?? 'vi',
    publishedAt: date ?? OLD,
  };
}

/** The answer to a question, all hits on one page. */
export function ask(engine: Engine, text: string, more: Partial<SearchRequest> = {}): SearchResult {
  return engine.search({ text, offset: 0, limit: 100, order: 'relevance', now: NOW, zone: ZONE, ...more });
}

/** The names of the hits, best first. */
export function names(engine: Engine, text: string, more: Partial<SearchRequest> = {}): string[] {
  return ask(engine, text, more).hits.map((hit) => hit.id);
}
