import { describe, expect, it } from 'vitest';
import type { ArticleContent } from '../../src/articles/article.ts';
import { isCaption } from '../../src/articles/captions.ts';
import { parseMarkdown } from '../../src/articles/markdown.ts';

const NOW = Date.parse('2026-01-10T12:00:00Z');
const FRONT = '---\ntitle: Hội nghị G20\ndate: 2025-12-24\n---\n';

function parsed(text: string): ArticleContent {
  const reading = parseMarkdown(text, NOW);
  if (!reading.ok) throw new Error(`refused: ${reading.refusal.reason}: ${reading.refusal.detail}`);
  return reading.content;
}

const paragraphsOf = (markdown: string): string[] => {
  const { summary, body } = parsed(FRONT + markdown);
  return [summary, ...body.split('\n\n')].filter((text): text is string => text !== null && text !== '');
};

describe('front matter', () => {
  it('has a place for everything', () => {
    const text = `\uFEFF---\r
title: "Hội nghị G20: ai được mời?"\r
date: 2025-12-24T07:00:00+07:00\r
source: Euronews.\r
author: [Bích Hồng, Minh Anh]\r
url: https://example.org/g20?a=1\r
summary: >\r
  Hai tổng thống\r
  được mời.\r
tags: [g20, { nested: true }]\r
---\r
\r
Đoạn thứ nhất.\r
`;
    expect(parsed(text)).toEqual({
      title: 'Hội nghị G20: ai được mời?',
      publishedAt: '2025-12-24T00:00:00.000Z',
      source: 'Euronews',
      author: 'Bích Hồng, Minh Anh',
      url: 'https://example.org/g20?a=1',
      summary: 'Hai tổng thống được mời.',
      body: 'Đoạn thứ nhất.',
      language: 'vi',
    });
  });

  it.each<[string, string, Partial<ArticleContent>]>([
    ['a title that YAML takes for a number', 'title: 2025', { title: '2025' }],
    ['a title that YAML takes for a truth value', 'title: No', { title: 'No' }],
    ['keys in capitals', 'Title: Một', { title: 'Một' }],
    ['a tag that asks for more than text', 'title: !!js/function "function(){}"', { title: 'function(){}' }],
    [
      'empty values',
      'title: Một\nauthor:\nsource: ~\nsummary: null',
      { author: null, source: null, summary: null },
    ],
    ['an author who is no text', 'title: Một\nauthor: { name: A }', { author: null }],
    ['escapes of what has no place in a text', 'title: "a\\u202Eb\\0c\\nd"', { title: 'ab c d' }],
    ['a relative address', 'title: Một\nurl: /tin/1', { url: null }],
    ['an address that would run', 'title: Một\nurl: "javascript:alert(1)"', { url: null }],
    ['an address with a password', 'title: Một\nurl: https://a:b@example.org/', { url: null }],
    ['an address in the house', 'title: Một\nurl: http://localhost:8080/tin', { url: null }],
    ['a host without a dot', 'title: Một\nurl: http://intranet/tin', { url: null }],
    ['an address without end', `title: Một\nurl: https://example.org/${'a'.repeat(3_000)}`, { url: null }],
  ])('with %s', (_what, yaml, expected) => {
    expect(parsed(`---\ndate: 2025-12-24\n${yaml}\n---\n`)).toMatchObject(expected);
  });

  it.each([
    ['---\ndate: 2025-12-24\n---\nThân bài', 'untitled', 'the front matter has no title'],
    ['---\ntitle: Một\n---\n', 'undated', 'the front matter has no date'],
    [
      '---\ntitle: Một\ndate: 24/12/2025\n---\n',
      'bad-date',
      '"24/12/2025" is no date of the form YYYY-MM-DD',
    ],
    ['---\ntitle: Một\n', 'bad-front-matter', 'there is no line --- that ends it'],
    ['---\ntitle: [Một\n---\n', 'bad-front-matter', /Flow sequence .* at line 2/u],
    ['---\njust text\n---\n', 'bad-front-matter', 'it holds no keys (title: …, date: …)'],
    ['---\n---\n', 'bad-front-matter', 'it holds no keys (title: …, date: …)'],
    [
      '---\na: &a [x, x]\nb: &b [*a, *a, *a, *a]\nc: [*b, *b, *b, *b, *b]\n---\n',
      'bad-front-matter',
      /alias/u,
    ],
    ['Không có gì', 'undated', 'begins with "Không có gì"'],
    ['', 'empty', 'no text'],
  ])('%j is refused: %s', (text, reason, detail) => {
    const reading = parseMarkdown(text, NOW);
    expect(reading).toMatchObject({ ok: false, refusal: { reason } });
    const shown = reading.ok ? '' : reading.refusal.detail;
    if (typeof detail === 'string') expect(shown).toBe(detail);
    else expect(shown).toMatch(detail);
  });
});

describe('front matter without end is refused', () => {
  it.each([
    ['long', `title: ${'x'.repeat(20_000)}`, '20008 characters (the limit is 16384)'],
    ['deep', `a: ${'['.repeat(10_000)}`, ''],
  ])('%s', (_what, yaml, detail) => {
    const reading = parseMarkdown(`---\n${yaml}\n---\n`, NOW);
    expect(reading).toMatchObject({ ok: false, refusal: { reason: 'bad-front-matter' } });
    expect(reading.ok ? '' : reading.refusal.detail).toContain(detail);
  });
});

