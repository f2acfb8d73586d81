import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLexicon } from '../../src/search/lexicon.ts';
import { MAX_WORD_LENGTH, tokenize } from '../../src/search/tokens.ts';

const words = (text: string): string[] => tokenize(text).map((token) => token.text);

describe('words of a text', () => {
  test.each([
    ['Hội nghị G20 ở Miami.', ['Hội', 'nghị', 'G20', 'ở', 'Miami'], 'a Vietnamese syllable is a word'],
    ['COVID-19: 1.000 ca', ['COVID', '19', '1', '000', 'ca'], 'punctuation separates'],
    ['Tô\u0309ng thô\u0301ng', ['Tô\u0309ng', 'thô\u0301ng'], 'combining marks belong to their letter'],
    ['don’t “stop”', ['don', 't', 'stop'], 'curly quotes separate too'],
    ['東京都に住む', ['東京', '都', 'に', '住む'], 'scripts without spaces are cut by the dictionary'],
    ['giá 東京 vàng', ['giá', '東京', 'vàng'], 'also among others'],
    ['สวัสดีครับ', ['สวัสดี', 'ครับ'], 'Thai'],
    ['Москва 𝐀𝐁', ['Москва', '𝐀𝐁'], 'letters outside the basic plane'],
    ['😀 👨‍👩‍👧 — … ×÷', [], 'no letters, no words'],
    ['', [], 'no text'],
  ])('%j → %j (%s)', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  test.each(['新聞記事経済', 'สวัสดีครับ', '𠮷野家'])('of %s without end are cut too, and in time', (text) => {
    const long = text.repeat(Math.ceil(200_000 / text.length));
    // Segmented in one piece it takes more than a minute, and the test runs out of its time.
    const tokens = tokenize(long);
    expect(tokens.map(({ text: word }) => word).join('')).toBe(long);
    for (const { text: word, start, end } of tokens.slice(0, 2_000))
      expect(long.slice(start, end)).toBe(word);
  });

  test('places are those in the original text', () => {
    const text = 'Ở “Đà Nẵng”, 東京都に';
    for (const { text: word, start, end } of tokenize(text)) expect(text.slice(start, end)).toBe(word);
  });

  test('what is longer than any word is compared by its beginning, and keeps its place', () => {
    const [token] = tokenize('a'.repeat(500));
    expect(token).toEqual({ text: 'a'.repeat(MAX_WORD_LENGTH), start: 0, end: 500 });
  });

  test('any text is cut in order, without overlap', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        let at = 0;
        for (const { start, end } of tokenize(text)) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        expect(at).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

describe('the lexicon', () => {
  test('folds the words of a text', () => {
    expect(
      createLexicon()
        .words('Tổng thống Mỹ')
        .map((word) => word.folded),
    ).toEqual(['tong', 'thong', 'mi']);
  });

  test('forgets without changing an answer', () => {
    const lexicon = createLexicon();
    const before = lexicon.words('năm mới');
    for (let i = 0; i < 60_000; i += 1) lexicon.words(`từ${i}`);
    expect(lexicon.words('năm mới')).toEqual(before);
  });
});
