/**
 * Five shapes of a day, as a newsroom would send them: written as files, read by the program's own reader, so that what an
 * edition shows is what became of them on the way.
 */
import type { StoryReports } from '../../src/digest/edition.ts';
import type { Article, ArticleContent } from '../../src/articles/article.ts';
import { parseArticle } from '../../src/articles/format.ts';
import { anArticle } from '../telegram/articles.ts';

export const DAY = '2025-12-24';

interface File {
  title: string;
  source: string;
  /** The day of December 2025. */
  day?: number;
  text?: string;
}

function read(file: File): ArticleContent {
  const { title, source, day = 24, text = '' } = file;
  const raw = ` date 2025-12-${String(day)} ${title}\n\n${text}\n\nNguồn: ${source}.\n`;
  const reading = parseArticle(raw, Date.parse('2025-12-25'));
  if (!reading.ok) throw new Error(`${title}: ${reading.refusal.detail}`);
  return reading.content;
}

/** Newest first, as the store has them. */
const articles = (files: readonly File[]): Article[] =>
  files.map((file, n) => {
    const content = read(file);
    // A feed says the hour as well.
    const hour = 9 - n;
    const publishedAt =
      hour > 0 && n % 3 === 1 ? `${content.publishedAt}T0${hour}:15:00.000Z` : content.publishedAt;
    return anArticle({ ...content, publishedAt, seq: files.length - n });
  });

const SOURCES = ['Báo Sông Hồng', 'Mekong Courier', 'Red River Gazette', 'Thời báo Ven Đô'];

const NEWS: [string, string][] = [
  [
    'Lũ sông La Hà vượt báo động 3, hơn 1.200 hộ sơ tán trong đêm',
    'Nước lên nhanh từ chập tối khiến ba xã ven sông phải di dời dân ngay trong đêm. Đến rạng sáng, mực nước tại Cầu Mới đo được 9,6 mét. Hồ Đá Trắng vẫn xả 850 mét khối mỗi giây, và dự báo còn mưa đến cuối tuần.',
  ],
  [
    'Miami G20: Trump says Kazakh and Uzbek presidents will be invited',
    "The United States intends to bring Kassym-Jomart Tokayev and Shavkat Mirziyoyev to next year's Group of 20 summit in Miami, a sign of how much attention Central Asia now receives in Washington.",
  ],
  [
    'Families return as La Ha floodwater recedes after the heaviest December rain in 11 years',
    'Three quarters of the 1,240 households evacuated from the lower La Ha river were back home by Tuesday afternoon, but volunteers say the clean-up of schools and fields will take weeks.',
  ],
  [
    'Giá đường tăng, làng bánh kẹo tính lại vụ Tết',
    'Giá đường tăng 18% trong một tháng, đúng lúc các lò vào mẻ lớn nhất năm. Nhiều hộ chọn giảm lượng thay vì tăng giá.',
  ],
  [
    'Hải Triều vô địch Cúp Hoa Sen sau loạt luân lưu 5–4',
    'Sau 120 phút không bàn thắng, thủ môn 19 tuổi cản hai quả phạt đền.',
  ],
  ['Rét đậm tràn về, vùng núi cao có nơi dưới 4 độ C', ''],
];

/** Each from the next of `sources`. */
function several(count: number, sources: readonly string[]): File[] {
  return Array.from({ length: count }, (_, n) => {
    const [title = '', text = ''] = NEWS[n % NEWS.length] ?? [];
    const round = Math.floor(n / NEWS.length);
    return {
      title: round === 0 ? title : `${title} (${round + 1})`,
      text,
      source: sources[n % sources.length] ?? '',
      day: 24 - Math.floor(n / 10),
    };
  });
}

const STORY = [
  ['Báo Sông Hồng', 'Tổng thống Mỹ mở cửa G20 cho Astana và Tashkent'],
  ['Mekong Courier', 'Miami G20: Trump says Kazakh and Uzbek presidents will be invited'],
  ['Thời báo Ven Đô', 'Kazakhstan, Uzbekistan được mời tới thượng đỉnh Miami: thương mại đi cùng hoà đàm'],
  ['Red River Gazette', 'Central Asian leaders to join G20 as guests of Washington'],
  ['Bản tin Cầu Mới', 'Mỹ mời lãnh đạo Kazakhstan và Uzbekistan dự G20 năm 2026'],
];

const HOSTILE: File[] = [
  { title: '<b>Bold</b> & "quoted" &lt;script&gt;alert(1)</script>', source: '<i>Báo</i> & Co' },
  {
    title: 'Giá < 5 > 3 && a="1" href=\'x\' </a></b>',
    source: 'A',
    text: '<blockquote>Trích</blockquote> & hết.',
  },
  { title: '\u202eĐảo ngược\u202c và \u2066cô lập\u2069 \u200fRTL\u200e', source: 'A' },
  { title: 'العربية מילים עברית tin tức', source: 'صحيفة' },
  { title: 'Không\u200b gian\u2060 vô\ufeff hình\u00ad và zero\u200dwidth', source: 'A' },
  { title: `${'Rất dài '.repeat(500)}hết`, source: 'Tên nguồn dài '.repeat(20).trim() },
  { title: 'x'.repeat(4_000), source: 'B' },
  { title: '🚀🚀🚀', source: '🗞' },
  { title: '👨‍👩‍👧‍👦'.repeat(40), source: 'B' },
  { title: 'Chuông\u0007 xoá\u0008 thoát\u001b[31m đỏ\u0000 hết', source: 'B' },
  { title: `Dấu${'\u0301'.repeat(500)} chồng`, source: 'B', text: 'Một câu. Ảnh: AP' },
  { title: '- [ ] *Markdown* _in_ `code` [link](https://a.vn) #tag @ai /start', source: 'B' },
];

/** Each a story of its own. */
function apart(all: readonly Article[]): StoryReports[] {
  return all.map((article) => ({ reports: [article], earlier: null }));
}

const STORY_TEXT =
  'Hai nguyên thủ Trung Á sẽ có tên trong danh sách khách mời của nước chủ nhà khi G20 nhóm họp ở Miami năm 2026.';
const [before = null, ...onEvent] = articles(
  STORY.map(([source = '', title = '']) => ({ title, source, text: STORY_TEXT })),
);

/** As many stories as the day has, the newest first. */
export const DAYS: Record<string, { stories: StoryReports[]; more: number }> = {
  one: { stories: apart(articles(several(1, SOURCES))), more: 0 },
  ten: { stories: apart(articles(several(10, SOURCES.slice(0, 3)))), more: 12 },
  sixty: { stories: apart(articles(several(60, SOURCES))), more: 0 },
  story: { stories: [{ reports: onEvent, earlier: before }], more: 0 },
  hostile: { stories: apart(articles(HOSTILE)), more: 3 },
};
