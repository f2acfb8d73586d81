/** More hits than are read at once, in each way to find them: none is lost, and what is offered is the best. */
import { expect, test } from 'vitest';
import { ask, names, openLibrary, type Item, type Library } from './library.ts';

async function withLibrary<T>(items: Record<string, Item>, look: (library: Library) => T): Promise<T> {
  const library = await openLibrary(items);
  try {
    return look(library);
  } finally {
    await library.close();
  }
}

/** Articles that are no copies of one another. */
const several = (name: string, count: number, item: (own: string) => Item): Record<string, Item> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, n) => [
      `${name}${n}`,
      item(Array.from({ length: 9 }, (_, k) => `chữ${name}${n}v${k}`).join(' ')),
    ]),
  );

const MISTYPED = {
  ...several('lacking', 40, (own) => ({ title: `Messi nghỉ ${own}` })),
  ...several('apart', 40, (own) => ({ title: `Messi ${own}`, body: `${own} Barcelona` })),
};
const TOGETHER = { title: 'Ngày Messi Barcelona gặp lại', date: '2020-01-01' };

test.each([
  ['apart in all of them', MISTYPED, null],
  ['side by side in the oldest', { together: TOGETHER, ...MISTYPED }, 'together'],
])('a mistyped word: all articles with the words that were meant, %s', async (_, items, first) => {
  await withLibrary(items, (library) => {
    const found = names(library.engine(), 'messi barcelna');
    expect(found.filter((name) => name.startsWith('apart'))).toHaveLength(40);
    if (first !== null) expect(found[0]).toBe(first);
  });
});

test('one or the other: all articles with one of them, and those with both first', async () => {
  const items = {
    both: { title: 'Bitcoin và ethereum', date: '2020-01-01' },
    ...several('one', 40, (own) => ({ title: `Bitcoin ${own}`, source: 'Báo Một' })),
    ...several('other', 40, (own) => ({ title: own, body: `${own} ethereum`, source: 'Báo Hai' })),
  };
  await withLibrary(items, (library) => {
    const engine = library.engine();
    const found = names(engine, 'bitcoin OR ethereum');
    expect([found[0], found.length]).toEqual(['both', 81]);
    expect(names(engine, 'bitcoin OR ethereum source:hai')).toHaveLength(40);
    expect(names(engine, 'bitcoin OR "ethereum chữ"')).toHaveLength(41);
    expect(names(engine, '"bitcoin và" OR "ethereum"')).toHaveLength(41);
    expect(names(engine, 'bitcoin OR ethereum -bitcoin')).toHaveLength(40);
  });
});

test('all but an unfinished word in a handful of articles: conditions are kept', async () => {
  const items = {
    one: { title: 'Bà Merkel của Đức và thủ tướng Đức mới', source: 'Báo Một' },
    other: { title: 'Ông thủ tướng Đức Merz thăm nước Đức', source: 'Báo Hai' },
  };
  await withLibrary(items, (library) => {
    const engine = library.engine();
    expect(names(engine, 'source:hai thủ tướng đức mer')).toEqual(['other']);
    expect(names(engine, 'source:một thủ tướng đức mer')).toEqual(['one']);
    expect(names(engine, 'thủ tướng đức mer')).toEqual(['other', 'one']);
  });
});

test('of many ways to write what was meant, three are offered, the best first', async () => {
  const items = {
    body: { title: 'Chợ sớm', body: 'Gia vắng kho hàng.' },
    summary: { title: 'Chợ trưa', summary: 'Giả vàng kho hàng.' },
    title: { title: 'Giá vàng kho hàng' },
    far: { title: 'Chợ tối', body: `${'Chuyện khác hẳn. '.repeat(60)}Già váng kho hàng.` },
  };
  await withLibrary(items, (library) => {
    const { suggestions } = ask(library.engine(), 'gia vagn kho hang');
    expect(suggestions[0]).toBe('giá vàng kho hàng');
    expect([...suggestions].sort()).toEqual(['gia vắng kho hàng', 'giá vàng kho hàng', 'giả vàng kho hàng']);
  });
});
