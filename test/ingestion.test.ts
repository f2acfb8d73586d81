/** When the folder is looked at first, and what becomes of a store that cannot be read. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startIngestion, type Ingestion } from '../src/ingestion.ts';
import { createLog } from '../src/log.ts';
import { openDatabase, type Db } from '../src/store/database.ts';
import { SqlShelf } from '../src/store/shelf.ts';

let dir: string;
let db: Db;
let arrived: number;
let hear: () => void;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'ingestion-'));
  const file = join(dir, 'a.txt');
  writeFileSync(file, 'date 2025-12-24 Một tin\n\nTóm tắt.\n');
  utimesSync(file, 1, 1);
  db = await openDatabase(':memory:');
  arrived = 0;
});
afterEach(async () => {
  await db.destroy();
  rmSync(dir, { recursive: true, force: true });
});

function start(): Ingestion {
  return startIngestion({
    dir,
    zone: 'Asia/Ho_Chi_Minh',
    shelf: new SqlShelf(db),
    searcher: {
      follow: () => undefined,
      search: () => Promise.reject(new Error('nobody searches')),
      related: () => Promise.reject(new Error('nobody searches')),
    },
    begin: new Promise((resolve) => {
      hear = resolve;
    }),
    arrived: () => (arrived += 1),
    log: createLog('warn', []),
    now: () => Date.parse('2026-01-10T12:00:00Z'),
  });
}

it('begins when it is told to', async () => {
  const ingestion = start();
  expect([arrived, ingestion.problem()]).toEqual([0, null]);
  hear();
  await ingestion.firstRound;
  expect(arrived).toBe(1);
  await ingestion.stop();
});

it('can be stopped before that, and never begins then', async () => {
  const ingestion = start();
  await ingestion.stop();
  hear();
  await ingestion.firstRound;
  expect(arrived).toBe(0);
});

it('says when it cannot be read what was known', async () => {
  await db.schema.alterTable('files').renameTo('hidden').execute();
  const ingestion = start();
  hear();
  await expect(ingestion.failed).rejects.toThrow('files');
  await ingestion.firstRound;
  await ingestion.stop();
});

describe('a thousand files that were renamed together', () => {
  const COUNT = 1_100;
  const write = (path: string, title: string, note: string): void => {
    const file = join(dir, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `date 2025-12-24 ${title}\n\nTóm tắt của bài ${title}.\n\n${note}\n`);
    utimesSync(file, 1, 1);
  };
  const writeAll = (folder: string, note: string): void => {
    for (let i = 0; i < COUNT; i++) write(`${folder}/${i}.txt`, `Tin ${i}`, note);
  };
  const articles = async (): Promise<string[]> => {
    const rows = await db
      .selectFrom('articles')
      .select(['id', 'title', 'removed_at'])
      .orderBy('seq')
      .execute();
    return rows.map(({ id, title, removed_at: removed }) => `${id} ${title} ${removed}`);
  };
  const takeIn = async (count = COUNT + 1): Promise<void> => {
    const ingestion = start();
    hear();
    await ingestion.firstRound;
    await vi.waitFor(async () => {
      const files = await db.selectFrom('files').select('path').execute();
      const old = files.filter(({ path }) => path.startsWith('old/')).length;
      expect([files.length, old === 0 || old === COUNT]).toEqual([count, true]);
    }, 20_000);
    await ingestion.stop();
  };

  it('and edited are known again', async () => {
    writeAll('old', 'Bản đầu.');
    await takeIn();
    const before = await articles();
    rmSync(join(dir, 'old'), { recursive: true });
    writeAll('new', 'Bản sửa.');
    await takeIn();
    expect(await articles()).toEqual(before);
  });

  it('stay what they are when something like one of them comes first', async () => {
    writeAll('old', 'Bản đầu.');
    await takeIn();
    const before = await articles();
    renameSync(join(dir, 'old'), join(dir, 'other'));
    write('0-new.txt', 'Tin 1099', 'Một bản khác.');
    await takeIn(COUNT + 2);
    const after = await articles();
    expect(after.slice(0, -1)).toEqual(before);
    expect(after.at(-1)).toMatch(/ Tin 1099 null$/u);
  });
});
