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

test('are found by what stands at their end, after those that have it in front', () => {
  expect(names(engine, 'hai dang ke ga')).toEqual(['near', 'book']);
  expect(names(engine, 'hải đăng Kê Gà')).toEqual(['near', 'book']);
});

test('are found by a phrase at their end', () => {
  expect(names(engine, '"hải đăng Kê Gà"')).toEqual(['book']);
  expect(ask(engine, '"hải đăng Kê Gà"').suggestions).toEqual([]);
});

test('are found among the few of a day', () => {
  expect(names(engine, 'hai dang ke ga on:2025-12-20')[0]).toBe('book');
});

test('are left out for what stands at their end', () => {
  expect(names(engine, 'mua mang')).toEqual(['book']);
  expect(names(engine, 'mua mang -"ke ga"')).toEqual([]);
});
