/** What the index does with its file while nobody asks: it joins what belongs together and gives back what it does not need. */
import { copyFileSync, statSync } from 'node:fs';
import SQLite from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Engine } from '../../src/search/engine.ts';
import { ask, names, openLibrary, type Item, type Library } from './library.ts';

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

/** Until nothing is left to do, or none of it can be done for now. */
function leisure(): void {
  for (let pieces = 0; engine.tidy(); pieces += 1) expect(pieces).toBeLessThan(1_000);
}

/** How many segments each of the full-text tables has. */
const segments = (): number[] =>
  look((db) =>
    ['ft', 'fb', 'fx'].map((table) =>
      Number(db.prepare(`select count(distinct segid) from ${table}_idx`).pluck().get()),
    ),
  );

function look<T>(work: (db: SQLite.Database) => T): T {
  const db = new SQLite(library.indexFile, { readonly: true });
  try {
    return work(db);
  } finally {
    db.close();
  }
}

/** Articles that everybody who opens the file finds in it. */
const inFile = (): number => look((db) => Number(db.prepare('select count(*) from d').pluck().get()));

const pages = (pragma: 'freelist_count' | 'page_count'): number =>
  look((db) => Number(db.pragma(pragma, { simple: true })));

test('free pages and the log are given back', () => {
  const before = pages('page_count');
  expect(pages('freelist_count')).toBeGreaterThan(0);
  expect(size('-wal')).toBeGreaterThan(0);
  leisure();
  expect(pages('freelist_count')).toBe(0);
  expect(size('-wal')).toBe(0);
  expect(pages('page_count')).toBeLessThan(before);
});

test('whoever reads the file at that moment is not waited for; it is done later', () => {
  const reader = new SQLite(library.indexFile, { readonly: true });
  reader.exec('begin');
  expect(reader.prepare('select count(*) from d').pluck().get()).toBe(1);
  const start = performance.now();
  for (let moment = 0; moment < 4; moment++) leisure();
  expect(performance.now() - start).toBeLessThan(PATIENCE_MS);
  expect(size('-wal')).toBeGreaterThan(0);
  reader.exec('commit');
  reader.close();
  leisure();
  expect(size('-wal')).toBe(0);
});

test('a file that cannot be written for now is still searched, and tidied later', () => {
  const writer = new SQLite(library.indexFile);
  writer.exec('begin immediate');
  const start = performance.now();
  for (let moment = 0; moment < 4; moment++) leisure();
  expect(performance.now() - start).toBeLessThan(PATIENCE_MS);
  expect(pages('freelist_count')).toBeGreaterThan(0);
  expect(names(engine, 'một bài ở lại')).toEqual(['kept']);
  writer.exec('rollback');
  writer.close();
  leisure();
  expect([pages('freelist_count'), size('-wal')]).toEqual([0, 0]);
});

test('an article that comes alone is found at once, and is in the file from the next moment of leisure on', async () => {
  leisure();
  const before = inFile();
  await library.put({ alone: { title: 'Một bài đến một mình' } });
  engine.catchUp();
  expect(names(engine, 'đến một mình')).toEqual(['alone']);
  expect(inFile()).toBe(before);
  // What a kill at this moment leaves behind: the article is taken in again.
  const left = `${library.indexFile}.left`;
  for (const end of ['', '-wal']) copyFileSync(`${library.indexFile}${end}`, `${left}${end}`);
  const next = library.engine({ indexFile: left });
  expect([next.status().rebuilt, names(next, 'đến một mình')]).toEqual([null, ['alone']]);
  leisure();
  expect(inFile()).toBe(before + 1);
});

test('without any leisure, articles that come one by one are in the file after a few dozen', async () => {
  leisure();
  const before = inFile();
  let n = 0;
  while (inFile() === before) {
    n += 1;
    expect(n).toBeLessThan(40);
    await library.put({ [`one${n}`]: { title: `Bài thứ ${n}` } });
    engine.catchUp();
    expect(names(engine, 'bài thứ')).toHaveLength(n);
  }
  expect(n).toBeGreaterThan(1);
});

test('a disk that is full at that moment: it is not said that all is there, and later all is', async () => {
  leisure();
  await library.put({ late: { title: 'Một bài đến muộn' } });
  engine.catchUp();
  const before = inFile();
  const exec: (this: SQLite.Database, sql: string) => SQLite.Database = Reflect.get(SQLite.prototype, 'exec');
  let isFull = true;
  vi.spyOn(SQLite.prototype, 'exec').mockImplementation(function (this: SQLite.Database, sql) {
    if (isFull && sql === 'commit') throw new SQLite.SqliteError('database or disk is full', 'SQLITE_FULL');
    return exec.call(this, sql);
  });
  expect(() => engine.tidy()).toThrow('disk is full');
  expect([engine.status().complete, ask(engine, 'đến muộn').catchingUp]).toEqual([false, true]);
  // Taken in again, it is committed at once: it is not found now and lost a moment later.
  expect(() => engine.step(1_000)).toThrow('disk is full');
  expect(engine.status().complete).toBe(false);
  isFull = false;
  engine.catchUp();
  expect([engine.status().complete, names(engine, 'đến muộn'), inFile()]).toEqual([
    true,
    ['late'],
    before + 1,
  ]);
});

test('articles that came one by one are joined in the file, and found as before', async () => {
  for (let n = 0; n < 12; n += 1) {
    await library.put({ [`new${n}`]: { title: `Bài mới thứ ${n}`, body: `Chuyện ${n} của ngày ${TEXT}` } });
    engine.catchUp();
    engine.tidy();
  }
  const before = segments();
  expect(Math.min(...before)).toBeGreaterThan(4);
  const found = names(engine, 'bài mới');
  expect(found).toHaveLength(12);
  leisure();
  for (const [i, count] of segments().entries()) expect(count).toBeLessThan((before[i] ?? 0) / 2);
  expect(names(engine, 'bài mới')).toEqual(found);
  expect(look((db) => db.prepare(`select count(*) from fb where fb match 'chuyen'`).pluck().get())).toBe(12);
  // Nothing is written again for nothing.
  expect([engine.tidy(), size('-wal')]).toEqual([false, 0]);
});

test('a piece of work ends with the article in which its time is over', async () => {
  const before = engine.status().appliedRev;
  await library.put(
    Object.fromEntries([1, 2, 3].map((n) => [`in${n}`, { title: `Bài dài ${n}`, body: TEXT }])),
  );
  const taken: number[] = [];
  while (!engine.step(0)) taken.push(engine.status().appliedRev - before);
  expect(taken.slice(0, 3)).toEqual([1, 2, 3]);
  expect(names(engine, 'bài dài')).toHaveLength(3);
});
