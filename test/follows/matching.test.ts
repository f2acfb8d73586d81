/** What a follow matches: cases that read as the rules, and properties against a loop and against search itself. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileQuery, isWanting, matches } from '../../src/follows/compiled.ts';
import { createFollowIndex } from '../../src/follows/followIndex.ts';
import { compileFollow, readExactly, readFollow } from '../../src/follows/reading.ts';
import { viewOf, type ArticleView } from '../../src/follows/view.ts';
import type { Engine } from '../../src/search/engine.ts';
import { createLexicon } from '../../src/search/lexicon.ts';
import { parseQuery } from '../../src/search/query.ts';
import { FIXTURE } from '../search/fixture.ts';
import { ask, NOW, openLibrary, ZONE, type Item, type Library } from '../search/library.ts';

const AT = { now: NOW, zone: ZONE };
const lexicon = createLexicon();

function viewed({ title, summary, body, source, author, language }: Item): ArticleView {
  const content = { title, summary: summary ?? null, body: body ?? '', source: source ?? null };
  return viewOf({ ...content, author: author ?? null, language: language ?? 'vi' }, lexicon);
}

const VIEWS = new Map(Object.entries(FIXTURE).map(([name, item]) => [name, viewed(item)]));

function matching(text: string): string[] {
  const query = compileQuery(parseQuery(text, AT));
  return [...VIEWS].flatMap(([name, view]) => (matches(query, view) ? [name] : [])).sort();
}

const sorted = (list: string): string[] => list.split(' ').filter(Boolean).sort();

describe('a follow', () => {
  it.each([
    ['"giá vàng"', 'vang-cum vang-cap', 'the words side by side'],
    ['"gia vang"', 'vang-cum vang-cap', 'the same without accents'],
    ['giá vàng', 'vang-cum vang-cap vang-roi', 'both words, anywhere'],
    ['"vàng giá"', '', 'in this order only'],
    ['"hoà bình"', 'hoa-binh-moi hoa-binh-cu', 'whichever way the tone was placed'],
    ['bác sỹ', 'bac-si', 'i or y'],
    ['năm', 'nam-moi nam-hoc bac-si bitcoin', 'an accent that was typed counts'],
    ['nam -năm', 'mien-nam nam-gioi ca-phe ho-tieu', 'also in what is unwanted'],
    ['vàng -"giá vàng"', 'vang-roi', 'without a phrase'],
    ['bitcoin OR facebook', 'bitcoin facebook', 'one or the other'],
    ['bitcoin OR facebook -"giao diện"', 'bitcoin', 'with a condition on both'],
    ['nguồn:"Tuổi Trẻ"', 'thu-tuong chung-khoan tin-chung-b', 'a source'],
    ['nguồn:tuổ', '', 'by whole words'],
    ['tacgia:an', 'thu-tuong', 'an author'],
    ['lang:en planes', 'english-2', 'a language'],
    ['lang:ja', 'nhat', 'a language alone'],
    ['"bán kết đội"', '', 'no phrase over the end of a field'],
    ['地震', 'nhat', 'a script without spaces'],
    ['siêu-bão', 'yagi-tua yagi-tom yagi-than', 'a word with a sign in it'],
  ])('%s: %s (%s)', (query, expected) => {
    expect(matching(query)).toEqual(sorted(expected));
  });

  it('that nothing can match matches nothing, in the index as well', () => {
    const index = createFollowIndex();
    for (const text of ['source:!!!', '"chưa ai viết"']) {
      const query = compileQuery(parseQuery(text, AT));
      if (isWanting(query)) index.add(text, query);
    }
    for (const view of VIEWS.values()) expect(index.match(view)).toEqual([]);
  });
});

/** Few words, so that much is found; some differ by their accents alone. */
const WORDS = [
  ...['giá', 'vàng', 'gia', 'vang', 'năm', 'nam', 'nắm', 'thế', 'giới', 'bão', 'Yagi', 'siêu', 'bitcoin'],
  ...['tổng', 'thống', 'tong', 'Đường', 'duong', 'hòa', 'hoà', 'bình', 'covid-19', 'quý', 'qui'],
];
const word = fc.constantFrom(...WORDS);
const phrase = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => `"${words.join(' ')}"`);
const operand = fc.oneof({ weight: 3, arbitrary: word }, { weight: 1, arbitrary: phrase });
const SOURCES = ['Tuổi Trẻ', 'Báo Tin tức', 'Reuters'];
const clause = fc.oneof(
  { weight: 6, arbitrary: operand },
  { weight: 2, arbitrary: operand.map((one) => `-${one}`) },
  { weight: 3, arbitrary: fc.tuple(operand, operand).map(([a, b]) => `${a} OR ${b}`) },
  { weight: 1, arbitrary: fc.constantFrom(...SOURCES, 'tre').map((name) => `source:"${name}"`) },
  { weight: 1, arbitrary: fc.constantFrom('author:An', 'author:"Bích Hồng"', 'lang:vi', 'lang:en') },
);
const query = fc.array(clause, { minLength: 1, maxLength: 4 }).map((clauses) => clauses.join(' '));
const sentence = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '));
const article: fc.Arbitrary<Item> = fc.record({
  title: sentence.map((text) => `Tin ${text}`),
  summary: sentence,
  body: sentence,
  source: fc.constantFrom(...SOURCES),
  author: fc.constantFrom('Nguyễn Văn An', 'Bích Hồng', ''),
  language: fc.constantFrom('vi', 'en'),
});

