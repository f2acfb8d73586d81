import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dayFinder,
  judgeSlot,
  lastSlot,
  lastSlotFinder,
  nextSlot,
  nextSlots,
  readSchedule,
  slotFinder,
} from '../../src/digest/schedule.ts';

const at = (iso: string): number => Date.parse(iso);

/** The slots of a schedule from an instant on, each found from the one before, as the planner does. */
function slots(cron: string, zone: string, from: string, count: number): string[] {
  const found: string[] = [];
  let after = at(from);
  for (let n = 0; n < count; n++) {
    const slot = nextSlot(cron, zone, after);
    if (slot === null) break;
    found.push(new Date(slot).toISOString().replace(':00.000Z', 'Z'));
    after = slot;
  }
  return found;
}

describe('the next slot of a schedule', () => {
  it.each([
    ['the same day, when it is still to come', '0 7 * * *', '2026-11-23T23:59:59Z', '2026-11-24T00:00Z'],
    ['the next day, from the slot itself on', '0 7 * * *', '2026-11-24T00:00:00Z', '2026-11-25T00:00Z'],
    ['the next day, a second later', '0 7 * * *', '2026-11-24T00:00:01Z', '2026-11-25T00:00Z'],
    ['a weekday', '30 18 * * 5', '2026-11-24T00:00:00Z', '2026-11-27T11:30Z'],
    ['a day of the month', '0 7 1 * *', '2026-11-24T00:00:00Z', '2026-12-01T00:00Z'],
    ['a leap day, years away', '0 7 29 2 *', '2026-11-24T00:00:00Z', '2028-02-29T00:00Z'],
  ])('is %s', (_, cron, from, expected) => {
    expect(slots(cron, 'Asia/Ho_Chi_Minh', from, 1)).toEqual([expected]);
  });

  it('is that of whichever cron comes true first', () => {
    expect(slots('30 6 * * 1-5; 0 18 * * *', 'Asia/Ho_Chi_Minh', '2026-11-27T00:00:00Z', 4)).toEqual([
      '2026-11-27T11:00Z',
      '2026-11-28T11:00Z',
      '2026-11-29T11:00Z',
      '2026-11-29T23:30Z',
    ]);
  });

  it('is one where two crons come true at the same time', () => {
    expect(slots('0 7 * * *; 0 7 * * 2', 'Asia/Ho_Chi_Minh', '2026-11-23T00:00:00Z', 2)).toEqual([
      '2026-11-24T00:00Z',
      '2026-11-25T00:00Z',
    ]);
  });

  it('is null for a schedule without a future', () => {
    expect(nextSlot('0 7 30 2 *', 'Asia/Ho_Chi_Minh', at('2026-01-01T00:00:00Z'))).toBeNull();
  });

  it.each([
    ['0 7 * *', 'Europe/Paris'],
    ['61 7 * * *', 'Europe/Paris'],
    ['0 0 7 * * *', 'Europe/Paris'],
    ['0 7 * * *', 'Mars/Olympus'],
  ])('refuses %j in %s, which were to be checked before', (cron, zone) => {
    expect(() => nextSlot(cron, zone, 0)).toThrow();
  });
});

