/**
 * What a chat may change about its subscription, and what follows for its next slot. Pure: the store reads, asks here,
 * and writes, all in one transaction.
 */
import { asSimple, EVERY_DAY, fromSimple, isTooOften } from './cron.ts';
import type { QuietHours } from './quiet.ts';
import { EARLY_MS, nextSlot } from './schedule.ts';
import type { DigestStyle, Preferences } from './subscription.ts';

/** More buttons than these would be hard to read. */
export const MAX_TIMES = 12;
const DAY_MS = 86_400_000;

export type Change =
  /** Minutes of the day. `only` takes the place of all others. */
  | { set: 'times'; minutes: number[]; how: 'add' | 'remove' | 'only' }
  /** 0 is Sunday. */
  | { set: 'days'; days: number[]; how: 'add' | 'remove' | 'only' }
  /** In the form in which it is kept, see `readSchedule`. */
  | { set: 'schedule'; cron: string }
  /** IANA, known to the runtime. */
  | { set: 'zone'; zone: string }
  /** Null for none; digests outside of them have a sound again. */
  | { set: 'quiet'; quiet: QuietHours | null }
  /** Never a sound. */
  | { set: 'silent' }
  /** Null takes that of the settings. */
  | { set: 'items'; maxItems: number | null }
  | { set: 'style'; style: DigestStyle }
  /** Whether a slot with nothing new brings a line. */
  | { set: 'quietDay'; tells: boolean }
  | { set: 'pauseDays'; days: number }
  /** Epoch milliseconds; null ends the pause. */
  | { set: 'pause'; until: number | null };

export type Refusal =
  /** The schedule is more than times and days, so single days cannot be changed. */
  'custom' | 'too-many-times' | 'no-time-left' | 'no-day-left' | 'too-often' | 'never';

export type Changed = { ok: true; preferences: Preferences } | { ok: false; why: Refusal };

export function applyChange(old: Preferences, change: Change, now: number): Changed {
  switch (change.set) {
    case 'times':
      return changeTimes(old, change, now);
    case 'days':
      return changeDays(old, change, now);
    case 'schedule':
      return withSchedule(old, change.cron, now);
    case 'zone':
      return fine({ ...old, zone: change.zone });
    case 'quiet':
      return fine({ ...old, quiet: change.quiet, silent: false });
    case 'silent':
      return fine({ ...old, quiet: null, silent: true });
    case 'items':
      return fine({ ...old, maxItems: change.maxItems });
    case 'style':
      return fine({ ...old, style: change.style });
    case 'quietDay':
      return fine({ ...old, tellsQuietDay: change.tells });
    case 'pauseDays':
      return fine({ ...old, pausedUntil: now + change.days * DAY_MS });
    case 'pause':
      return fine({ ...old, pausedUntil: change.until });
  }
}

function changeTimes(old: Preferences, change: Extract<Change, { set: 'times' }>, now: number): Changed {
  // A schedule that buttons cannot show gives way to one that they can.
  const { times, weekdays } = asSimple(old.cron) ?? { times: [], weekdays: [...EVERY_DAY] };
  const next = picked(times, change.minutes, change.how);
  if (next.length === 0) return { ok: false, why: 'no-time-left' };
  if (next.length > MAX_TIMES) return { ok: false, why: 'too-many-times' };
  return withSchedule(old, fromSimple({ times: next, weekdays }), now);
}

function changeDays(old: Preferences, change: Extract<Change, { set: 'days' }>, now: number): Changed {
  const simple = asSimple(old.cron);
  if (simple === null) return { ok: false, why: 'custom' };
  const weekdays = picked(simple.weekdays, change.days, change.how);
  if (weekdays.length === 0) return { ok: false, why: 'no-day-left' };
  return withSchedule(old, fromSimple({ times: simple.times, weekdays }), now);
}

function picked(all: readonly number[], some: readonly number[], how: 'add' | 'remove' | 'only'): number[] {
  if (how === 'only') return [...new Set(some)];
  if (how === 'add') return [...new Set([...all, ...some])];
  return all.filter((one) => !some.includes(one));
}

function withSchedule(old: Preferences, cron: string, now: number): Changed {
  if (isTooOften(cron)) return { ok: false, why: 'too-often' };
  return nextSlot(cron, old.zone, now) === null ? { ok: false, why: 'never' } : fine({ ...old, cron });
}

function fine(preferences: Preferences): Changed {
  return { ok: true, preferences };
}

/**
 * The next slot of an active subscription after a change; null when its schedule has no future.
 *
 * A slot that is due and not planned yet stays due: the change does not lose it. One that may have been planned a
 * moment before its time is not found again.
 *
 * @param dueAt the next slot before the change
 */
export function replan(
  dueAt: number | null,
  { cron, zone, pausedUntil }: Pick<Preferences, 'cron' | 'zone' | 'pausedUntil'>,
  now: number,
): number | null {
  const horizon = now + EARLY_MS;
  const isPaused = pausedUntil !== null && pausedUntil > now;
  if (isPaused) return nextSlot(cron, zone, Math.max(horizon, pausedUntil - 1));
  return dueAt !== null && dueAt <= horizon ? dueAt : nextSlot(cron, zone, horizon);
}
