/** Articles to show: an ordinary one, and what a hostile newsroom would send. */
import fc from 'fast-check';
import type { Article } from '../../src/articles/article.ts';

export function anArticle(fields: Partial<Article> = {}): Article {
  const seq = fields.seq ?? 1;
  return {
    id: `article${String(seq).padStart(5, '0')}`,
    seq,
    rev: seq,
    title: 'Mỹ mời Kazakhstan và Uzbekistan dự G20',
    summary: 'Tổng thống Mỹ mời lãnh đạo hai nước Trung Á tới Miami.',
    body: 'Đoạn một.\n\nẢnh: AP\n\nĐoạn hai.',
    author: 'Bích Hồng',
    source: 'Báo Sông Hồng',
    url: null,
    language: 'vi',
    publishedAt: '2025-12-24',
    firstSeenAt: 0,
    contentHash: 'hash',
    removedAt: null,
    ...fields,
  };
}

const piece = fc.oneof(
  fc.constantFrom('<b>', '</b>', '<', '>', '&', '&lt;', '&amp;amp;', '"', '<a href="x">', '<br>', "'"),
  fc.constantFrom('🗞', '👨‍👩‍👧', '🇻🇳', '❤️', 'e\u0302\u0301', '𝒜'),
  fc.constantFrom('tin', 'Hội nghị', 'thượng đỉnh', 'العربية', 'עברית', 'กำลัง', '中国', 'abc'.repeat(20)),
  fc.constantFrom(' ', '. ', ', ', '; ', ' – '),
);

/** One line of at most `max` units, visible. */
export function line(max: number): fc.Arbitrary<string> {
  return fc.array(piece, { minLength: 1, maxLength: 40, size: 'max' }).map((pieces) =>
    `x${pieces.join('').repeat(1 + Math.floor(max / 400))}`
      .slice(0, max)
      .replace(/\p{Surrogate}/gu, '')
      .trim(),
  );
}

/** As the store keeps articles: everything as long as it may be, and of anything. */
export const hostileArticle: fc.Arbitrary<Article> = fc
  .record({
    title: line(1_000),
    summary: fc.option(line(3_000)),
    author: fc.option(line(900)),
    source: fc.option(line(200)),
    url: fc.option(
      fc.constantFrom(
        'https://a.vn/?x=1&y="2"<b>',
        `https://a.vn/${'%22&'.repeat(500)}`,
        'http://xn--bo-7ka.vn/',
      ),
    ),
    body: fc.array(line(5_000), { maxLength: 12 }).map((paragraphs) => paragraphs.join('\n\n')),
    publishedAt: fc.constantFrom('2025-12-24', '2025-12-24T22:30:00.000Z', '1900-01-01'),
  })
  .map((fields) => anArticle(fields));
