import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { excerpt } from '../../src/search/excerpt.ts';
import { SqlArticles } from '../../src/store/articles.ts';
import { NOW, openNewsroom, text, type Newsroom } from '../articles/rounds.ts';

const ALL = Number.MAX_SAFE_INTEGER;

let room: Newsroom;
let articles: SqlArticles;

beforeEach(async () => {
  room = await openNewsroom();
  articles = new SqlArticles(room.db);
});
afterEach(() => room.db.destroy());

/** Five articles: Một (1) to Năm (5), of which Hai is the oldest and Ba was removed. */
async function fill(): Promise<void> {
  await room.round({
    '1.txt': `${text('Một', [], '2026-01-05')}\n\nNguồn: Euronews.`,
    '2.txt': `${text('Hai', [], '2026-01-01')}\n\nNguồn: AFP.`,
    '3.txt': `${text('Ba', [], '2026-01-06')}\n\nNguồn: TASS.`,
    '4.txt': `${text('Bốn', [], '2026-01-05')}\n\nNguồn: AFP.`,
    '5.md': '---\ntitle: Năm\ndate: 2026-01-05T09:00:00+07:00\nurl: https://example.org/5\n---\nTóm tắt.',
  });
  await room.round({ '3.txt': null });
}

const titles = (list: { title: string }[]): string => list.map(({ title }) => title).join(' ');

describe('the articles', () => {
  it('are none at first', async () => {
    expect(await articles.lastSeq()).toBe(0);
    expect(await articles.latest({ maxSeq: ALL, offset: 0, limit: 5 })).toEqual([]);
    expect(await articles.count(ALL)).toBe(0);
    expect(await articles.sourcesCount()).toBe(0);
    expect(await articles.stories(null, 0, { offset: 0, limit: 5 })).toEqual({ stories: [], total: 0 });
    expect(await articles.newestStories(0, 5)).toEqual([]);
    expect(await articles.reports('nonexistent0')).toEqual([]);
    expect(await articles.byIds([])).toEqual([]);
  });

  it('are whole', async () => {
    await fill();
    const { id } = await room.at('5.md');
    expect(await articles.byId(id)).toEqual({
      id,
      seq: 5,
      rev: 5,
      title: 'Năm',
      summary: 'Tóm tắt.',
      body: '',
      author: null,
      source: null,
      url: 'https://example.org/5',
      language: null,
      publishedAt: '2026-01-05T02:00:00.000Z',
      firstSeenAt: NOW,
      contentHash: (await room.at('5.md')).hash,
      removedAt: null,
    });
  });

  it('come newest first: by date, instants above their bare day, then the last seen', async () => {
    await fill();
    expect(titles(await articles.latest({ maxSeq: ALL, offset: 0, limit: 9 }))).toBe('Năm Bốn Một Hai');
    expect(await articles.count(ALL)).toBe(4);
    expect(await articles.sourcesCount()).toBe(2);
  });

  it('are turned in pages that do not shift when an article arrives', async () => {
    await fill();
    const maxSeq = await articles.lastSeq();
    await room.round({ '6.txt': text('Sáu', [], '2026-01-09') });
    expect(titles(await articles.latest({ maxSeq, offset: 0, limit: 2 }))).toBe('Năm Bốn');
    expect(titles(await articles.latest({ maxSeq, offset: 2, limit: 2 }))).toBe('Một Hai');
    expect(titles(await articles.latest({ maxSeq, offset: 4, limit: 2 }))).toBe('');
    expect(await articles.count(maxSeq)).toBe(4);
  });

  it('are found by id, in the order asked for, without those that are gone or never were', async () => {
    await fill();
    const [one, two, three] = (await room.rows()).map(({ id }) => id);
    const found = await articles.byIds([two ?? '', 'nonexistent0', three ?? '', one ?? '', two ?? '']);
    expect(titles(found)).toBe('Hai Một Hai');
    expect(await articles.byId(three ?? '')).toBeNull();
    expect(await articles.byId('nonexistent0')).toBeNull();
  });
});

