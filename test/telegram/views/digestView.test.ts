import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Article } from '../../../src/articles/article.ts';
import type { EditionContent, EditionFrame } from '../../../src/digest/edition.ts';
import { decodePress, decodeStart } from '../../../src/telegram/callbackData.ts';
import { digestViews } from '../../../src/telegram/views/digestView.ts';
import type { Button } from '../../../src/telegram/views/view.ts';
import { anArticle, hostileArticle } from '../articles.ts';
import { overLimit, readHtml } from '../telegramHtml.ts';

const OPTIONS = { bot: 'diemtin_bot' };

/** @param fields `articles` are items of one report each */
function edition(
  fields: Partial<EditionContent> & { articles?: Article[] },
  frame: Partial<EditionFrame> = {},
): EditionContent {
  const { articles = [anArticle()], ...others } = fields;
  return {
    items: articles.map((article) => ({ article, reports: [article], earlier: null })),
    more: 0,
    ...others,
    frame: {
      fromSeq: 1,
      toSeq: 40,
      language: 'vi',
      surface: 'chat',
      filter: null,
      style: 'normal',
      maxItems: 100,
      late: false,
      zone: 'Asia/Ho_Chi_Minh',
      day: '2026-11-24',
      ...frame,
    },
  };
}

const textOf = (content: EditionContent): string =>
  digestViews(content, OPTIONS)
    .map((part) => readHtml(part.html).text)
    .join('\n---\n');

