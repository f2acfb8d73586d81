/**
 * Telegram's HTML mode, rule by rule. A line is `source → text | entities`, an entity being `type@offset+length` with
 * its argument behind a colon; or `source ✗ the refusal`.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../src/playground/apiError.ts';
import { parseHtml } from '../../src/playground/html.ts';
import { show } from './notation.ts';

function read(source: string): string {
  try {
    const { text, entities } = parseHtml(source);
    return [text, ...entities.map(show)].join(' | ');
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return `✗ ${error.message.replace("Bad Request: can't parse entities: ", '')}`;
  }
}

describe('what is taken', () => {
  it.each<[source: string, expected: string, because?: string]>([
    ['<b>a</b><strong>b</strong>', 'ab | bold@0+1 | bold@1+1'],
    ['<i>a</i><em>b</em>', 'ab | italic@0+1 | italic@1+1'],
    ['<u>a</u><ins>b</ins>', 'ab | underline@0+1 | underline@1+1'],
    [
      '<s>a</s><strike>b</strike><del>c</del>',
      'abc | strikethrough@0+1 | strikethrough@1+1 | strikethrough@2+1',
    ],
    ['<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">b</span>', 'ab | spoiler@0+1 | spoiler@1+1'],
    ['<B>a</b> <A HREF="http://a.b">c</a>', 'a c | bold@0+1', 'tags are not case-sensitive, attributes are'],
    ['<code>a</code>', 'a | code@0+1'],
    ['<code class="language-js">a</code>', 'a | code@0+1', 'a language counts inside pre only'],
    ['<pre>a</pre>', 'a | pre@0+1'],
    ['<pre><code class="language-js">a</code></pre>', 'a | pre@0+1:js'],
    ['<code class="language-js"><pre>a</pre></code>', 'a | pre@0+1:js', 'either way around'],
    ['<pre> <code class="language-js">a</code></pre>', ' a | pre@0+2 | code@1+1', 'not coextensive'],
    ['<blockquote>a</blockquote>', 'a | blockquote@0+1'],
    ['<blockquote expandable>a</blockquote>', 'a | expandable_blockquote@0+1'],
    ['<blockquote expandable="">a</blockquote>', 'a | expandable_blockquote@0+1'],
    ['<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', '👍 | custom_emoji@0+2:5368324170671202286'],
    ['<tg-time unix="1647531900" format="wDT">t</tg-time>', 't | date_time@0+1:1647531900 wDT'],
    ['<a href="https://e.vn/?a=1&amp;b=2">x</a>', 'x | text_link@0+1:https://e.vn/?a=1&b=2'],
    ["<a href='e.vn'>x</a>", 'x | text_link@0+1:http://e.vn/', 'a scheme may be missing'],
    [
      '<a href=e.vn>x</a>',
      'x | text_link@0+1:http://e.vn/',
      'so may the quotes, for letters, digits, . and -',
    ],
    ['<a href="tg://user?id=42">x</a>', 'x | text_mention@0+1:42'],
    ['<a>e.vn</a>', 'e.vn | text_link@0+4:http://e.vn/', 'the text is the URL'],
    ['<a href="nonsense">x</a>', 'x', 'an impossible URL leaves plain text'],
    ['<a class="z" href="e.vn" id=q>x</a>', 'x | text_link@0+1:http://e.vn/', 'other attributes are ignored'],
    ['<b class>x</b>', 'x | bold@0+1', 'an attribute may have no value'],
    ['<tg-emoji></tg-emoji>x', 'x', 'and so are the mistakes in it'],
    ['<b></b>x', 'x', 'an empty entity is dropped'],
    ['<b>a</>', 'a | bold@0+1', 'closes the innermost'],
    ['<b>a</b  >', 'a | bold@0+1'],
    ['<b>a<i>b</i></b>', 'ab | bold@0+2 | italic@1+1', 'sorted: the outer one first'],
    ['<i><b>ab</b></i>', 'ab | bold@0+2 | italic@0+2', 'of equals, bold is the outer one'],
    ['&lt;&gt;&amp;&quot;', '<>&"'],
    ['&lt &amp &#65 &#x42', '< & A B', 'the semicolon may be missing'],
    ['&nbsp;&apos;&copy;&LT;', '&nbsp;&apos;&copy;&LT;', 'unknown references stay as they are written'],
    ['a & b && c &', 'a & b && c &', 'a bare ampersand is legal'],
    ['&#0;&#1114111;&#99999999999;&#X41;', '&#0;&#1114111;&#99999999999;&#X41;', 'so are impossible numbers'],
    ['&#128077;<b>x</b>', '👍x | bold@2+1', 'offsets are UTF-16'],
    ['Tiếng <b>Việt</b>', 'Tiếng Việt | bold@6+4'],
    ['a > b', 'a > b', 'a closing bracket alone means nothing'],
    ['<b>1 &lt; 2</b>', '1 < 2 | bold@0+5'],
  ])('%s → %s', (source, expected) => {
    expect(read(source)).toBe(expected);
  });
});

describe('what is refused', () => {
  it.each([
    ['1 < 2', 'Unsupported start tag "" at byte offset 2'],
    ['a<', 'Unclosed start tag at byte offset 1'],
    ['a<b', 'Unclosed start tag at byte offset 1'],
    ['a<b ', 'Empty attribute name in the tag "b" at byte offset 1'],
    ['việt <br>', 'Unsupported start tag "br" at byte offset 7'],
    ['<br/>', 'Unsupported start tag "br/" at byte offset 0'],
    ['<p>a</p>', 'Unsupported start tag "p" at byte offset 0'],
    ['<!-- x -->', 'Unsupported start tag "!--" at byte offset 0'],
    ['<i  =a>x</i>', 'Empty attribute name in the tag "i" at byte offset 0'],
    ['<i a', 'Unclosed start tag "i" at byte offset 0'],
    ['<i a=', 'Unclosed start tag "i" at byte offset 0'],
    ['🏟<a href=x/y>z</a>', 'Unexpected end of name token at byte offset 12'],
    ['<a href="x', 'Unclosed start tag at byte offset 0'],
    ['<a href="x"', 'Unclosed start tag at byte offset 0'],
    ['<span>a</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
    ['<span class="tg-other">a</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
    ['a</b>', 'Unexpected end tag at byte offset 1'],
    ['<b>a</b', 'Unclosed end tag at byte offset 4'],
    ['<b>ạ</i>', 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'],
    ['<b><i>test</b></i>', 'Unmatched end tag at byte offset 10, expected "</i>", found "</b>"'],
    ['<b>a', 'Can\'t find end tag corresponding to start tag "b"'],
    ['<tg-emoji emoji-id="x">a</tg-emoji>', 'Invalid custom emoji identifier specified'],
    ['<tg-emoji emoji-id="9999999999999999999">a</tg-emoji>', 'Invalid custom emoji identifier specified'],
    [
      '&#xd83d;&#xde00;',
      'Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units',
    ],
  ])('%s ✗ %s', (source, expected) => {
    expect(read(source)).toBe(`✗ ${expected}`);
  });

  it('is a 400 with the usual prefix', () => {
    expect(() => parseHtml('<b>')).toThrow(
      'Bad Request: can\'t parse entities: Can\'t find end tag corresponding to start tag "b"',
    );
  });
});

describe('whatever is given', () => {
  const piece = fc.constantFrom(
    '<b>',
    '</b>',
    '<a href="',
    '">',
    '</a>',
    '<',
    '>',
    '&',
    '&lt;',
    '&#65;',
    'ạ',
    '👍',
    ' ',
    '=',
    '/',
    'x',
  );

  it('is either parsed, with entities inside the text, or refused as a bad request', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        try {
          const { text, entities } = parseHtml(pieces.join(''));
          for (const { offset, length } of entities) {
            expect(offset).toBeGreaterThanOrEqual(0);
            expect(length).toBeGreaterThan(0);
            expect(offset + length).toBeLessThanOrEqual(text.length);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(ApiError);
        }
      }),
    );
  });

  it('survives escaping: escaped text comes back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
        expect(parseHtml(escaped)).toEqual({ text, entities: [] });
      }),
    );
  });
});
