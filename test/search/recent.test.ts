/** Words that nearly every article has are left out of the window, and nothing else changes by it. */
import { describe, expect, it } from 'vitest';
import { foldWord } from '../../src/search/fold.ts';
import { commonAbove, createRecent, type Recent } from '../../src/search/recent.ts';
import { names, openLibrary, type Item } from './library.ts';

const words = (text: string) => text.split(' ').map(foldWord);

function filled(common: string[]): Recent {
  const recent = createRecent(new Set(common));
  recent.add(1, words('giá vàng của hôm nay'), words('vàng của thế giới'));
  recent.add(2, words('của cải'), words('giá bạc'));
  recent.add(3, words('vàng của vua'), []);
  return recent;
}

describe('words that are common', () => {
  it('change neither the hits for other words nor their scores', () => {
    const ask = (recent: Recent) => [['vang'], ['gia'], ['cai']].map((forms) => recent.withAll([forms], 10));
    const hits = ask(filled(['cua']));
    expect(hits).toEqual(ask(filled([])));
    expect(hits[0]).toHaveLength(2);
  });

  it('are passed over in a question, whichever form of a word they are', () => {
    const recent = filled(['cua']);
    expect(recent.withAll([['cua', 'cai'], ['vua']], 10)).toEqual(recent.withAll([['vua']], 10));
    expect(recent.withAll([['cua']], 10)).toEqual([]);
  });

  it('stay in the texts, and go with their article', () => {
    const recent = filled(['cua']);
    expect(recent.texts(3)).toEqual(['vang cua vua', '']);
    recent.remove(3);
    expect(recent.texts(3)).toEqual([]);
    expect(recent.withAll([['vang']], 10).map(({ seq }) => seq)).toEqual([1]);
    expect([recent.size(), recent.lowest()]).toEqual([2, 1]);
  });

  it('are more than a thousand articles have, and more than a tenth of all', () => {
    expect([0, 5_000, 100_000].map(commonAbove)).toEqual([1_000, 1_000, 10_000]);
  });
});

it('the lowest number is known whatever is taken out, and put in again', () => {
  const recent = createRecent();
  const lowestAfter = (seq: number): number => {
    recent.remove(seq);
    return recent.lowest();
  };
  for (const seq of [9, 3, 4, 20]) recent.add(seq, words(`tin ${seq}`), []);
  expect([3, 9, 4].map(lowestAfter)).toEqual([4, 4, 20]);
  recent.add(7, words('tin cũ'), []);
  expect([recent.lowest(), ...[7, 20, 20].map(lowestAfter)]).toEqual([7, 20, 0, 0]);
  recent.add(2, words('tin đầu'), []);
  expect(recent.lowest()).toBe(2);
});

it(
  'an index that has grown past what is common answers as one that was made afresh',
  { timeout: 60_000 },
  async () => {
    const some = (from: number, to: number): Record<string, Item> =>
      Object.fromEntries(
        Array.from({ length: to - from }, (_, i) => [
          `n${from + i}`,
          { title: `Vàng tin${from + i} nhóm${(from + i) % 7}` },
        ]),
      );
    const library = await openLibrary(some(0, 300));
    const grown = library.engine();
    await library.put(some(300, 1_200));
    grown.catchUp();
    const fresh = library.engine({ indexFile: ':memory:' });
    for (const query of ['tin77 vang', 'nhom3 tin1102', 'vang', 'vang nhom5'])
      expect(names(grown, query)).toEqual(names(fresh, query));
    expect(names(grown, 'vang tin1102')[0]).toBe('n1102');
    expect(grown.status().windowComplete).toBe(true);
    await library.close();
  },
);
