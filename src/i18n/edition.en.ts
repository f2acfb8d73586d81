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
};
