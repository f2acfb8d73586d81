/** Vietnamese: settings. */
import type { Asked, SettingsTexts } from './settingsTexts.ts';

const number = new Intl.NumberFormat('vi-VN');

const WISHES: Record<Asked, string> = {
  times: 'giờ muốn nhận, ví dụ 06:30, hoặc 6h30 và 18h',
  zone: 'tên thành phố (Hà Nội, Berlin…) hoặc múi giờ như Europe/Berlin',
  quiet: 'giờ yên lặng, ví dụ 22:00-06:00',
  pause: 'ngày gửi lại, ví dụ 31/12/2026, hoặc số ngày dừng: 10 ngày',
};

export const settingsVi: SettingsTexts = {
  title: 'Cài đặt bản tin',
  titleOf: (name) => `Bản tin của ${name}`,
  sends: (schedule) => `Gửi ${schedule}.`,
  thenAlso: (one, other) => `Sau đó: ${one} và ${other}`,
  paused: (until) => `Đang tạm dừng đến ${until}.`,
  quietFrom: (from, to) => `Không báo chuông từ ${from} đến ${to}.`,
  alwaysSilent: 'Luôn gửi im lặng.',
  shape: (items, style, language) =>
    `Mỗi bản nhiều nhất ${number.format(items)} bài, kiểu ${style}, ${language}.`,
  styleNames: { short: 'gọn', normal: 'vừa', full: 'đầy đủ' },
  languageNames: { vi: 'tiếng Việt', en: 'tiếng Anh' },
  adminsChange: 'Chỉ quản trị viên thay đổi được những lựa chọn này.',

  startNone: (zone) =>
    `Chưa đăng ký bản tin. Chọn giờ nhận mỗi ngày (giờ ${zone}); ngày và các lựa chọn khác chỉnh được ngay sau đó.`,
  startStopped: (schedule) =>
    `Bản tin đang ngừng. Trước đây gửi ${schedule}. Nhận lại như trước, hoặc chọn giờ mới.`,
  startAgainButton: '🔔 Nhận lại như trước',

  openButton: '⚙️ Cài đặt',
  timesButton: '🕒 Giờ gửi',
  daysButton: '📅 Ngày gửi',
  zoneButton: '🌏 Múi giờ',
  quietButton: '🌙 Giờ yên lặng',
  itemsButton: '🔢 Số bài',
  styleButton: '✍️ Kiểu',
  languageButton: '🌐 Ngôn ngữ',
  pauseButton: '⏸ Tạm dừng',
  resumeButton: '▶️ Gửi tiếp',
  previewButton: '🗞 Xem thử',
  stopButton: '🔕 Thôi nhận',
  backButton: '◀️ Quay lại',

  timesHelp: 'Chạm để thêm hoặc bớt giờ; một ngày có thể nhận nhiều lần.',
  timesCustom: 'Lịch này đặt bằng /schedule. Chọn giờ ở đây sẽ thay nó bằng lịch mỗi ngày.',
  otherTimeButton: '⌨️ Giờ khác',
  daysHelp: 'Chạm để thêm hoặc bớt ngày.',
  daysCustom: 'Lịch này đặt bằng /schedule, nên ngày cũng đổi ở đó.',
  everyDayButton: 'Mỗi ngày',
  weekdaysButton: 'T2–T6',
  weekendButton: 'Cuối tuần',
  dayLabels: ['CN', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7'],
  zoneHelp: (zone, offset, time) => `Giờ ${zone} (${offset}): bây giờ là ${time}.`,
  otherZoneButton: '⌨️ Nơi khác',
  quietHelp: 'Trong giờ yên lặng bản tin vẫn tới, chỉ không báo chuông.',
  noQuietButton: 'Luôn báo chuông',
  silentButton: 'Luôn im lặng',
  otherQuietButton: '⌨️ Giờ khác',
  itemsHelp: 'Một bản tin liệt kê nhiều nhất bao nhiêu tin? Những tin còn lại nằm sau nút “Xem thêm”.',
  itemsDefault: (items) => `Mặc định (${number.format(items)})`,
  quietDayHelp: 'Khi không có tin mới thì im lặng, hay nhắn một dòng?',
  quietDayNothingButton: 'Im lặng',
  quietDayLineButton: 'Nhắn một dòng',
  quietDayLine: 'Không có tin mới thì nhắn một dòng.',
  styleHelp: 'Bản tin trình bày thế nào?',
  styleLabels: {
    short: 'Gọn: chỉ có tiêu đề',
    normal: 'Vừa: thêm tóm tắt',
    full: 'Đầy đủ: mở đọc ngay tại chỗ',
  },
  pauseHelp: 'Tạm dừng bao lâu? Khi gửi tiếp, tin trong thời gian dừng được gộp vào một bản.',
  pauseDays: (days) => (days % 7 === 0 ? `${number.format(days / 7)} tuần` : `${number.format(days)} ngày`),
  otherPauseButton: '⌨️ Đến ngày khác',

  ask: (what) => `Hãy trả lời tin nhắn này bằng ${WISHES[what]}.`,
  askPlace: 'Hoặc gửi vị trí (📎 → Vị trí).',
  placeholder: { times: '06:30', zone: 'Hà Nội', quiet: '22:00-06:00', pause: '10 ngày' },
  notUnderstood: (what, seen) => `Bot chưa hiểu “${seen}”. Hãy trả lời tin nhắn này bằng ${WISHES[what]}.`,
  pausePast: 'Ngày đó đã qua. Hãy chọn một ngày sắp tới.',
  pauseTooLong: 'Chỉ tạm dừng được nhiều nhất một năm. Muốn ngừng hẳn: /unsubscribe',
  whichZone: 'Bạn muốn chọn nơi nào?',
  placeZone: (zone) => `Nơi đó theo giờ ${zone}. Dùng giờ này cho bản tin ở đây?`,
  useZoneButton: (zone) => `Dùng giờ ${zone}`,
  placeUnknown: 'Bot không rõ múi giờ của vị trí này. Hãy gõ tên thành phố.',

  refused: {
    custom: 'Lịch này đặt bằng /schedule, nên ngày cũng đổi ở đó.',
    'too-many-times': 'Một ngày nhiều nhất 12 giờ gửi. Hãy bớt một giờ trước.',
    'no-time-left': 'Phải còn ít nhất một giờ gửi. Muốn ngừng: /pause hoặc /unsubscribe',
    'no-day-left': 'Phải còn ít nhất một ngày gửi. Muốn ngừng: /pause hoặc /unsubscribe',
    'too-often': 'Một ngày nhiều nhất 24 bản tin, mỗi giờ một bản.',
    never: 'Lịch này không bao giờ tới.',
    none: 'Ở đây chưa đăng ký bản tin. Muốn nhận: /subscribe',
  },
  scheduleHow:
    'Viết giờ hoặc lịch sau lệnh:\n/schedule 06:30 18:00\n/schedule 30 6 * * 1-5\nNăm cột là phút, giờ, ngày, tháng, thứ (1 là thứ Hai, 0 hoặc 7 là Chủ Nhật); nhiều lịch thì cách nhau bằng dấu chấm phẩy.',
  scheduleProblem: {
    unreadable: 'Bot không đọc được lịch này.',
    never: 'Lịch này không bao giờ tới, ví dụ như ngày 30 tháng 2.',
    'too-often': 'Một ngày nhiều nhất 24 bản tin, mỗi giờ một bản.',
  },
  notPaused: 'Bản tin đang gửi bình thường, không tạm dừng.',

  toastNotYours: 'Telegram không xác nhận bạn là quản trị viên ở đó, nên bot không đổi gì.',
  toastBotOutside: 'Bot không còn ở đó. Hãy thêm lại bot rồi thử lại.',
  cannotPost: (bot) => `${bot} chưa đăng được bài ở đó. Hãy cho bot quyền đăng bài.`,
  inPrivate: 'Cài đặt của kênh mở trong chat riêng với bot, dành cho quản trị viên.',
  inPrivateButton: '⚙️ Mở cài đặt',

  chatsTitle: 'Kênh và nhóm của bạn',
  chatsHelp: 'Chọn nơi muốn cài đặt. Không thấy kênh của bạn? Gõ /settings @tên_kênh',
  chatsNone:
    'Bot chưa ở trong kênh hay nhóm nào mà bạn quản trị. Thêm bot bằng nút bên dưới, hoặc gõ /settings @tên_kênh',
  chatsButton: '📢 Kênh và nhóm',
  addChannelButton: '➕ Thêm vào kênh',
  addGroupButton: '➕ Thêm vào nhóm',
  added: (name) => `Bot đã có mặt trong ${name}.`,
};
