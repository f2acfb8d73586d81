import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_PIECES, MAX_QUERY_LENGTH, MAX_WORDS } from '../../src/search/lexeme.ts';
import { isPlain, parseQuery, printQuery } from '../../src/search/query.ts';

const AT = { now: Date.parse('2025-12-03T05:00:00Z'), zone: 'Asia/Ho_Chi_Minh' };
const printed = (text: string): string => printQuery(parseQuery(text, AT));

describe('how queries are understood', () => {
  test.each([
    ['tổng thống mỹ', 'tổng thống mỹ', 'words'],
    ['  Giá   vàng?! ', 'Giá vàng', 'spaces and punctuation around words go'],
    ['"giá vàng" sjc', '"giá vàng" sjc', 'a phrase'],
    ['“giá vàng”', '"giá vàng"', 'the quotes of phones'],
    ['vàng -bitcoin -"giá dầu"', 'vàng -bitcoin -"giá dầu"', 'without'],
    ['--vàng', '-vàng', 'one minus is enough'],
    ['covid-19', 'covid-19', 'a minus inside a word is none'],
    ['g20 OR g7', 'g20 OR g7', 'either'],
    ['a OR b OR "c d" e', 'a OR b OR "c d" e', 'OR binds its neighbours, the rest is wanted too'],
    ['OR a OR', 'or a or', 'without neighbours OR is a word'],
    ['a OR -b', 'a or -b', 'and beside what is unwanted'],
    ['nguồn:"Tuổi Trẻ" từ:1/12/2025', 'source:"Tuổi Trẻ" after:2025-12-01', 'Vietnamese names of fields'],
    ['nguon:euronews tacgia:lan', 'source:euronews author:lan', 'the same without accents'],
    ['source: euronews', 'source:euronews', 'a space after the colon is forgiven'],
    ['…source:reuters', 'source:reuters', 'punctuation before a field goes'],
    ['lang:en', 'lang:en', 'language'],
    ['before:2025-12-01', 'before:2025-12-01', 'earlier than'],
    ['đến:2025-12-01', 'before:2025-12-02', '"until" has the day itself in it'],
    ['on:hôm qua', 'on:2025-12-02', 'a named day after a field'],
    ['ngày:2/12', 'on:2025-12-02', 'a day without a year'],
    ['giá vàng hôm nay', 'giá vàng hôm nay', 'a named day on its own keeps its words'],
    ['7d', '7d', 'the last seven days'],
    ['after:soon', 'after:soon', 'no day: searched as words'],
    ['after:"hôm nào"', 'after:"hôm nào"', 'the same in quotes'],
    ['foo:bar', 'foo:bar', 'no field of ours: a word'],
    ['constructor constructor:x', 'constructor constructor:x', 'nor what every object of JavaScript has'],
    ['foo:"bar baz"', 'foo "bar baz"', 'no field of ours, and a phrase'],
    ['-source:x', '-source:x', 'a field cannot be unwanted: a word'],
    ['"unfinished phrase', 'unfinished phrase', 'an open quote is no quote'],
    ['""', '', 'nothing quoted is nothing'],
    ['- "" , source:', 'source', 'what is left of a field is a word'],
    ['a\u0000b\u200b', 'a b', 'control characters separate'],
    ['', '', 'nothing'],
  ])('%j → %j (%s)', (text, expected) => {
    expect(printed(text)).toBe(expected);
  });

  test('named days are days, and remember what was said', () => {
    expect(parseQuery('vàng hom qua', AT).clauses[1]).toEqual({
      kind: 'day',
      bound: 'on',
      day: '2025-12-02',
      spoken: 'hom qua',
    });
    expect(parseQuery('7d', AT).clauses).toEqual([
      { kind: 'day', bound: 'after', day: '2025-11-26', spoken: '7d' },
    ]);
  });

  test.each([
    ['"open', ['unbalanced-quote']],
    ['after:soon', ['unknown-day']],
    ['source:', ['empty-field']],
    ['a '.repeat(MAX_PIECES + 1), ['cut']],
    ['a-b-c '.repeat(MAX_WORDS / 3 + 1), ['cut']],
    ['a-b-c '.repeat(MAX_WORDS / 3), []],
    ['x'.repeat(MAX_QUERY_LENGTH + 1), ['cut']],
    ['giá vàng', []],
  ])('what was not taken as written is noted: %j', (text, notes) => {
    expect(parseQuery(text, AT).notes).toEqual(notes);
  });

  test('only words need no explanation', () => {
    expect(isPlain(parseQuery('giá vàng', AT))).toBe(true);
    expect(isPlain(parseQuery('giá vàng lang:vi', AT))).toBe(false);
  });
});

const piece = fc.oneof(
  fc.constantFrom(
    'OR',
    '-',
    '"',
    '”',
    ':',
    'source:',
    'nguồn:',
    'after:',
    'đến:',
    'on:',
    'today',
    'hôm',
    'nay',
    'qua',
    '7d',
  ),
  fc.constantFrom('2025-12-01', '1/12', 'giá', 'vàng', 'Mỹ', '😀', '東京都に住む', '\u0301', ' ', '  ', '\n'),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const anyQuery = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));
const spacedQuery = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(' '));

describe('properties', () => {
  test.each([
    ['glued', anyQuery],
    ['spaced', spacedQuery],
  ])('parsing what was printed gives the same query (%s)', (_, queries) => {
    fc.assert(
      fc.property(queries, (text) => {
        const query = parseQuery(text, AT);
        expect(parseQuery(printQuery(query), AT).clauses).toEqual(query.clauses);
      }),
      { numRuns: 3_000 },
    );
  });

  test('a printed query fits where a query fits', () => {
    const longest = Array.from({ length: 100 }, (_, i) => `"${'từ '.repeat(60)}${i}"`).join('');
    expect(printed(longest).length).toBeLessThanOrEqual(MAX_QUERY_LENGTH);
  });

  test.each(['"', '-', 'a OR ', 'source:', '“x', ':', 'hôm ', '\u0301', 'ẩ'.normalize('NFD')])(
    'the longest message of %j is parsed at once',
    (part) => {
      const text = part.repeat(5_000).slice(0, MAX_QUERY_LENGTH);
      const start = performance.now();
      parseQuery(text, AT);
      expect(performance.now() - start).toBeLessThan(200);
    },
  );
});
