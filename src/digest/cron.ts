/**
 * Schedules as they are written: one or more crons of five fields, joined by `; `, since 06:30 and 18:00 are no single
 * one. Owns what may be written and what it means in times and days; when they come true is `schedule.ts`'s matter.
 */

/** More than a chat needs: a cron for each hour of a waking day. */
export const MAX_CRONS = 12;
/** Of all crons together. */
const MAX_UNITS = 300;
/** More than the times of a day that a schedule for a chat may have, few enough to look at one by one. */
const MAX_EXPANDED = 96;

/** The crons of a schedule, each with single spaces between its fields. */
export function splitCrons(schedule: string): string[] {
  return schedule
    .split(/[;\n]/u)
    .map((cron) => cron.trim().replace(/\s+/gu, ' '))
    .filter((cron) => cron !== '');
}

/** Days of the week; 0 is Sunday. */
export const EVERY_DAY: readonly number[] = [0, 1, 2, 3, 4, 5, 6];

export function joinCrons(crons: readonly string[]): string {
  return [...new Set(crons)].join('; ');
}

/** The schedule in the form in which it is kept; null when it is empty or too long. Whether it comes true is not asked. */
export function tidySchedule(text: string): string | null {
  const crons = splitCrons(text);
  const tidy = joinCrons(crons);
  return crons.length === 0 || crons.length > MAX_CRONS || tidy.length > MAX_UNITS ? null : tidy;
}

/** What a cron says, where it says nothing but numbers. */
export interface PlainCron {
  /** Minutes of the day, in order. */
  times: number[];
  /** 0 is Sunday; in order; null for every day of the week. */
  weekdays: number[] | null;
  /** From 1; null for every day of the month. */
  monthDays: number[] | null;
  /** From 1; null for every month. */
  months: number[] | null;
}

/** Null for what takes more than numbers to say (`L`, `#`, `W`), and for more times a day than anybody would read. */
export function readCron(cron: string): PlainCron | null {
  const [minute = '', hour = '', dayOfMonth = '', month = '', weekday = '', ...more] = cron.split(' ');
  if (more.length > 0) return null;
  const times = timesOf(minute, hour);
  const monthDays = readField(dayOfMonth, 1, 31);
  const months = readField(month, 1, 12, MONTHS);
  const days = readField(weekday, 0, 7, WEEKDAYS);
  if (times === null || monthDays === null || months === null || days === null) return null;
  // Sunday is 0 and 7.
  const weekdays = [...new Set(days.map((day) => day % 7))].sort((a, b) => a - b);
  return {
    times,
    weekdays: weekdays.length === 7 ? null : weekdays,
    monthDays: monthDays.length === 31 ? null : monthDays,
    months: months.length === 12 ? null : months,
  };
}

/**
 * The same schedule with a cron for each time of day. croner takes a single time for one that comes once on each day,
 * also when the clock shows it twice or never; of a list of hours it repeats what the clock repeats. "Every hour" stays:
 * it means the hours that there are, not those that the clock shows.
 */
export function oneTimeEach(cron: string): string[] {
  const [minute = '', hour = '', ...days] = cron.split(' ');
  const times = hour === '*' ? null : timesOf(minute, hour);
  if (times === null) return [cron];
  return times.map((time) => [time % 60, Math.floor(time / 60), ...days].join(' '));
}

function timesOf(minute: string, hour: string): number[] | null {
  const minutes = readField(minute, 0, 59);
  const hours = readField(hour, 0, 23);
  if (minutes === null || hours === null || minutes.length * hours.length > MAX_EXPANDED) return null;
  return hours.flatMap((h) => minutes.map((m) => h * 60 + m));
}

const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const MONTHS = ['', 'JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** The numbers that a field stands for, in order; null when it has anything but numbers, names, ranges and steps. */
function readField(field: string, min: number, max: number, names: readonly string[] = []): number[] | null {
  const found = new Set<number>();
  for (const item of field.split(',')) {
    const match = /^(?:(\*)|([a-z]{3}|\d{1,2})(?:-([a-z]{3}|\d{1,2}))?)(?:\/(\d{1,2}))?$/iu.exec(item);
    if (match === null) return null;
    const [, all, first = '', last, step] = match;
    const from = all === undefined ? numberOf(first, names) : min;
    const to =
      all !== undefined
        ? max
        : last === undefined
          ? step === undefined
            ? from
            : max
          : numberOf(last, names);
    const by = step === undefined ? 1 : Number(step);
    if (from === null || to === null || from < min || to > max || from > to || by === 0) return null;
    for (let value = from; value <= to; value += by) found.add(value);
  }
  return [...found].sort((a, b) => a - b);
}

function numberOf(text: string, names: readonly string[]): number | null {
  if (/^\d/u.test(text)) return Number(text);
  const index = names.indexOf(text.toUpperCase());
  return index < 0 ? null : index;
}

/** Digests that a chat may choose to get in a day: one an hour. */
export const MAX_SLOTS_A_DAY = 24;

/** Whether some day of the week may have more slots than a chat may choose. */
export function isTooOften(schedule: string): boolean {
  const crons = splitCrons(schedule).map((cron) => {
    const [minute = '', hour = ''] = cron.split(' ');
    const plain = readCron(cron);
    // Days that take more than numbers to say may be any.
    const anyDay = plain === null || plain.monthDays !== null || plain.weekdays === null;
    return { times: timesOf(minute, hour), weekdays: anyDay ? EVERY_DAY : plain.weekdays };
  });
  if (crons.some(({ times }) => times === null)) return true;
  return EVERY_DAY.some((day) => {
    const those = crons.filter(({ weekdays }) => weekdays?.includes(day) === true);
    return new Set(those.flatMap(({ times }) => times ?? [])).size > MAX_SLOTS_A_DAY;
  });
}

/** A schedule as buttons show it: times of the day, on days of the week. */
export interface SimpleSchedule {
  /** Minutes of the day, in order. */
  times: number[];
  /** 0 is Sunday; in order. */
  weekdays: number[];
}

/** Null for a schedule that is more than that. */
export function asSimple(schedule: string): SimpleSchedule | null {
  const times = new Set<number>();
  const days = new Set<string>();
  for (const cron of splitCrons(schedule)) {
    const plain = readCron(cron);
    if (plain === null || plain.monthDays !== null || plain.months !== null) return null;
    for (const time of plain.times) times.add(time);
    days.add((plain.weekdays ?? EVERY_DAY).join(','));
  }
  const [weekdays, ...others] = days;
  if (weekdays === undefined || others.length > 0) return null;
  return { times: [...times].sort((a, b) => a - b), weekdays: weekdays.split(',').map(Number) };
}

export function fromSimple({ times, weekdays }: SimpleSchedule): string {
  const days = weekdaysField(weekdays);
  const inOrder = [...times].sort((a, b) => a - b);
  return joinCrons(inOrder.map((time) => `${time % 60} ${Math.floor(time / 60)} * * ${days}`));
}

function weekdaysField(weekdays: readonly number[]): string {
  const days = [...new Set(weekdays)].sort((a, b) => a - b);
  if (days.length === 7) return '*';
  const [first = 0] = days;
  const last = days.at(-1) ?? first;
  return days.length > 2 && last - first === days.length - 1 ? `${first}-${last}` : days.join(',');
}
