import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KnownPlace } from '../../src/articles/shelf.ts';
import type { Round } from '../../src/articles/source.ts';
import { FolderSource } from '../../src/sources/folder.ts';

const OLD = Date.parse('2026-01-01T00:00:00Z');
const STEP = 1_500;

let parent: string;
let dir: string;
let source: FolderSource;
/** What the program's store would know. */
let known: Map<string, Pick<KnownPlace, 'size' | 'mtimeMs' | 'refusal'>>;
let wall: number;
let monotonic: number;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'folder-'));
  dir = join(parent, 'articles');
  mkdirSync(dir);
  known = new Map();
  wall = Date.parse('2026-01-10T12:00:00Z');
  monotonic = 0;
  restart();
});

afterEach(() => {
  execFileSync('chmod', ['-R', 'u+rwx', parent]);
  rmSync(parent, { recursive: true, force: true });
});

function restart(): void {
  source = new FolderSource({ dir, known, now: () => wall, monotonic: () => monotonic });
}

function article(title: string, date = '2025-12-24'): string {
  return `date ${date} ${title}\n\nTóm tắt của ${title}.\n`;
}

/** Writes a file that was last touched long ago. */
function put(path: string, content: string | Buffer = article(path), mtime = OLD): void {
  const file = join(dir, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  utimesSync(file, mtime / 1000, mtime / 1000);
}

/** One scan, `STEP` after the last; "path" for what was read, "path: reason" for what was refused, "-path" for what is gone. */
async function scan(): Promise<string[]> {
  monotonic += STEP;
  wall += STEP;
  const round = await source.scan();
  source.accept(round);
  for (const { path, size, mtimeMs, reading } of round.found) {
    known.set(path, { size, mtimeMs, refusal: reading.ok ? null : reading.refusal });
  }
  for (const path of round.vanished) known.delete(path);
  return lines(round);
}

function lines({ found, vanished }: Round): string[] {
  return [
    ...found.map(({ path, reading }) => (reading.ok ? path : `${path}: ${reading.refusal.reason}`)),
    ...vanished.map((path) => `-${path}`),
  ];
}

/** Scans until something is found; how long it took, and what. */
async function next(): Promise<[number, string[]]> {
  const started = monotonic;
  for (;;) {
    const seen = await scan();
    if (seen.length > 0) return [monotonic - started, seen];
    if (monotonic - started > 20_000) return [Infinity, []];
  }
}

describe('at start', () => {
  it('reads what has been there for a while at once, in the order of dates and paths', async () => {
    put('b.txt', article('B', '2025-12-20'));
    put('sub/deep/a.TXT', article('A', '2025-12-24'));
    put('a.md', '---\ntitle: M\ndate: 2025-12-24\n---\n');
    put('c.txt', article('C', '2025-12-01'));
    expect(await scan()).toEqual(['c.txt', 'b.txt', 'a.md', 'sub/deep/a.TXT']);
  });

  it('waits for what was written this very moment', async () => {
    put('a.txt', article('A'), wall - 1_000);
    expect(await next()).toEqual([2 * STEP + STEP, ['a.txt']]);
  });

  it('waits for what comes from the future, since somebody has a wrong clock', async () => {
    put('a.txt', article('A'), wall + 3_600_000);
    expect(await scan()).toEqual([]);
    expect(await next()).toEqual([2 * STEP, ['a.txt']]);
  });

  it('reads nothing that it knows', async () => {
    put('a.txt');
    put('bad.txt', 'no date');
    await scan();
    restart();
    expect(await scan()).toEqual([]);
  });

  it('sees at once what has gone or changed since', async () => {
    put('a.txt');
    put('b.txt');
    await scan();
    rmSync(join(dir, 'a.txt'));
    put('b.txt', article('changed'));
    restart();
    expect(await scan()).toEqual(['b.txt', '-a.txt']);
  });

  it('reads what was refused once more, since a newer program may understand it', async () => {
    put('a.txt');
    await scan();
    const { size, mtimeMs } = known.get('a.txt') ?? { size: 0, mtimeMs: 0 };
    known.set('a.txt', { size, mtimeMs, refusal: { reason: 'undated', detail: 'as of an older version' } });
    restart();
    expect(await scan()).toEqual(['a.txt']);
  });
});

describe('while running', () => {
  beforeEach(async () => {
    put('first.txt');
    await scan();
  });

  it('sees a new file within five seconds', async () => {
    put('new.txt', article('new'), wall);
    expect(await next()).toEqual([3 * STEP, ['new.txt']]);
  });

  it('sees a new file though its time lies long ago (a copy that keeps times)', async () => {
    put('new.txt', article('new'), OLD);
    expect((await next())[1]).toEqual(['new.txt']);
  });

  it('sees a changed file, even when its time went backwards', async () => {
    put('first.txt', article('changed'), OLD - 86_400_000);
    expect((await next())[1]).toEqual(['first.txt']);
  });

  it('waits while a file grows', async () => {
    for (const size of [100, 200, 300, 400]) {
      put('new.txt', article('x'.repeat(size)), wall);
      expect(await scan()).toEqual([]);
    }
    expect((await next())[1]).toEqual(['new.txt']);
  });

  it('waits while a file is written anew at the same size', async () => {
    for (const title of ['A', 'B', 'C', 'D']) {
      put('new.txt', article(title), wall);
      expect(await scan()).toEqual([]);
    }
  });

  it('gives an empty file the same time to be filled', async () => {
    put('new.txt', '', wall);
    expect(await scan()).toEqual([]);
    put('new.txt', article('filled'), wall);
    expect((await next())[1]).toEqual(['new.txt']);
    put('empty.txt', '', wall);
    expect((await next())[1]).toEqual(['empty.txt: empty']);
  });

  it('tells of a removal within five seconds', async () => {
    rmSync(join(dir, 'first.txt'));
    put('other.txt', article('other'), OLD);
    await scan();
    rmSync(join(dir, 'other.txt'));
    expect(await next()).toEqual([STEP, ['-first.txt']]);
  });

  it('tells of no removal when the file is back at the next look', async () => {
    put('other.txt');
    await next();
    rmSync(join(dir, 'first.txt'));
    expect(await scan()).toEqual([]);
    put('first.txt');
    expect(await scan()).toEqual([]);
    expect(await scan()).toEqual([]);
  });

  it('tells of both ends of a rename in one round', async () => {
    renameSync(join(dir, 'first.txt'), join(dir, 'renamed.txt'));
    expect(await next()).toEqual([3 * STEP, ['renamed.txt', '-first.txt']]);
  });

  it('does not let a file that never settles hold back a removal', async () => {
    put('other.txt');
    await next();
    rmSync(join(dir, 'other.txt'));
    for (let size = 1; ; size++) {
      put('log.txt', article('x'.repeat(size)), wall);
      const seen = await scan();
      if (seen.length > 0) {
        expect(seen).toEqual(['-other.txt']);
        expect(size).toBeLessThanOrEqual(4);
        return;
      }
    }
  });

  it('expects something while a file may still be written or a path has just gone, and at no other time', async () => {
    const expecting: boolean[] = [];
    const look = async (): Promise<void> => {
      await scan();
      expecting.push(source.isExpecting());
    };
    await look();
    put('a.txt', article('a'), Date.now());
    for (let i = 0; i < 4; i += 1) await look();
    rmSync(join(dir, 'a.txt'));
    for (let i = 0; i < 3; i += 1) await look();
    expect(expecting).toEqual([false, true, true, false, false, true, false, false]);
  });

  it('finds again what the store could not take', async () => {
    put('new.txt', article('new'), wall);
    for (let i = 0; i < 3; i++) {
      monotonic += STEP;
      await source.scan();
    }
    expect(await scan()).toEqual(['new.txt']);
    expect(await scan()).toEqual([]);
  });
});

describe('what is no article', () => {
  it.each<[string, string | Buffer, string]>([
    ['empty.txt', '', 'empty'],
    ['binary.txt', Buffer.from([1, 0, 2]), 'binary'],
    ['undated.txt', 'Không có ngày', 'undated'],
    ['impossible.txt', 'date 2025-02-30 Một', 'bad-date'],
    ['untitled.txt', 'date 2025-02-03', 'untitled'],
    ['front.md', '---\ntitle: [\n---\n', 'bad-front-matter'],
  ])('%s is refused, and does not stop its neighbour', async (path, content, reason) => {
    put(path, content);
    put('good.txt');
    expect((await scan()).sort()).toEqual([`${path}: ${reason}`, 'good.txt'].sort());
    expect(await scan()).toEqual([]);
  });

  it('too large a file is refused unread, with its size and the limit', async () => {
    put('large.txt', article('large'));
    truncateSync(join(dir, 'large.txt'), 5_000_000_000);
    utimesSync(join(dir, 'large.txt'), OLD / 1000, OLD / 1000);
    const { found } = await source.scan();
    expect(found[0]?.reading).toEqual({
      ok: false,
      refusal: { reason: 'too-large', detail: '4768.4 MiB (5000000000 bytes; the limit is 1.0 MiB)' },
    });
  });

  it('hidden and passing files are not looked at', async () => {
    const names = [
      '.a.txt',
      'a.txt~',
      '~$a.txt',
      'a.txt.tmp',
      'a.txt.part',
      '.a.txt.swp',
      'a.html',
      'txt',
      '.git/a.txt',
    ];
    for (const name of names) put(name);
    expect(await scan()).toEqual([]);
  });

  it('a folder named like a file is a folder', async () => {
    put('x.txt/y.txt');
    expect(await scan()).toEqual(['x.txt/y.txt']);
  });

  it('a pipe is refused, not opened', async () => {
    execFileSync('mkfifo', [join(dir, 'pipe.txt')]);
    expect(await scan()).toEqual(['pipe.txt: unreadable']);
  });

  it('links are followed, but not in circles', async () => {
    put('sub/a.txt');
    writeFileSync(join(parent, 'outside.txt'), article('outside'));
    utimesSync(join(parent, 'outside.txt'), OLD / 1000, OLD / 1000);
    symlinkSync(join(parent, 'outside.txt'), join(dir, 'link.txt'));
    symlinkSync('..', join(dir, 'sub', 'up'));
    symlinkSync('self', join(dir, 'self'));
    symlinkSync('nowhere', join(dir, 'broken.txt'));
    symlinkSync('nowhere', join(dir, 'broken'));
    expect((await scan()).sort()).toEqual([
      'broken.txt: unreadable',
      'link.txt',
      'self: symlink-loop',
      'sub/a.txt',
      'sub/up: symlink-loop',
    ]);
    expect(known.get('sub/up')?.refusal?.detail).toBe('leads back to the folder itself');
    expect(await scan()).toEqual([]);
  });

  it('a folder that is nested too deeply is named, and the rest is read', async () => {
    put(`${'d/'.repeat(33)}a.txt`);
    put(`${'e/'.repeat(32)}a.txt`);
    const seen = await scan();
    expect(seen).toContain(`${'e/'.repeat(32)}a.txt`);
    expect(seen).toContain(`${'d/'.repeat(33).slice(0, -1)}: unreadable`);
    expect(seen).toHaveLength(2);
  });
});

// Root may read everything, so that nothing is unreadable to it.
describe.skipIf(process.getuid?.() === 0)('what cannot be read', () => {
  it('a file: named once, tried again, read when it can be', async () => {
    put('a.txt');
    chmodSync(join(dir, 'a.txt'), 0);
    expect(await scan()).toEqual(['a.txt: unreadable']);
    expect(known.get('a.txt')?.refusal?.detail).toBe('EACCES');
    for (let i = 0; i < 4; i++) expect(await scan()).toEqual([]);
    chmodSync(join(dir, 'a.txt'), 0o600);
    expect(await scan()).toEqual(['a.txt']);
  });

  it('a folder below: named, and what is in it is not taken to be gone', async () => {
    put('sub/a.txt');
    put('b.txt');
    await scan();
    chmodSync(join(dir, 'sub'), 0);
    expect(await scan()).toEqual(['sub: unreadable']);
    for (let i = 0; i < 4; i++) expect(await scan()).toEqual([]);
    chmodSync(join(dir, 'sub'), 0o700);
    expect((await next())[1]).toEqual(['-sub']);
  });
});

describe('a folder behind a link whose disk is not mounted', () => {
  it.each(['while running', 'at start'])('keeps its articles, and is named: %s', async (when) => {
    const mounted = join(parent, 'mounted');
    mkdirSync(mounted);
    symlinkSync(mounted, join(dir, 'archive'));
    put('archive/2025/a.txt');
    symlinkSync('nowhere', join(dir, 'of no concern'));
    expect(await scan()).toEqual(['archive/2025/a.txt']);
    renameSync(mounted, `${mounted}-not`);
    if (when === 'at start') restart();
    expect(await scan()).toEqual(['archive: unreadable']);
    for (let i = 0; i < 3; i += 1) expect(await scan()).toEqual([]);
    renameSync(`${mounted}-not`, mounted);
    for (let i = 0; i < 3; i += 1) expect((await scan()).filter((line) => line !== '-archive')).toEqual([]);
    rmSync(join(dir, 'archive/2025/a.txt'));
    expect((await next())[1]).toEqual(['-archive/2025/a.txt']);
  });
});

describe('the folder as a whole', () => {
  beforeEach(async () => {
    put('a.txt');
    await scan();
  });

  it('that is missing is a problem, and removes nothing', async () => {
    renameSync(dir, join(parent, 'away'));
    for (let i = 0; i < 4; i++) expect(await scan()).toEqual([]);
    expect(source.problem()).toContain(`${dir} cannot be read: ENOENT`);
    renameSync(join(parent, 'away'), dir);
    expect(await scan()).toEqual([]);
    expect(source.problem()).toBeNull();
  });

  it('that is a file is a problem as well', async () => {
    renameSync(dir, join(parent, 'away'));
    writeFileSync(dir, '');
    expect(await scan()).toEqual([]);
    expect(source.problem()).toContain('it is no folder');
  });

  it('that is suddenly another one, and empty, is an unmounted volume', async () => {
    renameSync(dir, join(parent, 'away'));
    mkdirSync(dir);
    for (let i = 0; i < 4; i++) expect(await scan()).toEqual([]);
    expect(source.problem()).toContain('is the volume mounted?');
    put('b.txt', article('b'), wall);
    expect((await next())[1]).toEqual(['b.txt', '-a.txt']);
  });

  it('that is empty at start is one, too', async () => {
    rmSync(join(dir, 'a.txt'));
    restart();
    expect(await scan()).toEqual([]);
    expect(source.problem()).toContain('is the volume mounted?');
  });

  it('whose last file was taken away is empty', async () => {
    rmSync(join(dir, 'a.txt'));
    expect((await next())[1]).toEqual(['-a.txt']);
    expect(source.problem()).toBeNull();
  });
});

it('reads many files in several rounds, and removes nothing in between', async () => {
  put('gone.txt');
  await scan();
  rmSync(join(dir, 'gone.txt'));
  for (let i = 0; i < 1_100; i++) put(`many/${i}.txt`, article(String(i)));
  restart();
  const first = await source.scan();
  expect([first.found.length, first.vanished, first.missing]).toEqual([1_000, [], ['gone.txt']]);
  source.accept(first);
  expect(source.hasMore()).toBe(true);
  const second = await source.scan();
  expect([second.found.length, second.vanished, second.missing]).toEqual([100, [], ['gone.txt']]);
  source.accept(second);
  expect(source.hasMore()).toBe(false);
  const last = await source.scan();
  expect([last.found.length, last.vanished, last.missing]).toEqual([0, ['gone.txt'], []]);
});

it('names no file as missing that seems to have been moved and is still to be read', async () => {
  put('same-time.txt', article('Một'));
  put('same-name.txt', article('Hai'));
  put('edited.txt', article('Ba'));
  await scan();
  for (const path of ['same-time', 'same-name', 'edited']) rmSync(join(dir, `${path}.txt`));
  for (let i = 0; i < 1_000; i++) put(`a/${i}.txt`, article(`Tin số ${i}`));
  put('b/other.txt', article('Một'));
  put('b/same-name.txt', article('Hai'), OLD + 60_000);
  put('b/edited.txt', article('Ba, đã sửa'));
  restart();
  const first = await source.scan();
  expect([first.found.length, first.missing]).toEqual([1_000, ['edited.txt']]);
  source.accept(first);
  const second = await source.scan();
  expect([second.found.length, second.missing.sort()]).toEqual([
    3,
    ['edited.txt', 'same-name.txt', 'same-time.txt'],
  ]);
});

it('reads a file anew that was named as missing and is there again', async () => {
  put('back.txt');
  await scan();
  rmSync(join(dir, 'back.txt'));
  for (let i = 0; i < 1_100; i++) put(`many/${i}.txt`, article(String(i)));
  restart();
  expect(await scan()).toHaveLength(1_000);
  put('back.txt');
  expect(await scan()).toHaveLength(100);
  expect((await next())[1]).toEqual(['back.txt']);
});

it('names no file as missing that was away for one scan', async () => {
  put('away.txt');
  await scan();
  for (let i = 0; i < 1_100; i++) put(`many/${i}.txt`, article(String(i)));
  await scan();
  await scan();
  rmSync(join(dir, 'away.txt'));
  monotonic += STEP;
  for (const size of [1_000, 100]) {
    const round = await source.scan();
    expect([round.found.length, round.missing]).toEqual([size, []]);
    source.accept(round);
  }
});
