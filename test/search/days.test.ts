import { describe, expect, test } from 'vitest';
import { addDays, dayOf, dayStart, parseDay, spokenDay } from '../../src/search/days.ts';

const TODAY = '2025-12-03';

describe('days after a field', () => {
  test.each([
    ['2025-12-01', '2025-12-01'],
    ['2025-2-3', '2025-02-03'],
    ['1/12/2025', '2025-12-01'],
    ['01.12.2025', '2025-12-01'],
    ['1/12', '2025-12-01'],
    // Not yet this year, so last year.
    ['24/12', '2024-12-24'],
    ['today', TODAY],
    ['Yesterday', '2025-12-02'],
    ['hômnay', TODAY],
    ['hôm qua', '2025-12-02'],
    ['hom qua', '2025-12-02'],
    ['7d', '2025-11-26'],
    // No such days.
    ['2025-02-30', null],
    ['31/4/2025', null],
    ['29/2', null],
    ['0d', null],
    // Further back than any archive.
    ['9999d', null],
    ['soon', null],
    ['', null],
  ])('%s → %s', (text, day) => {
    expect(parseDay(text, TODAY)).toBe(day);
  });

  test('spoken days say which bound they are', () => {
    expect(spokenDay('today', TODAY)).toEqual({ kind: 'on', day: TODAY });
    expect(spokenDay('7d', TODAY)).toEqual({ kind: 'after', day: '2025-11-26' });
    expect(spokenDay('2025-12-01', TODAY)).toBeNull();
  });
});

describe('zones', () => {
  test.each([
    ['2025-12-02T18:30:00Z', 'Asia/Ho_Chi_Minh', '2025-12-03'],
    ['2025-12-02T18:30:00Z', 'UTC', '2025-12-02'],
    ['2025-12-02T03:30:00Z', 'America/New_York', '2025-12-01'],
    // An unknown zone is UTC.
    ['2025-12-02T18:30:00Z', 'Nowhere/Land', '2025-12-02'],
  ])('%s in %s is %s', (instant, zone, day) => {
    expect(dayOf(Date.parse(instant), zone)).toBe(day);
  });

  test.each([
    ['2025-12-03', 'Asia/Ho_Chi_Minh', '2025-12-02T17:00:00.000Z'],
    ['2025-07-01', 'America/New_York', '2025-07-01T04:00:00.000Z'],
    // The clocks change two hours later.
    ['2025-03-09', 'America/New_York', '2025-03-09T05:00:00.000Z'],
    ['2025-11-03', 'America/New_York', '2025-11-03T05:00:00.000Z'],
  ])('%s begins in %s at %s', (day, zone, instant) => {
    expect(dayStart(day, zone)).toBe(instant);
  });

  test('days are counted over the ends of months', () => {
    expect(addDays('2025-03-01', -1)).toBe('2025-02-28');
    expect(addDays('2025-12-31', 1)).toBe('2026-01-01');
  });
});
