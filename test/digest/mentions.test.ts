import { describe, expect, it } from 'vitest';
import { isTelling, mentionsIn, numbersIn } from '../../src/digest/mentions.ts';

const days = (text: string): string[] =>
  [...mentionsIn(text).days].map((day) => `${day % 100}/${Math.floor(day / 100)}`);

describe('the days that a text names', () => {
  it.each([
    ['Rạng sáng 15/12, mực nước lên', ['15/12']],
    ['từ sáng 13/12 đến sáng 15/12', ['13/12', '15/12']],
    ['Chiều 2-4, liên bộ công bố', ['2/4']],
    ['hôm nay (28-3) qua đời', ['28/3']],
    ['Giá vàng hôm nay 17/9: tăng', ['17/9']],
    ['ngày 19 tháng 7 năm 2017', ['19/7']],
    ['bắt đầu từ 6/2/2016', ['6/2']],
    ['Trong hai ngày 6-7/3, tại Hà Nội', ['6/3', '7/3']],
    ['Từ ngày 17 đến 19/10/2018', ['17/10', '18/10', '19/10']],
    ['Từ 15h chiều 1.6, giá xăng giảm', ['1/6']],
    ['on 24 December, the president', ['24/12']],
    ['Dec. 24 was cold', ['24/12']],
    ['September 3 and 4 Sep', ['4/9', '3/9']],
    ['bán marathon 21 km, décor 12', []],
    // Scores, sights and shares are no days.
    ['thắng 5-4 sau khi hoà 2-2', []],
    ['thị lực đạt 3/10', []],
    ['2/3 số hộ, 1/4 diện tích', []],
    ['giá 24/7 tại 45/13', ['24/7']],
    ['quốc lộ 1.234 và 15.6 độ', []],
  ])('%s: %j', (text, expected) => {
    expect(days(text)).toEqual(expected);
  });
});

describe('the rest of what a text pins down', () => {
  it('is the month of a figure, the number in a series, and the numbers', () => {
    const mentions = mentionsIn('CPI tháng 5 tăng 0,55% theo báo cáo kỳ 34; bão số 14 giật cấp 10');
    expect([...mentions.months]).toEqual([5]);
    expect([...mentionsIn('Tết 2019, từ 6/2/2016, 1.899 suất').years]).toEqual(['2019']);
    expect([...mentions.ordinals]).toEqual(['kỳ 34', 'bão số 14']);
    expect([...mentions.numbers]).toEqual(['5', '0.55', '34', '14', '10']);
  });

  it('is no number in a series when it is a year', () => {
    expect([...mentionsIn('nhiệm kỳ 2016 - 2021').ordinals]).toEqual([]);
  });

  it('leaves the days out of the numbers', () => {
    expect([...mentionsIn('sáng 15/12 có 1.240 hộ').numbers]).toEqual(['1240']);
  });

  it('takes two ways of writing a number for one', () => {
    expect([...numbersIn('1.240 hộ')]).toEqual([...numbersIn('1,240 households')]);
    expect([...numbersIn('9,62 m')]).toEqual([...numbersIn('9.620 m 9.62 m')].slice(1));
    expect([...numbersIn('1.000.000 và 007')]).toEqual(['1000000', '7']);
    expect([...numbersIn('5,0 độ')]).toEqual(['5']);
  });
});

describe('a telling number', () => {
  it.each([
    ['1240', true],
    ['9.62', true],
    ['412', true],
    ['42', false],
    // Years and round numbers meet by chance.
    ['2016', false],
    ['500', false],
    ['10000', false],
  ])('%s: %j', (number, expected) => {
    expect(isTelling(number)).toBe(expected);
  });
});
