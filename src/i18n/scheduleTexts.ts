/**
 * Schedules and zones in words. Days of the week count from Sunday, 0; months and days of the month from 1; times are
 * "06:30".
 */
export interface ScheduleTexts {
  everyDay: string;
  /** From Monday to Friday. */
  weekdays: string;
  weekend: string;
  onWeekdays: (days: readonly number[]) => string;
  onMonthDays: (days: readonly number[]) => string;
  /** Days of the month as well as days of the week. */
  both: (one: string, other: string) => string;
  inMonths: (days: string, months: readonly number[]) => string;
  at: (days: string, times: readonly string[]) => string;
  everyHour: (days: string, from: string, to: string) => string;
  /** What has no words. */
  cron: (cron: string) => string;
  inZone: (schedule: string, zone: string) => string;
  /** Where the language has a name of its own for a zone; other zones are called by their city. */
  zoneNames: Readonly<Record<NamedZone, string>>;
}

export type NamedZone =
  'Asia/Ho_Chi_Minh' | 'Asia/Shanghai' | 'Asia/Taipei' | 'Asia/Hong_Kong' | 'Europe/Moscow' | 'Europe/Prague';