describe('what is new after a cursor', () => {
  it.each([
    [null, 5, 9, 'Năm Bốn Một Hai', 4],
    [null, 5, 2, 'Năm Bốn', 4],
    [1, 5, 9, 'Năm Bốn Hai', 3],
    [1, 4, 9, 'Bốn Hai', 2],
    [2, 3, 9, '', 0],
    [5, 5, 9, '', 0],
    [null, 5, 0, '', 4],
  ])('after %s up to %i, at most %i: %s of %i', async (from, to, limit, expected, total) => {
    await fill();
    const result = await articles.stories(from, to, { offset: 0, limit });
    expect(titles(result.stories.flatMap(({ reports }) => reports))).toBe(expected);
    expect(result.total).toBe(total);
  });

  it('is turned in pages as well', async () => {
    await fill();
    const { stories, total } = await articles.stories(1, 5, { offset: 1, limit: 2 });
    expect(titles(stories.flatMap(({ reports }) => reports))).toBe('Bốn Hai');
    expect(total).toBe(3);
  });

  it('does not bring back what a reader has had: an article that returns keeps its number', async () => {
    await fill();
    await room.round({ '3.txt': `${text('Ba', [], '2026-01-06')}\n\nNguồn: TASS.` });
    const { total } = await articles.stories(5, await articles.lastSeq(), { offset: 0, limit: 9 });
    expect(total).toBe(0);
    expect(await articles.lastSeq()).toBe(5);
  });
});

describe('a long article', () => {
  it('is read whole to be opened, and only in its beginning to be listed', async () => {
    await room.round({ 'long.txt': `${text('Dài', ['mở đầu'])}\n\n${'một hai ba bốn '.repeat(5_000)}hết` });
    const { id } = await room.at('long.txt');
    expect((await articles.byId(id))?.body).toMatch(/^một hai[^]*bốn hết$/u);
    await room.round({ 'summary.txt': `${text('Ngắn')}\n\n${'một hai '.repeat(5_000)}` });
    const { id: other } = await room.at('summary.txt');
    expect((await articles.byId(other))?.summary?.length).toBeGreaterThan(39_000);
    expect((await articles.byIds([other]))[0]?.summary).toHaveLength(25_000);
    await room.round({ 'summary.txt': null });
    const lists = [
      await articles.byIds([id]),
      await articles.latest({ maxSeq: ALL, offset: 0, limit: 1 }),
      await articles.reports(id),
    ];
    for (const [listed] of lists) {
      expect(listed?.title).toBe('Dài');
      expect(listed?.body).toMatch(/^một hai[^]*$/u);
      expect(listed?.body).toHaveLength(25_000);
    }
  });

  it('has the same passages in a list as it has as a whole', async () => {
    const before = 'một hai ba bốn '.repeat(1_300);
    await room.round({
      'long.txt': `${text('Dài', ['mở đầu'])}\n\n${before}cuối đoạn ${'năm sáu '.repeat(9_000)}`,
    });
    const { id } = await room.at('long.txt');
    const [listed] = await articles.byIds([id]);
    const whole = await articles.byId(id);
    if (listed === undefined || whole === null) throw new Error('it is there');
    expect(listed.body.length).toBeLessThan(whole.body.length);
    for (const query of ['cuoi doan', 'năm', 'dài', 'không có']) {
      expect(excerpt(listed, query, 180)).toEqual(excerpt(whole, query, 180));
    }
    expect(excerpt(listed, 'cuoi doan', 180).some(({ match }) => match)).toBe(true);
  });
});

describe('refused files', () => {
  it('are counted and shown with their reasons, also those that keep an article', async () => {
    await room.round({ 'good.txt': text('Một'), 'worse.txt': text('Hai') });
    await room.round({
      'bad.txt': { ok: false, refusal: { reason: 'undated', detail: 'begins with "x"' } },
      'worse.txt': { ok: false, refusal: { reason: 'empty', detail: '0 bytes' } },
    });
    expect(await articles.refusalCount()).toBe(2);
    expect(await articles.refusals(10)).toEqual([
      { path: 'bad.txt', reason: 'undated', detail: 'begins with "x"' },
      { path: 'worse.txt', reason: 'empty', detail: '0 bytes' },
    ]);
    expect(await articles.refusals(1)).toHaveLength(1);
    expect(await articles.count(ALL)).toBe(2);
    await room.round({ 'bad.txt': null, 'worse.txt': text('Hai') });
    expect(await articles.refusalCount()).toBe(0);
  });
});
