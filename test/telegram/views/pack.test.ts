import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY, html, join, type Html } from '../../../src/telegram/views/html.ts';
import { fits, pack } from '../../../src/telegram/views/pack.ts';
import { overLimit, readHtml } from '../telegramHtml.ts';

const header = (part: number): Html => html`<b>Điểm tin ${part}</b>\n\n`;
const plain = { header, separator: '\n\n' };
const block = (units: number): Html => html`${'x'.repeat(units)}`;

/** A block of up to 1,200 units and 20 entities, that shows its number once. */
const blocks = fc
  .array(
    fc.record({
      units: fc.integer({ min: 0, max: 1_200 }),
      bold: fc.integer({ min: 0, max: 20 }),
      text: fc.constantFrom('x', '&', '"', 'ế', '🗞'),
    }),
    { maxLength: 40 },
  )
  .map((shapes) =>
    shapes.map(({ units, bold, text }, index) => {
      const marks = Array.from({ length: bold }, () => html`<b>m</b>`);
      return html`<a href="https://a.vn/?a=1&amp;b">#${index}#</a>${text.repeat(units / text.length)}${join(marks, '')}`;
    }),
  );

describe('packing', () => {
  it('keeps every limit, tears no markup, and shows every block once, in order', () => {
    fc.assert(
      fc.property(blocks, (all) => {
        const parts = pack(all, plain);
        for (const part of parts) expect(overLimit(part.html)).toEqual([]);
        const shown = parts.map((part) => readHtml(part.html).text).join('');
        expect(shown.match(/#\d+#/gu) ?? []).toEqual(all.map((_, index) => `#${index}#`));
      }),
    );
  });

  it('leaves room above for a notice', () => {
    const notice = html`${'!'.repeat(390)}<b>1</b><b>2</b><b>3</b><b>4</b><b>5</b>\n\n`;
    fc.assert(
      fc.property(blocks, (all) => {
        for (const part of pack(all, plain)) expect(overLimit(notice.html + part.html)).toEqual([]);
      }),
    );
  });

  it('takes as few messages as it can: none could take the first block of the next', () => {
    fc.assert(
      fc.property(blocks, (all) => {
        const parts = pack(all, plain);
        let next = 0;
        for (const part of parts.slice(0, -1)) {
          next += readHtml(part.html).text.match(/#\d+#/gu)?.length ?? 0;
          expect(fits(part, html`\n\n`, all[next] ?? EMPTY)).toBe(false);
        }
      }),
    );
  });

  it('puts the header above each part, with its number', () => {
    const parts = pack([block(3_000), block(3_000), block(3_000)], plain);
    expect(parts.map((part) => readHtml(part.html).text.slice(0, 12))).toEqual([
      'Điểm tin 1\n\n',
      'Điểm tin 2\n\n',
      'Điểm tin 3\n\n',
    ]);
  });

  it('puts the footer below the last part alone', () => {
    const parts = pack([block(2_000), block(2_000)], { ...plain, footer: html`\n\n<i>Hết</i>` });
    expect(parts.map((part) => part.html.endsWith('<i>Hết</i>'))).toEqual([false, true]);
  });

  it('begins a new part for a last block that would leave no room for the footer', () => {
    const footer = html`${'f'.repeat(200)}`;
    expect(pack([block(1_800), block(1_800)], plain)).toHaveLength(1);
    const parts = pack([block(1_800), block(1_800)], { ...plain, footer });
    expect(parts).toHaveLength(2);
    expect(parts[1]?.html.endsWith(footer.html)).toBe(true);
  });

  it('makes no message of nothing', () => {
    expect(pack([], { ...plain, footer: html`Hết` })).toEqual([]);
  });

  it.each([
    ['text', block(3_690)],
    [
      'entities',
      join(
        Array.from({ length: 95 }, () => html`<b>x</b>`),
        '',
      ),
    ],
    ['bytes', html`<a href="${'"'.repeat(5_000)}">x</a>`],
  ])('refuses a block of too much %s', (_, tooMuch) => {
    expect(() => pack([block(1), tooMuch], plain)).toThrow(RangeError);
  });

  it.each([
    [block(3_696), true],
    [block(3_697), false],
    [
      join(
        Array.from({ length: 94 }, () => html`<b>x</b>`),
        '',
      ),
      true,
    ],
    [
      join(
        Array.from({ length: 95 }, () => html`<b>x</b>`),
        '',
      ),
      false,
    ],
    [html`<a href="${'x'.repeat(28_600)}">y</a>`, true],
    [html`<a href="${'x'.repeat(28_700)}">y</a>`, false],
  ])('knows what fits', (content, expected) => {
    expect(fits(content)).toBe(expected);
  });
});
