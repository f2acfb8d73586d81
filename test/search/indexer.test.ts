/** An index file that cannot be written for a while, as on a full disk: what was interrupted is taken back, and done again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type SQLite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CorpusArticle } from '../../src/search/corpus.ts';
import { createIndexer, type Indexer } from '../../src/search/indexer.ts';
import { openIndexFile } from '../../src/search/indexFile.ts';
import { createLexicon } from '../../src/search/lexicon.ts';

const COUNT = 60;
const COMMIT_EVERY = 10;

let dir: string;
let open: SQLite.Database[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'indexer-'));
  open = [];
});
afterEach(() => {
  for (const db of open) db.close();
  rmSync(dir, { recursive: true, force: true });
});

function begin(name: string): { db: SQLite.Database; indexer: Indexer } {
  const { db } = openIndexFile(join(dir, name), { identity: 'c', lastRev: COUNT });
  open.push(db);
  return { db, indexer: createIndexer(db, createLexicon()) };
}

/** Each with words of its own beside those that many have. */
function article(seq: number): CorpusArticle {
  const own = Array.from({ length: 40 }, (_, i) => `từ${seq}x${i}`).join(' ');
  return {
    seq,
    rev: seq,
    id: `a${seq}`,
    title: `Giá vàng ngày ${seq}`,
    summary: 'Thị trường hôm nay',
    body: `${own} giá vàng tăng mạnh theo thị trường thế giới`,
    source: 'Báo Thử',
    author: null,
    language: 'vi',
    publishedAt: '2025-12-24',
    listedAt: '2025-12-24',
    removed: false,
  };
}

/** From the first article that is not in the index on, as the engine does it. */
function goOn(indexer: Indexer): void {
  for (let seq = indexer.appliedRev() + 1; seq <= COUNT; seq += 1) {
    indexer.apply(article(seq));
    if (indexer.uncommitted() >= COMMIT_EVERY) indexer.commit();
  }
  indexer.commit();
}

/** All that is in it, but for the numbers that words have. */
function contents(db: SQLite.Database): unknown[] {
  return [
    db.prepare('select term, df from v where df > 0 order by term').all(),
    db.prepare('select key, value from meta where key in (?, ?) order by key').all('rev', 'totals'),
    db.prepare('select seq, listed, source, lengths from d order by seq').all(),
    db.prepare("select rowid from fb where fb match 'vang' order by rowid").pluck().all(),
    db.prepare("select rowid from fb where fb match 'tu7x3'").pluck().all(),
  ];
}

test.each([2, 12, 25, 40])(
  'room for %i more pages: the next attempts end as if nothing had happened',
  (room) => {
    const { db, indexer } = begin('full.db');
    const pages = Number(db.pragma('page_count', { simple: true }));
    db.pragma(`max_page_count = ${pages + room}`);
    expect(() => goOn(indexer)).toThrow(/full/u);
    expect(() => goOn(indexer)).toThrow(/full/u);
    const until = indexer.appliedRev();
    expect(indexer.totals().articles).toBe(until);
    db.pragma('max_page_count = 1000000');
    goOn(indexer);

    const fresh = begin('fresh.db');
    goOn(fresh.indexer);
    expect(contents(db)).toEqual(contents(fresh.db));
    // Taking articles out goes by the numbers of their words.
    for (const one of [db, fresh.db]) {
      const again = one === db ? indexer : fresh.indexer;
      for (let seq = 1; seq <= COUNT; seq += 2)
        again.apply({ ...article(seq), rev: COUNT + seq, removed: true });
      again.commit();
    }
    expect(contents(db)).toEqual(contents(fresh.db));
  },
);

test('so many words that are not yet counted in the file are counted before the commit', () => {
  const { db, indexer } = begin('many.db');
  const words = Array.from({ length: 20_001 }, (_, i) => `w${i}`);
  db.exec('begin');
  const ids = words.map((word) => indexer.vocabulary.idOf(word));
  indexer.vocabulary.count(ids.slice(1), 1);
  expect(indexer.vocabulary.known(words.slice(0, 3), 9)).toEqual([]);
  indexer.vocabulary.count(ids, 1);
  expect(indexer.vocabulary.known(words.slice(0, 3), 9)).toEqual([
    { word: 'w1', frequency: 2 },
    { word: 'w2', frequency: 2 },
    { word: 'w0', frequency: 1 },
  ]);
  db.exec('rollback');
});
