import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PLACES } from '../../src/digest/places.ts';
import { findZones, isZone, zoneAt } from '../../src/digest/zones.ts';

const zonesOf = (text: string): string[] => findZones(text).map(({ zone }) => zone);

describe('the zone of what somebody typed', () => {
  it.each([
    ['Hà Nội', 'Asia/Ho_Chi_Minh'],
    ['ha noi', 'Asia/Ho_Chi_Minh'],
    ['HANOI', 'Asia/Ho_Chi_Minh'],
    ['  tp. Hồ Chí Minh ', 'Asia/Ho_Chi_Minh'],
    // Decomposed, as some telephones type it.
    ['Đà Nẵng'.normalize('NFD'), 'Asia/Ho_Chi_Minh'],
    ['Đức', 'Europe/Berlin'],
    ['luân đôn', 'Europe/London'],
    ['Nhật', 'Asia/Tokyo'],
    ['new york', 'America/New_York'],
    ['buenos aires', 'America/Argentina/Buenos_Aires'],
    // Cities that only the zones themselves name.
    ['Lord Howe', 'Australia/Lord_Howe'],
    ['apia', 'Pacific/Apia'],
    ['Reykjavik', 'Atlantic/Reykjavik'],
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    ['asia/ho chi minh', 'Asia/Ho_Chi_Minh'],
    ['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['etc/gmt+7', 'Etc/GMT+7'],
    ['utc', 'UTC'],
    // The beginning of one name only.
    ['reykj', 'Atlantic/Reykjavik'],
  ])('%j is %s', (text, zone) => {
    expect(zonesOf(text)).toEqual([zone]);
  });

  it('are several when it is the beginning of several names', () => {
    expect(zonesOf('san')).toEqual(expect.arrayContaining(['America/Los_Angeles', 'America/Chicago']));
    expect(zonesOf('new').length).toBeGreaterThan(2);
    expect(zonesOf('new').length).toBeLessThanOrEqual(6);
    expect(findZones('san f')).toEqual([{ zone: 'America/Los_Angeles', name: 'San Francisco' }]);
  });

  it.each([
    '',
    ' ',
    '?',
    'x',
    'zzzz',
    '+07:00',
    '<b>',
    '07:00',
    'x'.repeat(5_000),
    'constructor',
    'Mars/Olympus',
  ])('is none for %j', (text) => {
    expect(zonesOf(text)).toEqual([]);
  });

  it('is one that the runtime knows, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 12 }), (text) => {
        for (const zone of zonesOf(text)) expect(isZone(zone)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('our own names', () => {
  it.each(Object.keys(PLACES))('stand under a zone that there is: %s', (zone) => {
    expect(isZone(zone)).toBe(true);
  });

  it('each mean one place', () => {
    for (const names of Object.values(PLACES)) {
      for (const name of names.split(',')) expect(zonesOf(name), name).toHaveLength(1);
    }
  });
});

describe('the zone of a place on the map', () => {
  it.each([
    ['Hanoi', 21.03, 105.85, 'Asia/Ho_Chi_Minh'],
    ['Ho Chi Minh City', 10.78, 106.7, 'Asia/Ho_Chi_Minh'],
    ['Vinh', 18.67, 105.69, 'Asia/Ho_Chi_Minh'],
    ['Sơn La', 21.33, 103.91, 'Asia/Ho_Chi_Minh'],
    ['Chiang Mai', 18.79, 98.98, 'Asia/Bangkok'],
    ['Nakhon Phanom', 17.39, 104.77, 'Asia/Bangkok'],
    ['Vientiane', 17.97, 102.6, 'Asia/Vientiane'],
    ['Bangkok', 13.75, 100.5, 'Asia/Bangkok'],
    ['Kunming', 25.04, 102.71, 'Asia/Shanghai'],
    ['Berlin', 52.52, 13.4, 'Europe/Berlin'],
    ['Lord Howe Island', -31.55, 159.08, 'Australia/Lord_Howe'],
    ['Phoenix, without summer time', 33.45, -112.07, 'America/Phoenix'],
  ])('%s', (_, latitude, longitude, zone) => {
    expect(zoneAt(latitude, longitude)).toBe(zone);
  });

  it('is none for what is no place', () => {
    expect(zoneAt(91, 0)).toBeNull();
    expect(zoneAt(0, -181)).toBeNull();
    expect(zoneAt(Number.NaN, 0)).toBeNull();
  });

  it('is one that the runtime knows, anywhere on earth', () => {
    const degrees = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
    fc.assert(
      fc.property(degrees(90), degrees(180), (latitude, longitude) => {
        const zone = zoneAt(latitude, longitude);
        if (zone !== null) expect(isZone(zone)).toBe(true);
      }),
    );
  });
});
