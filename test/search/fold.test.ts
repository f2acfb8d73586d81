import { describe, expect, test } from 'vitest';
import { foldStart, foldWord, isAccented } from '../../src/search/fold.ts';

describe('folding makes spellings of one word alike', () => {
  test.each([
    ['Đường', 'duong', 'd9u7o7ng2', 'đ is no combining mark, and still only a d'],
    ['thưởng', 'thuong', 'thu7o7ng3', 'the horn of ơ and ư goes, the tone too'],
    ['tổng', 'tong', 'to6ng3', 'a letter with two marks loses both'],
    ['hoà', 'hoa', 'hoa2', 'new style: the tone on the second vowel'],
    ['hòa', 'hoa', 'hoa2', 'old style: the same word'],
    ['năm', 'nam', 'na8m', 'a breve is a quality, not a tone'],
    ['Mỹ', 'mi', 'mi4', 'kĩ and kỹ, Mĩ and Mỹ are one word'],
    ['Mĩ', 'mi', 'mi4', 'the other spelling'],
    ['quý', 'qui', 'qui1', 'quí and quý too'],
    ['tuy', 'tuy', 'tuy', 'tuy is not tui'],
    ['my', 'mi', 'mi', 'unaccented queries meet the same folding'],
    ['myanmar', 'myanmar', 'myanmar', 'only whole open syllables change their y'],
    ['ＡＢＣ１', 'abc1', 'abc1', 'full-width letters'],
    ['straße', 'strasse', 'strasse', 'what no decomposition takes apart'],
    ['ΑΘΉΝΑ', 'αθηνα', 'αθηνα1', 'other alphabets lose their accents as well'],
    ['ガス', 'ガス', 'ガス', 'the mark of a kana is part of the letter'],
    ['हिन्दी', 'हिन्दी', 'हिन्दी', 'the vowels of Devanagari are marks that stay'],
    ['⒈', '1', '1', 'what is taken apart stays one word'],
    ['ﷺ', 'صلىاللهعليهوسلم', 'صلىاللهعليهوسلم', 'also when it is a whole sentence'],
    ['', '', '', 'nothing stays nothing'],
    ['\u0301', '', '1', 'a lone mark has no letters'],
  ])('%s → %s, %s (%s)', (word, folded, code) => {
    expect(foldWord(word)).toEqual({ folded, code });
  });

  test.each(['Tổng', 'hoà', 'quý', 'Đường', 'nghiễm'])('%s is the same in NFD', (word) => {
    expect(foldWord(word.normalize('NFD'))).toEqual(foldWord(word.normalize('NFC')));
  });

  test('the beginning of a longer word keeps its y', () => {
    expect(foldStart('mỹ')).toBe('my');
    expect(foldWord('mỹ').folded).toBe('mi');
  });

  test('says whether accents were typed', () => {
    expect(isAccented(foldWord('năm'))).toBe(true);
    expect(isAccented(foldWord('nam'))).toBe(false);
    expect(isAccented(foldWord('đi'))).toBe(true);
  });
});
