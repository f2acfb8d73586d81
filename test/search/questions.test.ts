/** Queries of eight and more words: hardly an article has them all, and where most stand together is the answer. */
import { expect, test } from 'vitest';
import { ask, openLibrary, type Item } from './library.ts';

const QUESTION = 'bao nhiêu người bị thương trong vụ cháy chợ đêm';

/** Dozens of long articles that have every word of the question somewhere, as any long article has. */
const SCATTERED = Object.fromEntries(
  Array.from({ length: 25 }, (_, n): [string, Item] => [
    `scattered${n}`,
    {
      title: `Chuyện thứ ${n}`,
      body: `Bao giờ cũng thế, nhiêu khê lắm. Người ta bị phạt. Họ thương lượng trong phòng. Vụ kiện kéo dài.
        Nắng cháy da. Đi chợ về muộn. Đêm xuống, ngày ${n}.`,
    },
  ]),
);

const ANSWER: Item = {
  title: 'Ba mươi mốt nạn nhân nằm viện',
  body: 'Sau vụ cháy chợ đêm, ba mươi mốt người bị thương đã được đưa đi cấp cứu ngay trong buổi tối.',
};

async function withArticles(
  items: Record<string, Item>,
  work: (search: (text: string) => ReturnType<typeof ask>) => void,
): Promise<void> {
  const library = await openLibrary(items);
  try {
    const engine = library.engine();
    work((text) => ask(engine, text));
  } finally {
    await library.close();
  }
}

test.each([
  ['as it is', QUESTION],
  ['without accents', 'bao nhieu nguoi bi thuong trong vu chay cho dem'],
])('an answer that lacks a word comes before articles with all words anywhere (%s)', async (_, text) => {
  await withArticles({ answer: ANSWER, ...SCATTERED }, (search) => {
    const { hits, total } = search(text);
    expect(hits[0]?.id).toBe('answer');
    expect(total).toBe(26);
  });
});

test('of a short query articles that lack a word are no hits, when enough have all', async () => {
  await withArticles({ answer: ANSWER, ...SCATTERED }, (search) => {
    expect(search('bao nhiêu người cháy').hits.map(({ id }) => id)).not.toContain('answer');
  });
});

test('of seven syllables that name things none may be missing, while articles have them all', async () => {
  const city = 'thành phố Hồ Chí Minh';
  const of = (count: number, item: (n: number) => Item): Record<string, Item> =>
    Object.fromEntries(
      Array.from({ length: count }, (_, n) => [`${item(n).title.slice(0, 3).trim()}${n}`, item(n)]),
    );
  const rain = of(12, (n) => ({ title: `Mưa lớn gây ngập lần ${n}`, body: `Hôm ${n} ở ${city} trời tối.` }));
  const other = of(12, (n) => ({ title: `Thành phố Hồ Chí Minh mở rộng lần ${n}`, body: `Ngày ${n}.` }));
  const noise = of(200, (n) => ({ title: `Tin khác ${n}` }));
  await withArticles({ ...rain, ...other, ...noise }, (search) => {
    const { hits, total } = search(`mưa lớn ${city}`);
    expect(hits.every(({ id }) => id.startsWith('Mưa'))).toBe(true);
    expect(total).toBe(12);
  });
});

test('a sentence that stands somewhere is found first, and others with some of its words are not looked for', async () => {
  const sentence = 'ba mươi mốt người bị thương đã được đưa đi cấp cứu';
  const other = { title: 'Bệnh viện', body: 'Ba mươi mốt người bị thương, nay đã được đưa về nhà.' };
  const exact = (n: number): Item => ({ title: `Tin số ${n}`, body: `Hôm ấy ${sentence}, theo báo ${n}.` });
  const noise = Object.fromEntries(
    Array.from({ length: 40 }, (_, n): [string, Item] => [`noise${n}`, { title: `Tin khác ${n}` }]),
  );
  await withArticles({ other, ...noise, a: exact(1), b: exact(2), c: exact(3) }, (search) => {
    expect(
      search(sentence)
        .hits.map(({ id }) => id)
        .sort(),
    ).toEqual(['a', 'b', 'c']);
  });
});
