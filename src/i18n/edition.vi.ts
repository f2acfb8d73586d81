/** Vietnamese: editions. */
import type { EditionTexts } from './editionTexts.ts';
import { listVi } from './schedule.vi.ts';

const number = new Intl.NumberFormat('vi-VN');
const n = (value: number): string => number.format(value);

export const editionVi: EditionTexts = {
  shortDate: ({ day, month }) => `${day}/${month}`,
  news: (count) => `${n(count)} tin mới`,
  newest: (count) => `${n(count)} tin mới nhất`,
  newsOf: (listed, count) => `${n(listed)} trong ${n(count)} tin mới`,
  fromSources: (news, count) => `${news} từ ${n(count)} nguồn`,
  fromNamed: (news, sources) => `${news} từ ${listVi(sources)}`,
  otherSources: 'Nguồn khác',
  continued: (section) => `${section} (tiếp)`,
};
