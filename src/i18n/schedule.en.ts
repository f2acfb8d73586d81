/** English: schedules. */
import type { ScheduleTexts } from './scheduleTexts.ts';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

/** "a, b and c" */
export function listEn(items: readonly (string | number)[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? String(last) : `${items.slice(0, -1).join(', ')} and ${last}`;
}

function ordinal(day: number): string {
  const ending = day > 10 && day < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${day}${ending}`;
}

export const scheduleEn: ScheduleTexts = {
  everyDay: 'every day',
  weekdays: 'from Monday to Friday',
  weekend: 'on Saturdays and Sundays',
  onWeekdays: (days) => `every ${listEn(days.map((day) => DAYS[day] ?? ''))}`,
  onMonthDays: (days) => `on the ${listEn(days.map(ordinal))} of each month`,
  both: (one, other) => `${one} and ${other}`,
  inMonths: (days, months) => `${days} in ${listEn(months.map((month) => MONTHS[month - 1] ?? ''))}`,
  at: (days, times) => `${days} at ${listEn(times)}`,
  everyHour: (days, from, to) => `${days}, hourly from ${from} to ${to}`,
  cron: (cron) => `on the schedule ${cron}`,
  inZone: (schedule, zone) => `${schedule}, ${zone} time`,
  zoneNames: {
    'Asia/Ho_Chi_Minh': 'Hanoi',
    'Asia/Shanghai': 'Beijing',
    'Asia/Taipei': 'Taipei',
    'Asia/Hong_Kong': 'Hong Kong',
    'Europe/Moscow': 'Moscow',
    'Europe/Prague': 'Prague',
  },
};
