/**
 * A small newsroom of our own making, in which every article is there for a reason: it is the answer to a question of
 * `relevance.test.ts`, or what such an answer must not be mistaken for. Names are what the tests call the articles.
 */
import type { Item } from './library.ts';

/** One text that went round: the same words under several titles. */
const WIRE =
  'Cơ quan khí tượng cho biết tâm bão cách đất liền hai trăm cây số, gió mạnh cấp mười hai, biển động dữ dội và ' +
  'ngư dân các tỉnh ven biển được yêu cầu vào bờ trước buổi chiều, các trường học đóng cửa hai ngày liền.';

export const FIXTURE: Readonly<Record<string, Item>> = {
  // Forms that differ by their accents alone.
  'nam-moi': { title: 'Năm mới đến sớm ở Sydney', summary: 'Người dân đón năm mới bên cầu cảng.' },
  'nam-hoc': { title: 'Năm học này bắt đầu muộn', summary: 'Học sinh đến trường vào giữa tháng chín.' },
  'mien-nam': { title: 'Miền Nam mưa lớn', summary: 'Cả miền Nam có mưa, riêng Nam Bộ mưa rất to.' },
  'nam-gioi': { title: 'Nam giới hút thuốc ít hơn', summary: 'Tỷ lệ nam giới hút thuốc giảm.' },
  'ha-my': { title: 'Diễn viên Hà My nhận giải', summary: 'Hà My cảm ơn khán giả của My.' },
  'cuu-tro-my': { title: 'Chuyến bay từ Mỹ hạ cánh', body: 'Máy bay chở hàng cứu trợ.' },
  'gia-duong': { title: 'Giá đường tăng ba phiên liền', summary: 'Các nhà máy đường nói thiếu mía.' },
  'dai-duong': { title: 'Đại dương nóng lên', summary: 'Nhiệt độ của các đại dương lập kỷ lục.' },
  'duong-kim': { title: 'Đương kim vô địch bị loại', summary: 'Nhà đương kim vô địch thua ngay trận đầu.' },
  'hoa-binh-moi': { title: 'Hoà bình trở lại vùng cao', summary: 'Người dân về làng cũ.' },
  'hoa-binh-cu': { title: 'Thỏa thuận hòa bình được ký', summary: 'Hai bên bắt tay sau mười ngày.' },
  'bac-si': { title: 'Bác sĩ trẻ lên đảo xa', summary: 'Bốn bác sỹ tình nguyện ở lại một năm rưỡi.' },

  // The same words: as a phrase, as neighbours, scattered.
  'vang-cum': { title: 'Giá vàng thế giới lập đỉnh', summary: 'Một ounce đắt hơn hôm trước.' },
  'vang-cap': { title: 'Thế giới dõi theo giá vàng', summary: 'Nhà đầu tư chờ tin từ ngân hàng.' },
  'vang-roi': { title: 'Mùa lúa vàng được giá', summary: 'Nông dân vui; giới buôn thế là yên tâm.' },

  // The same phrase: in the title, the summary, the body.
  'yagi-tua': { title: 'Siêu bão Yagi đổ bộ', summary: 'Gió giật rất mạnh.', body: 'Nhiều cây đổ.' },
  'yagi-tom': {
    title: 'Miền Bắc dọn dẹp',
    summary: 'Sau siêu bão Yagi, phố xá ngổn ngang.',
    body: 'Mọi người ra đường.',
  },
  'yagi-than': {
    title: 'Quỹ cứu trợ mở tài khoản',
    summary: 'Tiền sẽ đến tay dân.',
    body: 'Quỹ lập sau siêu bão Yagi.',
  },

  // Equal but for the day.
  'hop-bao-cu': { title: 'Họp báo thường kỳ quý ba', summary: 'Bộ trả lời báo chí.', date: '2025-09-01' },
  'hop-bao-moi': { title: 'Họp báo thường kỳ quý tư', summary: 'Bộ trả lời báo chí.', date: '2025-12-20' },
  // Better, and older: recency is mild.
  'le-hoi-tua': { title: 'Lễ hội ánh sáng Lyon khai mạc', summary: 'Thành phố rực rỡ.', date: '2023-12-05' },
  'le-hoi-than': {
    title: 'Du lịch mùa đông',
    body: 'Có người chọn lễ hội ánh sáng Lyon.',
    date: '2025-12-23',
  },

  // One text in three newspapers.
  'tin-chung-a': { title: 'Bão sắp vào bờ', body: WIRE, source: 'Báo Tin tức', date: '2025-12-01' },
  'tin-chung-b': { title: 'Tàu thuyền tránh bão', body: WIRE, source: 'Tuổi Trẻ', date: '2025-12-01' },
  'tin-chung-c': { title: 'Học sinh nghỉ tránh bão', body: WIRE, source: 'VnExpress', date: '2025-12-02' },

  // For slips, unfinished words and failing keyboards.
  'tong-thong': {
    title: 'Tổng thống phát biểu ở Miami',
    summary: 'Tổng thống nói về năng lượng.',
    source: 'Euronews',
    author: 'Bích Hồng',
    date: '2025-12-10',
  },
  'thu-tuong': {
    title: 'Thủ tướng thăm Canberra',
    summary: 'Thủ tướng gặp cộng đồng người Việt.',
    source: 'Tuổi Trẻ',
    author: 'Nguyễn Văn An',
    date: '2025-12-11',
  },
  bitcoin: {
    title: 'Bitcoin rớt giá',
    summary: 'Tiền số bitcoin mất một phần năm.',
    source: 'Reuters',
    date: '2025-12-12',
  },
  'chung-khoan': {
    title: 'Chứng khoán châu Á xanh sàn',
    summary: 'Chỉ số chứng khoán lên mạnh.',
    source: 'Tuổi Trẻ',
    date: '2025-12-13',
  },
  'bong-da': {
    title: 'Bóng đá nữ vào bán kết',
    summary: 'Đội tuyển bóng đá nữ thắng đậm.',
    source: 'VnExpress',
    date: '2025-12-14',
  },
  'dai-hoc': { title: 'Đại học công bố điểm chuẩn', summary: 'Điểm chuẩn đại học tăng.', date: '2025-12-15' },
  facebook: { title: 'Facebook đổi giao diện', summary: 'Facebook thử màu mới.', date: '2025-12-16' },

  // Fields and days.
  'hom-nay': {
    title: 'Thời tiết cuối tuần',
    summary: 'Trời lạnh.',
    source: 'Báo Tin tức',
    date: '2025-12-24',
  },
  'hom-qua': {
    title: 'Thời tiết giữa tuần',
    summary: 'Trời nắng.',
    source: 'Báo Tin tức',
    date: '2025-12-23',
  },
  // 0:30 on the 24th in Hà Nội.
  'qua-dem': { title: 'Thời tiết trong đêm', summary: 'Trời mưa.', date: '2025-12-23T17:30:00.000Z' },
  english: {
    title: 'Climate summit ends without a deal',
    summary: 'Delegates left the summit late.',
    language: 'en',
    source: 'Reuters',
    date: '2025-12-01',
  },
  'english-2': {
    title: 'Weather delays the summit',
    summary: 'Planes could not land.',
    language: 'en',
    date: '2025-12-02',
  },
  nhat: {
    title: '東京で地震がありました',
    summary: '気象庁が発表した。',
    language: 'ja',
    date: '2025-12-03',
  },
  thai: { title: 'น้ำท่วมภาคใต้ของประเทศไทย', summary: 'ฝนตกหนัก', language: 'th', date: '2025-12-04' },

  // A long question has an answer that holds most of its words, and others that hold the frequent ones.
  'ca-phe': {
    title: 'Xuất khẩu cà phê lập kỷ lục',
    summary: 'Việt Nam bán cà phê cho tám mươi nước, nhiều nhất là Đức.',
    body: 'Sản lượng Robusta của Tây Nguyên đứng đầu thế giới.',
  },
  'ho-tieu': {
    title: 'Hồ tiêu mất mùa',
    summary: 'Nông dân Tây Nguyên lo lắng vì hồ tiêu.',
    body: 'Việt Nam vẫn bán cho nhiều nước.',
  },
};
