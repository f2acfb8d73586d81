/**
 * When a subscription is due. Pure: the schedule, the zone and the time go in, an instant comes out. A schedule is one
 * cron or several, joined by `; ` (see `cron.ts`).
 *
 * croner finds local times in their zone, over daylight-saving changes too; nothing here knows about timers.
 */
import { Cron } from 'croner';
import { oneTimeEach, splitCrons, tidySchedule } from './cron.ts';

/** A timer may fire a little before its minute: a slot may be planned this much before its time. */
export const EARLY_MS = 1_000;
/** A digest planned later than this after its slot says so. While the program runs, a tick comes every minute. */
const LATE_AFTER_MS = 90_000;

/**
 * The first instant after `after` at which one of the schedule's crons comes true in `zone`, all in epoch milliseconds;
 * null when there is none in the years to come.
 *
 * @throws when the schedule or the zone is invalid; both were checked when they were stored
 */
export function nextSlot(schedule: string, zone: string, after: number): number | null {
  return earliest(
    timersOf(schedule, zone).map((timer) => timer.nextRun(new Date(after))?.getTime() ?? null),
    Math.min,
  );
}

/**
 * The last instant up to and including `until` at which one of the crons came true in `zone`; null when none ever did.
 *
 * @throws like `nextSlot`
 */
export function lastSlot(schedule: string, zone: string, until: number): number | null {
  return earliest(
    // croner looks strictly before the instant.
    timersOf(schedule, zone).map((timer) => timer.previousRuns(1, new Date(until + 1))[0]?.getTime() ?? null),
    Math.max,
  );
}

function earliest(found: readonly (number | null)[], pick: (...times: number[]) => number): number | null {
  const times = found.filter((time) => time !== null);
  return times.length === 0 ? null : pick(...times);
}

function timersOf(schedule: string, zone: string): Cron[] {
  return splitCrons(schedule)
    .flatMap(oneTimeEach)
    .map((cron) => new Cron(cron, { paused: true, mode: '5-part', timezone: zone }));
}

export type ScheduleProblem =
  /** No crons of five fields, too many of them, or too long. */
  | 'unreadable'
  /** A cron that never comes true, such as the 30th of February. */
  | 'never';

export type ScheduleResult = { ok: true; schedule: string } | { ok: false; problem: ScheduleProblem };

/** A schedule as somebody typed it, in the form in which it is kept. Never throws. */
export function readSchedule(text: string, zone: string, now: number): ScheduleResult {
  const schedule = tidySchedule(text);
  if (schedule === null) return { ok: false, problem: 'unreadable' };
  for (const cron of splitCrons(schedule)) {
    try {
      if (cron.split(' ').length !== 5) return { ok: false, problem: 'unreadable' };
      if (nextSlot(cron, zone, now) === null) return { ok: false, problem: 'never' };
    } catch {
      return { ok: false, problem: 'unreadable' }; // croner explains in English prose.
    }
  }
  return { ok: true, schedule };
}

/** The next `count` slots after `after`, fewer when the schedule ends; like `nextSlot` again and again. */
export function nextSlots(schedule: string, zone: string, after: number, count: number): number[] {
  const next = (timer: Cron, from: number): number => timer.nextRun(new Date(from))?.getTime() ?? Infinity;
  const waiting = timersOf(schedule, zone).map((timer) => ({ timer, at: next(timer, after) }));
  const slots: number[] = [];
  while (slots.length < count) {
    const slot = Math.min(...waiting.map(({ at }) => at));
    if (slot === Infinity) break;
    slots.push(slot);
    for (const one of waiting) if (one.at === slot) one.at = next(one.timer, slot);
  }
  return slots;
}

type SlotFinder = (cron: string, zone: string) => number | null;

/** `nextSlot` for many subscriptions at one time: most of them share a schedule. */
export function slotFinder(after: number): SlotFinder {
  return perSchedule((cron, zone) => nextSlot(cron, zone, after));
}

/** `lastSlot` for many subscriptions at one time. */
export function lastSlotFinder(until: number): SlotFinder {
  return perSchedule((cron, zone) => lastSlot(cron, zone, until));
}

function perSchedule(find: SlotFinder): SlotFinder {
  const found = new Map<string, number | null>();
  return (cron, zone) => {
    const key = `${cron}\n${zone}`;
    let slot = found.get(key);
    if (slot === undefined) {
      slot = find(cron, zone);
      found.set(key, slot);
    }
    return slot;
  };
}

export type SlotVerdict =
  /** Send what is new. */
  | 'on-time'
  /** Send what is new, and say that it should have come earlier. */
  | 'late'
  /** Send nothing now; the next slot brings the same articles and more. */
  | 'skip';

/** What becomes of a slot that is looked at now. All instants in epoch milliseconds. */
export function judgeSlot(
  slot: { at: number; pausedUntil: number | null },
  now: number,
  lateLimitMs: number,
): SlotVerdict {
  if (slot.pausedUntil !== null && slot.pausedUntil > now) return 'skip';
  const delay = now - slot.at;
  if (delay > lateLimitMs) return 'skip';
  return delay > LATE_AFTER_MS ? 'late' : 'on-time';
}

/** Tells the calendar day of an instant in a zone, `YYYY-MM-DD`; remembers zones, since formatters are slow to make. */
export function dayFinder(): (at: number, zone: string) => string {
  const formats = new Map<string, Intl.DateTimeFormat>();
  return (at, zone) => {
    let format = formats.get(zone);
    if (format === undefined) {
      // Swedish writes dates as ISO 8601 does.
      format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
      formats.set(zone, format);
    }
    return format.format(at);
  };
}
