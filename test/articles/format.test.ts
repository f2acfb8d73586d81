import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArticleContent } from '../../src/articles/article.ts';
import { MAX_TITLE_CHARS, parseArticle } from '../../src/articles/format.ts';
import { parseMarkdown } from '../../src/articles/markdown.ts';
import { anyText } from './text.test.ts';

const NOW = Date.parse('2026-01-10T12:00:00Z');

const TITLE = 'Tổng thống Mỹ mời hai lãnh đạo Trung Á tới Hội nghị G20';
const SUMMARY = 'Hai tổng thống Trung Á được mời tới Miami vào năm tới.';
const CAPTION = 'Ông Trump và ông Tokayev. Ảnh: AP';
const FIRST = 'Lời mời được công bố trên mạng xã hội, sau hai cuộc điện đàm riêng rẽ với từng nhà lãnh đạo.';
const SECOND = 'Washington muốn mở rộng hợp tác về năng lượng, khoáng sản và vận tải trong khu vực này.';

function parsed(text: string): ArticleContent {
  const reading = parseArticle(text, NOW);
  if (!reading.ok) throw new Error(`refused: ${reading.refusal.reason}: ${reading.refusal.detail}`);
  return reading.content;
}

const WHOLE: ArticleContent = {
  title: TITLE,
  summary: SUMMARY,
  body: [CAPTION, FIRST, SECOND].join('\n\n'),
  author: 'Bích Hồng',
  source: 'Euronews',
  url: null,
  publishedAt: '2025-12-24',
  language: 'vi',
};

describe('an article', () => {
  const parts = [
    ` date 2025-12-24 ${TITLE}`,
    SUMMARY,
    CAPTION,
    FIRST,
    SECOND,
    'Bích Hồng',
    'Nguồn: Euronews.',
  ];
  const text = parts.join('\n\n');

  it('has a title, a date, a summary, a body with captions, an author and a source', () => {
    expect(parsed(text)).toEqual(WHOLE);
  });

  it.each([
    ['with a byte order mark', `\uFEFF${text}`],
    ['with CRLF', text.replaceAll('\n', '\r\n')],
    ['with CR', text.replaceAll('\n', '\r')],
    ['decomposed', text.normalize('NFD')],
    ['with spaces and tabs at the ends of lines', text.replaceAll('\n', ' \t\n')],
    ['with many blank lines', text.replaceAll('\n\n', '\n \n\n\t\n')],
    ['with blank lines around it', `\n\n${text}\n\n\n`],
    ['with a blank line below the title only', parts.join('\n').replace('\n', '\n\n')],
    ['without any blank line', parts.join('\n')],
    ['with the author and the source on neighbouring lines', text.replace('\n\nNguồn', '\nNguồn')],
    ['with "Date:"', text.replace(' date ', 'Date: ')],
  ])('%s, is the same article', (_what, variant) => {
    expect(parsed(variant)).toEqual(WHOLE);
  });

  it.each<[string, string[], Partial<ArticleContent>]>([
    ['only a title', [], { summary: null, body: '', author: null, source: null }],
    ['only a summary', [SUMMARY], { summary: SUMMARY, body: '' }],
    ['only captions', [CAPTION], { summary: null, body: CAPTION }],
    [
      'a caption above the summary',
      [CAPTION, SUMMARY, FIRST],
      { summary: SUMMARY, body: `${CAPTION}\n\n${FIRST}` },
    ],
    ['no author', [SUMMARY, FIRST, 'Nguồn: Euronews.'], { body: FIRST, author: null, source: 'Euronews' }],
    ['no source', [SUMMARY, FIRST, 'Bích Hồng'], { body: FIRST, author: 'Bích Hồng', source: null }],
    [
      'the source above the author',
      [SUMMARY, 'Nguồn: Euronews.', 'Bích Hồng'],
      { author: 'Bích Hồng', source: 'Euronews' },
    ],
    ['neither summary nor body', ['Bích Hồng', 'Nguồn: Euronews.'], { summary: null, author: 'Bích Hồng' }],
    ['one word alone', ['Hoãn'], { summary: 'Hoãn', author: null }],
  ])('may have %s', (_what, paragraphs, expected) => {
    expect(parsed([`date 2025-12-24 ${TITLE}`, ...paragraphs].join('\n\n'))).toMatchObject(expected);
  });
});

describe('paragraphs', () => {
  it('that an editor wrapped at a margin are put together again', () => {
    const text = `date 2025-12-24 T

The presidents of both countries were invited to the summit
in Miami, after calls in which trade and security had been
discussed. Nothing was signed.

Second paragraph.`;
    expect(parsed(text)).toMatchObject({
      summary:
        'The presidents of both countries were invited to the summit in Miami, after calls in which trade and security had been discussed. Nothing was signed.',
      body: 'Second paragraph.',
    });
  });

  it('on lines of their own stay apart, though other paragraphs have blank lines between', () => {
    const text = ['date 2025-12-24 T', '', SUMMARY, FIRST, SECOND, '', 'Nguồn: Euronews.'].join('\n');
    expect(parsed(text)).toMatchObject({
      summary: SUMMARY,
      body: `${FIRST}\n\n${SECOND}`,
      source: 'Euronews',
    });
  });

  it('do not swallow a caption or a source inside a wrapped block', () => {
    const text = `date 2025-12-24 T

Summary of the whole thing.

Hai nhà lãnh đạo gặp nhau bên lề hội nghị, ngày thứ Ba vừa qua. Ảnh: AP
Cuộc gặp kéo dài hơn dự kiến, và hai bên nhất trí sẽ tiếp tục thảo luận
vào tháng tới tại Astana, nơi có nhiều việc khác phải bàn giữa hai nước
Nguồn: Euronews`;
    expect(parsed(text)).toMatchObject({
      body: [
        'Hai nhà lãnh đạo gặp nhau bên lề hội nghị, ngày thứ Ba vừa qua. Ảnh: AP',
        'Cuộc gặp kéo dài hơn dự kiến, và hai bên nhất trí sẽ tiếp tục thảo luận vào tháng tới tại Astana, nơi có nhiều việc khác phải bàn giữa hai nước',
      ].join('\n\n'),
      source: 'Euronews',
    });
  });
});

