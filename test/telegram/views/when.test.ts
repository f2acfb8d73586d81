import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../src/i18n/catalogue.ts';
import {
  describeSchedule,
  formatDate,
  formatInstant,
  formatLongDay,
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
    ['30 6 * * 1-5', 'lúc 06:30 từ thứ Hai đến thứ Sáu', 'at 06:30 from Monday to Friday'],
    ['0 9 * * 0', 'Chủ Nhật hằng tuần lúc 09:00', 'every Sunday at 09:00'],
    ['0 9 * * 7', 'Chủ Nhật hằng tuần lúc 09:00', 'every Sunday at 09:00'],
    ['0 9 * * 1', 'Thứ Hai hằng tuần lúc 09:00', 'every Monday at 09:00'],
    // What has no short name is shown as it is.
    ['*/30 * * * *', 'theo lịch */30 * * * *', 'on the schedule */30 * * * *'],
    ['0 7,19 * * *', 'theo lịch 0 7,19 * * *', 'on the schedule 0 7,19 * * *'],
    ['0 7 1 * *', 'theo lịch 0 7 1 * *', 'on the schedule 0 7 1 * *'],
    ['0 7 * 6 *', 'theo lịch 0 7 * 6 *', 'on the schedule 0 7 * 6 *'],
    ['0 7 * * 1,3', 'theo lịch 0 7 * * 1,3', 'on the schedule 0 7 * * 1,3'],
    ['0 7 * * MON', 'theo lịch 0 7 * * MON', 'on the schedule 0 7 * * MON'],
  ])('%s', (cron, vietnamese, english) => {
    expect(describeSchedule(cron, HANOI, vi)).toBe(`${vietnamese} (giờ ${HANOI})`);
    expect(describeSchedule(cron, HANOI, en)).toBe(`${english} (${HANOI} time)`);
  });
});
