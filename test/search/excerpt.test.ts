import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { excerpt, highlight } from '../../src/search/excerpt.ts';
import type { Segment } from '../../src/search/searcher.ts';

/** [ ] around what matched. */
const marked = (segments: Segment[]): string =>
  segments.map(({ text, match }) => (match ? `[${text}]` : text)).join('');

describe('highlight', () => {
  test.each([
    ['Tổng thống Mỹ thăm Hà Nội', 'tong thong', '[Tổng thống] Mỹ thăm Hà Nội', 'without accents'],
    ['Tổng thống Mỹ', 'tổng thống mỹ', '[Tổng thống Mỹ]', 'with accents; neighbours are one mark'],
    ['Mười năm, miền Nam', 'năm', 'Mười [năm], miền Nam', 'what was typed with accents marks only that'],
    ['Miền Nam', 'năm', 'Miền [Nam]', 'unless there is nothing better'],
    ['Bệnh viện ở Khánh Hoà', 'khánh hòa', 'Bệnh viện ở [Khánh Hoà]', 'wherever the tone stands'],
    ['Israel và Iran', 'isra', '[Israel] và Iran', 'a word that is not finished'],
    ['Giá vàng tăng', 'vàng "giá dầu" -tăng', '[Giá vàng] tăng', 'all wanted words, no unwanted ones'],
    ['Giá vàng hôm nay', 'giá vàng hôm nay', '[Giá vàng hôm nay]', 'named days are words here'],
    ['<b>Giá</b> & vàng', 'giá', '<b>[Giá]</b> & vàng', 'text is text'],
    ['Giá vàng', '', 'Giá vàng', 'no query'],
    ['', 'giá', '', 'no text'],
    ['Giá vàng', 'source:vàng', 'Giá vàng', 'fields are not looked for in the text'],
  ])('%j for %j: %j (%s)', (text, query, expected) => {
    expect(marked(highlight(text, query))).toBe(expected);
  });

  test('NFD text comes out as it went in', () => {
    const text = 'Tổng thống Mỹ'.normalize('NFD');
    expect(marked(highlight(text, 'tong thong'))).toBe(
      `[${'Tổng thống'.normalize('NFD')}] ${'Mỹ'.normalize('NFD')}`,
    );
  });

  test('no letter is lost or added', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary', maxLength: 20 }),
        (text, query) => {
          expect(
            highlight(text, query)
              .map((segment) => segment.text)
              .join(''),
          ).toBe(text);
        },
      ),
    );
  });
});

const ARTICLE = {
  title: 'Thị trường ngày 3/12',
  summary: 'Chứng khoán giảm nhẹ trong phiên sáng.',
  body:
    'Các nhà đầu tư thận trọng trước kỳ nghỉ. Nhiều mã lớn đi ngang.\n\n' +
    'Giá dầu không đổi. Giá vàng miếng SJC tăng một triệu đồng mỗi lượng, lên mức cao nhất từ đầu năm. ' +
    'Người mua xếp hàng từ sớm ở phố Trần Nhân Tông.\n\n' +
    'Ngân hàng Nhà nước chưa có bình luận về diễn biến này của thị trường trong nước.',
};

describe('excerpt', () => {
  test('shows the passage in which the words stand side by side, from the beginning of its sentence', () => {
    expect(marked(excerpt(ARTICLE, 'gia vang', 110))).toBe(
      '…[Giá vàng] miếng SJC tăng một triệu đồng mỗi lượng, lên mức cao nhất từ đầu năm. Người mua xếp hàng từ sớm ở…',
    );
  });

  test('the beginning of the summary when only the title has the words, or nothing', () => {
    expect(marked(excerpt(ARTICLE, 'bitcoin', 60))).toBe(
      'Chứng khoán giảm nhẹ trong phiên sáng. Các nhà đầu tư thận…',
    );
  });

  test('the whole text when it fits', () => {
    expect(marked(excerpt({ title: 'A', summary: 'Giá vàng tăng.', body: '' }, 'vàng', 100))).toBe(
      'Giá [vàng] tăng.',
    );
    expect(excerpt({ title: 'A', summary: null, body: '' }, 'vàng', 100)).toEqual([]);
  });

  test('never longer than asked, always made of the text', () => {
    const full = `${ARTICLE.summary} ${ARTICLE.body}`.replace(/\s/gu, ' ');
    fc.assert(
      fc.property(
        fc.constantFrom('vàng', 'gia vang', 'ngan hang', 'x', 'năm sáng'),
        fc.integer({ min: 0, max: 500 }),
        (query, max) => {
          const text = excerpt(ARTICLE, query, max)
            .map((segment) => segment.text)
            .join('');
          expect(text.length).toBeLessThanOrEqual(Math.max(max, 2));
          expect(full).toContain(text.replace(/^…/u, '').replace(/…$/u, ''));
        },
      ),
    );
  });
});