describe('a title', () => {
  it('stands on one line with single spaces', () => {
    expect(parsed('date 2025-12-24 \tHội  nghị\u00A0 G20 ').title).toBe('Hội nghị G20');
  });

  it('that is absurdly long is cut between words, and says so', () => {
    const { title } = parsed(`date 2025-12-24 ${'dài '.repeat(5_000)}`);
    expect(title.length).toBeLessThanOrEqual(MAX_TITLE_CHARS);
    expect(title).toMatch(/dài…$/u);
  });

  it('is text, whatever it looks like', () => {
    expect(parsed('date 2025-12-24 <b>1 & 2</b>').title).toBe('<b>1 & 2</b>');
  });
});

describe('a refusal says what was seen', () => {
  it.each([
    ['', 'empty', 'no text'],
    [' \n\u200B\uFEFF ', 'empty', 'no text'],
    ['Hội nghị G20\n\nThân bài', 'undated', 'begins with "Hội nghị G20"'],
    ['2025-12-24 Hội nghị', 'undated', 'begins with "2025-12-24 Hội nghị"'],
    ['date of birth', 'undated', 'begins with "date of birth"'],
    ['x'.repeat(80), 'undated', `begins with "${'x'.repeat(59)}…"`],
    ['date 2025-02-30 Hội nghị', 'bad-date', '"2025-02-30" is no date of the form YYYY-MM-DD'],
    ['date 24/12/2025 Hội nghị', 'bad-date', '"24/12/2025" is no date of the form YYYY-MM-DD'],
    ['date 1825-12-24 Hội nghị', 'bad-date', '"1825-12-24" is before 1900'],
    ['date 2925-12-24 Hội nghị', 'bad-date', '"2925-12-24" is more than 366 days ahead'],
    ['date 2025-12-24', 'untitled', 'nothing after the date 2025-12-24'],
    ['date 2025-12-24 \u200E\n\nThân bài', 'untitled', 'nothing after the date 2025-12-24'],
  ])('%j → %s: %s', (text, reason, detail) => {
    expect(parseArticle(text, NOW)).toEqual({ ok: false, refusal: { reason, detail } });
  });
});

describe('whatever comes', () => {
  it('parsing never throws, and never yields an empty title', () => {
    const text = fc.oneof(
      anyText,
      fc.tuple(anyText, anyText).map(([a, b]) => `date 2025-12-24 ${a}\n\n${b}`),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(parseArticle, parseMarkdown), (raw, parse) => {
        const reading = parse(raw, NOW);
        if (reading.ok) expect(reading.content.title.trim()).not.toBe('');
        else expect(reading.refusal.detail).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });

  it('nothing of the text is lost: every character is in exactly one part', () => {
    const words = fc.array(
      fc.constantFrom(
        'Hội',
        'nghị',
        'G20',
        'ở',
        'Miami.',
        '“tốt”',
        'Ảnh:',
        'AP',
        'theo',
        '(AFP)',
        '-',
        '👍',
        'A.',
        '1,5',
      ),
      { minLength: 1, maxLength: 12 },
    );
    const separator = fc.constantFrom('\n', '\n\n', '\n\n\n', ' \n', '\r\n\r\n');
    const closing = fc.constantFrom('', '\n\nBích Hồng', '\n\nLan - Minh Anh', '\nVăn A');
    const article = fc.record({
      paragraphs: fc.array(fc.tuple(words, separator), { maxLength: 8 }),
      closing,
    });
    fc.assert(
      fc.property(article, ({ paragraphs, closing: end }) => {
        const text = paragraphs.map(([paragraph, break_]) => `${paragraph.join(' ')}${break_}`).join('');
        const content = parsed(`date 2025-12-24 Title\n\n${text}${end}`);
        const all = [content.summary ?? '', content.body, content.author ?? '', content.source ?? ''].join(
          '',
        );
        expect(letters(all)).toBe(letters(text + end));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['spaces', ' '.repeat(1_000_000)],
    ['newlines', '\n'.repeat(1_000_000)],
    ['spaces and newlines', '\n '.repeat(500_000)],
    ['punctuation', '.)('.repeat(300_000)],
    ['capitals', 'Aa '.repeat(300_000)],
    ['short lines', 'a\n'.repeat(500_000)],
    ['credits', 'Ảnh: '.repeat(200_000)],
    ['joiners', '\u200D'.repeat(1_000_000)],
  ])('a million %s take linear time', (_what, text) => {
    const started = performance.now();
    parseArticle(`date 2025-12-24 T\n\n${text}x`, NOW);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});

/** The characters of a text in their order, regardless of which part they are in ("the caption stands above the summary"). */
function letters(text: string): string {
  return Array.from(text.replace(/\s/gu, '')).sort().join('');
}
