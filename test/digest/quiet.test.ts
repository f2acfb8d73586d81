import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockTime, isQuiet, minuteFinder, readQuiet, writeQuiet } from '../../src/digest/quiet.ts';

const night = { from: 22 * 60, to: 6 * 60 };

describe('quiet hours', () => {
  it.each([
    ['21:59', false],
    ['22:00', true],
    ['23:59', true],
    ['00:00', true],
    ['05:59', true],
    ['06:00', false],
  ])('from 22:00 to 06:00, %s is quiet: %s', (time, expected) => {
    const [hours, minutes] = time.split(':').map(Number);
    expect(isQuiet(night, Number(hours) * 60 + Number(minutes))).toBe(expected);
  });

  it('may lie within a day', () => {
    const noon = { from: 720, to: 780 };
    expect([719, 720, 779, 780].map((minute) => isQuiet(noon, minute))).toEqual([false, true, true, false]);
  });

  it('are written and read again', () => {
    const minute = fc.integer({ min: 0, max: 1_439 });
    fc.assert(
      fc.property(minute, minute, (from, to) => {
        expect(readQuiet(writeQuiet({ from, to }))).toEqual(from === to ? null : { from, to });
      }),
    );
  });

  it.each(['', '22:00', '22:00-24:00', '22-6', '22:60-06:00', '22:00-06:00x'])('%j are none', (text) => {
    expect(readQuiet(text)).toBeNull();
  });
});

describe('the minute of a day', () => {
  it.each([
    ['2026-11-24T00:00:00Z', 'Asia/Ho_Chi_Minh', '07:00'],
    ['2026-11-23T17:00:00Z', 'Asia/Ho_Chi_Minh', '00:00'],
    ['2026-11-23T18:15:00Z', 'Asia/Kathmandu', '00:00'],
    ['2026-07-01T00:00:00Z', 'America/New_York', '20:00'],
  ])('of %s in %s is %s', (instant, zone, expected) => {
    const minuteOf = minuteFinder();
    expect(clockTime(minuteOf(Date.parse(instant), zone))).toBe(expected);
    expect(clockTime(minuteOf(Date.parse(instant), zone))).toBe(expected);
  });
});