describe('the index over follows', () => {
  it('says the same as a loop over all of them, whatever it has learnt', () => {
    fc.assert(
      fc.property(
        fc.array(query, { minLength: 1, maxLength: 30 }),
        fc.array(article, { minLength: 1, maxLength: 6 }),
        fc.nat(4),
        (texts, items, learnt) => {
          const views = items.map(viewed);
          const index = createFollowIndex();
          for (const view of views.slice(0, learnt)) index.learn(view);
          const all = [...new Set(texts)].flatMap((text) => {
            const compiled = compileFollow(text);
            return compiled === null ? [] : [{ text, compiled }];
          });
          for (const { text, compiled } of all) index.add(text, compiled);
          expect(index.size).toBe(all.length);
          for (const view of views) {
            const loop = all.flatMap(({ text, compiled }) => (matches(compiled, view) ? [text] : []));
            expect(index.match(view).sort()).toEqual(loop.sort());
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('a follow and search', () => {
  let library: Library;
  let engine: Engine;
  beforeAll(async () => {
    library = await openLibrary(FIXTURE);
    engine = library.engine();
  });
  afterAll(() => library.close());

  const found = (text: string): Set<string> =>
    new Set(ask(engine, `${text} `).hits.flatMap(({ id, folded }) => [id, ...folded]));

  it('agree: search finds whatever a follow matches', () => {
    fc.assert(
      fc.property(query, (text) => {
        const hits = found(text);
        for (const name of matching(text)) expect([...hits], `${name} for ${text}`).toContain(name);
      }),
      { numRuns: 150 },
    );
  });

  it('agree: where nothing is left to ranking, a follow matches whatever search finds', () => {
    const condition = fc.oneof(
      phrase,
      fc.constantFrom(...SOURCES).map((name) => `source:"${name}"`),
      operand.map((one) => `-${one}`),
    );
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1, maxLength: 3 }), (conditions) => {
        const text = conditions.join(' ');
        const asked = compileQuery(parseQuery(text, AT));
        if (!isWanting(asked)) return;
        expect(matching(text), text).toEqual([...found(text)].sort());
      }),
      { numRuns: 150 },
    );
  });
});

describe('reading a follow', () => {
  const text = (typed: string): string => {
    const read = readFollow(typed, AT);
    return read.ok ? read.reading.text : read.why;
  };

  it.each([
    ['lãi suất OR vàng -quảng cáo', '"lãi suất" OR vàng -"quảng cáo"', 'words of two syllables'],
    ['interest rate OR gold -ads', '"interest rate" OR gold -ads', 'in English too'],
    ['gold -ads bitcoin', 'gold -ads bitcoin', 'without accents the minus is for one word'],
    ['bóng đá -nữ', 'bóng đá -nữ', 'all words, in any order'],
    ['"lãi suất" OR vàng', '"lãi suất" OR vàng', 'what was quoted stays'],
    ['nguồn:"Tuổi Trẻ" bóng đá OR cầu lông', 'source:"Tuổi Trẻ" "bóng đá" OR "cầu lông"', 'after a field'],
    ['nguon: reuters vàng', 'source:reuters vàng', 'a value after a space'],
    ['vàng hôm nay', 'vàng', 'days are left out'],
    ['vàng after:2025-12-01', 'vàng', 'under their names as well'],
    ['', 'empty', 'nothing'],
    ['!!!', 'empty', 'signs only'],
    ['hôm nay', 'only-days', 'a day only'],
    ['-quảng cáo', 'nothing-wanted', 'only what is not wanted'],
    ['a '.repeat(101), 'too-long', 'more than fits'],
  ])('%s → %s (%s)', (typed, expected) => {
    expect(text(typed)).toBe(expected);
  });

  it('offers the other reading, and says which days it left out', () => {
    const read = readFollow('lãi suất OR vàng -quảng cáo', AT);
    expect(read.ok && read.reading.other).toBe('lãi suất OR vàng -quảng cáo');
    const plain = readFollow('vàng hôm nay', AT);
    expect(plain.ok && plain.reading).toMatchObject({ days: ['hôm nay'], other: null });
  });

  it('keeps what it read: read again, it is the same', () => {
    fc.assert(
      fc.property(fc.oneof(query, fc.string({ maxLength: 60 })), (typed) => {
        const first = readFollow(typed, AT);
        if (!first.ok) return;
        const again = readExactly(first.reading.text, AT);
        expect(again.ok && again.reading.text, typed).toBe(first.reading.text);
        expect(again.ok && again.reading.query, typed).toEqual(first.reading.query);
      }),
      { numRuns: 250 },
    );
  });
});
