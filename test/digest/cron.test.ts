import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asSimple, fromSimple, isTooOften, oneTimeEach, readCron } from '../../src/digest/cron.ts';
import { nextSlots } from '../../src/digest/schedule.ts';

describe('what a cron says', () => {
  it.each([
    ['30 6 * * 1-5', { times: [390], weekdays: [1, 2, 3, 4, 5], monthDays: null, months: null }],
    ['0,30 7-8 * * *', { times: [420, 450, 480, 510], weekdays: null, monthDays: null, months: null }],
    ['0 7 1,15 JAN-MAR *', { times: [420], weekdays: null, monthDays: [1, 15], months: [1, 2, 3] }],
    ['0 */6 * * sun,SAT', { times: [0, 360, 720, 1080], weekdays: [0, 6], monthDays: null, months: null }],
    ['0 7 * * 7', { times: [420], weekdays: [0], monthDays: null, months: null }],
    ['0 7 * * 0-6', { times: [420], weekdays: null, monthDays: null, months: null }],
    ['5/20 7 * * *', { times: [425, 445, 465], weekdays: null, monthDays: null, months: null }],
  ])('%s', (cron, expected) => {
    expect(readCron(cron)).toEqual(expected);
  });

  it.each([
    '0 7 L * *',
    '0 7 * * 5#2',
    '0 7 1W * *',
    '*/5 * * * *',
    '0 7 * *',
    '0 25 * * *',
    '0 9-7 * * *',
    '0 7 */0 * *',
  ])('%s takes more than numbers, or is none', (cron) => {
    expect(readCron(cron)).toBeNull();
  });

  it('is the same with a cron for each time, on days on which no clock changes', () => {
    const field = (values: string[]): fc.Arbitrary<string> => fc.constantFrom(...values);
    fc.assert(
      fc.property(
        field(['0', '15,45', '*/20', '5-7']),
        field(['7', '6,18', '8-11', '*/5', '*']),
        field(['*', '1-5', 'SUN', '5#2']),
        (minute, hour, weekday) => {
          const cron = `${minute} ${hour} * * ${weekday}`;
          const from = Date.parse('2026-11-24T00:00:00Z');
          const each = oneTimeEach(cron).join('; ');
          expect(nextSlots(each, 'Asia/Ho_Chi_Minh', from, 12)).toEqual(
            nextSlots(cron, 'Asia/Ho_Chi_Minh', from, 12),
          );
        },
      ),
    );
  });
});

describe('a schedule as buttons show it', () => {
  it.each([
    ['0 7 * * *', { times: [420], weekdays: [0, 1, 2, 3, 4, 5, 6] }],
    ['30 6 * * 1-5; 0 18 * * MON-FRI', { times: [390, 1080], weekdays: [1, 2, 3, 4, 5] }],
    ['0 7,18 * * 6,0', { times: [420, 1080], weekdays: [0, 6] }],
  ])('%s', (schedule, expected) => {
    expect(asSimple(schedule)).toEqual(expected);
  });

  it.each(['', '0 7 * * 1; 0 8 * * 2', '0 7 1 * *', '0 7 * 6 *', '0 7 L * *', '0 7 * * *; 0 7 * *'])(
    'is more than that: %j',
    (schedule) => {
      expect(asSimple(schedule)).toBeNull();
    },
  );

  it('is written as crons and read again', () => {
    const times = fc.uniqueArray(fc.integer({ min: 0, max: 1_439 }), { minLength: 1, maxLength: 12 });
    const days = fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(times, days, (someTimes, someDays) => {
        const simple = {
          times: someTimes.sort((a, b) => a - b),
          weekdays: someDays.sort((a, b) => a - b),
        };
        expect(asSimple(fromSimple(simple))).toEqual(simple);
      }),
    );
  });

  it.each([
    [[0, 1, 2, 3, 4, 5, 6], '30 6 * * *'],
    [[1, 2, 3, 4, 5], '30 6 * * 1-5'],
    [[0, 6], '30 6 * * 0,6'],
    [[1, 2], '30 6 * * 1,2'],
    [[3], '30 6 * * 3'],
  ])('on the days %j is %s', (weekdays, cron) => {
    expect(fromSimple({ times: [390], weekdays })).toBe(cron);
  });
});

describe('a schedule for a chat', () => {
  it.each([
    ['0 * * * *', false],
    ['0 */2 * * *', false],
    ['0 7 * * *; 30 18 * * *', false],
    ['0 * * * *; 0 7 * * *', false],
    // Each on its day.
    ['0 * * * 1; 30 7 * * 2', false],
    ['0 7 L * *', false],
    ['* * * * *', true],
    ['*/30 * * * *', true],
    ['0 * * * *; 30 7 * * *', true],
    ['0 * * * 1; 30 7 * * 1-5', true],
    ['0 * * * *; 30 7 L * *', true],
    // The other days do not make up for it.
    ['* * 1 1 *', true],
  ])('%s comes too often: %s', (schedule, expected) => {
    expect(isTooOften(schedule)).toBe(expected);
  });
});
