/** Vietnamese: stories. */
import type { StoryTexts } from './storyTexts.ts';

const number = new Intl.NumberFormat('vi-VN');
const n = (value: number): string => number.format(value);

export const storyVi: StoryTexts = {
  sources: (count) => `${n(count)} nguồn`,
  reports: (count) => `${n(count)} bài`,
  development: 'Diễn biến mới',
  earlier: 'tin trước',
  listTitle: 'Các bài về sự kiện này',
  range: (from, to, total) => `${n(from)}–${n(to)} trong ${n(total)} tin`,
};
