import { describe, expect, it } from 'vitest';
import { overLimit, readHtml } from './telegramHtml.ts';

describe('the reader that the views are tested with', () => {
  it.each([
    ['plain', 'plain', []],
    ['a <b>bold</b> word', 'a bold word', ['b 2+4']],
    ['<b><i>x</i>y</b>', 'xy', ['b 0+2', 'i 0+1']],
    ['<a href="https://a.vn/?x=1&amp;y=&quot;2&quot;">t</a>', 't', ['a 0+1 https://a.vn/?x=1&y="2"']],
    ['&lt;b&gt; &amp;lt; &quot; &#33; &#x1F5DE;', '<b> &lt; " ! 🗞', []],
    ['&nbsp; & &apos; AT&T', '&nbsp; & &apos; AT&T', []],
    ['&amp lt', '& lt', []],
    ['<b>x</>', 'x', ['b 0+1']],
    ['<b></b>empty', 'empty', []],
    ['1 < 2', null, []],
    ['<b>x', null, []],
    ['<b>x</i>', null, []],
    ['x</b>', null, []],
    ['<br>', null, []],
    ['<p>x</p>', null, []],
  ])('reads %j', (markup, text, entities) => {
    if (text === null) {
      expect(() => readHtml(markup)).toThrow();
      return;
    }
    const message = readHtml(markup);
    expect(message.text).toBe(text);
    const shown = message.entities.map(({ tag, offset, length, href }) =>
      [tag, `${offset}+${length}`, href].filter((part) => part !== undefined).join(' '),
    );
    expect(shown).toEqual(entities);
  });

  it('knows the limits of a message', () => {
    expect(overLimit(' \n ')).toEqual(['message text is empty']);
    expect(overLimit('x'.repeat(4_096))).toEqual([]);
    expect(overLimit('x'.repeat(4_097))).toEqual(['4097 units of text']);
    expect(overLimit('<b>x</b>'.repeat(101))).toEqual(['101 entities']);
    expect(overLimit(`<b>${'&quot;'.repeat(4_000)}</b>`)).toEqual([]);
    expect(overLimit(`<a href="${'y'.repeat(32_800)}">x</a>`)).toEqual(['32816 bytes']);
  });
});
