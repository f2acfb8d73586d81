import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText, fold, isVisible, oneLine, shorten, tidyLines } from '../../src/articles/text.ts';

/** Strings of every kind of trouble: lone surrogates, marks, controls, joiners. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({
    unit: fc.constantFrom(
      ...' \t\n\r\v\f\u0000\u0085\u00A0\u00AD\u0301\u0323\u200B\u200C\u200D\u2028\u2029\u202E\u2066\uFEFF\uFFFF\uD800\uDC00đưaAỆ.:-1👩🏽💻'.split(
        '',
      ),
    ),
    maxLength: 300,
  }),
);

describe('cleanText', () => {
  it.each([
    ['Tiê\u0301ng Viê\u0323t', 'Tiếng Việt', 'letters are composed'],
    ['a\r\nb\rc', 'a\nb\nc', 'every line end is \\n'],
    ['a\u2028b\u000Bc\u0085d', 'a\nb\nc\nd', 'so are the rare ones'],
    ['a\u2029b', 'a\n\nb', 'a paragraph separator separates paragraphs'],
    ['a\u0000b\u0007c\u009Dd', 'a b c d', 'controls would glue or break words'],
    ['a\tb', 'a\tb', 'a tab is a space of its own, left to who needs it'],
    ['Hà\u200BNội\uFEFF', 'HàNội', 'zero-width junk'],
    ['thông\u00ADtin', 'thôngtin', 'soft hyphens'],
    ['\u202Etxt.exe\u2069', 'txt.exe', 'nothing may reorder what surrounds it'],
    ['\uD800x\uDC00', '\uFFFDx\uFFFD', 'lone surrogates'],
    ['\uFFFE', '\uFFFD', 'noncharacters'],
    ['👩🏽‍💻', '👩🏽‍💻', 'a joiner that joins an emoji'],
    ['a\u200Db \u200Dc\u200C', 'ab c', 'joiners that join nothing'],
    ['👩\u200D\u200D💻', '👩\u200D💻', 'one joiner is enough'],
    ['u\u031B\u0301\u200D\u0301a', 'ứ\u0301a', 'a letter in pieces is as Latin as a whole one'],
    [
      '🏳\uFE0F\u200D🌈 ❤\uFE0F\u200D🔥',
      '🏳\uFE0F\u200D🌈 ❤\uFE0F\u200D🔥',
      'what only varies a sign joins nothing',
    ],
    [`e${'\u0301'.repeat(500)}!`, `é${'\u0301'.repeat(9)}!`, 'marks pile up to ten'],
  ])('%j becomes %j: %s', (raw, clean) => {
    expect(cleanText(raw)).toBe(clean);
  });

  it('is idempotent, whole and composed, whatever comes', () => {
    fc.assert(
      fc.property(anyText, (raw) => {
        const clean = cleanText(raw);
        expect(cleanText(clean)).toBe(clean);
        expect(clean.normalize('NFC')).toBe(clean);
        expect(clean).not.toMatch(/[\p{Surrogate}\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E]/u);
      }),
    );
  });

  it('takes a million combining marks in its stride (normalising them takes minutes)', () => {
    const started = performance.now();
    expect(cleanText('\u0301\u0323'.repeat(500_000)).length).toBeLessThanOrEqual(10);
    expect(cleanText(`a${'\u0301\u200D'.repeat(500_000)}a`).length).toBeLessThanOrEqual(12);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('lines', () => {
  it('tidyLines keeps empty lines and loses the spaces around them', () => {
    expect(tidyLines('  a \t b \n \n\u00A0c  ')).toBe('a b\n\nc');
  });

  it('oneLine loses line breaks as well', () => {
    expect(oneLine(' a\n\n b ')).toBe('a b');
  });

  it.each([
    ['một hai ba', 10, 'một hai ba', 'it fits'],
    ['một hai ba', 9, 'một hai…', 'cut between words'],
    ['mộthaiba', 5, 'mộth…', 'a word without end is cut inside'],
    ['abc👩👩', 6, 'abc👩…', 'never inside a character'],
    ['abcd👩👩', 6, 'abcd…', 'never inside a character, either'],
  ])('shorten(%j, %i) is %j: %s', (line, limit, short) => {
    expect(shorten(line, limit)).toBe(short);
    expect(short.length).toBeLessThanOrEqual(limit);
  });
});

describe('fold', () => {
  it.each([
    ['Hội nghị  G20 ở “Miami”!', 'hoi nghi g20 o miami'],
    ['ĐƯỜNG', 'duong'],
    ['?!', ''],
  ])('%j folds to %j', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });
});

describe('isVisible', () => {
  it.each([
    ['a', true],
    ['👍', true],
    ['—', true],
    [' \n\u200E\u00A0', false],
    ['', false],
  ])('%j: %s', (text, visible) => {
    expect(isVisible(text)).toBe(visible);
  });
});
