/**
 * An archive in which more articles than are counted, all newer, have every word of the query in their titles, apart: the
 * old one with the words side by side comes first.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MAX_HITS } from '../../src/search/candidates.ts';
import type { Engine } from '../../src/search/engine.ts';
import { names, openLibrary, type Item, type Library } from './library.ts';

const CROWD = MAX_HITS + 100;

function filler(i: number): Item {
  const [one, two, three] = ['a', 'b', 'c'].map((letter) => `chữ${i}${letter}`);
  return { title: `Giới ${one} vàng ${two} thế ${three} giá`, body: `Bài ${i}` };
}

let library: Library;
let engine: Engine;
beforeAll(async () => {
  const crowd = Array.from({ length: CROWD }, (_, i): [string, Item] => [`f${i}`, filler(i)]);
  library = await openLibrary({
    body: { title: 'Chuyện chợ', body: 'Hôm ấy giá vàng thế giới đi ngang.', date: '2020-01-01' },
    pairs: { title: 'Chuyện nhà', body: 'Thế giới này lạ, mà giá vàng cũng lạ.', date: '2020-01-01' },
    year: { title: 'Chuyện thi', body: 'Giá vàng thế giới 2019 đi lên.', date: '2020-01-01' },
    ...Object.fromEntries(crowd),
  });
  engine = library.engine();
});
afterAll(() => library.close());

test.each([
  ['giá vàng thế giới', ['year', 'body'], 'as it was typed'],
  ['gia vang the gioi', ['year', 'body'], 'without accents'],
  ['giá vàng thế gi', ['year', 'body'], 'with an unfinished word'],
  ['gia vang the gio', ['year', 'body'], 'with an unfinished word, without accents'],
  ['giá vàng thế giới 201', ['year'], 'with an unfinished year'],
  ['thế giới lạ giá vàng', ['pairs'], 'by two pairs of neighbours'],
])('%s: %j (%s)', (query, best) => {
  expect(names(engine, query).slice(0, best.length).sort()).toEqual([...best].sort());
});
