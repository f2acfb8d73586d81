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

/** The accents that are typed stand somewhere in each of them, as they do in any longer text. */
const CO = {
  co: { title: 'Đang ăn có khách đến nhà', body: 'Công an cơ quan có mặt.', date: '2020-01-01' },
  com: { title: 'Đang ăn cơm thì mất điện', body: 'Cơ sở có điện lại.', date: '2020-01-01' },
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
const ROUND = {
  second: { title: 'Bóng đá', body: 'Kết quả vòng 20 được công bố.' },
  year: { title: 'Kết quả bầu cử', body: 'Vòng bỏ phiếu cuối diễn ra trong năm 2025 và 2026.' },
};

test.each([
  ['đầu tiên khoảng 22', ['tonnes', 'others'], 'behind a phrase a number may be unfinished'],
  ['khoảng 22', ['others'], 'behind a single word it is what was typed'],
])('%s: %j (%s)', async (query, order) => {
  expect(await found(TONNES, query)).toEqual(order);
});

test('a number that stands there as a phrase is not the beginning of a year', async () => {
  expect(await found(ROUND, 'kết quả vòng 20')).toEqual(['second']);
});

/** Articles that are no copies of one another. */
const crowdOf = (count: number, item: (own: string, n: number) => Item): Record<string, Item> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, n) => [
      `crowd${n}`,
      item(Array.from({ length: 9 }, (_, k) => `chữ${n}v${k}`).join(' '), n),
    ]),
  );

test('articles with the words before the end do not crowd out those that have all words', async () => {
  const merkel = { title: 'Bà Merkel của Đức và vị thủ tướng trẻ', date: '2020-01-01' };
  const items = {
    ...{ merkel, another: { title: 'Vị thủ tướng mà bà Merkel của nước Đức gặp', date: '2020-01-01' } },
    ...crowdOf(45, (own) => ({ title: `Thủ tướng Đức Olaf Scholz thăm ${own}` })),
  };
  for (const query of ['thủ tướng đức merk', 'thu tuong duc merk']) {
    expect((await found(items, query)).slice(0, 2).sort(), query).toEqual(['another', 'merkel']);
  }
});

test('of many articles with the words before the end those that go on as typed come first', async () => {
  const items = {
    meant: { title: 'Một bài', body: 'Hôm qua thủ tướng sẽ chỉ hứa suông.', date: '2020-01-01' },
    ...crowdOf(60, (own, n) => ({
      title: own,
      // Each with another word that begins so, apart, and more frequent than the one that is meant.
      body: `Thủ tướng sẽ chỉ ${own} hu${'bcdghklmnpqrstv'[n % 15] ?? ''}${'xyz'[n % 3] ?? ''}`,
    })),
  };
  expect((await found(items, 'thủ tướng sẽ chỉ hứ'))[0]).toBe('meant');
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

const WATER = {
  water: { title: 'Floodwater recedes', body: 'Families return home.', source: 'Gazette' },
  other: { title: 'A quiet day', body: 'Nothing happened.', source: 'Gazette' },
};

test.each([
  ['flood', ['water']],
  ['flood source:gazette', ['water']],
  ['flood after:2020-01-01', ['water']],
  ['flood -quiet', ['water']],
  // What is in quotes, or may be chosen, is meant as it stands.
  ['"flood" source:gazette', []],
  ['flood OR storm source:gazette', []],
])('%s: %j (conditions behind a word do not finish it)', async (query, order) => {
  expect(await found(WATER, query)).toEqual(order);
});
