/**
 * Days and times as people read them, in a language and a zone. Intl tells only what the clocks of a zone show; the words
 * are the catalogue's.
 */
import { readCron, splitCrons, type PlainCron } from '../../digest/cron.ts';
import { clockTime } from '../../digest/quiet.ts';
import { cityOf } from '../../digest/zones.ts';
import type { CalendarDay, Catalogue } from '../../i18n/catalogue.ts';
import type { NamedZone, ScheduleTexts } from '../../i18n/scheduleTexts.ts';

/** "24/12/2025" or "24 Dec 2025"; an instant is shown as its day in `zone`. */
export function formatDate(publishedAt: string, t: Catalogue, zone: string): string {
  return t.date(clockOf(publishedAt, zone).day);
}

/**
 * When an article appeared, to a reader of the local day `today`: "06:12" of that day, "24/12" of the same year, otherwise
 * like `formatDate`.
 */
export function formatRecent(publishedAt: string, t: Catalogue, zone: string, today: string): string {
  const { time, day } = clockOf(publishedAt, zone);
  const now = calendarDay(today);
  if (day.year !== now.year) return t.date(day);
  return time !== null && day.month === now.month && day.day === now.day ? time : t.edition.shortDate(day);
}

/** "Thứ Tư, 24/12/2025" or "Wednesday 24 December 2025", of a calendar day `YYYY-MM-DD`. */
export function formatLongDay(day: string, t: Catalogue): string {
  return t.longDate(calendarDay(day));
}

/** "07:00 Thứ Tư, 25/11/2026": an instant in epoch milliseconds, as the clocks of `zone` show it. */
export function formatInstant(at: number, t: Catalogue, zone: string): string {
  const { time, day } = clock(at, zone);
  return t.instant(time, day);
}

/** Formatters are slow to make, and a planning writes a hundred thousand dates; there are as many as zones that were shown. */
const FORMATS = new Map<string, Intl.DateTimeFormat>();

function formatIn(zone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  FORMATS.set(zone, format);
  return format;
}

function clock(at: number, zone: string): { time: string; day: CalendarDay } {
  const format = formatIn(zone);
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const of = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  return {
    time: `${of('hour')}:${of('minute')}`,
    day: calendarDay(`${of('year')}-${of('month')}-${of('day')}`),
  };
}

/** Of an instant or a day as articles have it. A day without a time is the same day in every zone. */
function clockOf(publishedAt: string, zone: string): { time: string | null; day: CalendarDay } {
  return publishedAt.length === 10
    ? { time: null, day: calendarDay(publishedAt) }
    : clock(Date.parse(publishedAt), zone);
}

/** @param text `YYYY-MM-DD` */
function calendarDay(text: string): CalendarDay {
  const date = new Date(`${text}T00:00:00Z`);
  return {
    ...{ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1 },
    ...{ day: date.getUTCDate(), weekday: date.getUTCDay() },
  };
}

/** "từ thứ Hai đến thứ Sáu lúc 06:30, giờ Hà Nội": a schedule in words; what has none is shown as it is. */
export function describeSchedule(schedule: string, zone: string, t: Catalogue): string {
  const words = t.schedule;
  // Crons that differ in nothing but their times are one.
  const byDays = new Map<string, { plain: PlainCron; times: Set<number> }>();
  const phrases: (string | { plain: PlainCron; times: Set<number> })[] = [];
  for (const cron of splitCrons(schedule)) {
    const plain = readCron(cron);
    if (plain === null) {
      phrases.push(words.cron(cron));
      continue;
    }
    const key = JSON.stringify([plain.weekdays, plain.monthDays, plain.months]);
    let same = byDays.get(key);
    if (same === undefined) {
      same = { plain, times: new Set() };
      byDays.set(key, same);
      phrases.push(same);
    }
    for (const time of plain.times) same.times.add(time);
  }
  const text = phrases.map((phrase) =>
    typeof phrase === 'string'
      ? phrase
      : describeTimes(describeDays(phrase.plain, words), phrase.times, words),
  );
  return words.inZone(text.join('; '), zoneName(zone, t));
}

function describeDays({ weekdays, monthDays, months }: PlainCron, words: ScheduleTexts): string {
  const inMonth = monthDays === null ? null : words.onMonthDays(monthDays);
  const inWeek = weekdays === null ? null : describeWeekdays(weekdays, words);
  // A cron with both comes true on either.
  const days =
    inMonth !== null && inWeek !== null ? words.both(inMonth, inWeek) : (inMonth ?? inWeek ?? words.everyDay);
  return months === null ? days : words.inMonths(days, months);
}

function describeWeekdays(weekdays: readonly number[], words: ScheduleTexts): string {
  const key = weekdays.join(',');
  if (key === '1,2,3,4,5') return words.weekdays;
  if (key === '0,6') return words.weekend;
  // A week begins on Monday.
  return words.onWeekdays([...weekdays].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7)));
}

/** From so many on, times an hour apart are not named one by one. */
const MANY_TIMES = 5;

function describeTimes(days: string, set: ReadonlySet<number>, words: ScheduleTexts): string {
  const times = [...set].sort((a, b) => a - b);
  const [first = 0] = times;
  const last = times.at(-1) ?? first;
  const isHourly = times.length >= MANY_TIMES && times.every((time, n) => time === first + n * 60);
  if (isHourly) return words.everyHour(days, clockTime(first), clockTime(last));
  return words.at(days, times.map(clockTime));
}

/** "Hà Nội" or "Buenos Aires". */
export function zoneName(zone: string, t: Catalogue): string {
  const { zoneNames } = t.schedule;
  return Object.hasOwn(zoneNames, zone) ? zoneNames[zone as NamedZone] : cityOf(zone);
}

/** "UTC+7" or "UTC−3:30": how far the clocks of a zone are ahead at an instant. */
export function zoneOffset(at: number, zone: string): string {
  const { time, day } = clock(at, zone);
  const [hours, minutes] = time.split(':').map(Number);
  const shown = Date.UTC(day.year, day.month - 1, day.day, hours, minutes);
  const ahead = Math.round((shown - Math.floor(at / 60_000) * 60_000) / 60_000);
  if (ahead === 0) return 'UTC';
  const [whole, rest] = [Math.floor(Math.abs(ahead) / 60), Math.abs(ahead) % 60];
  return `UTC${ahead < 0 ? '−' : '+'}${whole}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

/** "07:00", as the clocks of `zone` show it. */
export function formatTime(at: number, zone: string): string {
  return clock(at, zone).time;
}
