import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paragraphs, type Article } from '../../../src/articles/article.ts';
import { catalogue } from '../../../src/i18n/catalogue.ts';
import { decodePress } from '../../../src/telegram/callbackData.ts';
import { articlePages, articleView } from '../../../src/telegram/views/articleView.ts';
import type { Button } from '../../../src/telegram/views/view.ts';
import { anArticle, hostileArticle } from '../articles.ts';
import { overLimit, readHtml } from '../telegramHtml.ts';

const vi = catalogue('vi');
const ZONE = 'Asia/Ho_Chi_Minh';
const OPTIONS = { t: vi, zone: ZONE, bot: 'diemtin_bot', page: 0, related: [], reports: null };

function pagesOf(article: Article): string[] {
  return articlePages(article, vi, ZONE).map((page) => readHtml(page.html).text);
}

/** Without the spaces, which may fall where a page ends. */
const squeeze = (text: string): string => text.replace(/\s/gu, '');

function labels(rows: readonly (readonly Button[])[]): string[][] {
  return rows.map((row) => row.map(({ text }) => text));
}

describe('an article', () => {
  it('reads so', () => {
    expect(pagesOf(anArticle())).toEqual([
      [
        'Mỹ mời Kazakhstan và Uzbekistan dự G20',
        'Báo Sông Hồng · 24/12/2025',
        'Bích Hồng',
        '',
        'Tổng thống Mỹ mời lãnh đạo hai nước Trung Á tới Miami.',
        '',
        'Đoạn một.',
        '',
        'Ảnh: AP',
        '',
        'Đoạn hai.',
      ].join('\n'),
    ]);
  });

  it('sets the title and the summary in bold, the byline and captions in italics', () => {
    const [page] = articlePages(anArticle(), vi, ZONE);
    const { text, entities } = readHtml(page?.html ?? '');
    const marked = entities.map(({ tag, offset, length }) => `${tag} ${text.slice(offset, offset + length)}`);
    expect(marked).toEqual([
      'b Mỹ mời Kazakhstan và Uzbekistan dự G20',
      'i Báo Sông Hồng · 24/12/2025',
      'b Tổng thống Mỹ mời lãnh đạo hai nước Trung Á tới Miami.',
      'i Ảnh: AP',
    ]);
  });

  it('may be nothing but a title and a date', () => {
    const bare = anArticle({ summary: null, body: '', author: null, source: null });
    expect(pagesOf(bare)).toEqual(['Mỹ mời Kazakhstan và Uzbekistan dự G20\n24/12/2025']);
  });
});

