/** The query language, as the engine obeys it; how it is read is in `query.test.ts`. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/search/engine.ts';
import type { SearchNote } from '../../src/search/searcher.ts';
import { FIXTURE } from './fixture.ts';
import { ask, names, openLibrary, type Item, type Library } from './library.ts';

let library: Library;
let engine: Engine;
beforeAll(async () => {
  library = await openLibrary(FIXTURE);
  engine = library.engine();
});
afterAll(() => library.close());

const sorted = (list: string): string[] => list.split(' ').filter(Boolean).sort();

describe('what a query leaves over', () => {
  test.each([
    ['"giá vàng"', 'vang-cum vang-cap', 'the words side by side only'],
    ['"gia vang"', 'vang-cum vang-cap', 'the same without accents'],
    ['"hoà bình"', 'hoa-binh-moi hoa-binh-cu', 'whichever way the tone was placed'],
    ['"vàng giá"', '', 'in this order only'],
    ['vàng -"giá vàng"', 'vang-roi', 'without a phrase'],
    ['thời tiết -đêm', 'hom-nay hom-qua', 'without a word'],
    ['thời tiết -đêm -nắng', 'hom-nay', 'without either'],
    ['bitcoin OR facebook', 'bitcoin facebook', 'one or the other'],
    ['bitcoin OR facebook OR "điểm chuẩn"', 'bitcoin facebook dai-hoc', 'or a phrase'],
    ['bitcoin OR facebook -"giao diện"', 'bitcoin', 'with a condition on both'],
    ['"tổng thống" OR "thủ tướng" miami', 'tong-thong', 'what stands beside an OR is wanted too'],
    ['source:reuters', 'bitcoin english', 'a field alone lists all of it'],
    ['source:Reuters bitcoin', 'bitcoin', 'a field with a word'],
    ['nguồn:"Tuổi Trẻ"', 'thu-tuong chung-khoan tin-chung-b', 'Vietnamese name, value in quotes'],
    ['nguon:"tuoi tre"', 'thu-tuong chung-khoan tin-chung-b', 'without accents'],
    ['nguồn:tuổi', 'thu-tuong chung-khoan tin-chung-b', 'one word of the name'],
    ['nguồn:tuổ', '', 'but whole words'],
    ['tácgiả:"Bích Hồng"', 'tong-thong', 'the author'],
    ['tacgia:an', 'thu-tuong', 'one word of the name, which others only contain'],
    ['lang:en', 'english english-2', 'the language'],
    ['lang:en planes', 'english-2', 'the language with a word'],
    ['lang:ja', 'nhat', 'another language'],
    ['-bitcoin source:reuters', 'english', 'a field and what is unwanted'],
    ['after:2025-12-24', 'hom-nay qua-dem', 'from this day on; an instant counts in the zone of the reader'],
    ['on:2025-12-23', 'hom-qua le-hoi-than', 'this day'],
    ['on:hôm qua', 'hom-qua le-hoi-than', 'a day with a name'],
    ['before:2024-01-01', 'le-hoi-tua', 'earlier than'],
    ['từ:12/12/2025 đến:13/12/2025', 'bitcoin chung-khoan', 'both ends included'],
    ['after:2025-12-12 before:2025-12-13', 'bitcoin', 'the end excluded'],
    ['after:2025-12-12 before:2025-12-10', '', 'an empty range is empty, not everything'],
    ['thời tiết hôm nay', 'hom-nay qua-dem', 'a day among words'],
    ['thoi tiet hom qua', 'hom-qua', 'the same without accents'],
    ['thời tiết yesterday', 'hom-qua', 'in English'],
    ['thời tiết 7d', 'hom-nay hom-qua qua-dem', 'the last seven days'],
    ['-bitcoin -facebook on:2025-12-12', '', 'conditions only'],
    ['hôm nay', 'hom-nay qua-dem', 'a day alone lists that day'],
    ['hom qua', 'hom-qua le-hoi-than', 'the same without accents'],
    ['today', 'hom-nay qua-dem', 'in English'],
    ['2d', 'hom-nay qua-dem hom-qua le-hoi-than', 'the last days alone'],
    ['source:reuters 30d', 'bitcoin english', 'days beside a field'],
    ['"năm"', 'nam-moi nam-hoc bac-si bitcoin', 'an accent in quotes is wanted'],
    [
      'nam -năm',
      'mien-nam nam-gioi ca-phe ho-tieu',
      'who does not want the year has nothing against the south',
    ],
  ])('%s: %s (%s)', (query, expected) => {
    const { hits, total } = ask(engine, query);
    expect(hits.flatMap(({ id, folded }) => [id, ...folded]).sort()).toEqual(sorted(expected));
    expect(total).toBe(hits.length);
  });

  test('days are those of the zone that asks', () => {
    const there = names(engine, 'thời tiết on:2025-12-23', { zone: 'Europe/London' });
    expect(there.sort()).toEqual(['hom-qua', 'qua-dem']);
  });

  test('conditions alone list the newest first', () => {
    expect(names(engine, 'source:reuters')).toEqual(['bitcoin', 'english']);
  });
});

describe('the answer says how the query was understood', () => {
  test.each<[string, string | null, string]>([
    ['giá vàng', null, 'just words'],
    ['nguồn:reuters từ:1/12/2025', 'source:reuters after:2025-12-01', 'fields in their canonical form'],
    ['thời tiết hôm nay', 'thời tiết on:2025-12-24', 'a day that was found'],
    ['xổ số hôm nay', null, 'nothing on that day: words'],
    ['bitcoin today source:reuters', 'bitcoin today source:reuters', 'the same beside another condition'],
    ['after:soon', null, 'what is no day is words'],
    ['vàng -"giá vàng"', 'vàng -"giá vàng"', 'operators'],
  ])('%s: %s (%s)', (query, understood) => {
    expect(ask(engine, query).understood).toBe(understood);
  });

  test.each<[string, SearchNote[]]>([
    ['giá vàng "thế giới" source:reuters', []],
    ['thời tiết hôm nay', []],
    ['xổ số hôm nay', ['day-as-words']],
    ['bitcoin today', ['day-as-words']],
    ['after:2025-99-01 vàng', ['unknown-day']],
    ['giá "vàng', ['unbalanced-quote']],
    ['vàng source:', ['empty-field']],
    ['vàng '.repeat(70), ['cut']],
    ['"a after:soon before:later hôm qua', ['unbalanced-quote', 'unknown-day', 'day-as-words']],
  ])('%j: what was not taken as written is %j', (query, notes) => {
    expect(ask(engine, query).notes).toEqual(notes);
  });

  test.each(['', ' ', '"', '-', '- -', '😀', '\u0301', '…?!'])(
    '%j has no words and finds nothing',
    (query) => {
      expect(ask(engine, query)).toMatchObject({ total: 0, suggestions: [], understood: null });
    },
  );
});

describe('the reasons for a place', () => {
  const why = (query: string): string[] =>
    engine.explain({ text: query, offset: 0, limit: 1, order: 'relevance', now: 0, zone: 'UTC' })[0]
      ?.reasons ?? [];

  test.each([
    ['giá vàng thế giới', /phrase in title/],
    ['siêu bão yagi', /phrase in title/],
    ['bitcion', /corrected to "bitcoin"/],
    ['toongr thoongs', /decoded/],
    ['cà phê nông dân Tây Nguyên', /of the query/],
  ])('%s: %s', (query, reason) => {
    expect(why(query).join('; ')).toMatch(reason);
  });
});

describe('days with few articles, of which all are read, and with many', () => {
  const DAYS = ['2025-11-02', '2025-11-03', '2025-11-04'];
  const dated = (count: number): Record<string, Item> =>
    Object.fromEntries(
      Array.from({ length: count }, (_, n): [string, Item] => [
        `a${n}`,
        {
          title: n % 2 === 0 ? `Nước lũ dâng cao lần ${n}` : `Nước sông rút dần lần ${n}`,
          body: `Báo số ${n}. ${n % 4 === 0 ? 'Mưa lớn.' : 'Trời tạnh.'}`,
          date: DAYS[n % 3] ?? '',
          source: n % 5 === 0 ? 'Báo Sông' : 'Báo Biển',
        },
      ]),
    );

  test.each([30, 200])(
    'of %i articles in three days those are found that meet all conditions',
    async (count) => {
      const dates = await openLibrary(dated(count));
      try {
        const days = dates.engine();
        const found = (query: string): string[] =>
          ask(days, query)
            .hits.flatMap(({ id, folded }) => [id, ...folded])
            .sort();
        const those = (test: (n: number) => boolean): string[] =>
          Array.from({ length: count }, (_, n) => n)
            .filter(test)
            .map((n) => `a${n}`)
            .sort();
        const on = (day: number, n: number): boolean => n % 3 === day;
        const flood = (n: number): boolean => n % 2 === 0;
        const rain = (n: number): boolean => n % 4 === 0;
        expect(found('nước lũ on:2025-11-03')).toEqual(those((n) => on(1, n) && flood(n)));
        expect(found('nước on:2025-11-03')).toEqual(those((n) => on(1, n)));
        expect(found('nước lũ on:2025-11-03 -mưa')).toEqual(those((n) => on(1, n) && flood(n) && !rain(n)));
        expect(found('"mưa lớn" lũ before:2025-11-03')).toEqual(those((n) => on(0, n) && rain(n)));
        expect(found('nước lũ source:"báo sông" after:2025-11-04')).toEqual(
          those((n) => on(2, n) && flood(n) && n % 5 === 0),
        );
        expect(found('lũ OR tạnh on:2025-11-04')).toEqual(those((n) => on(2, n) && (flood(n) || !rain(n))));
        expect(found('nước lũ on:2025-11-05')).toEqual([]);
      } finally {
        await dates.close();
      }
    },
  );
});

test.each([30, 80])(
  'hits of a day that lack a word are none when enough have all, with %i others too',
  async (others) => {
    const of = (name: string, count: number, title: string): [string, Item][] =>
      Array.from({ length: count }, (_, n) => [
        `${name}${n}`,
        { title: `${title} lần ${n}`, date: '2025-11-03' },
      ]);
    const items = [
      ...of('gold', 5, 'Giá vàng tăng'),
      ...of('medal', 2, 'Huy chương vàng'),
      ...of('other', others, 'Giá khác'),
    ];
    const day = await openLibrary(Object.fromEntries(items));
    try {
      expect(names(day.engine(), 'giá vàng on:2025-11-03').sort()).toEqual(
        [0, 1, 2, 3, 4].map((n) => `gold${n}`),
      );
    } finally {
      await day.close();
    }
  },
);
