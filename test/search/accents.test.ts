/** Two syllables of which one or both carry an accent: the articles that have just those come first, be they ever so few. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCorpus } from '../../src/store/corpus.ts';
import { sideBySide } from '../../src/search/spelling.ts';
import type { Engine } from '../../src/search/engine.ts';
import { names, openLibrary, type Item, type Library } from './library.ts';

/** More than are ever read for one query. */
const CROWD = 700;

/** Holds "tọa chờ", now and then a word before "chờ" that ends as "tòa" does, and, apart from each other, "tòa" and "chờ": so the index alone cannot tell it from what is looked for. */
function lookalike(i: number): Item {
  const own = Array.from({ length: 12 }, (_, k) => `chữ${i}v${k}`).join(' ');
  return {
    title: `Tin ${own}`,
    body: `${i % 4 === 0 ? 'Khoà chờ, t' : 'T'}ọa chờ ${own} tòa ${own} mắc.`,
    source: 'Báo Mới',
  };
}

let library: Library;
let engine: Engine;
beforeAll(async () => {
  const old = { date: '2020-01-01', source: 'Báo Mới' };
  library = await openLibrary({
    plain: { title: 'Chuyện một', body: 'Ai cũng ra tòa chờ đến lượt.', ...old },
    elsewhere: { title: 'Chuyện hai', body: 'Người ta đến toà chờ đến lượt mình.', ...old },
    large: { title: 'Toà Chờ Đợi', body: 'Một vở kịch.', ...old },
    comma: { title: 'Chuyện bốn', body: 'Họ ra toà, chờ cả ngày.', ...old },
    dash: { title: 'Chuyện bảy', body: 'Họ ra toà — chờ cả ngày.', ...old },
    capitals: { title: 'RA TÒA CHỜ ĐẾN LƯỢT', ...old },
    single: { title: 'Chuyện tám', body: 'Ăn và mặc.', ...old },
    removed: { title: 'Chuyện chín', body: 'Họ ra toà chờ.', ...old },
    longer: { title: 'Chuyện năm', body: 'Họ ra toà chờn vờn cả ngày.', ...old },
    halfTitle: { title: 'Quản bị kiện', body: 'Một ông quan thời xưa.' },
    gold: { title: 'Giá vàng tăng' },
    expert: { title: 'Chuyên gia nói về vàng' },
    capital: { title: 'Thủ đô Hà Nội đón khách' },
    income: { title: 'Doanh thu của đô thị' },
    half: { title: 'Chuyện sáu', body: 'Một vị quan bị cách chức.' },
    ...Object.fromEntries(Array.from({ length: CROWD }, (_, i) => [`x${i}`, lookalike(i)])),
  });
  await library.put({ removed: null });
  engine = library.engine();
});
afterAll(() => library.close());

const OLDEST = ['capitals', 'comma', 'dash', 'elsewhere', 'large', 'plain'];

test.each([
  ...['tòa chờ', 'toà chờ', 'TOÀ CHỜ', 'toà chờ'.normalize('NFD')],
  ...['"tòa chờ"', 'nguồn:"Báo Mới" tòa chờ', 'tòa chờ -bóng'],
  ...['tofa chowf', 'toa2 cho72'],
])('%s: the oldest of all, before 700 that have both words and these syllables in other accents', (query) => {
  expect(names(engine, query).slice(0, OLDEST.length).sort()).toEqual(OLDEST);
});

test.each(['mặc', 'nguồn:"Báo Mới" mặc', 'mặc -bóng'])(
  '%s: one syllable, before 700 that have it in another accent',
  (query) => {
    expect(names(engine, query)[0]).toBe('single');
  },
);

test('a syllable without an accent beside one that has one is meant as it stands', () => {
  expect(names(engine, 'quan bị')).toEqual(['half', 'halfTitle']);
  expect(names(engine, 'quản bị')).toEqual(['halfTitle', 'half']);
  expect(names(engine, 'quan bi')).toEqual(['halfTitle', 'half']);
});

test('but a phrase with another accent there is more than the same words apart', () => {
  expect(names(engine, 'gia vàng')).toEqual(['gold', 'expert']);
  expect(names(engine, 'thu đô')).toEqual(['capital', 'income']);
});

describe('two words side by side, as they are written', () => {
  const found = (left: string, right: string, limit = 1_000): string[] => {
    const corpus = openCorpus(library.databaseFile);
    const bySeq = new Map(corpus.changesAfter(0, 10_000).map(({ seq, id }) => [seq, id]));
    const seqs = [...bySeq.keys()].sort((a, b) => b - a);
    const matching = corpus.matching(seqs, sideBySide(left, right), limit);
    corpus.close();
    return matching.map((seq) => bySeq.get(seq) ?? '').filter((name) => !name.startsWith('x'));
  };

  test.each([
    [
      'tòa',
      'chờ',
      ['capitals', 'dash', 'comma', 'large', 'elsewhere', 'plain'],
      'in either place of the tone, in the order that was asked',
    ],
    ['toà', 'chờn', ['longer'], 'whole words only'],
    ['một', 'vị', ['half'], 'with a large first letter'],
    ['kiện', 'một', [], 'not from one field into the next'],
    ['bị', 'kiện', ['halfTitle'], 'at the end of a title'],
  ])('%s %s: %j (%s)', (left, right, ids) => {
    expect(found(left, right)).toEqual(ids);
  });

  test('no more than were asked for', () => {
    expect(found('ra', 'tòa')).toEqual(['longer', 'capitals', 'dash', 'comma', 'plain']);
    expect(found('ra', 'tòa', 2)).toEqual(['longer', 'capitals']);
  });
});