describe('the pages of a long article', () => {
  it('are of whole paragraphs', () => {
    const body = Array.from({ length: 20 }, (_, n) => `Đoạn ${n}. ${'chữ '.repeat(120)}hết.`);
    const pages = pagesOf(anArticle({ body: body.join('\n\n') }));
    expect(pages.length).toBeGreaterThan(3);
    for (const page of pages) expect(page.endsWith('hết.')).toBe(true);
  });

  it('cut a paragraph that fits no page at a sentence', () => {
    const body = 'Một câu vừa phải. '.repeat(600).trim();
    for (const page of pagesOf(anArticle({ body }))) expect(page.endsWith('phải.')).toBe(true);
  });

  it('cut one without sentences between words', () => {
    const pages = pagesOf(anArticle({ body: 'chữ '.repeat(3_000).trim() }));
    for (const page of pages) expect(page.endsWith('chữ')).toBe(true);
  });

  it.each([
    ['letters', 'x', 50_000],
    ['emoji', '🗞', 25_000],
    ['letters with marks', 'e\u0302\u0301', 17_000],
    ['families', '👨‍👩‍👧', 6_000],
  ])('hold 50,000 units of %s without a space, none torn apart', (_, character, count) => {
    const pages = pagesOf(anArticle({ summary: null, body: character.repeat(count) }));
    const pieces = pages.flatMap((page) => page.split('\n\n')).filter((piece) => piece.startsWith(character));
    for (const piece of pieces) expect(piece.length % character.length).toBe(0);
    // Compared before it is shown: a difference of 50,000 units helps nobody.
    expect(pieces.join('') === character.repeat(count)).toBe(true);
    for (const page of pages) expect(page.length).toBeLessThanOrEqual(4_096);
  });

  it('get by with a character that is longer than a page', () => {
    const body = `e${'\u0301'.repeat(9_000)}`;
    const pages = pagesOf(anArticle({ body }));
    expect(squeeze(pages.join('')).endsWith(body)).toBe(true);
    for (const page of pages) expect(page.length).toBeLessThanOrEqual(4_096);
  });

  it('hold no more entities than Telegram shows: a gallery of captions', () => {
    const body = Array.from({ length: 300 }, (_, n) => `Ảnh: ${n}`).join('\n\n');
    for (const page of articlePages(anArticle({ body }), vi, ZONE)) expect(overLimit(page.html)).toEqual([]);
  });

  it('hold the whole text in order, within every limit, whatever it is', () => {
    fc.assert(
      fc.property(hostileArticle, (article) => {
        const pages = articlePages(article, vi, ZONE);
        for (const page of pages) expect(overLimit(page.html)).toEqual([]);
        const text = pages.map((page) => readHtml(page.html).text).join('\n\n');
        const expected = [article.summary ?? '', ...paragraphs(article.body)].join('');
        expect(text.startsWith(article.title)).toBe(true);
        expect(squeeze(text).endsWith(squeeze(expected))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the buttons under an article', () => {
  const long = anArticle({ body: 'Một câu vừa phải. '.repeat(600) });
  const last = articlePages(long, vi, ZONE).length - 1;

  it('turn its pages in place', () => {
    const [pager] = articleView(long, { ...OPTIONS, page: 1 }).buttons;
    expect(pager?.map(({ text }) => text)).toEqual(['◀️ Trước', `2/${last + 1}`, 'Sau ▶️']);
    const turns = pager?.map((button) => ('data' in button ? decodePress(button.data) : null));
    expect(turns).toEqual([
      { do: 'turn', id: long.id, page: 0 },
      { do: 'nothing' },
      { do: 'turn', id: long.id, page: 2 },
    ]);
  });

  it('do not lead beyond the first and the last page', () => {
    expect(labels(articleView(long, OPTIONS).buttons)[0]).toEqual([`1/${last + 1}`, 'Sau ▶️']);
    expect(labels(articleView(long, { ...OPTIONS, page: last }).buttons)[0]).toEqual([
      '◀️ Trước',
      `${last + 1}/${last + 1}`,
    ]);
  });

  it('show the last page when the article has become shorter', () => {
    expect(articleView(long, { ...OPTIONS, page: 99 })).toEqual(
      articleView(long, { ...OPTIONS, page: last }),
    );
  });

  it('are no pager when there is one page', () => {
    expect(labels(articleView(anArticle(), OPTIONS).buttons)).toEqual([['↗️ Chia sẻ']]);
  });

  it('open the original and share it, or the bot where there is none', () => {
    const shareOf = (article: Article): URLSearchParams => {
      const button = articleView(article, OPTIONS).buttons.at(-1)?.at(-1);
      return new URL(button !== undefined && 'url' in button ? button.url : '').searchParams;
    };
    const linked = anArticle({ url: 'https://a.vn/?x=1&y=2', title: 'A & B' });
    expect(articleView(linked, OPTIONS).buttons).toEqual([
      [
        { text: '🔗 Bài gốc', url: 'https://a.vn/?x=1&y=2' },
        {
          text: '↗️ Chia sẻ',
          url: 'https://t.me/share/url?url=https%3A%2F%2Fa.vn%2F%3Fx%3D1%26y%3D2&text=A+%26+B',
        },
      ],
    ]);
    expect(shareOf(anArticle()).get('url')).toBe('https://t.me/diemtin_bot?start=a_article00001');
    expect(shareOf(anArticle({ title: 'x'.repeat(1_000) })).get('text')).toHaveLength(200);
  });

  it('offer related articles on the last page', () => {
    const related = [anArticle({ seq: 2, title: 'Lũ' }), anArticle({ seq: 3, title: 'x'.repeat(100) })];
    expect(labels(articleView(long, { ...OPTIONS, related }).buttons)).toHaveLength(2);
    const shown = articleView(long, { ...OPTIONS, page: last, related });
    expect(labels(shown.buttons)[1]).toEqual(['Lũ']);
    expect(labels(shown.buttons)[2]?.[0]).toHaveLength(60);
    expect(readHtml(shown.html).text.endsWith('\n\nBài liên quan')).toBe(true);
  });
});