describe('when clocks change', () => {
  it.each([
    // Every row: a schedule around a change, and all of its slots in UTC.
    [
      'Paris, spring: 02:30 does not exist and comes when the gap ends, once',
      'Europe/Paris',
      '30 2 * * *',
      '2026-03-28T00:00:00Z',
      ['2026-03-28T01:30Z', '2026-03-29T01:00Z', '2026-03-30T00:30Z'],
    ],
    [
      'Paris, autumn: 02:30 comes twice on the clock and once in the chat, the first time',
      'Europe/Paris',
      '30 2 * * *',
      '2026-10-24T00:00:00Z',
      ['2026-10-24T00:30Z', '2026-10-25T00:30Z', '2026-10-26T01:30Z'],
    ],
    [
      'Paris, autumn: a start between the two 02:30 does not bring the second one',
      'Europe/Paris',
      '30 2 * * *',
      '2026-10-25T00:45:00Z',
      ['2026-10-26T01:30Z'],
    ],
    [
      'Paris, spring: 07:00 stays 07:00',
      'Europe/Paris',
      '0 7 * * *',
      '2026-03-28T00:00:00Z',
      ['2026-03-28T06:00Z', '2026-03-29T05:00Z', '2026-03-30T05:00Z'],
    ],
    [
      'Paris, spring: every hour is every hour that there is',
      'Europe/Paris',
      '0 * * * *',
      '2026-03-28T23:30:00Z',
      ['2026-03-29T00:00Z', '2026-03-29T01:00Z', '2026-03-29T02:00Z'],
    ],
    [
      'Paris, autumn: every hour is also the hour that comes twice',
      'Europe/Paris',
      '0 * * * *',
      '2026-10-24T23:30:00Z',
      ['2026-10-25T00:00Z', '2026-10-25T01:00Z', '2026-10-25T02:00Z'],
    ],
    [
      'New York, spring',
      'America/New_York',
      '30 2 * * *',
      '2026-03-07T00:00:00Z',
      ['2026-03-07T07:30Z', '2026-03-08T07:00Z', '2026-03-09T06:30Z'],
    ],
    [
      'New York, autumn',
      'America/New_York',
      '30 1 * * *',
      '2026-10-31T00:00:00Z',
      ['2026-10-31T05:30Z', '2026-11-01T05:30Z', '2026-11-02T06:30Z'],
    ],
    [
      'Lord Howe changes by half an hour, spring',
      'Australia/Lord_Howe',
      '15 2 * * *',
      '2026-10-02T12:00:00Z',
      ['2026-10-02T15:45Z', '2026-10-03T15:30Z', '2026-10-04T15:15Z'],
    ],
    [
      'Lord Howe, autumn',
      'Australia/Lord_Howe',
      '45 1 * * *',
      '2026-04-03T12:00:00Z',
      ['2026-04-03T14:45Z', '2026-04-04T14:45Z', '2026-04-05T15:15Z'],
    ],
    [
      'Berlin, autumn: of a list of hours, each comes once',
      'Europe/Berlin',
      '30 2,14 * * *',
      '2026-10-24T13:00:00Z',
      ['2026-10-25T00:30Z', '2026-10-25T13:30Z', '2026-10-26T01:30Z'],
    ],
    [
      'Berlin, autumn: and of a step, and of several minutes',
      'Europe/Berlin',
      '*/30 2-3 * * *',
      '2026-10-24T22:00:00Z',
      [
        '2026-10-25T00:00Z',
        '2026-10-25T00:30Z',
        '2026-10-25T02:00Z',
        '2026-10-25T02:30Z',
        '2026-10-26T01:00Z',
      ],
    ],
    [
      'Berlin, spring: times that do not exist come together, as one',
      'Europe/Berlin',
      '0 2 * * *; 30 2 * * *; 0 3 * * *; 0 4 * * *',
      '2026-03-29T00:00:00Z',
      ['2026-03-29T01:00Z', '2026-03-29T02:00Z', '2026-03-30T00:00Z'],
    ],
    [
      'New York, autumn: two crons at the time that comes twice',
      'America/New_York',
      '30 1 * * *; 30 1 * * 0',
      '2026-11-01T00:00:00Z',
      ['2026-11-01T05:30Z', '2026-11-02T06:30Z'],
    ],
    [
      'Apia skipped the 30th of December 2011: no digest on a day that was not',
      'Pacific/Apia',
      '0 7 * * *',
      '2011-12-29T12:00:00Z',
      ['2011-12-29T17:00Z', '2011-12-30T17:00Z', '2011-12-31T17:00Z'],
    ],
    [
      'Apia: that day was a Friday, so the weekly digest came the Friday after',
      'Pacific/Apia',
      '0 7 * * 5',
      '2011-12-20T00:00:00Z',
      ['2011-12-23T17:00Z', '2012-01-05T17:00Z'],
    ],
    [
      'Beirut skips midnight: the day still has its digest',
      'Asia/Beirut',
      '0 0 * * *',
      '2026-03-27T12:00:00Z',
      ['2026-03-27T22:00Z', '2026-03-28T22:00Z', '2026-03-29T21:00Z'],
    ],
    [
      'Ho Chi Minh City never changes',
      'Asia/Ho_Chi_Minh',
      '0 7 * * *',
      '2026-03-28T12:00:00Z',
      ['2026-03-29T00:00Z', '2026-03-30T00:00Z', '2026-03-31T00:00Z'],
    ],
  ])('%s', (_, zone, cron, from, expected) => {
    expect(slots(cron, zone, from, expected.length)).toEqual(expected);
  });

  const ZONES = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Ho_Chi_Minh'];

  it.each(ZONES)('a daily schedule in %s has one slot on each of the days of two years', (zone) => {
    const dayOf = dayFinder();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), (hour, minute) => {
        const days: string[] = [];
        let slot = nextSlot(`${minute} ${hour} * * *`, zone, at('2026-01-01T12:00:00Z'));
        while (slot !== null && slot < at('2028-01-01T00:00:00Z')) {
          days.push(dayOf(slot, zone));
          slot = nextSlot(`${minute} ${hour} * * *`, zone, slot);
        }
        expect(new Set(days).size).toBe(days.length);
        const [first = '', last = ''] = [days[0], days.at(-1)];
        expect(days.length).toBe((at(last) - at(first)) / 86_400_000 + 1);
      }),
      { numRuns: 4 },
    );
  });
});

