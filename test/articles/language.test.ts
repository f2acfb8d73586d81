import { describe, expect, it } from 'vitest';
import { guessLanguage } from '../../src/articles/language.ts';

describe('the language of a text', () => {
  it.each<[string, string | null, string]>([
    ['Tổng thống Mỹ mời hai lãnh đạo Trung Á tới hội nghị tại Miami.', 'vi', 'its letters'],
    ['The President of the United States invited them to the summit in Miami.', 'en', 'its words'],
    [
      'The reporters of Tuổi Trẻ and Người Lao Động said that it was the first of its kind in the city.',
      'en',
      'Vietnamese names',
    ],
    [
      'Thu tuong cho biet nam nay kinh te cua ca nuoc da tang truong va se khong dung lai',
      'vi',
      'no diacritics',
    ],
    ['Le président de la République a invité les deux dirigeants à la conférence.', null, 'French'],
    ['O presidente não participará da conferência em São Paulo.', null, 'Portuguese'],
    ['日本の首相は会議に出席する。 東京 大阪 京都 奈良 神戸', null, 'Japanese'],
    ['G20 Miami', null, 'too short'],
    ['', null, 'nothing'],
  ])('%s → %s (%s)', (text, language) => {
    expect(guessLanguage(text)).toBe(language);
  });
});
