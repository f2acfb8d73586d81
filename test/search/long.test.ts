/** Articles as long as books, of which the ranking reads the beginning and the index everything. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Engine } from '../../src/search/engine.ts';
import { ask, names, openLibrary, type Library } from './library.ts';

const CHAPTER = 'Chương này nói về mùa màng và những phiên chợ trong vùng. ';
const BOOK = `${CHAPTER.repeat(6_000)}Sau cùng là ngọn hải đăng Kê Gà. `;

let library: Library;
let engine: Engine;

beforeEach(async () => {
  library = await openLibrary({
    book: { title: 'Một cuốn sách', body: BOOK, date: '2025-12-20' },
    near: { title: 'Chuyến đi biển', body: 'Người ta dừng ở Kê Gà, nơi có hải đăng.', date: '2025-12-19' },
    some: { title: 'Ngọn hải đăng Đại Lãnh', body: 'Một nơi khác.', date: '2025-12-20' },
  });
  engine = library.engine();
});
afterEach(() => library.close());

test('are found by what stands at their end, as by what stands deep in a long text', () => {
  // As a phrase, which says more than words that are near each other.
  expect(names(engine, 'hai dang ke ga')).toEqual(['book', 'near']);
  expect(names(engine, 'hải đăng Kê Gà')).toEqual(['book', 'near']);
  // Not as a phrase.
  expect(names(engine, 'ke ga hai')).toEqual(['near', 'book']);
});

test('are found by a phrase at their end, without other words being offered', () => {
  for (const text of [
    '"hải đăng Kê Gà"',
    'ngon hai dang ke ga',
    'ngọn hải đăng Kê Gà',
    'ngon hai dang ke g',
  ]) {
    expect(names(engine, text)[0], text).toBe('book');
    expect(ask(engine, text).suggestions, text).toEqual([]);
  }
  expect(names(engine, '"hải đăng Kê Gà"')).toEqual(['book']);
});

test('come before articles that lack words, in both orders', async () => {
  await library.put({ near: null, cape: { title: 'Mũi Kê Gà', body: 'Kê Gà có đăng.', date: '2025-12-22' } });
  engine.catchUp();
  expect(names(engine, 'hai dang ke ga')[0]).toBe('book');
  expect(names(engine, 'hai dang ke ga', { order: 'newest' })).toEqual(['book']);
});

test('are found behind a thousand newer articles that have all the words', async () => {
  const many = Array.from({ length: 1_050 }, (_, i) => [
    `many${i}`,
    { title: `Bản tin ${i}`, body: `Gà ${i} thì kê, còn đăng ${i} ở hải.`, date: '2025-12-23' },
  ]);
  await library.put(Object.fromEntries(many) as Record<string, { title: string }>);
  engine.catchUp();
  expect(names(engine, 'hai dang ke ga')[0]).toBe('book');
});

test('are found among the few of a day', () => {
  expect(names(engine, 'hai dang ke ga on:2025-12-20')[0]).toBe('book');
});

test('are left out for what stands at their end', () => {
  expect(names(engine, 'mua mang')).toEqual(['book']);
  expect(names(engine, 'mua mang -"ke ga"')).toEqual([]);
});
