/**
 * A store with the articles of a benchmark, written directly, and what the real engine makes of it.
 */
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { createEngine, type Engine } from '../../src/search/engine.ts';
import { openCorpus } from '../../src/store/corpus.ts';
import { openDatabase } from '../../src/store/database.ts';
import type { BenchArticle } from './corpus.ts';

/** The news of a thousand days, none of them recent: recency is the same for all. */
const FIRST_DAY = Date.parse('2021-01-01');
const DAYS = 1_000;

export interface Files {
  database: string;
  index: string;
}

/** Makes a data directory as the program does, with these articles and without an index. */
export async function writeStore(dir: string, articles: readonly BenchArticle[]): Promise<Files> {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const files = { database: join(dir, 'diemtin.db'), index: join(dir, 'search.db') };
  await (await openDatabase(files.database)).destroy();
  const db = new SQLite(files.database);
  const insert = db.prepare(`insert into articles
    (id, seq, rev, title, summary, body, source, language, published_at, listed_at, first_seen_at, content_hash)
    values (@id, @seq, @seq, @title, @summary, @body, 'Báo Thử', 'vi', @day, @day, 0, @id)`);
  db.transaction(() => {
    articles.forEach(({ id, title, summary, body }, i) => {
      const day = new Date(FIRST_DAY + (i % DAYS) * 86_400_000).toISOString().slice(0, 10);
      insert.run({ id, seq: i + 1, title, summary: summary === '' ? null : summary, body, day });
    });
  })();
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  return files;
}

/** @returns an engine that has caught up, and the seconds that took */
export function build(files: Files, window?: number): { engine: Engine; seconds: number } {
  const start = performance.now();
  const engine = createEngine({
    corpus: openCorpus(files.database),
    indexFile: files.index,
    ...(window === undefined ? {} : { window }),
  });
  engine.catchUp();
  return { engine, seconds: (performance.now() - start) / 1_000 };
}

/** With its log. */
export function megabytes(file: string): number {
  const sizes = [file, `${file}-wal`].map((path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  return sizes.reduce((sum, size) => sum + size, 0) / 1e6;
}
