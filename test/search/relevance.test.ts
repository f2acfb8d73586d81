/**
 * What stands before what, and why. In an order, everything left of `>` comes before everything right of it; within a
 * group any order is right. The first group is where the hits begin, unless the order starts with `…`.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/search/engine.ts';
import { FIXTURE } from './fixture.ts';
import { ask, names, openLibrary, type Library } from './library.ts';

let library: Library;
let engine: Engine;
beforeAll(async () => {
  library = await openLibrary(FIXTURE);
  engine = library.engine();
});
afterAll(() => library.close());

function expectOrder(hits: string[], order: string): void {
  const groups = order.split(' > ').map((group) => group.split(' ').filter((name) => name !== '…'));
  if (!order.startsWith('…')) expect(hits.slice(0, groups[0]?.length).sort()).toEqual(groups[0]?.sort());
  const places = groups.map((group) => group.map((name) => hits.indexOf(name)));
  expect(places.flat(), `${order} among ${hits.join(' ')}`).not.toContain(-1);
  for (let i = 1; i < places.length; i += 1)
    expect(Math.max(...(places[i - 1] ?? [])), `${order} in ${hits.join(' ')}`).toBeLessThan(
      Math.min(...(places[i] ?? [])),
    );
}

describe('an accent that was typed counts, also in one syllable', () => {
  test.each([
    ['năm', 'nam-moi nam-hoc > bac-si bitcoin > mien-nam nam-gioi', 'year and five, not south and male'],
    ['nam', 'mien-nam nam-gioi', 'without accents all forms fit, and those in title and summary fit best'],
    ['Mỹ', 'cuu-tro-my > ha-my', 'the country, though My is there three times'],
    ['mĩ', 'cuu-tro-my > ha-my', 'the other spelling of the same word'],
    ['đường', 'gia-duong yagi-tom > dai-duong duong-kim', 'sugar and road, not ocean'],
    ['dương', 'dai-duong > gia-duong duong-kim', 'ocean'],
    ['đương', 'duong-kim > gia-duong dai-duong', 'the reigning champion'],
    ['giá đường', 'gia-duong', 'two syllables'],
    ['đại dương', 'dai-duong', 'two syllables, one of them with another accent elsewhere'],
    ['tông thông', 'tong-thong', 'a wrong accent is better than no answer'],
  ])('%s: %s (%s)', (query, order) => {
    expectOrder(names(engine, query), order);
  });
});

describe('spellings of one word give one answer', () => {
  test.each([
    ['hòa bình', 'hoà bình', 'the tone on either vowel'],
    ['hòa bình', 'hòa bình'.normalize('NFD'), 'composed or not'],
    ['bác sĩ', 'bác sỹ', 'i or y'],
    ['tổng thống', 'TỔNG THỐNG', 'capitals'],
    ['giá vàng', '  giá…vàng?!', 'punctuation'],
    ['facebook', 'ｆａｃｅｂｏｏｋ', 'full width'],
  ])('%j = %j (%s)', (one, other) => {
    expect(names(engine, one).length).toBeGreaterThan(0);
    expect(names(engine, other)).toEqual(names(engine, one));
  });

  test('without accents everything is found that is found with them', () => {
    for (const query of ['giá vàng thế giới', 'siêu bão Yagi', 'hòa bình', 'chứng khoán châu Á']) {
      const bare = query.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd');
      expect(names(engine, bare)).toEqual(expect.arrayContaining(names(engine, query)));
    }
  });
});

describe('where and how close', () => {
  test.each([
    ['giá vàng thế giới', 'vang-cum > vang-cap > vang-roi', 'phrase, pairs of neighbours, scattered words'],
    ['gia vang the gioi', 'vang-cum > vang-cap > vang-roi', 'also without accents'],
    ['siêu bão Yagi', 'yagi-tua > yagi-tom > yagi-than', 'title, summary, body'],
    ['yagi', 'yagi-tua > yagi-tom > yagi-than', 'also for one word'],
    ['họp báo thường kỳ', 'hop-bao-moi > hop-bao-cu', 'equal but for the day: the newer first'],
    [
      'lễ hội ánh sáng Lyon',
      'le-hoi-tua > le-hoi-than',
      'what fits better stays first, though two years older',
    ],
    [
      'Việt Nam bán cà phê nhiều nhất cho nước nào trên thế giới',
      'ca-phe',
      'a question has words that no article has',
    ],
    ['cà phê nông dân Tây Nguyên', 'ca-phe ho-tieu', 'most of the words, when nothing has all of them'],
    ['climate summit', 'english', 'English'],
    ['summit', 'english > english-2', 'title and summary before the title alone'],
    ['地震', 'nhat', 'a script without spaces, cut by its dictionary'],
    ['น้ำท่วม', 'thai', 'Thai, with its marks'],
  ])('%s: %s (%s)', (query, order) => {
    expectOrder(names(engine, query), order);
  });

  test('newest first is the order of days, for hits with all words', () => {
    expect(names(engine, 'thời tiết', { order: 'newest' })).toEqual(['hom-nay', 'qua-dem', 'hom-qua']);
    expect(names(engine, 'lễ hội ánh sáng', { order: 'newest' })).toEqual(['le-hoi-than', 'le-hoi-tua']);
  });
});

describe('words as they are typed on a phone', () => {
  test.each([
    ['tổng thố', 'tong-thong', 'stopped in the middle of a word'],
    ['tong tho', 'tong-thong', 'the same without accents'],
    ['bitc', 'bitcoin', 'the beginning of the only word'],
    ['tongthong', 'tong-thong', 'two words run together'],
    ['tổngthống', 'tong-thong', 'the same with accents'],
    ['tongthong phat bieu', 'tong-thong', 'beside others'],
    ['bitcoinrotgia', 'bitcoin', 'three of them'],
    ['face book', 'facebook', 'one word fallen apart'],
    ['toongr thoongs', 'tong-thong', 'raw Telex'],
    ['thur tuwowngs', 'thu-tuong', 'raw Telex with horns'],
    ['bongs dda', 'bong-da', 'raw Telex with đ'],
    ['to6ng3 tho6ng1', 'tong-thong', 'raw VNI'],
    ['thu3 tu7o7ng1', 'thu-tuong', 'raw VNI with horns'],
    ['tổng thốngg', 'tong-thong', 'a key that stuck'],
    ['bongg da', 'bong-da', 'the same in the middle'],
    ['bitcion', 'bitcoin', 'two letters swapped'],
    ['bitcin', 'bitcoin', 'a letter too few'],
    ['bitscoin', 'bitcoin', 'a letter too many'],
    ['bitvoin', 'bitcoin', 'the key beside'],
    ['chung khaon', 'chung-khoan', 'a slip in one of two words'],
    ['tong thong phat bieu o miani', 'tong-thong', 'a slip at the end of a sentence'],
  ])('%s: %s (%s)', (query, order) => {
    expectOrder(names(engine, query), order);
  });

  test('a finished word is not taken for a beginning', () => {
    expect(names(engine, 'bitc')).toEqual(['bitcoin']);
    expect(ask(engine, 'face ').matched).not.toBe('facebook');
  });

  test.each([
    ['bitcion', 'bitcoin'],
    ['toongr thoongs', 'tổng thống'],
    ['tổngthống', 'tổng thống'],
    // As articles write it, accents and all.
    ['đại hcọ', 'đại học'],
    ['tổng thogn', 'tổng thống'],
    ['chung khaon', 'chứng khoán'],
  ])('%s is offered as %s, and marks its words', (query, meant) => {
    const { suggestions, matched } = ask(engine, query);
    expect(suggestions).toContain(meant);
    expect(matched).not.toBe(query);
  });

  test.each(['giá vàng thế giới', 'tong thong', 'tổng thố', 'nam', 'xyzzyqqq'])(
    'nothing is offered instead of %s',
    (query) => {
      expect(ask(engine, query)).toMatchObject({ suggestions: [], matched: query });
    },
  );
});

describe('one text in several newspapers', () => {
  test('is one hit, with the others folded into it', () => {
    const { hits, total } = ask(engine, 'tâm bão cách đất liền');
    expect(total).toBe(1);
    expect([hits[0]?.id, ...(hits[0]?.folded ?? [])].sort()).toEqual([
      'tin-chung-a',
      'tin-chung-b',
      'tin-chung-c',
    ]);
  });

  test('is found by the title that fits', () => {
    expect(names(engine, 'học sinh nghỉ tránh bão')[0]).toBe('tin-chung-c');
  });
});

describe('related articles', () => {
  const related = (name: string): string[] => {
    const hit = ask(engine, FIXTURE[name]?.title ?? '').hits.find(({ id }) => id === name);
    return engine.related(hit?.seq ?? 0, 5);
  };

  test('share the telling pairs of words', () => {
    expect(related('vang-cum')).toEqual(['vang-cap']);
    expect(related('hop-bao-cu')).toContain('hop-bao-moi');
  });

  test('are neither the article itself nor its copies, and none when there are none', () => {
    expect(related('tin-chung-b')).toEqual([]);
    expect(related('bitcoin')).toEqual([]);
    expect(engine.related(9_999, 5)).toEqual([]);
  });
});

test('pages are slices of one list', () => {
  const all = names(engine, 'bão');
  const pages = [0, 2, 4].flatMap((offset) => names(engine, 'bão', { offset, limit: 2 }));
  expect(pages).toEqual(all.slice(0, 6));
  expect(ask(engine, 'bão', { offset: 90, limit: 10 })).toMatchObject({ hits: [], total: all.length });
});
