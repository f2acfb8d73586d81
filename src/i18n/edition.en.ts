/** English: editions. */
import type { EditionTexts } from './editionTexts.ts';
import { listEn } from './schedule.en.ts';

const number = new Intl.NumberFormat('en-GB');
const n = (value: number): string => number.format(value);
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const stories = (count: number): string => (count === 1 ? 'story' : 'stories');

export const editionEn: EditionTexts = {
  shortDate: ({ day, month }) => `${day} ${MONTHS[month - 1] ?? ''}`,
  news: (count) => `${n(count)} new ${stories(count)}`,
  newest: (count) => (count === 1 ? 'The latest story' : `The ${n(count)} latest stories`),
  newsOf: (listed, count) => `${n(listed)} of ${n(count)} new ${stories(count)}`,
  fromSources: (news, count) => `${news} from ${count === 1 ? '1 source' : `${n(count)} sources`}`,
  fromNamed: (news, sources) => `${news} from ${listEn(sources)}`,
  otherSources: 'Other sources',
  continued: (section) => `${section} (continued)`,

  quietDay: 'Nothing new since the last digest.',
  preview: (when) => `Preview of the digest of ${when}.`,
  sentAt: (when) => `Sent at ${when}.`,
  sentInDoubt: (when) => `Sent at ${when}; Telegram did not confirm it, so it may not have arrived.`,
  sentNone: (day) => `No digest was sent on ${day}.`,
  sentTooOld: (day, days) =>
    `Digests are kept for ${days === 1 ? 'a day' : `${n(days)} days`}, so that of ${day} is gone.`,
  sentLast: (day) => `🗞 The last one: ${day}`,
  sentMore: (count) => (count === 1 ? '1 more message' : `${n(count)} more messages`),
  dayToCome: (day) => `${day} is still to come. For a preview of the next digest: /digest`,
  dayHow: (seen) =>
    `“${seen}” is not a day that the bot knows. For example: /digest 24/12, /digest 2025-12-24 or /digest yesterday`,
};
