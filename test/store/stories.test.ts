import { readFileSync, readdirSync } from 'node:fs';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SqlShelf } from '../../src/store/shelf.ts';
import { MAX_PLACED, MAX_PLACED_NEWS, StoryPlacer } from '../../src/store/stories.ts';
import { openNewsroom, type Newsroom } from '../articles/rounds.ts';
import { THEFT } from '../digest/reports.ts';

let room: Newsroom;

beforeEach(async () => {
  room = await openNewsroom();
});
afterEach(() => room.db.destroy());

const PARAGRAPHS = THEFT.body.split('\n\n');
const theft = (title = THEFT.title, paragraphs = PARAGRAPHS, date = '2026-01-05'): string =>
  [`date ${date} ${title}`, THEFT.summary, ...paragraphs].join('\n\n');
const COLD = 'date 2026-01-05 Rét đậm ở Mẫu Sơn\n\nVùng núi có nơi dưới 4 độ C, băng giá phủ trắng đỉnh.';

/** The story of each article by its number; a dash for none. */
async function stories(): Promise<string> {
  const rows = await room.db.selectFrom('articles').select(['seq', 'story_id']).orderBy('seq').execute();
  return rows.map(({ seq, story_id: story }) => `${seq}:${story ?? '-'}`).join(' ');
}

async function markedArticles(): Promise<number[]> {
  const rows = await room.db.selectFrom('story_marks').select('seq').distinct().orderBy('seq').execute();
  return rows.map(({ seq }) => seq);
}

/** What is done fails at its end, as with a full disk: after the articles have their stories. */
async function failing(work: () => Promise<unknown>): Promise<void> {
  await sql`create trigger full before insert on files begin select raise(abort, 'full'); end`.execute(
    room.db,
  );
  await expect(work()).rejects.toThrow('full');
  await sql`drop trigger full`.execute(room.db);
}

describe('an article', () => {
  it('has its story from the moment that it is there', async () => {
    await room.round({
      'a.txt': theft(),
      'b.txt': COLD,
      'c.txt': theft('Mất trống đồng Làng Vạc', PARAGRAPHS.slice(0, 3)),
    });
    expect(await stories()).toBe('1:1 2:2 3:1');
    await room.round({ 'd.txt': theft('Trống đồng bị đánh cắp', [...PARAGRAPHS].reverse(), '2026-01-07') });
    expect(await stories()).toBe('1:1 2:2 3:1 4:1');
  });

  it('begins a story of its own when the others are too old', async () => {
    await room.round({ 'a.txt': theft(THEFT.title, PARAGRAPHS, '2026-01-01') });
    await room.round({ 'b.txt': theft('Mất trống đồng', PARAGRAPHS, '2026-01-05') });
    expect(await stories()).toBe('1:1 2:2');
  });

  it('is placed by what the database knows, also by a program that was started anew', async () => {
    await room.round({ 'a.txt': theft() });
    const shelf = new SqlShelf(room.db);
    const content = {
      ...{ title: 'Mất trống đồng', summary: THEFT.summary, body: THEFT.body, author: null, source: null },
      ...{ url: null, publishedAt: '2026-01-05', language: 'vi' },
    };
    const place = { path: 'b.txt', size: 1, mtimeMs: 1 };
    const issue = { content, contentHash: 'b', listedAt: '2026-01-05' };
    await shelf.commit([{ kind: 'add', id: 'article0000b', place, ...issue }], 0);
    expect(await stories()).toBe('1:1 2:1');
  });

  it('in two files is one report', async () => {
    await room.round({ 'a.txt': theft(), 'copy.txt': theft() });
    expect(await stories()).toBe('1:1');
  });
});

describe('the story of an article', () => {
  beforeEach(() => room.round({ 'a.txt': theft(), 'b.txt': theft('Mất trống đồng') }));

  it('stays when the article is edited; the next report is compared with the new text', async () => {
    const body = PARAGRAPHS.map((paragraph) => paragraph.replaceAll('trống', 'chiêng'));
    await room.round({ 'b.txt': theft('Mất chiêng đồng', body) });
    expect(await stories()).toBe('1:1 2:1');
    await room.round({ 'c.txt': theft('Chiêng đồng bị lấy đi', body) });
    expect(await stories()).toBe('1:1 2:1 3:1');
  });

  it('stays when the article is removed, and when it returns', async () => {
    await room.round({ 'a.txt': null });
    await room.round({ 'c.txt': theft('Bảo tàng mất trộm', [...PARAGRAPHS].reverse()) });
    expect(await stories()).toBe('1:1 2:1 3:1');
    await room.round({ 'a.txt': theft() });
    expect(await stories()).toBe('1:1 2:1 3:1');
  });

  it('is found for an article from before there were stories when it is edited, not before', async () => {
    await room.db.updateTable('articles').set({ story_id: null }).where('seq', '=', 2).execute();
    await room.db.deleteFrom('story_marks').where('seq', '=', 2).execute();
    await room.round({ 'c.txt': COLD });
    expect(await stories()).toBe('1:1 2:- 3:3');
    await room.round({ 'b.txt': theft('Mất trống đồng quý') });
    expect(await stories()).toBe('1:1 2:1 3:3');
  });
});

