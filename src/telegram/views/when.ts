/**
 * Days and times as people read them, in a language and a zone.
 */
import type { Catalogue } from '../../i18n/catalogue.ts';

/** "24/12/2025" or "24 Dec 2025"; an instant is shown as its day in `zone`. */
export function formatDate(publishedAt: string, t: Catalogue, zone: string): string {
  const dayOnly = publishedAt.length === 10;
  const style: Intl.DateTimeFormatOptions = {
    day: 'numeric',
    month: t.locale === 'vi-VN' ? 'numeric' : 'short',
    year: 'numeric',
  };
  // A day without a time is the same day in every zone.
  return new Intl.DateTimeFormat(t.locale, { ...style, timeZone: dayOnly ? 'UTC' : zone }).format(
    new Date(publishedAt),
  );
}

/** "Thứ Tư, 24/12/2025" or "Wednesday 24 December 2025", of a calendar day `YYYY-MM-DD`. */
export function formatLongDay(day: string, t: Catalogue): string {
  const month = t.locale === 'vi-VN' ? 'numeric' : 'long';
  const text = new Intl.DateTimeFormat(t.locale, {
    weekday: 'long',
    day: 'numeric',
    month,
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(day));
  return text;
}

/** "07:00 Thứ Tư, 25/11/2026": an instant in epoch milliseconds, as the clocks of `zone` show it. */
export function formatInstant(at: number, t: Catalogue, zone: string): string {
  const time = new Intl.DateTimeFormat(t.locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  }).format(at);
  const day = new Intl.DateTimeFormat(t.locale, {
    weekday: 'short',
    day: 'numeric',
    month: t.locale === 'vi-VN' ? 'numeric' : 'short',
    year: 'numeric',
    timeZone: zone,
  }).format(at);
  return `${time} ${day}`;
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
  if (/^[0-7]$/u.test(weekday)) {
    // 4 January 1970 was a Sunday, which cron calls 0 and 7.
    const sunday = Date.UTC(1970, 0, 4);
    const name = new Intl.DateTimeFormat(t.locale, { weekday: 'long', timeZone: 'UTC' });
    return t.weeklyAt(name.format(sunday + Number(weekday) * 86_400_000), time);
  }
  return t.cronSchedule(cron);
}
