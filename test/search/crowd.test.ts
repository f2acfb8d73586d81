/** More articles with all words of a query than are read and scored: the best come first all the same, and pages hold together. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/search/engine.ts';
import { ask, names, NOW, openLibrary, ZONE, type Item, type Library } from './library.ts';

const CROWD = 260;

/** Different enough not to be copies of one another, each with all words of the questions, apart. */
function filler(i: number): Item {
  const own = Array.from({ length: 12 }, (_, k) => `chữ${i}v${k}`).join(' ');
  return { title: `Vàng ${own}`, summary: `Thế ${own} giá`, body: `${own} giới ${own} lạ` };
}

let library: Library;
let engine: Engine;
beforeAll(async () => {
  const crowd = Array.from({ length: CROWD }, (_, i): [string, Item] => [`f${i}`, filler(i)]);
  // The oldest of all, so that nothing speaks for it but its words.
  library = await openLibrary({
    phrase: { title: 'Giá vàng thế giới đi ngang', date: '2020-01-01' },
    body: { title: 'Chuyện chợ', body: 'Hôm ấy giá vàng thế giới đi ngang.', date: '2020-01-01' },
    pair: { title: 'Thế giới lạ, giá vàng', date: '2020-01-01' },
    ...Object.fromEntries(crowd),
  });
  engine = library.engine();
});
afterAll(() => library.close());

test.each([
  [
    'giá vàng thế giới',
    ['phrase', 'body', 'pair'],
    'a phrase, wherever, before neighbours, before 260 newer',
  ],
  ['gia vang the gioi', ['phrase', 'body', 'pair'], 'without accents'],
  ['"giá vàng thế giới"', ['phrase', 'body'], 'only them'],
  ['giá vàng thế giới lạ', ['pair'], 'the only one with most neighbours'],
])('%s: %j (%s)', (query, best) => {
  expect(names(engine, query).slice(0, best.length)).toEqual(best);
});

test('all of them are counted, and every page has its own', () => {
  const { total } = ask(engine, 'giá vàng thế giới', { limit: 5 });
  expect(total).toBe(CROWD + 3);
  const pages = Array.from({ length: 14 }, (_, page) =>
    names(engine, 'giá vàng thế giới', { offset: page * 20, limit: 20 }),
  );
  expect(pages.map((page) => page.length)).toEqual([...Array.from({ length: 13 }, () => 20), 3]);
  expect(new Set(pages.flat()).size).toBe(CROWD + 3);
});

test('the newest first is the order of days for all of them', () => {
  const all = names(engine, 'giá vàng thế giới', { order: 'newest', limit: 1_000 });
  expect(all.length).toBe(CROWD + 3);
  expect(all.slice(-3).sort()).toEqual(['body', 'pair', 'phrase']);
});

test('one frequent word finds those with it in the title first', () => {
  const page = names(engine, 'vàng', { limit: 10 });
  expect(page.length).toBe(10);
  expect(page).not.toContain('body');
  expect(ask(engine, 'vàng').total).toBe(CROWD + 3);
});

test('the reasons say which hits were too many to be scored', () => {
  const request = { text: 'giá vàng thế giới', limit: 1, order: 'relevance' as const, now: NOW, zone: ZONE };
  expect(engine.explain({ ...request, offset: 0 })[0]).toMatchObject({
    id: 'phrase',
    score: expect.any(Number) as number,
  });
  expect(engine.explain({ ...request, offset: 200 })[0]).toMatchObject({ score: null });
  expect(engine.explain({ ...request, offset: 900 })).toEqual([]);
});

describe('a phrase that hundreds of newer articles have in their summaries', () => {
  let many: Library;
  beforeAll(async () => {
    const summaries = Array.from({ length: 340 }, (_, i): [string, Item] => [
      `s${i}`,
      { ...filler(i), summary: `Hôm nay giá dầu thế giới tăng. ${filler(i).summary ?? ''}` },
    ]);
    many = await openLibrary({
      title: { title: 'Vì sao giá dầu thế giới lên xuống mỗi ngày một khác', date: '2020-01-01' },
      ...Object.fromEntries(summaries),
    });
  });
  afterAll(() => many.close());

  test.each(['giá dầu thế giới', 'gia dau the gioi', 'giá dầu thế gi', 'gia dau the g'])(
    '%s: first the one that has it in its title, though it is the oldest',
    (query) => {
      expect(names(many.engine(), query, { limit: 10 })[0]).toBe('title');
    },
  );
});