describe('a digest', () => {
  it('reads so', () => {
    const articles = [
      anArticle({ seq: 2, title: 'Lũ trên sông La Hà', summary: null, source: null }),
      anArticle({ seq: 1 }),
    ];
    expect(textOf(edition({ articles }))).toBe(
      [
        '🗞 Điểm tin Thứ Ba, 24/11/2026',
        '2 tin mới',
        '',
        '1. Lũ trên sông La Hà',
        '24/12/2025',
        '',
        '2. Mỹ mời Kazakhstan và Uzbekistan dự G20',
        'Báo Sông Hồng · 24/12/2025',
        'Tổng thống Mỹ mời lãnh đạo hai nước Trung Á tới Miami.',
      ].join('\n'),
    );
  });

  it('reads so in English, when it is late', () => {
    expect(textOf(edition({}, { language: 'en', late: true }))).toBe(
      [
        '🗞 News digest, Tuesday 24 November 2026',
        'Later than scheduled: the bot has just come back.',
        '',
        '1. Mỹ mời Kazakhstan và Uzbekistan dự G20',
        'Báo Sông Hồng · 24 Dec 2025',
        'Tổng thống Mỹ mời lãnh đạo hai nước Trung Á tới Miami.',
      ].join('\n'),
    );
  });

  it.each([
    // The same day, another one, another year, and days that are known without their hours.
    ['2026-11-24T01:30:00.000Z', '08:30', '23 Nov'],
    ['2026-11-23T17:00:00.000Z', '00:00', '23 Nov'],
    ['2026-11-23T16:59:00.000Z', '23/11', '23 Nov'],
    ['2026-11-24', '24/11', '24 Nov'],
    ['2025-11-24T01:30:00.000Z', '24/11/2025', '23 Nov 2025'],
  ])('dates an article of %s by the clocks of the chat', (publishedAt, inHanoi, inNewYork) => {
    const articles = [anArticle({ publishedAt, source: 'A' })];
    expect(textOf(edition({ articles }))).toContain(`\nA · ${inHanoi}\n`);
    const there = edition({ articles }, { language: 'en', zone: 'America/New_York', day: '2026-11-25' });
    expect(textOf(there)).toContain(`\nA · ${inNewYork}\n`);
  });

  it('is short: titles and nothing else', () => {
    const articles = [anArticle({ seq: 2, title: 'Lũ trên sông La Hà' }), anArticle({ seq: 1 })];
    expect(textOf(edition({ articles }, { style: 'short' }))).toBe(
      [
        '🗞 Điểm tin Thứ Ba, 24/11/2026',
        '2 tin mới từ Báo Sông Hồng',
        '',
        '1. Lũ trên sông La Hà',
        '2. Mỹ mời Kazakhstan và Uzbekistan dự G20',
      ].join('\n'),
    );
  });

  it('is full: with a passage of the summary and the text that unfolds, without captions', () => {
    const [part] = digestViews(edition({}, { style: 'full' }), OPTIONS);
    const { text, entities } = readHtml(part?.html ?? '');
    expect(text).toBe(
      [
        '🗞 Điểm tin Thứ Ba, 24/11/2026',
        '',
        '1. Mỹ mời Kazakhstan và Uzbekistan dự G20',
        'Báo Sông Hồng · 24/12/2025',
        'Tổng thống Mỹ mời lãnh đạo hai nước Trung Á tới Miami.',
        'Đoạn một.',
        'Đoạn hai.',
      ].join('\n'),
    );
    expect(part?.html).toContain('<blockquote expandable>Tổng thống Mỹ');
    expect(entities.filter(({ tag }) => tag === 'blockquote')).toHaveLength(1);
  });

  it('is full also of an article that has nothing but a title', () => {
    const articles = [anArticle({ summary: null, body: 'Ảnh: AP' })];
    expect(digestViews(edition({ articles }, { style: 'full' }), OPTIONS)[0]?.html).not.toContain(
      '<blockquote',
    );
  });

  it('links each title to the original, or to the bot where there is none', () => {
    const articles = [anArticle({ seq: 1 }), anArticle({ seq: 2, url: 'https://a.vn/?x=1&y=2' })];
    const [part] = digestViews(edition({ articles }), OPTIONS);
    const links = readHtml(part?.html ?? '').entities.filter(({ tag }) => tag === 'a');
    expect(links.map(({ href }) => href)).toEqual([
      'https://t.me/diemtin_bot?start=a_article00001',
      'https://a.vn/?x=1&y=2',
    ]);
  });

  it('says of how many sources a story is, and that it goes on, in a line or behind the title', () => {
    const reports = ['AFP', 'TASS'].map((source, n) => anArticle({ seq: 9 - n, source, summary: null }));
    const article = anArticle({ seq: 9, source: 'AFP', summary: null });
    const items = [{ article, reports, earlier: anArticle({ seq: 1 }) }];
    expect(textOf(edition({ items }))).toBe(
      [
        '🗞 Điểm tin Thứ Ba, 24/11/2026',
        '',
        '1. Mỹ mời Kazakhstan và Uzbekistan dự G20',
        'AFP · 24/12/2025',
        'Diễn biến mới (tin trước) · 2 nguồn',
      ].join('\n'),
    );
    expect(textOf(edition({ items }, { style: 'short' }))).toContain(
      '\n1. Mỹ mời Kazakhstan và Uzbekistan dự G20 · Diễn biến mới (tin trước) · 2 nguồn',
    );
  });

  it('has headings where there is enough, and then numbers its articles in that order', () => {
    const sources = ['Báo A', 'Báo B', 'Báo C', 'Báo A', null, 'Báo B', 'Báo A', 'Báo B'];
    const articles = sources.map((source, n) =>
      anArticle({ seq: n + 1, title: `Tin ${n}`, source, summary: null }),
    );
    expect(textOf(edition({ articles }))).toBe(
      [
        '🗞 Điểm tin Thứ Ba, 24/11/2026',
        '8 tin mới',
        '',
        ...['──────────', 'Báo A', ''],
        ...['1. Tin 0', '24/12/2025', '', '2. Tin 3', '24/12/2025', '', '3. Tin 6', '24/12/2025', ''],
        ...['──────────', 'Báo B', ''],
        ...['4. Tin 1', '24/12/2025', '', '5. Tin 5', '24/12/2025', '', '6. Tin 7', '24/12/2025', ''],
        ...['──────────', 'Nguồn khác', ''],
        ...['7. Tin 2', 'Báo C · 24/12/2025', '', '8. Tin 4', '24/12/2025'],
      ].join('\n'),
    );
  });

  it('repeats the heading of a section that goes on in the next message', () => {
    const articles = Array.from({ length: 25 }, (_, n) =>
      anArticle({ seq: n + 1, title: 'x'.repeat(300), source: n < 15 ? 'Báo A' : 'Báo B' }),
    );
    const parts = digestViews(edition({ articles }), OPTIONS).map((part) => readHtml(part.html).text);
    const headings = parts.map((text) => text.split('\n').filter((line) => line.startsWith('Báo')));
    expect(headings).toEqual([['Báo A'], ['Báo A (tiếp)', 'Báo B'], ['Báo B (tiếp)']]);
  });

  it('takes no caption for a summary', () => {
    expect(textOf(edition({ articles: [anArticle({ summary: 'Nước lên cao. Ảnh: AP' })] }))).not.toContain(
      'Ảnh',
    );
  });

  it('says which part it is, from the second on', () => {
    const articles = Array.from({ length: 15 }, (_, n) => anArticle({ seq: n + 1, title: 'x'.repeat(300) }));
    const parts = digestViews(edition({ articles }), OPTIONS).map((part) => readHtml(part.html).text);
    expect(parts.map((text) => text.split('\n')[0])).toEqual([
      '🗞 Điểm tin Thứ Ba, 24/11/2026',
      '🗞 Điểm tin Thứ Ba, 24/11/2026 (phần 2)',
    ]);
  });
});

