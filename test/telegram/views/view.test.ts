import { describe, expect, it } from 'vitest';
import { html } from '../../../src/telegram/views/html.ts';
import {
  keyboard,
  linkButton,
  pager,
  pressButton,
  startLink,
  view,
} from '../../../src/telegram/views/view.ts';

describe('a view', () => {
  it('leaves out rows without buttons, which Telegram refuses', () => {
    const button = linkButton('Đọc', 'https://a.vn/');
    expect(view(html`<b>${'<'}</b>`, [[], [button], []])).toEqual({
      html: '<b>&lt;</b>',
      buttons: [[button]],
    });
    expect(view(html`Tin`).buttons).toEqual([]);
  });
});

describe('a keyboard', () => {
  it('is in the shape that Telegram takes', () => {
    const rows = [[pressButton('1', { do: 'nothing' }), linkButton('Đọc', 'https://a.vn/')]];
    expect(keyboard(rows)).toEqual({
      inline_keyboard: [
        [
          { text: '1', callback_data: 'x' },
          { text: 'Đọc', url: 'https://a.vn/' },
        ],
      ],
    });
  });

  it('is none without rows', () => {
    expect(keyboard([])).toBeUndefined();
  });
});

describe('a link into the bot', () => {
  it('opens it at something', () => {
    expect(startLink('diemtin_bot', { open: 'article', id: 'article00001' })).toBe(
      'https://t.me/diemtin_bot?start=a_article00001',
    );
  });
});

describe('a pager', () => {
  const labels = (page: number, pages: number): string[] =>
    pager(page, pages, { previous: '<', next: '>' }, (to) => ({
      do: 'latest',
      page: to,
      maxSeq: 1,
      count: null,
    })).map(({ text }) => text);

  it.each([
    [0, 0, []],
    [0, 1, []],
    [0, 2, ['1/2', '>']],
    [1, 3, ['<', '2/3', '>']],
    [2, 3, ['<', '3/3']],
  ])('on page %i of %i has %j', (page, pages, expected) => {
    expect(labels(page, pages)).toEqual(expected);
  });
});
