/** The index is derived: whatever happens to its file, the answers come back from the store. */
import {
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
  closeSync,
} from 'node:fs';
import SQLite from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { FIXTURE } from './fixture.ts';
import { ask, names, openLibrary, type Library } from './library.ts';

let library: Library;
beforeAll(async () => {
  library = await openLibrary(FIXTURE);
});
afterEach(() => {
  library.closeEngines();
  for (const end of ['', '-wal', '-shm']) rmSync(`${library.indexFile}${end}`, { force: true });
});
afterAll(() => library.close());

const QUESTIONS = [
  'giá vàng',
  'tongthong',
  'năm',
  'source:reuters',
  'bitcion',
  '"hoà bình"',
  'cà phê Robusta',
];
const EVERYTHING = Object.keys(FIXTURE).length;

function whatIsFound(engine: ReturnType<Library['engine']>): string[][] {
  return QUESTIONS.map((text) => names(engine, text));
}

/** Writes over everything from `from` to `to`, as shares of the file. */
function scribble(file: string, from: number, to: number): void {
  const size = statSync(file).size;
  const start = Math.floor(size * from);
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(Math.floor(size * to) - start, 0xa5), 0, null, start);
  closeSync(handle);
}

function meta(key: string, value: string): void {
  const db = new SQLite(library.indexFile);
  db.prepare('update meta set value = ? where key = ?').run(value, key);
  db.close();
}

describe('before the start', () => {
  test.each([
    ['untouched', null, () => undefined],
    ['deleted', 'missing', (file: string) => rmSync(file)],
    ['empty', 'missing', (file: string) => truncateSync(file, 0)],
    [
      'cut in the middle',
      'damaged',
      (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2)),
    ],
    ['cut to less than a header', 'damaged', (file: string) => truncateSync(file, 60)],
    [
      'another kind of file',
      'damaged',
      (file: string) => writeFileSync(file, 'no database at all\n'.repeat(500)),
    ],
    ['written over from the start', 'damaged', (file: string) => scribble(file, 0, 0.1)],
    ['of an older format', 'other-format', () => meta('format', '0')],
    ['of a newer format', 'other-format', () => meta('format', '999')],
    ['of another store', 'other-corpus', () => meta('corpus', 'somebody-else')],
    ['ahead of a store that was put back', 'other-corpus', () => meta('rev', '100000')],
  ])('%s: made anew because %s', (_, reason, harm) => {
    const before = library.engine();
    const expected = whatIsFound(before);
    before.close();
    harm(library.indexFile);
    const engine = library.engine();
    expect(engine.status()).toMatchObject({ rebuilt: reason, articles: EVERYTHING, complete: true });
    expect(whatIsFound(engine)).toEqual(expected);
  });

  test('a table that vanished makes it anew', () => {
    library.engine().close();
    const db = new SQLite(library.indexFile);
    db.exec('drop table fb');
    db.close();
    expect(names(library.engine(), 'giá vàng')).toContain('vang-cum');
  });

  test('what is left of a log beside a deleted file does no harm', () => {
    library.engine().close();
    rmSync(library.indexFile);
    writeFileSync(`${library.indexFile}-wal`, 'left over');
    expect(library.engine().status()).toMatchObject({ rebuilt: 'missing', articles: EVERYTHING });
  });
});

describe('while it runs', () => {
  test('a deleted file is noticed at the next step, and written again', () => {
    const engine = library.engine();
    const expected = whatIsFound(engine);
    for (const end of ['', '-wal', '-shm']) rmSync(`${library.indexFile}${end}`, { force: true });
    expect(whatIsFound(engine)).toEqual(expected);
    engine.catchUp();
    expect(existsSync(library.indexFile)).toBe(true);
    expect(whatIsFound(engine)).toEqual(expected);
    engine.close();
    expect(library.engine().status()).toMatchObject({ rebuilt: null, articles: EVERYTHING });
  });

  test.each([
    [0.3, 0.9],
    [0.05, 0.2],
    [0.5, 0.6],
    [0.9, 1],
  ])('damage from %d to %d of the file is found by checking it, part by part', (from, to) => {
    library.engine().close();
    const healthy = readFileSync(library.indexFile);
    scribble(library.indexFile, from, to);
    const engine = library.engine();
    for (let parts = 0; engine.verify(); parts += 1) expect(parts).toBeLessThan(50);
    engine.catchUp();
    expect(engine.status()).toMatchObject({ rebuilt: 'damaged', articles: EVERYTHING });
    expect(ask(engine, 'giá vàng').hits.length).toBeGreaterThan(0);
    engine.close();
    // Made anew, so as large as it was, and healthy.
    expect(statSync(library.indexFile).size).toBeGreaterThan(healthy.length / 3);
  });

  test('a healthy file passes the check', () => {
    const engine = library.engine();
    while (engine.verify());
    expect(engine.status().rebuilt).toBe('missing');
  });
});

describe('a file that can be neither used nor replaced', () => {
  test('leaves searching to an index in memory, and says why', async () => {
    mkdirSync(library.indexFile);
    const engine = library.engine();
    expect(engine.status().unusable).toContain('unable to open database file');
    expect(names(engine, 'giá vàng')).toContain('vang-cum');
    await library.put({ later: { title: 'Chuyện đến sau' } });
    engine.catchUp();
    expect(names(engine, 'chuyện đến sau')).toContain('later');
    engine.close();
    await library.put({ later: null });
    rmSync(library.indexFile, { recursive: true });
    expect(library.engine().status()).toMatchObject({ unusable: null, rebuilt: 'missing' });
  });
});

describe('beside another process', () => {
  test('reads the file and leaves it alone', async () => {
    library.engine().close();
    await library.put({ later: { title: 'Chuyện đến sau' } });
    const reader = library.engine({ readOnly: true, window: 0 });
    expect(reader.status()).toMatchObject({ rebuilt: null, articles: EVERYTHING });
    expect(names(reader, 'giá vàng')).toContain('vang-cum');
    expect(names(reader, 'chuyện đến sau')).not.toContain('later');
    await library.put({ later: null });
  });

  test.each(['missing', 'damaged'])('builds an index in memory when the file is %s', (how) => {
    if (how === 'damaged') writeFileSync(library.indexFile, 'no database at all\n'.repeat(500));
    const reader = library.engine({ readOnly: true });
    expect(names(reader, 'giá vàng')).toContain('vang-cum');
    expect(existsSync(library.indexFile)).toBe(how === 'damaged');
  });
});
