import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Article } from '../../../src/articles/article.ts';
import type { EditionItem } from '../../../src/digest/edition.ts';
import { catalogue } from '../../../src/i18n/catalogue.ts';
import { decodePress, decodeStart } from '../../../src/telegram/callbackData.ts';
import { storyLine, storyNote } from '../../../src/telegram/views/storyLine.ts';
import { REPORTS_PER_PAGE, storyView } from '../../../src/telegram/views/storyView.ts';
import { anArticle, hostileArticle } from '../articles.ts';
import { overLimit, readHtml } from '../telegramHtml.ts';

const vi = catalogue('vi');
const en = catalogue('en');
const BOT = 'diemtin_bot';

/** A report of each of these sources, the newest first; null is one that does not say. */
function reportsOf(...sources: (string | null)[]): Article[] {
  return sources.map((source, n) => anArticle({ seq: sources.length - n + 10, source }));
}

function item(reports: Article[], earlier: Article | null = null): EditionItem {
  return { article: reports[0] ?? anArticle(), reports, earlier };
}

describe('the story line of an item', () => {
  it.each([
    [['AFP'], false, null, null],
    [['AFP', 'TASS', 'Euronews'], false, '3 nguồn', '3 sources'],
    [['AFP', 'afp', 'TASS', null], false, '2 nguồn', '2 sources'],
    [['AFP', 'AFP', 'AFP'], false, '3 bài', '3 reports'],
    [[null, null], false, '2 bài', '2 reports'],
    [['AFP'], true, 'Diễn biến mới (tin trước)', 'New development (earlier report)'],
    [
      ['AFP', 'TASS'],
      true,
      'Diễn biến mới (tin trước) · 2 nguồn',
      'New development (earlier report) · 2 sources',
    ],
  ])('of %j (goes on: %s) is %s', (sources, goesOn, inVietnamese, inEnglish) => {
    const story = item(reportsOf(...sources), goesOn ? anArticle() : null);
    const read = (line: ReturnType<typeof storyLine>): string | null => line && readHtml(line.html).text;
    expect(read(storyLine(story, vi, BOT))).toBe(inVietnamese);
    expect(read(storyLine(story, en, BOT))).toBe(inEnglish);
    // A list has no links.
    expect(storyNote(story, en)).toBe(inEnglish?.replace(' (earlier report)', '') ?? null);
  });

  it('leads to the earlier report and to all reports', () => {
    const earlier = anArticle({ seq: 3, url: 'https://a.vn/?x=1&y=2' });
    const linksOf = (story: EditionItem): string[] =>
      readHtml(storyLine(story, vi, BOT)?.html ?? '').entities.map(({ href }) => href ?? '');
    const [back, all] = linksOf(item(reportsOf('AFP', 'TASS'), earlier));
    expect(back).toBe('https://a.vn/?x=1&y=2');
    expect(decodeStart(new URL(all ?? '').searchParams.get('start') ?? '')).toEqual({
      open: 'story',
      id: 'article00012',
    });
    const [into] = linksOf(item(reportsOf('AFP'), anArticle({ seq: 3 })));
    expect(into).toBe('https://t.me/diemtin_bot?start=a_article00003');
  });
});

describe('the reports of a story', () => {
  const OPTIONS = { t: vi, zone: 'Asia/Ho_Chi_Minh', bot: BOT, id: 'article00001', page: 0 };

  it('read so, and open in the chat by their numbers', () => {
    const [first, second] = reportsOf('AFP', 'TASS');
    if (first === undefined || second === undefined) throw new Error('two reports');
    const { html, buttons } = storyView([{ ...first, url: 'https://a.vn/1' }, second], OPTIONS);
    const { text, entities } = readHtml(html);
    expect(text).toBe(
      [
        'Các bài về sự kiện này · 2 nguồn',
        '',
        '1. Mỹ mời Kazakhstan và Uzbekistan dự G20',
        'AFP · 24/12/2025',
        '',
        '2. Mỹ mời Kazakhstan và Uzbekistan dự G20',
        'TASS · 24/12/2025',
      ].join('\n'),
    );
    expect(entities.filter(({ tag }) => tag === 'a').map(({ href }) => href)).toEqual([
      'https://a.vn/1',
      'https://t.me/diemtin_bot?start=a_article00011',
    ]);
    const presses = buttons.flat().map((button) => ('data' in button ? decodePress(button.data) : null));
    expect(presses).toEqual([
      { do: 'open', id: 'article00012', page: 0 },
      { do: 'open', id: 'article00011', page: 0 },
    ]);
  });

  it('are turned in pages; a page beyond the last is the last', () => {
    const reports = reportsOf(...Array.from({ length: REPORTS_PER_PAGE + 1 }, () => 'AFP'));
    const last = storyView(reports, { ...OPTIONS, page: 7 });
    expect(readHtml(last.html).text).toContain(`\n${REPORTS_PER_PAGE + 1}. `);
    const [back] = last.buttons.at(-1) ?? [];
    expect(back !== undefined && 'data' in back && decodePress(back.data)).toEqual({
      do: 'turnStory',
      id: 'article00001',
      page: 0,
    });
    const first = storyView(reports, OPTIONS);
    expect(first.buttons.map((row) => row.length)).toEqual([5, 5, 2]);
    expect(storyView(reports.slice(1), OPTIONS).buttons).toHaveLength(2);
  });

  it('lead into the bot when their addresses are too long for one message', () => {
    const url = `https://a.vn/?${'&'.repeat(2_000)}`;
    const reports = Array.from({ length: 10 }, (_, n) => anArticle({ id: `article0000${n}`, url }));
    const shown = storyView(reports, { ...OPTIONS, id: 'article00000', page: 0 });
    expect(Buffer.byteLength(shown.html)).toBeLessThan(32_768);
    expect(shown.html).toContain('start=a_article00009');
  });

  it('keep every limit of a message', () => {
    const many = fc.array(hostileArticle, { minLength: 1, maxLength: 30, size: 'max' });
    fc.assert(
      fc.property(many, fc.nat(3), (reports, page) => {
        expect(overLimit(storyView(reports, { ...OPTIONS, page }).html)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
