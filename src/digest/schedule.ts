/**
 * When a subscription is due. Pure: the schedule, the zone and the time go in, an instant comes out.
 *
 * croner finds local times in their zone, over daylight-saving changes too; nothing here knows about timers.
 */
import { Cron } from 'croner';

/** A digest planned later than this after its slot says so. While the program runs, a tick comes every minute. */
const LATE_AFTER_MS = 90_000;

/**
 * The first instant after `after` at which `cron` comes true in `zone`, all in epoch milliseconds; null when there is
 * none in the years to come.
 *
 * @throws when `cron` or `zone` is invalid; both were checked when they were stored
 */
export function nextSlot(cron: string, zone: string, after: number): number | null {
  const next = new Cron(cron, { paused: true, mode: '5-part', timezone: zone }).nextRun(new Date(after));
  return next?.getTime() ?? null;
}

/**
 * The last instant up to and including `until` at which `cron` came true in `zone`; null when it never did.
 *
 * @throws like `nextSlot`
 */
export function lastSlot(cron: string, zone: string, until: number): number | null {
  const schedule = new Cron(cron, { paused: true, mode: '5-part', timezone: zone });
  // croner looks strictly before the instant.
  const [last] = schedule.previousRuns(1, new Date(until + 1));
  return last?.getTime() ?? null;
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
