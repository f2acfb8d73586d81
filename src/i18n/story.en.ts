/** English: stories. */
import type { StoryTexts } from './storyTexts.ts';

const number = new Intl.NumberFormat('en-GB');
const n = (value: number): string => number.format(value);

export const storyEn: StoryTexts = {
  sources: (count) => `${n(count)} sources`,
  reports: (count) => `${n(count)} reports`,
  development: 'New development',
  earlier: 'earlier report',
  listTitle: 'Reports of this story',
  range: (from, to, total) => `${n(from)}–${n(to)} of ${n(total)} ${total === 1 ? 'story' : 'stories'}`,
};
