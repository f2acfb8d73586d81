import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Corpus } from '../../src/search/corpus.ts';
import { createLexicon } from '../../src/search/lexicon.ts';
import { createShelf, type Shelf } from '../../src/search/shelf.ts';
import { openCorpus } from '../../src/store/corpus.ts';
import { openLibrary, type Library } from './library.ts';

const LONG = 'giá vàng tăng mạnh '.repeat(250);
/** Room for twenty-three of these. */
const MAX_WORDS = 26_000;

let library: Library;
let corpus: Corpus;
let shelf: Shelf;
/** What was read from the store since it was last emptied. */
let read: number[];

beforeEach(async () => {
  library = await openLibrary({
    ...Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [`long${i}`, { title: `Dài ${i}`, body: LONG }]),
    ),
    short: { title: 'Ngắn' },
  });
  corpus = openCorpus(library.databaseFile);
  read = [];
  const watched: Corpus = {
    ...corpus,
    read(seqs) {
      read.push(...seqs);
      return corpus.read(seqs);
    },
  };
  shelf = createShelf(watched, createLexicon(), MAX_WORDS);
});

afterEach(async () => {
  corpus.close();
  await library.close();
});

/** Which of these it had to read from the store. */
function ask(seqs: readonly number[]): number[] {
  read = [];
  expect(
    shelf
      .read(seqs)
      .map(({ seq }) => seq)
      .sort((a, b) => a - b),
  ).toEqual(seqs);
  return read;
}

const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('the shelf', () => {
  test('has room for so many words, not for so many articles', () => {
    for (const seq of numbers(1, 30)) ask([seq]);
    expect(ask(numbers(8, 30))).toEqual([]);
    expect(ask([1])).toEqual([1]);
  });

  test('puts away what was not asked for longest', () => {
    for (const seq of numbers(1, 23)) ask([seq]);
    ask([1]);
    ask([24]);
    expect(ask([1])).toEqual([]);
    expect(ask([2])).toEqual([2]);
  });

  test('reads more than it has room for when that is asked at once', () => {
    expect(ask(numbers(1, 31))).toEqual(numbers(1, 31));
  });

  test('makes room for as much as was dropped', () => {
    for (const seq of numbers(1, 23)) ask([seq]);
    shelf.drop(1);
    shelf.drop(1);
    ask([24]);
    expect(ask(numbers(2, 24))).toEqual([]);
    expect(ask([1])).toEqual([1]);
  });
});
