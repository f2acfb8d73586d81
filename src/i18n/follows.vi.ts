/** Vietnamese: follows. */
import type { FollowsTexts } from './followsTexts.ts';

const number = new Intl.NumberFormat('vi-VN');
const n = (value: number): string => number.format(value);
const quoted = (texts: readonly string[]): string => texts.map((text) => `“${text}”`).join(', ');

export const followsVi: FollowsTexts = {
  how: 'Viết điều muốn theo dõi sau lệnh, có dấu hay không dấu đều được:\n/follow lãi suất OR vàng -quảng cáo\n/follow "Hồ Tây" nguồn:"Sông Hồng"\nOR là “hoặc”, dấu trừ là “không có”, cụm từ thì đặt trong ngoặc kép. Xem và sửa: /follows',
  title: (text) => `Theo dõi: ${text}`,
  titleIn: (text, name) => `Theo dõi cho ${name}: ${text}`,
  daysLeftOut: (days) => `Đã bỏ phần ngày (${days}): theo dõi chỉ xét bài mới.`,
  matched: (count) => `7 ngày qua có ${n(count)} bài khớp:`,
  matchedNone: '7 ngày qua chưa có bài nào khớp.',
  lookedAt: (count) => `Chỉ xét ${n(count)} bài mới nhất.`,
  nearTitle: 'Suýt khớp:',
  lacks: (text) => `không có “${text}”`,
  differs: (text) => `“${text}” viết khác dấu hoặc không đứng liền nhau`,
  unwanted: (text) => `có “${text}”`,
  askMode: 'Bạn muốn nhận những bài này thế nào?',
  modeButtons: { only: '🎯 Chỉ những bài này', first: '⬆️ Đưa lên đầu', alert: '🔔 Báo ngay' },
  modeIcons: { only: '🎯', first: '⬆️', alert: '🔔' },
  modeNames: {
    only: 'bản tin chỉ có những bài này',
    first: 'đứng đầu bản tin',
    alert: 'báo ngay khi có bài',
  },
  otherButton: (text) => `Hay ý bạn là: ${text}`,
  saved: {
    only: (text) => `Từ nay bản tin chỉ có những bài được theo dõi, trong đó có: ${text}`,
    first: (text) => `Từ nay những bài này đứng đầu bản tin: ${text}`,
    alert: (text) => `Có bài mới là bot báo ngay: ${text}`,
  },
  alsoSubscribed: (schedule, next) => `Bản tin gửi ${schedule}. Lần tới: ${next}.`,

  listTitle: 'Đang theo dõi',
  listTitleOf: (name) => `${name} đang theo dõi`,
  listNone: 'Chưa theo dõi gì. Bắt đầu bằng /follow rồi tới từ khoá, ví dụ: /follow lãi suất OR vàng',
  listCount: (count, most) => `${n(count)} trên ${n(most)}. Chạm vào số để sửa hoặc bỏ.`,
  onlyExplained: 'Đã có mục 🎯, nên bản tin chỉ gồm những bài được theo dõi.',
  addButton: '➕ Theo dõi thêm',
  editButton: '✏️ Sửa',
  removeButton: '🗑 Bỏ theo dõi',
  backButton: '◀️ Danh sách',
  openButton: '⭐ Theo dõi',
  removed: (text) => `Đã bỏ: ${text}`,
  askAdd: 'Hãy trả lời tin nhắn này bằng điều muốn theo dõi, ví dụ: lãi suất OR vàng',
  askEdit: (text) => `Hãy trả lời tin nhắn này bằng điều muốn theo dõi, thay cho: ${text}`,
  placeholder: 'lãi suất OR vàng',
  problem: {
    empty: 'Chưa thấy từ nào để theo dõi. Ví dụ: /follow lãi suất OR vàng',
    'too-long': 'Dài quá. Một mục theo dõi có nhiều nhất 200 ký tự.',
    'only-days': 'Theo dõi chỉ xét bài mới nên không cần ngày. Hãy viết từ khoá, ví dụ: /follow lãi suất',
    'nothing-wanted':
      'Chỉ có phần “không có” thì gần như bài nào cũng khớp. Hãy thêm ít nhất một từ cần có, ví dụ: /follow vàng -quảng cáo',
  },
  tooMany: (most) => `Mỗi nơi theo dõi được nhiều nhất ${n(most)} mục. Hãy bỏ bớt một mục trước: /follows`,
  gone: 'Mục này không còn nữa.',
  inPrivate: (command) => `Kênh được theo dõi từ chat riêng với bot: ${command}`,

  alertFor: (texts) => `Vì đang theo dõi ${quoted(texts)}`,

  whyTitle: (when) => `Vì sao? Bản tin ${when}`,
  whyNone: 'Ở đây chưa có bản tin nào để giải thích.',
  whyNotDigest: 'Hãy trả lời một bản tin bằng /why, hoặc chỉ gõ /why để xem bản tin gần nhất.',
  whyCounts: (inside, outside) => `${n(inside)} bài có trong bản tin, ${n(outside)} bài mới khác thì không.`,
  whyFirst: 'Đây là bản tin đầu tiên, gồm những bài mới nhất khi đó.',
  whySpan: (most) => `Chỉ xét ${n(most)} bài mới nhất của đợt này.`,
  inFor: (texts) => `Có: vì đang theo dõi ${quoted(texts)}`,
  inAsNew: 'Có: bài mới kể từ bản tin trước',
  inAsNewest: 'Có: thuộc những bài mới nhất',
  seenAt: (when) => `bot thấy lúc ${when}`,
  outFiltered: 'Không: không khớp mục theo dõi nào',
  outBeyond: 'Không: vượt quá số bài của một bản tin, nằm sau nút “Xem thêm”',
  outTold: 'Không: đã báo ngay trước đó',
};
