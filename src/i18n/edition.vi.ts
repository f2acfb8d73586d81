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

  quietDay: 'Không có tin mới kể từ bản tin trước.',
  preview: (when) => `Xem trước bản tin lúc ${when}.`,
  sentAt: (when) => `Đã gửi lúc ${when}.`,
  sentInDoubt: (when) => `Gửi lúc ${when}; Telegram không xác nhận, có thể chưa tới.`,
  sentNone: (day) => `Không có bản tin nào được gửi vào ${day}.`,
  sentTooOld: (day, days) => `Bot chỉ giữ bản tin trong ${n(days)} ngày, nên không còn bản tin của ${day}.`,
  sentLast: (day) => `🗞 Bản tin gần nhất: ${day}`,
  sentMore: (count) => `Xem tiếp ${n(count)} tin nhắn`,
  dayToCome: (day) => `${day} chưa tới. Muốn xem trước bản tin kế tiếp: /digest`,
  dayHow: (seen) =>
    `Bot chưa hiểu ngày “${seen}”. Ví dụ: /digest 24/12, /digest 2025-12-24 hoặc /digest hôm qua`,
};
