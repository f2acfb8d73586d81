/**
 * The dates of articles: which are believed, how they are written down, and which of them `/latest` sorts by.
 *
 * A published date is text in one of two shapes that compare with one another as text: `YYYY-MM-DD` when only the day
 * is known, and a UTC instant as `Date.toISOString` writes it. A bare day therefore sorts before every instant of that day.
 */
import type { Refusal } from './source.ts';

/** Older than any newspaper archive that would be fed to a bot; what is below is a typing error. */
const MIN_YEAR = 1900;

/** Announcements are dated ahead, but not by more than a year; what is above is a typing error as well. */
const MAX_DAYS_AHEAD = 366;

const DAY_MS = 86_400_000;
/** How much of a wrong date is shown to the operator. */
const MAX_SEEN_CHARS = 40;

export type DateReading = { ok: true; publishedAt: string } | { ok: false; refusal: Refusal };

const SHAPE =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)? ?([Zz]|[+-]\d{2}:?\d{2})?)?$/u;

/**
 * Reads `2025-12-24`, `2025-12-24T07:00:00+07:00` and `2025-12-24 07:00 +0700`. A time without an offset could be any
 * zone's, so that only its day is kept.
 *
 * @param now epoch milliseconds, for the limit ahead
 */
export function readDate(raw: string, now: number): DateReading {
  const text = raw.trim();
  const match = SHAPE.exec(text);
  const publishedAt = match === null ? null : fromParts(match);
  if (publishedAt === null) return badDate(text, 'is no date of the form YYYY-MM-DD');
  const at = Date.parse(publishedAt);
  if (at < Date.UTC(MIN_YEAR, 0, 1)) return badDate(text, `is before ${MIN_YEAR}`);
  if (at > now + MAX_DAYS_AHEAD * DAY_MS) return badDate(text, `is more than ${MAX_DAYS_AHEAD} days ahead`);
  return { ok: true, publishedAt };
}

function badDate(seen: string, why: string): DateReading {
  const shown = seen.length > MAX_SEEN_CHARS ? `${seen.slice(0, MAX_SEEN_CHARS)}…` : seen;
  return { ok: false, refusal: { reason: 'bad-date', detail: `"${shown}" ${why}` } };
}

/** Null when there is no such day, time or offset. */
function fromParts(match: RegExpExecArray): string | null {
  const [, year = '', month = '', day = '', hour, minute = '', second = '00', fraction = '0', offset] = match;
  const date = `${year}-${month}-${day}`;
  if (!isRealDay(Number(year), Number(month), Number(day))) return null;
  if (hour === undefined) return date;
  // 24:00 and leap seconds are legal somewhere; here they are worth less than the typing errors they would let in.
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  if (offset === undefined) return date;
  const shift = offsetMinutes(offset);
  if (shift === null) return null;
  const milliseconds = fraction.padEnd(3, '0').slice(0, 3);
  const at = Date.parse(`${date}T${hour}:${minute}:${second}.${milliseconds}Z`) - shift * 60_000;
  return new Date(at).toISOString();
}

function isRealDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  return month >= 1 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Minutes east of Greenwich; null for an offset that no place has. */
function offsetMinutes(offset: string): number | null {
  if (offset === 'Z' || offset === 'z') return 0;
  const digits = offset.replace(':', '');
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3));
  if (minutes > 14 * 60 || Number(digits.slice(3)) > 59) return null;
  return digits.startsWith('-') ? -minutes : minutes;
}

/** The day that it is at an instant, `YYYY-MM-DD`. */
export type DayOf = (at: number) => string;

/** @param zone IANA: the newsroom's, in which it writes its days */
export function dayFinder(zone: string): DayOf {
  const format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return (at) => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    return `${part.year ?? ''}-${part.month ?? ''}-${part.day ?? ''}`;
  };
}

/**
 * What "newest" sorts by: the published date, but never later than the first sight of the article, so that one
 * dated ahead does not stay on top until its day comes.
 *
 * @param publishedAt a day, or a UTC instant
 * @param firstSeenAt epoch milliseconds
 * @param dayOf in the zone of the newsroom
 */
export function listedAt(publishedAt: string, firstSeenAt: number, dayOf: DayOf): string {
  const seen = publishedAt.includes('T') ? new Date(firstSeenAt).toISOString() : dayOf(firstSeenAt);
  return publishedAt < seen ? publishedAt : seen;
}
