/**
 * Days as a query names them: "2025-12-01", "1/12/2025", "1/12", "today", "hôm qua", "7d". Pure; what is no day is null.
 *
 * A day is `YYYY-MM-DD` in the reader's zone; `dayStart` says which instant that is.
 */
import { foldWord } from './fold.ts';

const DAY_MS = 86_400_000;

/** How far back "7d" may reach. */
const MAX_DAYS_BACK = 3_650;

/** The days that have a name, folded and without spaces, as days before today. */
const NAMED = new Map([
  ['today', 0],
  ['homnay', 0],
  ['yesterday', 1],
  ['homqua', 1],
]);

/** The local day of an instant; UTC when the zone is unknown. */
export function dayOf(instant: number, zone: string): string {
  return new Date(instant + offsetAt(instant, zone)).toISOString().slice(0, 10);
}

/** The instant at which a local day begins, as an ISO string, to be compared with stored instants. */
export function dayStart(day: string, zone: string): string {
  const midnight = Date.parse(`${day}T00:00:00.000Z`);
  const guess = midnight - offsetAt(midnight, zone);
  return new Date(midnight - offsetAt(guess, zone)).toISOString();
}

/** The day `days` later (earlier when negative). */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The day that a word names without being told that it is a date: "today", "hôm nay", "7d". Null for other words. */
export function spokenDay(word: string, today: string): { kind: 'on' | 'after'; day: string } | null {
  const key = word
    .split(/\s+/u)
    .map((part) => foldWord(part).folded)
    .join('');
  const named = NAMED.get(key);
  if (named !== undefined) return { kind: 'on', day: addDays(today, -named) };
  const back = /^([1-9]\d{0,3})d$/u.exec(key);
  if (back === null) return null;
  const days = Number(back[1]);
  return days > MAX_DAYS_BACK ? null : { kind: 'after', day: addDays(today, -days) };
}

/** The day that stands after `after:`, `before:` or `on:`; null when it is none. */
export function parseDay(text: string, today: string): string | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(text);
  if (iso !== null) return validDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const local = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?$/u.exec(text);
  if (local !== null) {
    const year = local[3] === undefined ? Number(today.slice(0, 4)) : Number(local[3]);
    const day = validDay(year, Number(local[2]), Number(local[1]));
    // "24/12" said in January means last December.
    if (day !== null && local[3] === undefined && day > today)
      return validDay(year - 1, Number(local[2]), Number(local[1]));
    return day;
  }
  return spokenDay(text, today)?.day ?? null;
}

function validDay(year: number, month: number, day: number): string | null {
  const instant = new Date(Date.UTC(year, month - 1, day));
  const same =
    instant.getUTCFullYear() === year && instant.getUTCMonth() === month - 1 && instant.getUTCDate() === day;
  return same && year >= 1000 ? instant.toISOString().slice(0, 10) : null;
}

/** Formatters are slow to make; there are as many as zones that were asked about, null for those that this machine doesn't know. */
const FORMATS = new Map<string, Intl.DateTimeFormat | null>();

function formatIn(zone: string): Intl.DateTimeFormat | null {
  const known = FORMATS.get(zone);
  if (known !== undefined) return known;
  let format: Intl.DateTimeFormat | null = null;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  } catch {
    // Such a zone must not stop a search.
  }
  FORMATS.set(zone, format);
  return format;
}

/** Milliseconds east of UTC. */
function offsetAt(instant: number, zone: string): number {
  // Follows are read by the thousand, in no zone.
  if (zone === 'UTC') return 0;
  const parts = formatIn(zone)?.formatToParts(instant);
  const name = parts?.find((part) => part.type === 'timeZoneName')?.value ?? '';
  const match = /^GMT([+-])(\d{2}):(\d{2})(?::(\d{2}))?$/u.exec(name);
  if (match === null) return 0;
  const seconds = Number(match[2]) * 3_600 + Number(match[3]) * 60 + Number(match[4] ?? 0);
  return (match[1] === '-' ? -1 : 1) * seconds * 1_000;
}