describe('the last slot of a schedule', () => {
  it.each([
    ['the slot itself, at its instant', '0 7 * * *', '2026-11-24T00:00:00.000Z', '2026-11-24T00:00:00.000Z'],
    [
      'the one of the day before, a moment earlier',
      '0 7 * * *',
      '2026-11-23T23:59:59.999Z',
      '2026-11-23T00:00:00.000Z',
    ],
    ['the one that passed last', '0 * * * *', '2026-11-24T05:59:00.000Z', '2026-11-24T05:00:00.000Z'],
    ['years ago', '0 7 29 2 *', '2026-11-24T00:00:00.000Z', '2024-02-29T00:00:00.000Z'],
  ])('is %s', (_, cron, until, expected) => {
    expect(lastSlot(cron, 'Asia/Ho_Chi_Minh', at(until))).toBe(at(expected));
  });

  it('is that of whichever cron came true last', () => {
    expect(lastSlot('30 6 * * 1-5; 0 18 * * *', 'Asia/Ho_Chi_Minh', at('2026-11-24T00:00:00Z'))).toBe(
      at('2026-11-23T23:30:00Z'),
    );
  });

  it('is null for a schedule that never came true', () => {
    expect(lastSlot('0 7 30 2 *', 'Asia/Ho_Chi_Minh', at('2026-11-24T00:00:00Z'))).toBeNull();
  });

  it('is the next slot looked back at, also when clocks change', () => {
    const minutes = fc.integer({ min: 0, max: 6 * 24 * 60 });
    const hours = fc.integer({ min: 0, max: 4 });
    fc.assert(
      fc.property(
        fc.constantFrom(...CHANGES),
        minutes,
        hours,
        fc.integer({ min: 0, max: 59 }),
        (change, passed, hour, minute) => {
          const [zone, from] = change;
          const cron = `${minute} ${hour} * * *`;
          const next = nextSlot(cron, zone, at(from) + passed * 60_000);
          expect(lastSlot(cron, zone, next ?? 0)).toBe(next);
        },
      ),
    );
  });
});

/** Zones, and a day three days before their clocks change. */
const CHANGES: [string, string][] = [
  ['Europe/Paris', '2026-03-26T00:00:00Z'],
  ['Europe/Paris', '2026-10-22T00:00:00Z'],
  ['America/New_York', '2026-03-05T00:00:00Z'],
  ['America/New_York', '2026-10-29T00:00:00Z'],
  ['Australia/Lord_Howe', '2026-04-02T00:00:00Z'],
  ['Australia/Lord_Howe', '2026-10-01T00:00:00Z'],
];

describe('several slots', () => {
  const CRONS = [
    '30 2,14 * * *',
    '0 7 * * 1-5; 0 18 * * *',
    '0 * * * *',
    '0 7 29 2 *',
    '0 0 31 12 *; 15 3 * * 0',
  ];

  it('are those that come one after the other', () => {
    const hours = fc.integer({ min: 0, max: 9_000 });
    fc.assert(
      fc.property(
        fc.constantFrom(...CHANGES),
        fc.constantFrom(...CRONS),
        hours,
        ([zone, from], cron, hour) => {
          const after = at(from) + hour * 3_600_000;
          const expected = slots(cron, zone, new Date(after).toISOString(), 5).map(at);
          expect(nextSlots(cron, zone, after, 5)).toEqual(expected);
        },
      ),
    );
  });

  it('are as many as there are', () => {
    expect(nextSlots('0 7 30 2 *', 'Europe/Berlin', 0, 3)).toEqual([]);
  });
});