describe('without front matter', () => {
  it('the first line may be that of the text format', () => {
    expect(parsed('date 2025-12-24 Hội nghị G20\n\n**Tóm** tắt.\n\nNguồn: Euronews.')).toMatchObject({
      title: 'Hội nghị G20',
      summary: 'Tóm tắt.',
      source: 'Euronews',
    });
  });
});

describe('the title', () => {
  it('is the first heading when the front matter has none', () => {
    expect(parsed('---\ndate: 2025-12-24\n---\n# Hội *nghị*\n\nTóm tắt.')).toMatchObject({
      title: 'Hội nghị',
      summary: 'Tóm tắt.',
      body: '',
    });
  });

  it('is not repeated as the first paragraph', () => {
    expect(parsed(`${FRONT}# Hội nghị G20\n\nTóm tắt.`).summary).toBe('Tóm tắt.');
  });

  it('leaves another heading where it is', () => {
    expect(parsed(`${FRONT}# Mở đầu\n\nTóm tắt.`)).toMatchObject({ summary: 'Mở đầu', body: 'Tóm tắt.' });
  });
});

describe('the text', () => {
  it.each([
    [
      'emphasis and links',
      'Ông **Trump** đã [gửi](http://x.y "t") `lời` mời.',
      ['Ông Trump đã gửi lời mời.'],
    ],
    ['wrapped lines', 'một\nhai', ['một hai']],
    ['breaks that were meant', 'một  \nhai\\\nba', ['một', 'hai', 'ba']],
    ['headings', '## Một\n\nHai\n===\n\nba', ['Một', 'Hai', 'ba']],
    ['lists', '- một\n- hai\n  - ba\n\n3. bốn\n4. năm', ['• một', '• hai', '• ba', '3. bốn', '4. năm']],
    ['quotes', '> một\n>\n> hai', ['một', 'hai']],
    ['code', '```\na < b\n\nc\n```', ['a < b', 'c']],
    ['rules and definitions', 'một\n\n---\n\n[a]: http://x.y', ['một']],
    ['HTML among words', 'một <b onclick="x">hai</b> &amp; ba', ['một hai & ba']],
    ['HTML as a block', '<div class="x">\nmột <i>hai</i>\n</div>', ['một hai']],
    [
      'comments, scripts and styles',
      '<!-- a -->\n\n<script>b()</script>\n\n<style>c</style>\n\nmột',
      ['một'],
    ],
    ['characters by their number', '&#x202E;một&#0;', ['một\uFFFD']],
  ])('%s', (_what, markdown, paragraphs) => {
    expect(paragraphsOf(markdown)).toEqual(paragraphs);
  });

  it('shows images by their captions, which are no summary', () => {
    const text = `${FRONT}![Ông Trump tại Miami](a.jpg)\n\nTổng thống Mỹ đã mời hai lãnh đạo Trung Á tới dự hội nghị.\n\n![Toàn cảnh. Ảnh: AP](b.jpg)\n\n![](c.jpg)`;
    const { summary, body } = parsed(text);
    expect(summary).toBe('Tổng thống Mỹ đã mời hai lãnh đạo Trung Á tới dự hội nghị.');
    expect(body).toBe('Ảnh: Ông Trump tại Miami\n\nToàn cảnh. Ảnh: AP');
    expect(body.split('\n\n').every(isCaption)).toBe(true);
  });

  it('labels them in its own language', () => {
    const text = `${FRONT}![The two leaders](a.jpg)\n\nThe president said that he would invite the two leaders to the summit.`;
    expect(parsed(text).body).toBe('Photo: The two leaders');
  });

  it('keeps the text of an image inside a sentence', () => {
    expect(paragraphsOf('một ![hai](a.jpg) ba')).toEqual(['một hai ba']);
  });

  it('gives the closing lines their places only where the front matter has not filled them', () => {
    const closing = 'Tóm tắt.\n\nBích Hồng\n\nNguồn: Euronews.';
    expect(parsed(FRONT + closing)).toMatchObject({ author: 'Bích Hồng', source: 'Euronews', body: '' });
    const stated = FRONT.replace('---\n', '---\nsource: AFP\nauthor: Minh Anh\n');
    expect(parsed(stated + closing)).toMatchObject({
      author: 'Minh Anh',
      source: 'AFP',
      body: 'Bích Hồng\n\nNguồn: Euronews.',
    });
  });
});

describe('what would take the parser minutes stays as it is', () => {
  it('marks and all', () => {
    const line = `${'- '.repeat(20)}x`;
    expect(paragraphsOf(`${line}\n`.repeat(3))[0]).not.toContain(line);
    expect(paragraphsOf(`${line}\n`.repeat(200))[0]).toContain(line);
  });

  it.each([
    ['a long text', '[a](b '.repeat(10_000)],
    ['many lines', 'a\n\n'.repeat(10_000)],
    ['deep quotes', '>'.repeat(20_000)],
    ['deep lists', '- '.repeat(15_000)],
    ['asterisks', `${'*'.repeat(19_000)}a${'*'.repeat(19_000)}`],
    ['emphasis', '*a_ '.repeat(9_000)],
    ['many deep lists', `${'- '.repeat(20)}x\n`.repeat(950)],
  ])('%s', (_what, markdown) => {
    const started = performance.now();
    expect(parseMarkdown(`${FRONT}Đầu tiên.\n\n${markdown} cuối cùng`, NOW).ok).toBe(true);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
