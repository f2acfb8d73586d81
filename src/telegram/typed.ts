/**
 * What people type where a button would be too narrow: times, hours, days of a calendar. Generous in what it takes, and
 * never throws. Pure.
 */
import type { QuietHours } from '../digest/quiet.ts';
import { dayFinder, nextSlot } from '../digest/schedule.ts';

/** More than anybody types by hand. */
const MAX_UNITS = 200;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** A pause that is longer is no pause. */
const MAX_PAUSE_DAYS = 366;

/** "06:30", "6h30 và 18h", "6.30, 6pm": minutes of the day; null when anything in it is no time. A bare number is none. */
export function readTimes(text: string): number[] | null {
  if (text.length > MAX_UNITS) return null;
  const items = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/\s*giờ\s*(?=\d)/gu, 'h')
    .replace(/\s*giờ/gu, 'h')
    .replace(/(\d)\s+(?=[ap]m\b)/gu, '$1')
    .split(/[\s,;]+|(?<=\s)(?:và|and)(?=\s)/u)
    .filter((item) => item !== '' && item !== 'và' && item !== 'and');
  const times = items.map(readTime);
  const known = times.filter((time) => time !== null);
  return known.length === 0 || known.length < times.length ? null : [...new Set(known)];
}

function readTime(text: string): number | null {
  const match = /^(\d{1,2})(?:([:h.])(\d{2})?)?([ap]m)?$/u.exec(text);
  if (match === null) return null;
  const [, hour = '', separator, minute, half] = match;
  const isWhole = minute === undefined && separator !== 'h' && half === undefined;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === 'pm' ? 12 : 0);
  const minutes = Number(minute ?? 0);
  const isHalf = half === undefined || (Number(hour) >= 1 && Number(hour) <= 12);
  return isWhole || !isHalf || hours > 23 || minutes > 59 ? null : hours * 60 + minutes;
}

/** "22:00-06:00", "22h đến 6h", "22 - 6": null for anything else, and for hours of no length. */
export function readQuietHours(text: string): QuietHours | null {
  if (text.length > MAX_UNITS) return null;
  const parts = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/\bfrom\b|từ/gu, ' ')
    .split(/\s*(?:-|–|—|đến|tới|\bto\b|\buntil\b)\s*/u)
    .map((part) => part.trim());
  const [first = '', second = '', ...more] = parts.map((part) =>
    /^\d{1,2}$/u.test(part) ? `${part}:00` : part,
  );
  const [from, ...others] = readTimes(first) ?? [];
  const [to, ...further] = readTimes(second) ?? [];
  if (from === undefined || to === undefined || from === to) return null;
  return more.length + others.length + further.length > 0 ? null : { from, to };
}

export type PauseEnd = { ok: true; until: number } | { ok: false; why: 'unreadable' | 'past' | 'too-long' };

/** "3d", "2 tuần", "31/12", "2025-12-31": the instant at which the digest goes on; a day begins in `zone`. */
export function readPause(text: string, zone: string, now: number): PauseEnd {
  const until = text.length > MAX_UNITS ? null : (readLength(text, now) ?? readDay(text, zone, now));
  if (until === null) return { ok: false, why: 'unreadable' };
  if (until <= now) return { ok: false, why: 'past' };
  return until > now + MAX_PAUSE_DAYS * DAY_MS ? { ok: false, why: 'too-long' } : { ok: true, until };
}

const UNITS: [RegExp, number][] = [
  [/^(?:h|hours?|giờ|tiếng)$/u, HOUR_MS],
  [/^(?:d|days?|ngày)$/u, DAY_MS],
  [/^(?:w|weeks?|tuần)$/u, 7 * DAY_MS],
  [/^(?:months?|tháng)$/u, 30 * DAY_MS],
];

function readLength(text: string, now: number): number | null {
  const match = /^(\d{1,5})\s*(\p{L}+)$/u.exec(text.normalize('NFC').trim().toLowerCase());
  const unit = UNITS.find(([name]) => name.test(match?.[2] ?? ''))?.[1];
  return match === null || unit === undefined ? null : now + Number(match[1]) * unit;
}

function readDay(text: string, zone: string, now: number): number | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(text.trim());
  const local = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?$/u.exec(text.trim());
  const [year, month, day] = iso !== null ? [iso[1], iso[2], iso[3]] : [local?.[3], local?.[2], local?.[1]];
  if (month === undefined || day === undefined || Number(month) < 1 || Number(month) > 12) return null;
  if (Number(day) < 1 || Number(day) > 31) return null;
  // Without a year it is the next such day.
  const after =
    year === undefined ? now : Date.UTC(Number(year), Number(month) - 1, Number(day)) - 2 * DAY_MS;
  const midnight = nextSlot(`0 0 ${Number(day)} ${Number(month)} *`, zone, after);
  if (midnight === null || year === undefined) return midnight;
  const wanted = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return dayFinder()(midnight, zone) === wanted ? midnight : null;
}
