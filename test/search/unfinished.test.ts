/** Queries that stop in the middle of a word: what the reader was on the way to is found, and what was typed is not lost. */
import { expect, test } from 'vitest';
import { names, openLibrary, type Item } from './library.ts';

async function found(items: Record<string, Item>, query: string): Promise<string[]> {
  const library = await openLibrary(items);
  try {
    return names(library.engine(), query);
  } finally {
    await library.close();
  }
}

const CO = {
  co: { title: 'Đang ăn có khách đến nhà', date: '2020-01-01' },
  com: { title: 'Đang ăn cơm thì mất điện', date: '2020-01-01' },
};

test.each([
  ['đang ăn cơ', 'com', 'the accent says that "có" is another word'],
  ['đang ăn có', 'co', 'the word as it was typed'],
  ['đang ăn có ', 'co', 'and finished'],
  ['dang an co', 'co', 'without accents it is a word as well'],
])('%s: %s first (%s)', async (query, first) => {
  expect((await found(CO, query))[0]).toBe(first);
});

const TONNES = {
  tonnes: { title: 'Xuất khẩu gạo', body: 'Lô hàng đầu tiên khoảng 220 tấn rời cảng.' },
  others: { title: '22 tàu cá', body: 'Khoảng chục người, lô hàng nào về đầu cảng, tiên liệu.' },
};

test.each([
  ['đầu tiên khoảng 22', ['tonnes', 'others'], 'behind a phrase a number may be unfinished'],
  ['khoảng 22', ['others'], 'behind a single word it is what was typed'],
])('%s: %j (%s)', async (query, order) => {
  expect(await found(TONNES, query)).toEqual(order);
});

test('an unfinished word that may become forty others is found where the words before it stand', async () => {
  const letters = 'b c d g h k l m n p r s t v x'.split(' ');
  const words = letters.flatMap((a) => letters.slice(0, 3).map((b) => `hu${a}${b}`));
  // Each of them is more frequent than the one that is meant, and has the words before it, apart.
  const crowd = words.flatMap((word, w) =>
    Array.from({ length: 3 }, (_, n): [string, Item] => {
      const own = Array.from({ length: 9 }, (_, k) => `chữ${w}n${n}v${k}`).join(' ');
      return [`c${w}-${n}`, { title: `Chỉ ${own}`, body: `Thủ tướng ${own} ${word} ${own} sẽ` }];
    }),
  );
  const items = {
    meant: { title: 'Một bài', body: 'Hôm qua thủ tướng sẽ chỉ hứa suông.', date: '2020-01-01' },
    ...Object.fromEntries(crowd),
  };
  expect((await found(items, 'thu tuong se chi hu'))[0]).toBe('meant');
  expect((await found(items, 'thủ tướng sẽ chỉ hư'))[0]).toBe('meant');
});
