/** Vietnamese. */
import type { CalendarDay, Catalogue } from './catalogue.ts';
import { editionVi } from './edition.vi.ts';
import { followsVi } from './follows.vi.ts';
import { scheduleVi } from './schedule.vi.ts';
import { settingsVi } from './settings.vi.ts';
import { storyVi } from './story.vi.ts';

const number = new Intl.NumberFormat('vi-VN');
const n = (value: number): string => number.format(value);
const WEEKDAYS = ['Chủ Nhật', 'Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy'];
const date = ({ day, month, year }: CalendarDay): string => `${day}/${month}/${year}`;
const longDate = (day: CalendarDay): string => `${WEEKDAYS[day.weekday] ?? ''}, ${date(day)}`;

export const vi: Catalogue = {
  date,
  longDate,
  instant: (time, day) => `${time} ${longDate(day)}`,
  weekdays: WEEKDAYS,
  commands: {
    start: 'Bắt đầu',
    help: 'Hướng dẫn sử dụng',
    latest: 'Tin mới nhất',
    search: 'Tìm bài: /search tong thong my',
    digest: 'Xem trước bản tin; bản cũ: /digest 24/12',
    subscribe: 'Nhận bản tin theo giờ hẹn',
    unsubscribe: 'Thôi nhận bản tin',
    status: 'Lịch gửi và lần gửi gần nhất',
    settings: 'Giờ, ngày, múi giờ và kiểu bản tin',
    chats: 'Cài đặt cho kênh và nhóm của bạn',
    schedule: 'Đặt lịch: /schedule 06:30 18:00',
    pause: 'Tạm dừng: /pause 3d',
    resume: 'Gửi tiếp sau khi tạm dừng',
    follow: 'Theo dõi: /follow lãi suất OR vàng',
    follows: 'Xem và sửa những gì đang theo dõi',
    why: 'Vì sao bài có hay không có trong bản tin',
    language: 'Chọn ngôn ngữ / Choose language',
  },

  schedule: scheduleVi,
  settings: settingsVi,
  story: storyVi,
  edition: editionVi,
  follows: followsVi,

  welcome: (bot) => `Xin chào! ${bot} giúp bạn đọc và tìm tin ngay trong Telegram.`,
  welcomeLines: [
    '/latest – tin mới nhất',
    '/search từ khoá – tìm trong mọi bài, gõ không dấu cũng được',
    '/subscribe – nhận bản tin theo giờ hẹn',
    '/digest – xem trước bản tin kế tiếp; /digest 24/12 – bản đã gửi hôm đó',
    '/follow từ khoá – chỉ nhận, ưu tiên hoặc được báo ngay; /follows – xem và sửa',
    '/settings – giờ, ngày, múi giờ, kiểu bản tin',
    '/chats – cài đặt cho kênh và nhóm của bạn',
    '/pause 3d – tạm dừng, /resume – gửi tiếp',
    '/status – lịch gửi và lần gửi gần nhất',
    '/unsubscribe – thôi nhận bản tin',
    '/language – Tiếng Việt / English',
  ],
  helpTitle: 'Cách dùng',
  helpSearch: [
    'Tìm không dấu: /search tong thong my',
    'Tìm đúng cụm từ: /search "hội nghị thượng đỉnh"',
    'Bỏ bớt: /search bóng đá -nữ',
    'Theo nguồn hoặc ngày: /search lũ nguồn:"Sông Hồng" từ:2025-12-01',
  ],
  helpFollow:
    'Theo dõi: /follow lãi suất OR vàng -quảng cáo – bot cho xem trước 7 ngày qua, rồi hỏi nhận thế nào. Trả lời một bản tin bằng /why để biết vì sao mỗi bài có hay không có trong đó.',
  helpGroups:
    'Trong nhóm, ai cũng đọc và tìm được; chỉ quản trị viên đăng ký hoặc huỷ bản tin. Trong nhóm có chủ đề, mỗi chủ đề là một đăng ký riêng.',
  helpChannel: (bot) =>
    `Kênh: thêm ${bot} làm quản trị viên có quyền đăng bài; bot sẽ nhắn riêng cho bạn phần cài đặt của kênh. Muốn mở lại: /chats`,

  latestButton: '📰 Mới nhất',
  searchButton: '🔎 Tìm bài',
  subscribeButton: '🔔 Nhận bản tin',
  digestButton: '🗞 Bản tin bây giờ',
  shareButton: '↗️ Chia sẻ',
  readButton: '📖 Đọc trong Telegram',
  linkButton: '🔗 Bài gốc',
  newestButton: '🕒 Mới trước',
  relevanceButton: '🎯 Sát trước',
  moreButton: (count) => `Xem thêm ${n(count)} tin`,
  previous: '◀️ Trước',
  next: 'Sau ▶️',

  latestTitle: 'Tin mới nhất',
  latestHow: (seen) => `“${seen}” không phải là số bài. Ví dụ: /latest 10`,
  range: (from, to, total) => `${n(from)}–${n(to)} trong ${n(total)} bài`,
  noArticles: 'Chưa có bài nào. Bài mới sẽ hiện ở đây ngay khi toà soạn đăng.',

  searchHow:
    'Gõ từ khoá sau lệnh, có dấu hay không dấu đều được, ví dụ: /search tong thong my\nTìm đúng cụm từ thì đặt trong ngoặc kép: /search "hội nghị thượng đỉnh"',
  searchTitle: (query) => `Tìm “${query}”`,
  hits: (count) => `${n(count)} bài`,
  noHits: (query) => `Không có bài nào khớp với “${query}”.`,
  didYouMean: 'Có phải bạn muốn tìm:',
  understood: (query) => `Hiểu là: ${query}`,
  searchNotes: {
    'unbalanced-quote': 'Một dấu ngoặc kép không có cặp nên bị bỏ qua.',
    'unknown-day':
      'Sau “từ:”, “đến:” hay “ngày:” không phải là ngày, nên tìm như từ thường. Ngày viết như 2025-12-01, 1/12, hôm qua hoặc 7d.',
    'empty-field': 'Sau dấu hai chấm chưa có gì, nên tìm như từ thường.',
    cut: 'Câu tìm quá dài, nên chỉ tìm phần đầu.',
    'day-as-words': 'Thời gian đó không có bài khớp, nên tìm như từ thường.',
  },
  inlineNote: {
    none: 'Không có bài nào khớp. Tìm trong bot',
    later: 'Đang cập nhật chỉ mục. Tìm trong bot',
    details: 'Xem câu tìm được hiểu thế nào',
  },
  foldedMore: (count) => `và ${n(count)} bài tương tự`,
  catchingUp: 'Đang cập nhật chỉ mục, kết quả có thể còn thiếu.',
  searchDown: 'Tìm kiếm đang khởi động lại, bạn thử lại sau giây lát nhé.',
  relatedTitle: 'Bài liên quan',

  digestTitle: (day) => `Điểm tin ${day}`,
  digestLate: 'Gửi muộn hơn giờ hẹn vì bot vừa hoạt động trở lại.',
  digestPart: (part) => `(phần ${n(part)})`,
  editionTitle: 'Các tin trong bản tin',
  nothingNew: (sinceWhen) =>
    sinceWhen === null ? 'Chưa có bài mới nào.' : `Chưa có bài mới nào kể từ bản tin trước (${sinceWhen}).`,

  subscribed: (schedule, next) => `Đã đăng ký. Bản tin gửi ${schedule}.\nLần tới: ${next}.`,
  alreadySubscribed: (schedule, next) => `Đã đăng ký từ trước. Bản tin gửi ${schedule}.\nLần tới: ${next}.`,
  subscribedChannel: (name, schedule, next) =>
    `Đã đăng ký cho kênh ${name}. Bản tin gửi ${schedule}.\nLần tới: ${next}.`,
  alreadySubscribedChannel: (name, schedule, next) =>
    `Kênh ${name} đã đăng ký từ trước. Bản tin gửi ${schedule}.\nLần tới: ${next}.`,
  unsubscribed: 'Đã huỷ. Bot sẽ không gửi bản tin ở đây nữa. Muốn nhận lại: /subscribe',
  unsubscribedChannel: (name) => `Đã huỷ bản tin của kênh ${name}.`,
  notSubscribed: 'Ở đây chưa đăng ký bản tin. Muốn nhận: /subscribe',
  notSubscribedChannel: (name) => `Kênh ${name} chưa đăng ký bản tin.`,
  adminsOnly: 'Chỉ quản trị viên mới làm được việc này. Ai cũng có thể dùng /latest và /search.',
  channelNotYours: (name) =>
    `Telegram không xác nhận bạn là quản trị viên của ${name}, nên bot không đổi gì.`,
  channelBotNotAdmin: (name, bot) =>
    `${bot} chưa đăng được bài trong ${name}. Hãy thêm bot làm quản trị viên có quyền đăng bài, rồi thử lại.`,
  channelUnknown: (name) =>
    `Không tìm thấy kênh ${name}. Kiểm tra lại tên, và thêm bot vào kênh trước nếu đó là kênh riêng tư.`,

  statusTitle: 'Trạng thái',
  statusSchedule: (schedule) => `Bản tin: ${schedule}`,
  statusNext: (when) => `Lần tới: ${when}`,
  statusNone: 'Ở đây chưa đăng ký bản tin. Muốn nhận: /subscribe',
  statusLast: (when, outcome) => `Lần gần nhất: ${when} – ${outcome}`,
  statusNever: 'Chưa gửi bản tin nào.',
  outcomeSent: 'đã gửi',
  outcomeWaiting: 'đang chờ gửi',
  outcomeUnknown: 'Telegram không xác nhận, có thể chưa tới',
  outcomeDead: (reason) => `không gửi được (${reason})`,
  statusLanguage: 'Ngôn ngữ: Tiếng Việt (/language)',
  operatorTitle: 'Dành cho người vận hành',
  operatorLine: {
    articles: (value) => `Bài: ${value}`,
    sources: (value) => `Nguồn: ${value}`,
    refused: (value) => `Tệp bị từ chối: ${value}`,
    folder: (value) => `Thư mục bài: ${value}`,
    chats: (value) => `Cuộc trò chuyện: ${value}`,
    gone: (value) => `Đã mất liên lạc: ${value}`,
    subscriptions: (value) => `Đăng ký: ${value}`,
    waiting: (value) => `Đang chờ gửi: ${value}`,
    deferred: (value) => `Bị hoãn: ${value}`,
    unknown: (value) => `Không rõ kết quả: ${value}`,
    dead: (value) => `Không gửi được: ${value}`,
    rate: (value) => `Tốc độ: ${value}`,
    search: (value) => `Tìm kiếm: ${value}`,
  },
  refusedTitle: 'Tệp bị từ chối:',
  unknownTitle: 'Không rõ đã tới chưa:',

  chooseLanguage: 'Chọn ngôn ngữ:',
  languageChosen: 'Từ nay bot trả lời bằng tiếng Việt ở đây.',

  unknownDigest: {
    notice: (when) => `Bản tin ${when} có thể đã không tới: Telegram không xác nhận.`,
    button: '📨 Gửi lại bản tin đó',
  },
  unknownAlert: {
    notice: (when) => `Tin báo lúc ${when} có thể đã không tới: Telegram không xác nhận.`,
    button: '📨 Gửi lại tin đó',
  },
  redelivering: 'Đang gửi lại.',
  redelivered: 'Tin đó đã được gửi lại rồi.',

  chatLost: (name) =>
    `Bot không còn đăng được trong ${name}, nên bản tin ở đó tạm dừng. Thêm lại bot (với quyền đăng bài nếu là kênh) là bản tin gửi tiếp, không mất bài nào.`,
  expired: 'Nút này đã quá cũ. Bạn gửi lại lệnh nhé.',
  articleGone: 'Bài này không còn nữa.',
  unknownCommand: 'Bot chưa hiểu. Xem hướng dẫn: /help – hoặc gõ /search rồi tới từ khoá.',
  failed: 'Có lỗi ở phía bot, chưa làm được việc này. Bạn thử lại sau giây lát nhé.',
  tooFast: 'Bạn gửi hơi nhanh. Bot sẽ trả lời tiếp sau ít giây.',
};
