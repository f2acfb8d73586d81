import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockTime } from '../../src/digest/quiet.ts';
import { readPause, readQuietHours, readTimes } from '../../src/telegram/typed.ts';

const HANOI = 'Asia/Ho_Chi_Minh';
/** 09:00 in Hanoi. */
const NOW = Date.parse('2026-11-24T02:00:00Z');

const times = (text: string): string[] | null => readTimes(text)?.map(clockTime) ?? null;

describe('times that were typed', () => {
  it.each([
    ['06:30', ['06:30']],
    ['6:30', ['06:30']],
    ['6h30', ['06:30']],
    ['6h', ['06:00']],
    ['6 giờ 30', ['06:30']],
    ['18 giờ', ['18:00']],
    ['6 giờ và 18 giờ'.normalize('NFD'), ['06:00', '18:00']],
    ['6.30', ['06:30']],
    ['6:30pm', ['18:30']],
    ['6 PM', ['18:00']],
    ['12am, 12pm', ['00:00', '12:00']],
    ['06:30 18:00', ['06:30', '18:00']],
    ['06:30, 6h30; 18h00', ['06:30', '18:00']],
    [' 23:59 \n 0:00 ', ['23:59', '00:00']],
  ])('%j', (text, expected) => {
    expect(times(text)).toEqual(expected);
  });

  it.each([
    '',
    ' ',
    '6',
    '24:00',
    '6:60',
    '6:3',
    '13pm',
    '0am',
    'sáng',
    '06:30 sớm',
    '0 7 * * *',
    '0 7 1 1 1',
    '06:30-07:00',
    '-6:30',
    'x'.repeat(300),
  ])('%j are none', (text) => {
    expect(times(text)).toBeNull();
  });
});

describe('quiet hours that were typed', () => {
  it.each([
    ['22:00-06:00', [1_320, 360]],
    ['22h - 6h30', [1_320, 390]],
    ['22-6', [1_320, 360]],
    ['từ 22h đến 6h', [1_320, 360]],
    ['22:00 to 6:00', [1_320, 360]],
    ['from 22:00 until 7:15', [1_320, 435]],
    ['22:00–06:00', [1_320, 360]],
  ])('%j', (text, [from, to]) => {
    expect(readQuietHours(text)).toEqual({ from, to });
  });

  it.each(['', '22:00', '22:00-', '-6', '22:00-22:00', '22-6-7', '22:00-25:00', '22:00 23:00-6:00', 'đêm'])(
    '%j are none',
    (text) => {
      expect(readQuietHours(text)).toBeNull();
    },
  );
});

describe('the end of a pause that was typed', () => {
  it.each([
    ['3d', '2026-11-27T02:00:00Z'],
    ['3 ngày', '2026-11-27T02:00:00Z'],
    ['10 days', '2026-12-04T02:00:00Z'],
    ['2w', '2026-12-08T02:00:00Z'],
    ['1 tuần', '2026-12-01T02:00:00Z'],
    ['12h', '2026-11-24T14:00:00Z'],
    ['1 tháng', '2026-12-24T02:00:00Z'],
    // A day begins where the chat is.
    ['2026-12-31', '2026-12-30T17:00:00Z'],
    ['31/12/2026', '2026-12-30T17:00:00Z'],
    ['31.12.2026', '2026-12-30T17:00:00Z'],
    ['31-12-2026', '2026-12-30T17:00:00Z'],
    ['31/12', '2026-12-30T17:00:00Z'],
    // The next such day.
    ['1/3', '2027-02-28T17:00:00Z'],
  ])('%j', (text, expected) => {
    expect(readPause(text, HANOI, NOW)).toEqual({ ok: true, until: Date.parse(expected) });
  });

  it('begins the day as clocks that skip midnight do', () => {
    const now = Date.parse('2026-03-20T00:00:00Z');
    expect(readPause('2026-03-29', 'Asia/Beirut', now)).toEqual({
      ok: true,
      until: Date.parse('2026-03-28T22:00:00Z'),
    });
  });

  it.each([
    ['', 'unreadable'],
    ['mai', 'unreadable'],
    ['3', 'unreadable'],
    ['3 năm', 'unreadable'],
    ['31/2/2027', 'unreadable'],
    ['2027-13-01', 'unreadable'],
    ['32/1', 'unreadable'],
    ['2026-11-24', 'past'],
    ['2025-12-31', 'past'],
    ['0d', 'past'],
    ['367d', 'too-long'],
    ['99999w', 'too-long'],
    ['2030-01-01', 'too-long'],
  ])('%j is %s', (text, why) => {
    expect(readPause(text, HANOI, NOW)).toEqual({ ok: false, why });
  });
});

describe('whatever is typed', () => {
  it('never throws', () => {
    const letters = fc.string({
      unit: fc.constantFrom(...Array.from('0123456789:h./- dngàytuầw;')),
      maxLength: 30,
    });
    fc.assert(
      fc.property(fc.oneof(letters, fc.string({ unit: 'binary' })), (text) => {
        readTimes(text);
        readQuietHours(text);
        readPause(text, HANOI, NOW);
      }),
      { numRuns: 300 },
    );
  });
});
