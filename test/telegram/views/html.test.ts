import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  EMPTY,
  escape,
  html,
  join,
  measure,
  shorten,
  toPlainText,
  type Html,
} from '../../../src/telegram/views/html.ts';
import { readHtml } from '../telegramHtml.ts';

/** Any string, with a liking for what markup is made of. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 3 }),
      fc.constantFrom(
        '<',
        '>',
        '&',
        '"',
        "'",
        '</b>',
        '<b>',
        '&lt;',
        '&amp;',
        '&#60;',
        '&quot',
        '\n',
        '\r',
        '\u0000',
      ),
      fc.constantFrom('🗞', 'ế', 'e\u0302\u0301', '\ud83d', '\u200f', 'العربية', '👨‍👩‍👧'),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('what a view interpolates', () => {
  it('is text: it reads as it was, whatever it is', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const message = readHtml(html`<b>${text}</b>`.html);
        expect(message.text).toBe(text);
        expect(message.entities.map(({ tag, length }) => [tag, length])).toEqual(
          text === '' ? [] : [['b', text.length]],
        );
      }),
    );
  });

  it('is one attribute, whatever it is', () => {
    fc.assert(
      fc.property(hostile, (url) => {
        const message = readHtml(html`<a href="${url}">x</a>`.html);
        expect(message).toEqual({ text: 'x', entities: [{ tag: 'a', offset: 0, length: 1, href: url }] });
      }),
    );
  });

  it('is markup only when a view made it', () => {
    const bold = html`<b>${'<i>'}</b>`;
    expect(html`${1}. ${bold}${[bold, html`!`]}`.html).toBe('1. <b>&lt;i&gt;</b><b>&lt;i&gt;</b>!');
  });

  it('keeps newlines of the literal parts', () => {
    expect(html`a\n${'b'}\n\nc`.html).toBe('a\nb\n\nc');
  });

  it.each([
    ['&', '&amp;'],
    ['<script>', '&lt;script&gt;'],
    ['"', '&quot;'],
    ["'", "'"],
    ['&amp;', '&amp;amp;'],
    ['Đồng bằng', 'Đồng bằng'],
  ])('%j is written %j', (text, expected) => {
    expect(escape(text)).toBe(expected);
  });
});

describe('joining', () => {
  it('puts the separator between, as text', () => {
    expect(join([html`a`, html`<b>b</b>`], ' & ').html).toBe('a &amp; <b>b</b>');
    expect(join([], '\n').html).toBe('');
    expect(join([EMPTY, EMPTY], '\n').html).toBe('\n');
  });
});

/** Markup as views make it: texts, bold, italics and links, nested. */
const markup: fc.Arbitrary<Html> = fc.letrec<{ tree: Html }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    hostile.map((text) => html`${text}`),
    tie('tree').map((inner) => html`<b>x${inner}</b>`),
    tie('tree').map((inner) => html`<i>${inner}.</i>`),
    fc.tuple(hostile, tie('tree')).map(([url, inner]) => html`<a href="${url}">${inner}!</a>`),
    fc.array(tie('tree'), { maxLength: 3 }).map((items) => join(items, '\n<')),
  ),
})).tree;

describe('measuring', () => {
  it('counts what Telegram counts', () => {
    fc.assert(
      fc.property(markup, (content) => {
        const { text, entities } = readHtml(content.html);
        expect(measure(content)).toEqual({
          units: text.length,
          entities: entities.length,
          bytes: Buffer.from(content.html).length,
        });
      }),
    );
  });

  it('counts an emoji as the two units that it is, and a letter of Vietnamese as one', () => {
    expect(measure(html`<b>🗞 Điểm</b>`)).toEqual({ units: 7, entities: 1, bytes: 19 });
  });
});

describe('the plain text of markup', () => {
  it('is what a reader sees', () => {
    fc.assert(
      fc.property(markup, (content) => {
        expect(toPlainText(content.html)).toBe(readHtml(content.html).text);
      }),
    );
  });
});

describe('shortening', () => {
  it.each([
    ['Tin ngắn', 20, 'Tin ngắn'],
    ['Tin ngắn', 8, 'Tin ngắn'],
    // After a word where there is one.
    ['Hội nghị thượng đỉnh', 16, 'Hội nghị thượng…'],
    ['Hội nghị thượng đỉnh', 15, 'Hội nghị…'],
    // A word longer than half the room is cut itself.
    ['Từ abcdefghijklmnop', 12, 'Từ abcdefgh…'],
    // An emoji stays whole: also when it is a family, a flag, or has a skin colour.
    ['abc🗞', 4, 'abc…'],
    ['abc🗞🗞', 5, 'abc…'],
    ['abc🗞🗞', 6, 'abc🗞…'],
    ['ab👨‍👩‍👧cde', 7, 'ab…'],
    ['ab🇻🇳🇫🇷cd', 8, 'ab🇻🇳…'],
    ['ab👋🏽cd', 5, 'ab…'],
    // A letter keeps its marks (NFD).
    ['abcde\u0302\u0301fgh', 7, 'abcd…'],
    ['abcde\u0302\u0301fgh', 8, 'abcde\u0302\u0301…'],
    ['aaaa', 1, '…'],
  ])('%j to %i is %j', (text, max, expected) => {
    expect(shorten(text, max)).toBe(expected);
  });

  const piece = fc.oneof(
    fc.constantFrom('a', 'B', 'đ', ' ', '  ', '\n', '.', 'ế'),
    fc.constantFrom('e\u0302\u0301', '🗞', '👨‍👩‍👧', '🇻🇳', '👋🏽', '❤️', '𝒜', '\u{1d165}\u{1d16e}', 'กำ', '각'),
  );

  it('is never longer than asked for, and never tears a character apart', () => {
    const graphemes = new Intl.Segmenter('vi', { granularity: 'grapheme' });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.integer({ min: 1, max: 40 }), (pieces, max) => {
        const text = pieces.join('');
        const short = shorten(text, max);
        if (text.length <= max) {
          expect(short).toBe(text);
          return;
        }
        expect(short.length).toBeLessThanOrEqual(max);
        expect(short.endsWith('…')).toBe(true);
        const kept = short.slice(0, -1);
        expect(text.startsWith(kept)).toBe(true);
        const boundaries = new Set([...graphemes.segment(text)].map(({ index }) => index));
        expect(boundaries).toContain(kept.length);
      }),
      { numRuns: 1_000 },
    );
  });
});
