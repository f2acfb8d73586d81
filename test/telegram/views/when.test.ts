import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../src/i18n/catalogue.ts';
import {
  describeSchedule,
  formatDate,
  formatInstant,
  formatLongDay,
  formatTime,
  zoneName,
  zoneOffset,
} from '../../../src/telegram/views/when.ts';

const vi = catalogue('vi');
const en = catalogue('en');
const HANOI = 'Asia/Ho_Chi_Minh';

describe('the date of an article', () => {
  it.each([
    ['2025-12-24', HANOI, '24/12/2025', '24 Dec 2025'],
    // A day is the same day everywhere.
    ['2025-12-24', 'America/New_York', '24/12/2025', '24 Dec 2025'],
    ['2025-01-05', HANOI, '5/1/2025', '5 Jan 2025'],
    // An instant is in the day that it is in the newsroom.
    ['2025-12-24T22:30:00.000Z', HANOI, '25/12/2025', '25 Dec 2025'],
    ['2025-12-24T02:30:00.000Z', 'America/New_York', '23/12/2025', '23 Dec 2025'],
  ])('%s in %s is %s or %s', (publishedAt, zone, vietnamese, english) => {
    expect(formatDate(publishedAt, vi, zone)).toBe(vietnamese);
    expect(formatDate(publishedAt, en, zone)).toBe(english);
  });
});

describe('the day of a digest', () => {
  it('has its weekday', () => {
    expect(formatLongDay('2026-11-24', vi)).toBe('Thứ Ba, 24/11/2026');
    expect(formatLongDay('2026-11-24', en)).toBe('Tuesday 24 November 2026');
  });
});

describe('an instant', () => {
  it.each([
    ['2026-11-24T00:00:00Z', HANOI, '07:00 Thứ Ba, 24/11/2026', '07:00 Tue 24 Nov 2026'],
    ['2026-11-24T00:00:00Z', 'America/New_York', '19:00 Thứ Hai, 23/11/2026', '19:00 Mon 23 Nov 2026'],
    // Midnight is 00:00 and not 24:00.
    ['2026-11-23T17:00:00Z', HANOI, '00:00 Thứ Ba, 24/11/2026', '00:00 Tue 24 Nov 2026'],
    ['2026-03-29T01:00:00Z', 'Europe/Paris', '03:00 Chủ Nhật, 29/3/2026', '03:00 Sun 29 Mar 2026'],
  ])('%s in %s is %s or %s', (instant, zone, vietnamese, english) => {
    expect(formatInstant(Date.parse(instant), vi, zone)).toBe(vietnamese);
    expect(formatInstant(Date.parse(instant), en, zone)).toBe(english);
  });
});

describe('a schedule in words', () => {
  it.each([
    ['0 7 * * *', 'mỗi ngày lúc 07:00', 'every day at 07:00'],
    ['5 18 * * *', 'mỗi ngày lúc 18:05', 'every day at 18:05'],
    ['30 6 * * 1-5', 'từ thứ Hai đến thứ Sáu lúc 06:30', 'from Monday to Friday at 06:30'],
    ['0 9 * * 0', 'Chủ Nhật hằng tuần lúc 09:00', 'every Sunday at 09:00'],
    ['0 9 * * 7', 'Chủ Nhật hằng tuần lúc 09:00', 'every Sunday at 09:00'],
    ['0 9 * * MON', 'thứ Hai hằng tuần lúc 09:00', 'every Monday at 09:00'],
    ['0 7,19 * * *', 'mỗi ngày lúc 07:00 và 19:00', 'every day at 07:00 and 19:00'],
    ['0 9 * * 6,0', 'thứ Bảy và Chủ Nhật hằng tuần lúc 09:00', 'on Saturdays and Sundays at 09:00'],
    [
      '30 6 * * 1-5; 0 12 * * 1-5; 0 18 * * 1-5',
      'từ thứ Hai đến thứ Sáu lúc 06:30, 12:00 và 18:00',
      'from Monday to Friday at 06:30, 12:00 and 18:00',
    ],
    [
      '0 7 * * 0,1,3',
      'thứ Hai, thứ Tư và Chủ Nhật hằng tuần lúc 07:00',
      'every Monday, Wednesday and Sunday at 07:00',
    ],
    [
      '30 6 * * 1-5; 0 9 * * 6',
      'từ thứ Hai đến thứ Sáu lúc 06:30; thứ Bảy hằng tuần lúc 09:00',
      'from Monday to Friday at 06:30; every Saturday at 09:00',
    ],
    ['0 7 1,15 * *', 'ngày 1 và 15 hằng tháng lúc 07:00', 'on the 1st and 15th of each month at 07:00'],
    [
      '0 7 2,3,11,22 * *',
      'ngày 2, 3, 11 và 22 hằng tháng lúc 07:00',
      'on the 2nd, 3rd, 11th and 22nd of each month at 07:00',
    ],
    ['0 7 * 6,7 *', 'mỗi ngày trong tháng 6 và 7 lúc 07:00', 'every day in June and July at 07:00'],
    [
      '0 7 1 * 1',
      'ngày 1 hằng tháng và thứ Hai hằng tuần lúc 07:00',
      'on the 1st of each month and every Monday at 07:00',
    ],
    ['0 8-18 * * *', 'mỗi ngày, mỗi giờ một lần từ 08:00 đến 18:00', 'every day, hourly from 08:00 to 18:00'],
    [
      '*/30 7-8 * * *',
      'mỗi ngày lúc 07:00, 07:30, 08:00 và 08:30',
      'every day at 07:00, 07:30, 08:00 and 08:30',
    ],
    // What has no words is shown as it is.
    ['*/5 * * * *', 'theo lịch */5 * * * *', 'on the schedule */5 * * * *'],
    ['0 7 L * *', 'theo lịch 0 7 L * *', 'on the schedule 0 7 L * *'],
    [
      '0 7 L * *; 0 7 * * 1',
      'theo lịch 0 7 L * *; thứ Hai hằng tuần lúc 07:00',
      'on the schedule 0 7 L * *; every Monday at 07:00',
    ],
  ])('%s', (cron, vietnamese, english) => {
    expect(describeSchedule(cron, HANOI, vi)).toBe(`${vietnamese}, giờ Hà Nội`);
    expect(describeSchedule(cron, HANOI, en)).toBe(`${english}, Hanoi time`);
  });
});

describe('a zone', () => {
  it.each([
    ['Asia/Ho_Chi_Minh', 'Hà Nội', 'Hanoi', 'UTC+7'],
    ['Europe/Moscow', 'Moskva', 'Moscow', 'UTC+3'],
    ['America/Argentina/Buenos_Aires', 'Buenos Aires', 'Buenos Aires', 'UTC−3'],
    ['Asia/Kathmandu', 'Kathmandu', 'Kathmandu', 'UTC+5:45'],
    ['America/New_York', 'New York', 'New York', 'UTC−5'],
    ['UTC', 'UTC', 'UTC', 'UTC'],
  ])('%s is called by its city', (zone, vietnamese, english, offset) => {
    expect(zoneName(zone, vi)).toBe(vietnamese);
    expect(zoneName(zone, en)).toBe(english);
    expect(zoneOffset(Date.parse('2026-11-24T00:00:00Z'), zone)).toBe(offset);
    expect(zoneOffset(Date.parse('2026-11-24T00:00:59.999Z'), zone)).toBe(offset);
  });

  it('shows the time of its clocks', () => {
    expect(formatTime(Date.parse('2026-11-24T00:05:00Z'), HANOI)).toBe('07:05');
  });
});
