/**
 * Days and times as people read them, in a language and a zone. Intl tells only what the clocks of a zone show; the words
 * are the catalogue's.
 */
import type { CalendarDay, Catalogue } from '../../i18n/catalogue.ts';

/** "24/12/2025" or "24 Dec 2025"; an instant is shown as its day in `zone`. */
export function formatDate(publishedAt: string, t: Catalogue, zone: string): string {
  const dayOnly = publishedAt.length === 10;
  // A day without a time is the same day in every zone.
  return t.date(clock(Date.parse(publishedAt), dayOnly ? 'UTC' : zone).day);
}

/** "Thứ Tư, 24/12/2025" or "Wednesday 24 December 2025", of a calendar day `YYYY-MM-DD`. */
export function formatLongDay(day: string, t: Catalogue): string {
  return t.longDate(clock(Date.parse(day), 'UTC').day);
}

/** "07:00 Thứ Tư, 25/11/2026": an instant in epoch milliseconds, as the clocks of `zone` show it. */
export function formatInstant(at: number, t: Catalogue, zone: string): string {
  const { time, day } = clock(at, zone);
  return t.instant(time, day);
}

function clock(at: number, zone: string): { time: string; day: CalendarDay } {
  const format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const of = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  const [year, month, day] = [Number(of('year')), Number(of('month')), Number(of('day'))];
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return { time: `${of('hour')}:${of('minute')}`, day: { year, month, day, weekday } };
}

/** A schedule in words where it is a common one, otherwise the cron itself. */
export function describeSchedule(cron: string, zone: string, t: Catalogue): string {
  return t.inZone(describeCron(cron, t), zone);
}

function describeCron(cron: string, t: Catalogue): string {
  const [minute = '', hour = '', dayOfMonth, month, weekday = ''] = cron.trim().split(/\s+/u);
  const simple = /^\d{1,2}$/u.test(minute) && /^\d{1,2}$/u.test(hour) && dayOfMonth === '*' && month === '*';
  if (!simple) return t.cronSchedule(cron);
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (weekday === '*') return t.dailyAt(time);
  if (weekday === '1-5') return t.weekdaysAt(time);
  // Sunday is 0 and 7.
  const name = /^[0-7]$/u.test(weekday) ? t.weekdays[Number(weekday) % 7] : undefined;
  return name === undefined ? t.cronSchedule(cron) : t.weeklyAt(name, time);
}