describe('a schedule that was typed', () => {
  const NOW = at('2026-11-24T00:00:00Z');
  const read = (text: string) => readSchedule(text, 'Europe/Berlin', NOW);

  it.each([
    ['30 6 * * 1-5', '30 6 * * 1-5'],
    [' 30  6 * *\t1-5 ;\n 0 18 * * * ; ', '30 6 * * 1-5; 0 18 * * *'],
    ['30 6 * * *\n30 6 * * *', '30 6 * * *'],
    ['0 7 * * MON', '0 7 * * MON'],
    ['0 7 L * *', '0 7 L * *'],
  ])('%j is kept as %j', (text, schedule) => {
    expect(read(text)).toEqual({ ok: true, schedule });
  });

  it.each([
    ['', 'unreadable'],
    [';', 'unreadable'],
    ['07:00', 'unreadable'],
    ['0 7 * *', 'unreadable'],
    ['0 0 7 * * *', 'unreadable'],
    ['61 7 * * *', 'unreadable'],
    ['@daily', 'unreadable'],
    ['0 7 * * *; nonsense', 'unreadable'],
    ['0 7 * * constructor', 'unreadable'],
    [`0 7 * * ${'1,'.repeat(200)}1`, 'unreadable'],
    [Array.from({ length: 13 }, (_, n) => `${n} 7 * * *`).join(';'), 'unreadable'],
    ['0 7 30 2 *', 'never'],
    ['0 7 * * *; 0 7 31 4 *', 'never'],
  ])('%j is %s', (text, problem) => {
    expect(read(text)).toEqual({ ok: false, problem });
  });

  it('may be anything at all, and never throws', () => {
    const letters = fc.string({
      unit: fc.constantFrom(...Array.from('0123456789*,-/;L#W ? aMON')),
      maxLength: 40,
    });
    fc.assert(
      fc.property(letters, (text) => {
        const result = read(text);
        if (result.ok) expect(read(result.schedule)).toEqual(result);
      }),
      { numRuns: 300 },
    );
  });
});

describe('slots for many subscriptions at one time', () => {
  it('are those that each would have on its own', () => {
    const now = at('2026-10-25T00:45:00Z');
    const [next, last] = [slotFinder(now), lastSlotFinder(now)];
    const wishes: [string, string][] = [
      ['0 7 * * *', 'Asia/Ho_Chi_Minh'],
      ['0 7 * * *', 'Europe/Paris'],
      ['30 2 * * *', 'Europe/Paris'],
      ['0 7 30 2 *', 'Europe/Paris'],
    ];
    for (const [cron, zone] of [...wishes, ...wishes]) {
      expect(next(cron, zone)).toBe(nextSlot(cron, zone, now));
      expect(last(cron, zone)).toBe(lastSlot(cron, zone, now));
    }
  });
});

describe('what becomes of a slot that is looked at now', () => {
  const SLOT = at('2026-11-24T00:00:00Z');
  const MINUTE = 60_000;
  const LATE_LIMIT = 6 * 60 * MINUTE;

  it.each([
    ['at its time', 0, null, 'on-time'],
    ['a second early, as timers may be', -1_000, null, 'on-time'],
    ['with the next beat', MINUTE, null, 'on-time'],
    ['90 seconds later, still', 90_000, null, 'on-time'],
    ['a moment after that: the program was down', 90_001, null, 'late'],
    ['hours later, up to the limit', LATE_LIMIT, null, 'late'],
    ['beyond the limit: nobody wants the morning news at night', LATE_LIMIT + 1, null, 'skip'],
    ['while paused', 0, SLOT + 1, 'skip'],
    ['when the pause has just ended', 0, SLOT, 'on-time'],
    ['long after a pause', MINUTE, SLOT - 86_400_000, 'on-time'],
  ])('%s', (_, delay, pausedUntil, expected) => {
    expect(judgeSlot({ at: SLOT, pausedUntil }, SLOT + delay, LATE_LIMIT)).toBe(expected);
  });
});

describe('the day of an instant', () => {
  it.each([
    ['2026-11-23T16:59:59Z', 'Asia/Ho_Chi_Minh', '2026-11-23'],
    ['2026-11-23T17:00:00Z', 'Asia/Ho_Chi_Minh', '2026-11-24'],
    ['2026-11-24T00:00:00Z', 'America/New_York', '2026-11-23'],
    ['2026-11-24T00:00:00Z', 'UTC', '2026-11-24'],
    ['2026-01-05T12:00:00Z', 'Australia/Lord_Howe', '2026-01-05'],
  ])('at %s in %s is %s', (instant, zone, day) => {
    const dayOf = dayFinder();
    expect([dayOf(at(instant), zone), dayOf(at(instant), zone)]).toEqual([day, day]);
  });
});
