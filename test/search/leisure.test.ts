/** What the index does with its file while nobody asks: it gives back what it does not need. */
import { statSync } from 'node:fs';
import SQLite from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Engine } from '../../src/search/engine.ts';
import { names, openLibrary, type Item, type Library } from './library.ts';

const TEXT = 'Giá vàng hôm nay tăng mạnh theo thị trường thế giới, nhiều người xếp hàng mua. '.repeat(60);
const MANY = Object.fromEntries(
  Array.from({ length: 200 }, (_, n): [string, Item] => [
    `a${n}`,
    { title: `Bài số ${n}`, body: `${n} ${TEXT}` },
  ]),
);
const NONE = Object.fromEntries(Object.keys(MANY).map((name) => [name, null]));
/** Far longer than four moments take; SQLite waits two seconds for a lock, so four of them would take longer. */
const PATIENCE_MS = 6_000;

let library: Library;
let engine: Engine;
beforeAll(async () => {
  library = await openLibrary({ kept: { title: 'Một bài ở lại' } });
});
beforeEach(async () => {
  library.closeEngines();
  await library.put(MANY);
  engine = library.engine();
  await library.put(NONE);
  engine.catchUp();
});
afterAll(() => library.close());

const size = (end = ''): number => statSync(`${library.indexFile}${end}`).size;

function leisure(moments: number): void {
  for (let moment = 0; moment < moments; moment++) expect(engine.step(1_000)).toBe(true);
}

function look<T>(work: (db: SQLite.Database) => T): T {
  const db = new SQLite(library.indexFile, { readonly: true });
  try {
    return work(db);
  } finally {
    db.close();
  }
}

const pages = (pragma: 'freelist_count' | 'page_count'): number =>
  look((db) => Number(db.pragma(pragma, { simple: true })));

test('free pages and the log are given back', () => {
  const before = pages('page_count');
  expect(pages('freelist_count')).toBeGreaterThan(0);
  expect(size('-wal')).toBeGreaterThan(0);
  leisure(12);
  expect(pages('freelist_count')).toBe(0);
  expect(size('-wal')).toBe(0);
  expect(pages('page_count')).toBeLessThan(before);
});

test('whoever reads the file at that moment is not waited for; it is done later', () => {
  const reader = new SQLite(library.indexFile, { readonly: true });
  reader.exec('begin');
  expect(reader.prepare('select count(*) from d').pluck().get()).toBe(1);
  const start = performance.now();
  leisure(4);
  expect(performance.now() - start).toBeLessThan(PATIENCE_MS);
  expect(size('-wal')).toBeGreaterThan(0);
  reader.exec('commit');
  reader.close();
  leisure(12);
  expect(size('-wal')).toBe(0);
});

test('a file that cannot be written for now is still searched, and tidied later', () => {
  const writer = new SQLite(library.indexFile);
  writer.exec('begin immediate');
  const start = performance.now();
  leisure(4);
  expect(performance.now() - start).toBeLessThan(PATIENCE_MS);
  expect(pages('freelist_count')).toBeGreaterThan(0);
  expect(names(engine, 'một bài ở lại')).toEqual(['kept']);
  writer.exec('rollback');
  writer.close();
  leisure(12);
  expect([pages('freelist_count'), size('-wal')]).toEqual([0, 0]);
});
