import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCorpus } from '../../src/store/corpus.ts';
import { openDatabase, type Db } from '../../src/store/database.ts';

let dir: string;
let file: string;
let db: Db;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'corpus-'));
  file = join(dir, 'diemtin.db');
  db = await openDatabase(file);
});

afterEach(async () => {
  await db.destroy();
  rmSync(dir, { recursive: true, force: true });
});

async function insert(
  rev: number,
  fields: { title?: string; summary?: string; body?: string; removedAt?: number } = {},
): Promise<number> {
  const { seq } = await db
    .insertInto('articles')
    .values({
      id: `article${String(rev).padStart(5, '0')}`,
      rev,
      title: fields.title ?? `Tin số ${rev}`,
      summary: fields.summary ?? null,
      body: fields.body ?? 'Thân bài.',
      author: null,
      source: 'Euronews',
      url: null,
      language: 'vi',
      published_at: '2025-12-24',
      listed_at: '2025-12-23',
      first_seen_at: 1,
      content_hash: `${rev}`,
      story_id: null,
      removed_at: fields.removedAt ?? null,
    })
    .returning('seq')
    .executeTakeFirstOrThrow();
  return seq;
}

describe('the corpus, read through its own connection', () => {
  it('is empty at first, and has the identity of its database', async () => {
    const corpus = openCorpus(file);
    const { value } = await db
      .selectFrom('meta')
      .select('value')
      .where('key', '=', 'corpus')
      .executeTakeFirstOrThrow();
    expect(corpus.identity()).toBe(value);
    expect(corpus.lastRev()).toBe(0);
    expect(corpus.changesAfter(0, 10)).toEqual([]);
    corpus.close();
  });

  it('gives whole articles, in the order of their changes, removed ones too', async () => {
    const seq = await insert(7, { title: 'Hội nghị G20' });
    await insert(3, { removedAt: 99 });
    const corpus = openCorpus(file);
    expect(corpus.lastRev()).toBe(7);
    const [first, second] = corpus.changesAfter(0, 10);
    expect(first).toMatchObject({ rev: 3, removed: true });
    expect(second).toEqual({
      seq,
      id: 'article00007',
      rev: 7,
      title: 'Hội nghị G20',
      summary: null,
      body: 'Thân bài.',
      author: null,
      source: 'Euronews',
      language: 'vi',
      publishedAt: '2025-12-24',
      listedAt: '2025-12-23',
      removed: false,
    });
    corpus.close();
  });

  it('gives changes in steps', async () => {
    for (const rev of [1, 2, 3, 4]) await insert(rev);
    const corpus = openCorpus(file);
    expect(corpus.changesAfter(0, 3).map((a) => a.rev)).toEqual([1, 2, 3]);
    expect(corpus.changesAfter(3, 3).map((a) => a.rev)).toEqual([4]);
    expect(corpus.changesAfter(4, 3)).toEqual([]);
    corpus.close();
  });

  it('gives fewer changes in a step when they are long', async () => {
    const body = 'Thân bài. '.repeat(15_000);
    for (const rev of [1, 2, 3]) await insert(rev, { body });
    await insert(4, { summary: body.repeat(3) });
    await insert(5);
    const corpus = openCorpus(file);
    expect(corpus.changesAfter(0, 10).map((a) => a.rev)).toEqual([1, 2]);
    expect(corpus.changesAfter(2, 10).map((a) => a.rev)).toEqual([3, 4]);
    expect(corpus.changesAfter(3, 10).map((a) => a.rev)).toEqual([4]);
    expect(corpus.changesAfter(4, 10).map((a) => a.rev)).toEqual([5]);
    corpus.close();
  });

  it('reads the named articles that are there: neither unknown nor removed ones', async () => {
    const there = await insert(1);
    const gone = await insert(2, { removedAt: 5 });
    const corpus = openCorpus(file);
    expect(corpus.read([there, gone, 999]).map((a) => a.seq)).toEqual([there]);
    expect(corpus.read([])).toEqual([]);
    corpus.close();
  });

  it('reads of long texts only the beginning, and says so', async () => {
    const long = 'Thân bài. '.repeat(2_500);
    const seqs = [await insert(1, { body: long }), await insert(2, { body: `${long}!` })];
    seqs.push(await insert(3, { summary: `${long}!` }));
    const corpus = openCorpus(file);
    const read = corpus.read(seqs).sort((a, b) => a.seq - b.seq);
    expect(read.map(({ isCut }) => isCut)).toEqual([false, true, true]);
    expect(read.map(({ body, summary }) => Math.max(body.length, summary?.length ?? 0))).toEqual(
      Array(3).fill(25_000),
    );
    corpus.close();
  });

  it('reads titles and summaries alone, of removed articles too', async () => {
    const there = await insert(1);
    const gone = await insert(2, { removedAt: 5 });
    const corpus = openCorpus(file);
    expect(corpus.headings([gone, there, 999])).toEqual([
      { seq: there, title: 'Tin số 1', summary: null },
      { seq: gone, title: 'Tin số 2', summary: null },
    ]);
    corpus.close();
  });

  it('reads while a writer is in the middle of a transaction, and sees it only when it is committed', async () => {
    await insert(1);
    const corpus = openCorpus(file);
    await db.transaction().execute(async (trx) => {
      await trx.updateTable('articles').set({ rev: 2, title: 'Đã sửa' }).execute();
      expect(corpus.lastRev()).toBe(1);
    });
    expect(corpus.changesAfter(1, 10).map((a) => a.title)).toEqual(['Đã sửa']);
    corpus.close();
  });

  it('cannot be opened where there is no database', () => {
    expect(() => openCorpus(join(dir, 'none.db'))).toThrow();
  });
});
