import type { CalendarDay } from './catalogue.ts';

/**
 * What stands in an edition around its articles, and what is said about editions that were sent. Days and instants come
 * in words already.
 */
export interface EditionTexts {
  /** In a year that is understood. */
  shortDate: (day: CalendarDay) => string;
  /** All there is of what is new. */
  news: (count: number) => string;
  /** Of a first edition, which has the newest and not the new. */
  newest: (count: number) => string;
  /** `listed` of `count` that are new. */
  newsOf: (listed: number, count: number) => string;
  /** @param news what one of the three above says */
  fromSources: (news: string, count: number) => string;
  /** Few enough to be named. */
  fromNamed: (news: string, sources: readonly string[]) => string;
  /** The heading above items of sources that have no section of their own. */
  otherSources: string;
  /** The heading of a section that goes on in the next message. */
  continued: (section: string) => string;

  /** All there is on a day with nothing new. */
  quietDay: string;
  /** Above the next edition, shown before its time. */
  preview: (when: string) => string;
  /** Above an edition that is shown once more. */
  sentAt: (when: string) => string;
  /** The same where Telegram did not tell. */
  sentInDoubt: (when: string) => string;
  sentNone: (day: string) => string;
  /** @param days for how long editions are kept */
  sentTooOld: (day: string, days: number) => string;
  /** A button: the last one. */
  sentLast: (day: string) => string;
  /** A button: the messages of that day that are left. */
  sentMore: (count: number) => string;
  dayToCome: (day: string) => string;
  dayHow: (seen: string) => string;
}
