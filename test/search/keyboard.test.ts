import { describe, expect, test } from 'vitest';
import { oneEditAway } from '../../src/search/edits.ts';
import { foldWord } from '../../src/search/fold.ts';
import { accentedWord, decodeKeys, withoutRepeats } from '../../src/search/keyboard.ts';

describe('raw keyboard input', () => {
  test.each<[string, string | null, string]>([
    ['toongr', 'tổng', 'Telex, the tone at the end'],
    ['thoongs', 'thống', 'Telex'],
    ['tooongr', 'tổng', 'Telex with a key that stuck'],
    ['dduwowngf', 'đường', 'both horns'],
    ['dduongwf', 'đường', 'marks and tone at the end'],
    ['nawm', 'năm', 'aw is ă'],
    ['hoaf', 'hoà', 'the tone is found wherever it stands'],
    ['quys', 'quý', 'the u of qu carries no tone'],
    ['to6ng3', 'tổng', 'VNI'],
    ['tho6ng1', 'thống', 'VNI'],
    ['tong63', 'tổng', 'VNI lets the digits come last'],
    ['d9uo7ng2', 'đường', 'one 7 for both letters'],
    ['na8m', 'năm', '8 is the breve'],
    ['news', null, 'no syllable: an English word'],
    ['g20', null, 'digits that are no keys'],
    ['tong', null, 'nothing to decode'],
    ['2025', null, 'a number'],
    ['tổng', null, 'already accented'],
  ])('%s → %s (%s)', (typed, word) => {
    expect(decodeKeys(typed)).toEqual(word === null ? null : foldWord(word));
  });

  test.each([
    ['toonng', 'tong'],
    ['vaang', 'vang'],
    ['vang', null],
  ])('a key that stuck: %s → %s', (typed, word) => {
    expect(withoutRepeats(typed)).toBe(word);
  });

  test.each([
    'tổng',
    'đường',
    'năm',
    'hoà',
    'nghiễm',
    'quý',
    'giá',
    'mười',
    'thuở',
    'khuyến',
    'ý',
    'kia',
    'của',
    'hỏi',
    'my',
    'covid',
  ])('a code says how the word is written: %s', (word) => {
    const { code } = foldWord(word);
    expect(foldWord(accentedWord(code))).toEqual(foldWord(word));
  });

  test.each([
    ['to6ng3', 'tổng'],
    ['hoa2', 'hoà'],
    ['cua3', 'của'],
    ['gia1', 'giá'],
    ['quy1', 'quý'],
    ['d9i', 'đi'],
    ['thie6t5', 'thiệt'],
  ])('%s is written %s', (code, word) => {
    expect(accentedWord(code)).toBe(word);
  });
});

describe('one slip of the finger', () => {
  test.each([
    ['tuogn', 'tuong', 'swapped'],
    ['tong', 'thong', 'left out'],
    ['thhong', 'thong', 'doubled'],
    ['icrael', 'israel', 'wrong'],
  ])('%s may be %s (%s)', (typed, meant) => {
    expect(oneEditAway(typed).has(meant)).toBe(true);
  });

  test('two slips are too many, and the word itself is none', () => {
    const near = oneEditAway('thong');
    expect(near.has('thanh')).toBe(false);
    expect(near.has('thong')).toBe(false);
    expect(near.has('')).toBe(false);
  });

  test('nothing is made of what is longer than any word', () => {
    expect(oneEditAway('a'.repeat(25)).size).toBe(0);
    expect(oneEditAway('a'.repeat(24)).size).toBeGreaterThan(0);
  });
});
