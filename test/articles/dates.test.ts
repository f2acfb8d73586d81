import { describe, expect, it } from 'vitest';
import { dayFinder, listedAt, readDate } from '../../src/articles/dates.ts';

const NOW = Date.parse('2026-01-10T12:00:00Z');

describe('a date is read as it is meant', () => {
  it.each([
    ['2025-12-24', '2025-12-24', 'a day'],
    ['1900-01-01', '1900-01-01', 'the first there is'],
    ['2024-02-29', '2024-02-29', 'a leap day'],
    ['2027-01-11', '2027-01-11', '366 days ahead'],
    ['2025-12-24T07:00:00+07:00', '2025-12-24T00:00:00.000Z', 'an instant'],
    ['2025-12-24 01:30 +0700', '2025-12-23T18:30:00.000Z', 'as Jekyll writes it'],
    ['2025-12-24T07:00:00.12Z', '2025-12-24T07:00:00.120Z', 'in UTC'],
    ['2025-12-24T07:00', '2025-12-24', 'a time without a zone could be any: only the day is known'],
  ])('%s → %s (%s)', (raw, publishedAt) => {
    expect(readDate(raw, NOW)).toEqual({ ok: true, publishedAt });
  });
});

describe('a date that cannot be is refused, and shown', () => {
  it.each([
    '2025-02-30',
    '2025-13-01',
    '2025-00-10',
    '2023-02-29',
    '0099-02-29',
    '1899-12-31',
    '2027-01-12',
    '2025-1-5',
    '24/12/2025',
    '2025-12-24T25:00:00Z',
    '2025-12-24T10:61:00Z',
    '2025-12-24T10:00:00+15:00',
    '2025-12-24T10:00:00+07:75',
    'hôm qua',
    '',
  ])('%s', (raw) => {
    const reading = readDate(raw, NOW);
    expect(reading).toMatchObject({ ok: false, refusal: { reason: 'bad-date' } });
    expect(reading.ok ? '' : reading.refusal.detail).toContain(`"${raw}"`);
  });

  it('a long one only at its beginning', () => {
    const reading = readDate('9'.repeat(1_000_000), NOW);
    expect(reading.ok ? '' : reading.refusal.detail.length).toBeLessThan(100);
  });
});

describe('dayFinder', () => {
  const lateEvening = Date.parse('2025-12-24T18:30:00Z');
  it.each([
    ['Asia/Ho_Chi_Minh', '2025-12-25'],
    ['UTC', '2025-12-24'],
    ['America/New_York', '2025-12-24'],
  ])('in %s it is %s', (zone, day) => {
    expect(dayFinder(zone)(lateEvening)).toBe(day);
  });
});

describe('listedAt: an article is never listed later than it was first seen', () => {
  const seen = Date.parse('2025-12-24T18:30:00Z');
  it.each([
    ['2025-12-20', '2025-12-20', 'the past'],
    ['2025-12-25', '2025-12-25', 'today, in the newsroom'],
    ['2026-06-01', '2025-12-25', 'a date ahead counts as the day of the first sight'],
    ['2025-12-24T10:00:00.000Z', '2025-12-24T10:00:00.000Z', 'an instant in the past'],
    ['2026-06-01T00:00:00.000Z', '2025-12-24T18:30:00.000Z', 'an instant ahead'],
  ])('published %s → listed %s (%s)', (publishedAt, listed) => {
    expect(listedAt(publishedAt, seen, dayFinder('Asia/Ho_Chi_Minh'))).toBe(listed);
  });
});
