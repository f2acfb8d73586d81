import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../src/i18n/catalogue.ts';
import type { Segment } from '../../../src/search/searcher.ts';
import { decodePress, type Press } from '../../../src/telegram/callbackData.ts';
import { html } from '../../../src/telegram/views/html.ts';
import { listView, marked, type ListEntry, type ListOptions } from '../../../src/telegram/views/listView.ts';
import { pressButton, type Button, type View } from '../../../src/telegram/views/view.ts';
import { anArticle, hostileArticle, line } from '../articles.ts';
import { overLimit, readHtml } from '../telegramHtml.ts';

const vi = catalogue('vi');

function entry(fields: Partial<ListEntry> = {}): ListEntry {
  return { article: anArticle(), title: null, passage: null, note: null, ...fields };
}

function list(fields: Partial<ListOptions>): View {
  return listView({
    t: vi,
    zone: 'Asia/Ho_Chi_Minh',
    head: html`📰 <b>${vi.latestTitle}</b>`,
    entries: [entry()],
    page: 0,
    total: 1,
    turn: (page) => ({ do: 'latest', page, maxSeq: 40, count: null }),
    ...fields,
  });
}

const segments = (notation: string): Segment[] =>
  notation.split('*').map((text, index) => ({ text, match: index % 2 === 1 }));

const presses = (row: readonly Button[] | undefined): (Press | null)[] =>
  (row ?? []).map((button) => ('data' in button ? decodePress(button.data) : null));

describe('a list', () => {
  it('reads so', () => {
    const entries = [
      entry(),
      entry({
        article: anArticle({ seq: 2, title: 'Lũ', summary: null, source: null }),
        note: 'và 2 bài tương tự',
      }),
    ];
    expect(readHtml(list({ entries, page: 1, total: 12 }).html).text).toBe(
      [
        '📰 Tin mới nhất',
        '6–7 trong 12 bài',
        '',
        '6. Mỹ mời Kazakhstan và Uzbekistan dự G20',
        'Báo Sông Hồng · 24/12/2025',
        'Tổng thống Mỹ mời lãnh đạo hai nước Trung Á tới Miami.',
        '',
        '7. Lũ',
        '24/12/2025',
        'và 2 bài tương tự',
      ].join('\n'),
    );
  });

  it('marks what matched: in a title that matched nothing else is bold', () => {
    const entries = [
      entry({ title: segments('Hội nghị *G20* ở *Miami*'), passage: segments('… mời *Miami* …') }),
      entry({ article: anArticle({ title: 'Lũ' }) }),
    ];
    const { text, entities } = readHtml(list({ head: html``, entries, total: 2 }).html);
    const bold = entities.filter(({ tag }) => tag === 'b');
    expect(bold.map(({ offset, length }) => text.slice(offset, offset + length))).toEqual([
      'G20',
      'Miami',
      'Miami',
      'Lũ',
    ]);
    expect(text).toContain('1. Hội nghị G20 ở Miami\n');
    expect(text).toContain('\n… mời Miami …');
  });

  it('opens its articles by their numbers', () => {
    const entries = [entry(), entry({ article: anArticle({ seq: 2 }) })];
    const [numbers] = list({ entries, page: 2, total: 12 }).buttons;
    expect(numbers?.map(({ text }) => text)).toEqual(['11', '12']);
    expect(presses(numbers)).toEqual([
      { do: 'open', id: 'article00001', page: 0 },
      { do: 'open', id: 'article00002', page: 0 },
    ]);
  });

  it('turns its pages', () => {
    const [, pager] = list({ page: 1, total: 12 }).buttons;
    expect(pager?.map(({ text }) => text)).toEqual(['◀️ Trước', '2/3', 'Sau ▶️']);
    expect(presses(pager)).toEqual([
      { do: 'latest', page: 0, maxSeq: 40, count: null },
      { do: 'nothing' },
      { do: 'latest', page: 2, maxSeq: 40, count: null },
    ]);
  });

  it('has no pager when there is one page, and more rows where they are given', () => {
    const row = [pressButton('🕒', { do: 'nothing' })];
    expect(
      list({ total: 5, more: [row, []] }).buttons.map((buttons) => buttons.map(({ text }) => text)),
    ).toEqual([['1'], ['🕒']]);
  });

  it('cuts a long title and a long passage, wherever their marks are', () => {
    const text = readHtml(
      list({
        entries: [
          entry({ title: segments(`${'a'.repeat(249)}*bb*cc`), passage: segments(`*${'d'.repeat(500)}*`) }),
        ],
      }).html,
    ).text;
    expect(text).toContain(`1. ${'a'.repeat(249)}…\n`);
    expect(text).toContain(`\n${'d'.repeat(179)}…`);
  });
});

describe('segments as markup', () => {
  it('are text, the matching ones bold', () => {
    expect(marked(segments('a *<b>* c')).html).toBe('a <b>&lt;b&gt;</b> c');
  });
});

describe('a list of whatever there is', () => {
  const everyWord = (text: string): Segment[] =>
    text.split(/(\s+)/u).map((word) => ({ text: word, match: word.trim() !== '' }));

  it('keeps every limit with five entries of the longest kind', () => {
    const longest = fc
      .tuple(hostileArticle, line(1_000), line(1_000), line(60))
      .map(([article, title, passage, note]): ListEntry => ({
        article,
        title: everyWord(`${title} ${'a b '.repeat(200)}`),
        passage: everyWord(`${'c d '.repeat(200)} ${passage}`),
        note,
      }));
    const turn = (page: number): Press => ({ do: 'search', token: 'Ab_-567890', page, order: 'relevance' });
    fc.assert(
      fc.property(fc.array(longest, { minLength: 5, maxLength: 5 }), line(100), (entries, query) => {
        const head = html`🔎 <b>${vi.searchTitle(query)}</b> · ${vi.hits(1e6)}\n<i>${query}</i>\n<i>${vi.catchingUp}</i>`;
        const shown = list({ head, entries, page: 199_999, total: 1_000_000, turn });
        expect(overLimit(shown.html)).toEqual([]);
        for (const button of shown.buttons.flat()) {
          expect(Buffer.byteLength('data' in button ? button.data : '')).toBeLessThanOrEqual(64);
        }
      }),
      { numRuns: 60 },
    );
  });
});
