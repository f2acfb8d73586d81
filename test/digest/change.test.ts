import { describe, expect, it } from 'vitest';
import { applyChange, replan, type Change, type Changed } from '../../src/digest/change.ts';
import type { Preferences } from '../../src/digest/subscription.ts';

const HANOI = 'Asia/Ho_Chi_Minh';
const NOW = Date.parse('2026-11-24T02:00:00Z');
const DAY = 86_400_000;

const plain: Preferences = {
  cron: '0 7 * * *',
  zone: HANOI,
  style: 'normal',
  maxItems: null,
  tellsQuietDay: false,
  silent: false,
  quiet: null,
  pausedUntil: null,
};

const change = (wish: Change, cron = plain.cron): Changed => applyChange({ ...plain, cron }, wish, NOW);
const cronAfter = (wish: Change, cron?: string): string => {
  const changed = change(wish, cron);
  return changed.ok ? changed.preferences.cron : changed.why;
};

describe('times', () => {
  it.each([
    ['add', [390], '0 7 * * *', '30 6 * * *; 0 7 * * *'],
    ['add', [420], '0 7 * * *', '0 7 * * *'],
    ['add', [1_080], '0 7 * * 1-5', '0 7 * * 1-5; 0 18 * * 1-5'],
    ['remove', [420], '30 6 * * *; 0 7 * * *', '30 6 * * *'],
    ['remove', [420], '0 7 * * *', 'no-time-left'],
    ['only', [390], '0 7,18 * * 1-5', '30 6 * * 1-5'],
    // What buttons cannot show gives way.
    ['add', [390], '0 7 1 * *', '30 6 * * *'],
    ['add', Array.from({ length: 12 }, (_, n) => n), '0 7 * * *', 'too-many-times'],
    [
      'only',
      Array.from({ length: 12 }, (_, n) => n * 60),
      '0 7 * * *',
      expect.stringContaining('0 11 * * *'),
    ],
  ] as const)('%s %j to %s: %s', (how, minutes, cron, expected) => {
    expect(cronAfter({ set: 'times', minutes: [...minutes], how }, cron)).toEqual(expected);
  });
});

describe('days', () => {
  it.each([
    ['only', [1, 2, 3, 4, 5], '0 7 * * *', '0 7 * * 1-5'],
    ['remove', [0], '0 7,18 * * *', '0 7 * * 1-6; 0 18 * * 1-6'],
    ['add', [6], '0 7 * * 0', '0 7 * * 0,6'],
    ['add', [0], '0 7 * * 1-6', '0 7 * * *'],
    ['remove', [3], '0 7 * * 3', 'no-day-left'],
    ['add', [3], '0 7 1 * *', 'custom'],
  ] as const)('%s %j to %s: %s', (how, days, cron, expected) => {
    expect(cronAfter({ set: 'days', days: [...days], how }, cron)).toBe(expected);
  });
});

describe('other changes', () => {
  it.each<[Change, Partial<Preferences>]>([
    [{ set: 'schedule', cron: '0 7 L * *' }, { cron: '0 7 L * *' }],
    [{ set: 'zone', zone: 'Europe/Berlin' }, { zone: 'Europe/Berlin' }],
    [{ set: 'items', maxItems: 5 }, { maxItems: 5 }],
    [{ set: 'style', style: 'full' }, { style: 'full' }],
    [{ set: 'silent' }, { silent: true }],
    [{ set: 'pauseDays', days: 3 }, { pausedUntil: NOW + 3 * DAY }],
    [{ set: 'pause', until: NOW + 1 }, { pausedUntil: NOW + 1 }],
    [{ set: 'pause', until: null }, {}],
  ])('%j', (wish, expected) => {
    expect(change(wish)).toEqual({ ok: true, preferences: { ...plain, ...expected } });
  });

  it('quiet hours and silence take each other’s place', () => {
    const quiet = { from: 1_320, to: 360 };
    const silent = applyChange({ ...plain, quiet }, { set: 'silent' }, NOW);
    expect(silent).toMatchObject({ preferences: { silent: true, quiet: null } });
    const hours = applyChange({ ...plain, silent: true }, { set: 'quiet', quiet }, NOW);
    expect(hours).toMatchObject({ preferences: { silent: false, quiet } });
  });

  it('a schedule of a digest a minute is refused, and one that never comes true', () => {
    expect(change({ set: 'schedule', cron: '0 7 30 2 *' })).toEqual({ ok: false, why: 'never' });
    expect(change({ set: 'schedule', cron: '* * * * *' })).toEqual({ ok: false, why: 'too-often' });
  });
});

describe('the next slot after a change, at 09:00 in Hanoi', () => {
  const at = (local: string): number => Date.parse(`${local}:00+07:00`);
  const next = (dueAt: number | null, wish: Partial<Preferences>, now = NOW): number | null =>
    replan(dueAt, { ...plain, ...wish }, now);

  it.each([
    ['a time later today', { cron: '0 18 * * *' }, '2026-11-24T18:00'],
    ['a time that is past today', { cron: '0 8 * * *' }, '2026-11-25T08:00'],
    ['this very minute, past', { cron: '0 9 * * *' }, '2026-11-25T09:00'],
    ['the next minute', { cron: '1 9 * * *' }, '2026-11-24T09:01'],
    ['another zone', { zone: 'Europe/Berlin' }, '2026-11-24T13:00'],
    ['the same as before', {}, '2026-11-25T07:00'],
    ['a pause', { pausedUntil: NOW + 3 * DAY }, '2026-11-28T07:00'],
    [
      'a pause to the minute of a slot, which comes',
      { pausedUntil: at('2026-11-26T07:00') },
      '2026-11-26T07:00',
    ],
    ['a pause that is over', { pausedUntil: NOW - 1 }, '2026-11-25T07:00'],
  ])('%s', (_, wish, expected) => {
    expect(next(at('2026-11-25T07:00'), wish)).toBe(at(expected));
  });

  it('a slot that is due and not planned yet is not lost', () => {
    const due = NOW - 20_000;
    expect(next(due, { cron: '0 18 * * *' })).toBe(due);
    // But for a pause: that is what it is for.
    expect(next(due, { pausedUntil: NOW + DAY })).toBe(at('2026-11-26T07:00'));
  });

  it('a slot that was planned a moment early is not found again', () => {
    const slot = at('2026-11-25T07:00');
    expect(next(slot + DAY, {}, slot - 400)).toBe(slot + DAY);
    // Nor is it lost if it was not.
    expect(next(slot, {}, slot - 400)).toBe(slot);
  });

  it('there is none for a schedule without a future', () => {
    expect(next(at('2026-11-25T07:00'), { cron: '0 7 30 2 *' })).toBeNull();
  });
});