describe('what is beyond the maximum of a digest', () => {
  const moreButton = (frame: Partial<EditionFrame>): Button | undefined =>
    digestViews(edition({ more: 7 }, frame), OPTIONS).at(-1)?.buttons[0]?.[0];

  it('opens by a button in a chat', () => {
    const button = moreButton({ surface: 'chat' });
    expect(button?.text).toBe('Xem thêm 7 tin');
    const data = button !== undefined && 'data' in button ? button.data : '';
    expect(decodePress(data)).toEqual({ do: 'edition', fromSeq: 1, toSeq: 40, page: 0 });
  });

  it('opens where the listed ones end', () => {
    const articles = Array.from({ length: 10 }, (_, n) => anArticle({ seq: n + 1 }));
    const button = digestViews(edition({ articles, more: 7 }), OPTIONS).at(-1)?.buttons[0]?.[0];
    const data = button !== undefined && 'data' in button ? button.data : '';
    expect(decodePress(data)).toMatchObject({ do: 'edition', page: 2 });
  });

  it.each<[number, Partial<EditionFrame>, ReturnType<typeof decodeStart>]>([
    [1, {}, { open: 'edition', fromSeq: 1, toSeq: 40, page: 0 }],
    [10, {}, { open: 'edition', fromSeq: 1, toSeq: 40, page: 2 }],
    [10, { told: [3] }, { open: 'sifted', key: expect.any(String) as string, page: 2 }],
  ])('opens there too by a link into the bot in a channel: %d listed, %j', (listed, frame, wish) => {
    const articles = Array.from({ length: listed }, (_, n) => anArticle({ seq: n + 1 }));
    const ofChannel = edition({ articles, more: 7 }, { ...frame, surface: 'channel', language: 'en' });
    const button = digestViews(ofChannel, OPTIONS).at(-1)?.buttons[0]?.[0];
    expect(button?.text).toBe('7 more');
    const url = new URL(button !== undefined && 'url' in button ? button.url : '');
    expect(decodeStart(url.searchParams.get('start') ?? '')).toEqual(wish);
  });

  it('needs no button when there is nothing', () => {
    expect(digestViews(edition({ more: 0 }), OPTIONS)[0]?.buttons).toEqual([]);
  });

  it('stands below the last part alone', () => {
    const articles = Array.from({ length: 15 }, (_, n) => anArticle({ seq: n + 1, title: 'x'.repeat(300) }));
    const parts = digestViews(edition({ articles, more: 7 }), OPTIONS);
    expect(parts.map((part) => part.buttons.length)).toEqual([0, 1]);
  });
});

/** A title is a link in bold; the links of a story are not. */
function isTitle(entities: ReturnType<typeof readHtml>['entities'], at: number): boolean {
  return entities.some(({ tag, offset }) => tag === 'b' && offset === at);
}

describe('a digest of whatever a newsroom may send', () => {
  it('keeps every limit, and has each article once and in order', () => {
    const anyStyle = fc.constantFrom('short' as const, 'normal' as const, 'full' as const);
    const hundred = fc.array(hostileArticle, { minLength: 1, maxLength: 100, size: 'max' });
    fc.assert(
      fc.property(hundred, fc.integer({ min: 0, max: 5_000 }), anyStyle, (articles, more, style) => {
        // Every other one goes on, and has two reports.
        const items = articles.map((article, n) =>
          n % 2 === 0
            ? { article, reports: [article], earlier: null }
            : { article, reports: [article, articles[0] ?? article], earlier: articles[n - 1] ?? null },
        );
        const parts = digestViews(edition({ items, more }, { style }), OPTIONS);
        for (const part of parts) expect(overLimit(part.html)).toEqual([]);
        const titles = parts.flatMap((part) => {
          const { text, entities } = readHtml(part.html);
          const links = entities.filter(({ tag, offset }) => tag === 'a' && isTitle(entities, offset));
          return links.map(({ offset, length }) => text.slice(offset, offset + length));
        });
        expect(titles).toHaveLength(articles.length);
        for (const [index, { title }] of articles.entries()) {
          const shown = titles[index] ?? '';
          if (title.length <= 300) expect(shown).toBe(title);
          else expect(title.startsWith(shown.slice(0, -1)) && shown.endsWith('…')).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('shows markup in a title as the text that it is', () => {
    const title = '<b>&lt;script&gt;</b> & "quotes" \u202bעברית';
    expect(textOf(edition({ articles: [anArticle({ title })] }))).toContain(`1. ${title}\n`);
  });
});