describe('an archive that is taken in at once', () => {
  const MONDAY = Date.parse('2026-01-05T07:00:00Z');
  const archive = (count: number, date: (n: number) => string, name = 'article') =>
    Array.from({ length: count }, (_, n) => ({
      ...{ kind: 'add' as const, id: `${name}-${n}`, contentHash: `${name} ${n}` },
      place: { path: `${name}/${n}.txt`, size: 1, mtimeMs: 0 },
      content: {
        ...{ title: `Tin ${n}`, summary: null, body: '', author: null, source: null, url: null },
        ...{ publishedAt: date(n), language: null },
      },
      listedAt: date(n),
    }));
  const placed = async (): Promise<number[]> => {
    const rows = await room.db
      .selectFrom('articles')
      .select('seq')
      .where('story_id', 'is not', null)
      .execute();
    return rows.map(({ seq }) => seq);
  };
  const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n + 1);

  it('has stories for its first articles, and news has them again ten minutes later', async () => {
    const shelf = new SqlShelf(room.db);
    await shelf.commit(
      archive(MAX_PLACED + 1, () => '2024-01-05'),
      MONDAY,
    );
    expect(await placed()).toEqual(upTo(MAX_PLACED));
    await shelf.commit(
      archive(1, () => '2024-01-05', 'later'),
      MONDAY + 10 * 60_000,
    );
    expect(await placed()).toEqual([...upTo(MAX_PLACED), MAX_PLACED + 2]);
  });

  it('has stories for its news wherever they stand in it, up to a limit', async () => {
    const shelf = new SqlShelf(room.db);
    const old = archive(MAX_PLACED, () => '2024-01-05', 'old');
    const mixed = archive(100, (n) => (n % 2 === 0 ? '2025-12-28' : '2025-12-30'), 'mixed');
    await shelf.commit([...old, ...mixed], MONDAY);
    const ofMixed = upTo(50).map((n) => MAX_PLACED + 2 * n);
    expect(await placed()).toEqual([...upTo(MAX_PLACED), ...ofMixed]);
    const left = MAX_PLACED_NEWS - MAX_PLACED - 50;
    await shelf.commit(
      archive(left + 1, () => '2026-01-05', 'new'),
      MONDAY + 60_000,
    );
    const ofNew = upTo(left).map((n) => MAX_PLACED + 100 + n);
    expect(await placed()).toEqual([...upTo(MAX_PLACED), ...ofMixed, ...ofNew]);
  });
});

describe('the room for stories', () => {
  const NOW = Date.parse('2026-01-05T07:00:00Z');
  type Change = Parameters<SqlShelf['commit']>[0][number];
  const change = (kind: 'add' | 'edit', n: number, body = ''): Change => ({
    ...{
      kind,
      id: `article-${n}`,
      contentHash: `${n} ${body}`,
      place: { path: `${n}.txt`, size: 1, mtimeMs: 0 },
    },
    content: {
      ...{ title: `Tin ${n}`, summary: null, body, author: null, source: null, url: null },
      ...{ publishedAt: '2024-01-05', language: null },
    },
    listedAt: '2024-01-05',
  });
  const many = (count: number, from = 0): Change[] =>
    Array.from({ length: count }, (_, n) => change('add', from + n));
  const withoutStory = async (): Promise<number> =>
    Number(
      (
        await room.db
          .selectFrom('articles')
          .select((eb) => eb.fn.countAll().as('n'))
          .where('story_id', 'is', null)
          .executeTakeFirstOrThrow()
      ).n,
    );

  it('is not taken by edits of articles that have one', async () => {
    const shelf = new SqlShelf(room.db);
    await shelf.commit(many(MAX_PLACED), NOW);
    const later = NOW + 10 * 60_000;
    await shelf.commit(
      Array.from({ length: MAX_PLACED }, (_, n) => change('edit', n, 'Sửa.')),
      later,
    );
    await shelf.commit(many(MAX_PLACED, MAX_PLACED), later);
    expect(await withoutStory()).toBe(0);
  });

  it('is not taken twice by what is offered again after a failure', async () => {
    const shelf = new SqlShelf(room.db);
    const half = many(MAX_PLACED / 2);
    for (let attempt = 0; attempt < 3; attempt++) await failing(() => shelf.commit(half, NOW));
    await shelf.commit(many(MAX_PLACED), NOW);
    expect(await withoutStory()).toBe(0);
  });

  it('is there again when the clock was set back', async () => {
    const shelf = new SqlShelf(room.db);
    await shelf.commit(many(MAX_PLACED), NOW);
    await shelf.commit(many(1, MAX_PLACED), NOW - 86_400_000);
    expect(await withoutStory()).toBe(0);
  });
});

