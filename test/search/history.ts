/** Histories of a store, and the comparison of an index that followed one with an index made afresh. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Engine } from '../../src/search/engine.ts';
import { ask, openLibrary, type Item } from './library.ts';

/** Few, so that the same words meet in ever new articles, and close enough to one another for slips. */
const SYLLABLES = [
  ...['giá', 'vàng', 'thế', 'giới', 'tổng', 'thống', 'Mỹ', 'my', 'năm', 'nam', 'đường', 'dương'],
  ...['bão', 'báo', 'hòa', 'hoà', 'bình', 'kinh', 'tế', 'G20', 'bitcoin', 'Miami', '東京', 'chứng', 'khoán'],
];

const words = (max: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...SYLLABLES), { minLength: 1, maxLength: max })
    .map((syllables) => syllables.join(' '));

const item: fc.Arbitrary<Item> = fc.record({
  title: words(7),
  summary: words(10),
  body: words(30),
  source: fc.constantFrom('Reuters', 'Tuổi Trẻ', 'Báo Tin tức'),
  date: fc.constantFrom('2025-12-01', '2025-12-20', '2024-05-05', '2025-12-23T20:00:00.000Z'),
});

/** Which article, and what it says from then on; null when it is removed. */
export type Step = [number, Item | null];

/** @param articles how many there are to choose from */
export const rounds = (articles: number, count: number): fc.Arbitrary<Step[][]> =>
  fc.array(
    fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: articles - 1 }), fc.option(item, { freq: 3 })), {
      minLength: 1,
      maxLength: 30,
      selector: ([at]) => at,
    }),
    { minLength: count, maxLength: count, size: 'max' },
  );

const QUESTIONS = [
  ...[
    'giá vàng',
    'gia vang the gioi',
    'tổng thống Mỹ',
    'tongthong',
    'năm',
    'nam',
    'bitcion',
    'kinh t',
    'bão',
  ],
  ...['"hòa bình"', 'vàng -bitcoin', 'source:reuters', 'đường after:2025-12-02', '東京', 'on:2025-12-24'],
  ...['giá OR bão', 'toongr thoongs', 'miami chứng khoán bitcoin năm bình', 'không có'],
];

/** All that an engine says about the store. */
export function answers(engine: Engine, articles: number): unknown {
  return {
    found: QUESTIONS.map((text) => [text, ask(engine, text), ask(engine, text, { order: 'newest' })]),
    related: Array.from({ length: articles }, (_, i) => engine.related(i + 1, 5)),
    articles: engine.status().articles,
  };
}

export interface Course {
  articles: number;
  window: number;
  /** After how many rounds the engine is closed and opened again. */
  reopenEvery: number;
}

/** Lets an engine follow a history in small pieces, and compares it with one that sees the outcome alone. */
export async function compareAfter(history: readonly Step[][], course: Course): Promise<void> {
  const library = await openLibrary();
  try {
    const { articles, window, reopenEvery } = course;
    const known = new Set<number>();
    let grown = library.engine({ window });
    for (const [i, round] of history.entries()) {
      // Only what was there once can be removed.
      const steps = round.filter(([at, content]) => content !== null || known.has(at));
      for (const [at] of steps) known.add(at);
      await library.put(Object.fromEntries(steps.map(([at, content]) => [`a${at}`, content])));
      grown.step(1);
      if (i % reopenEvery !== reopenEvery - 1) continue;
      grown.close();
      grown = library.engine({ window });
      expect(grown.status().rebuilt).toBeNull();
    }
    grown.catchUp();
    const afresh = library.engine({ indexFile: ':memory:', window });
    expect(answers(grown, articles)).toEqual(answers(afresh, articles));
  } finally {
    await library.close();
  }
}