describe('an article whose first transaction failed', () => {
  it('leaves nothing to the one that gets its number', async () => {
    const shelf = new SqlShelf(room.db);
    const add = (id: string, title: string, body: string): Parameters<SqlShelf['commit']>[0][number] => ({
      ...{
        kind: 'add',
        id,
        contentHash: id,
        place: { path: `${id}.txt`, size: 1, mtimeMs: 0 },
        listedAt: '2026-01-05',
      },
      content: {
        ...{ title, summary: null, body, author: null, source: null, url: null },
        ...{ publishedAt: '2026-01-05', language: 'vi' },
      },
    });
    const cold = add('cold', 'Rét đậm ở Mẫu Sơn', 'Vùng núi có nơi dưới 4 độ C, băng giá phủ trắng đỉnh.');
    await failing(() => shelf.commit([cold], 0));
    await shelf.commit([add('one', THEFT.title, THEFT.body), add('two', 'Mất trống đồng', THEFT.body)], 0);
    expect(await stories()).toBe('1:1 2:1');
  });
});

describe('the marks', () => {
  it('are of the newest articles', async () => {
    await room.round({ 'a.txt': theft(), 'b.txt': COLD, 'c.txt': theft('Mất trống đồng') });
    expect(await markedArticles()).toEqual([1, 2, 3]);
    const ids = (await room.rows()).map(({ id }) => id);
    const placer = new StoryPlacer(2);
    await room.db.transaction().execute((trx) => placer.place(trx, ids.slice(2), 0));
    expect(await markedArticles()).toEqual([2, 3]);
  });

  it('are of the newest articles that have any, however many others came since', async () => {
    const add = async (name: string, text: string): Promise<string[]> => {
      await room.round({ [name]: text });
      return (await room.rows()).map(({ id }) => id);
    };
    const placer = new StoryPlacer(2);
    const place = (ids: readonly string[]) =>
      room.db.transaction().execute((trx) => placer.place(trx, ids, 0));
    await room.db.deleteFrom('story_marks').execute();
    const [first = ''] = await add('a.txt', theft());
    await room.db.deleteFrom('story_marks').execute();
    await place([first]);
    for (let n = 0; n < 5; n++) await add(`cold${n}.txt`, COLD.replace('4 độ', `${n} độ`));
    await room.db.deleteFrom('story_marks').where('seq', '>', 1).execute();
    const ids = await add('z.txt', theft('Mất trống đồng'));
    await room.db.deleteFrom('story_marks').where('seq', '>', 1).execute();
    await place(ids.slice(-1));
    expect(await markedArticles()).toEqual([1, 7]);
  });

  it('go with the article', async () => {
    await room.round({ 'a.txt': theft() });
    await room.clear();
    expect(await markedArticles()).toEqual([]);
  });
});

describe('the seeds', () => {
  it('make the same stories in every database', async () => {
    const files = Object.fromEntries(
      readdirSync('seeds')
        .filter((file) => file.endsWith('.txt'))
        .map((file) => [file, readFileSync(`seeds/${file}`, 'utf8')]),
    );
    await room.round(files);
    const first = await stories();
    const other = await openNewsroom();
    for (const [file, content] of Object.entries(files)) await other.round({ [file]: content });
    const rows = await other.db.selectFrom('articles').select(['seq', 'story_id']).orderBy('seq').execute();
    await other.db.destroy();
    expect(rows.map(({ seq, story_id: story }) => `${seq}:${story ?? '-'}`).join(' ')).toBe(first);
    expect(new Set(rows.map(({ story_id: story }) => story)).size).toBe(rows.length - 5);
  });
});
