/** Questions that nobody means well: crafted ones, and as many random ones as are wanted, always the same. */
import fc from 'fast-check';

const times = (count: number, text: string): string => text.repeat(count).slice(0, 4_096);

const MARKS = '\u0300\u0301\u0302\u0303\u0309\u0323\u031b\u0306';
const STOP_WORDS = 'và của là các những được cho trong với một không người này đã có';

const CRAFTED: readonly string[] = [
  ...['', ' ', '\n\n\t', '\u0000', '\u0000\u0001\u0002\u001b[31m', '\ufeff', '\u200b\u200c\u200d\u2060'],
  // Quotes that are never closed, closed twice, nested, or hold nothing.
  ...['"', '""', '"""', '"a', 'a"', '"a "b" c', '“a”b„c«d»', '-"', '-""', '- "a', '"-a"', '"OR"', 'source:"'],
  ...[times(4_096, '"'), times(4_096, '"a" '), times(4_096, '-"a '), times(4_096, '"" ')],
  // Operators without operands.
  ...['OR', 'OR OR OR', 'a OR', 'OR a', '-', '--', '---a', '-OR', 'a OR -b OR c', times(4_096, 'a OR ')],
  ...[
    'source:',
    ':',
    '::',
    'source::',
    'source:source:',
    'lang:"',
    'after:',
    'after:after:2025-01-01',
    'on:on:',
  ],
  ...[
    'after:9999-99-99',
    'after:0000-00-00',
    'on:99999999d',
    'từ:31/2/2025',
    'before:-1',
    '9999d',
    '0d',
    'on:1/1',
  ],
  ...[
    times(4_096, 'source:a '),
    times(4_096, 'after:2025-01-01 '),
    times(4_096, 'hôm nay '),
    times(4_096, '7d '),
  ],
  ...['-a', '-a -b', `-${times(80, 'x')}`, times(4_096, '-a '), '-giá -vàng -và'],
  // What other engines take for syntax.
  ...[
    'a AND b',
    'NEAR(a b, 2)',
    'title:giá',
    '{title} : giá',
    'giá*',
    '^giá',
    '(giá OR',
    ')(',
    'giá + vàng',
    '* * *',
  ],
  ...["'; drop table d; --", "' or 1=1", '\\', '%', '_', '{}', '[object Object]', '__proto__', 'constructor'],
  ...['toString:a', 'hasOwnProperty', '__proto__:x', 'constructor:x', 'valueOf OR constructor'],
  // Pictures, directions, scripts.
  ...['😀', '👨‍👩‍👧‍👦 giá 🇻🇳', times(4_096, '😀'), '\ud83d', '\ude00', 'a\ud83db', times(4_096, '\ud83d')],
  ...[
    'مرحبا بالعالم',
    'שָׁלוֹם עוֹלָם',
    '\u202egnàv áig\u202c',
    '\u2067giá\u2069 \u200fvàng',
    times(4_096, 'مرحبا '),
  ],
  ...[
    '東京都に住む',
    times(4_096, '東京都'),
    times(4_096, 'ガ'),
    times(4_096, 'น้ำท่วม'),
    'हिन्दी में',
    '한국어 검색',
    'ﷺ',
  ],
  ...['ａｂｃ', 'ﬁne', 'ß', 'İstanbul', 'ŉ', '①②③', 'Ⅷ', '½', 'x̷̢̛͓y', 'Ω'],
  // Marks without letters, letters under piles of marks.
  ...[
    '\u0301',
    times(4_096, '\u0301'),
    times(4_096, `a${MARKS}`),
    `a${times(4_000, '\u0301')}`,
    times(4_096, MARKS),
  ],
  // Long words, many words, frequent words.
  ...[
    times(4_096, 'a'),
    times(4_096, 'giá '),
    times(4_096, 'tongthong'),
    times(4_096, 'giavang '),
    times(48, 'ng'),
  ],
  ...[
    times(4_096, 'a b '),
    times(4_096, 'toongr '),
    times(4_096, 'to6ng3 '),
    times(4_096, '1 '),
    times(4_096, '12345678'),
  ],
  ...[times(4_096, `${STOP_WORDS} `), STOP_WORDS, 'và', 'của của của', 'a', 'á', 'đ', '1', times(30, 'uyen')],
  ...[
    times(12, 'anhung'),
    times(10, 'banan '),
    times(30, 'nghieng'),
    times(4_096, 'xyzzyq '),
    `${times(5_000, 'a ')}b`,
  ],
];

const piece = fc.oneof(
  fc.constantFrom(
    '"',
    '“',
    '-',
    ' OR ',
    ':',
    'source:',
    'nguồn:',
    'after:',
    'từ:',
    'on:',
    'lang:',
    '*',
    '(',
    ')',
  ),
  fc.constantFrom(
    'giá',
    'vàng',
    'tong',
    'thong',
    'năm',
    'Mỹ',
    'và',
    'hôm nay',
    '7d',
    '2025-12-01',
    'tongthong',
    'toongr',
  ),
  fc.constantFrom(' ', ' ', '  ', '\n', '\u0000', '\u200f', '\u0301', '😀', '東京', 'مرحبا', '\ud83d', 'น้ำ'),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: fc.constantFrom(...Array.from('abdghinotuáàảãạăâêôơưđ')), maxLength: 60 }),
);

const random = fc
  .tuple(fc.array(piece, { minLength: 1, maxLength: 40, size: 'max' }), fc.integer({ min: 1, max: 100 }))
  .map(([pieces, often]) => (often > 98 ? times(1_000, pieces.join('')) : pieces.join('')));

/** The crafted ones first; the same ones for the same count. */
export function hostileQueries(count: number): string[] {
  const rest = Math.max(0, count - CRAFTED.length);
  return [...CRAFTED, ...fc.sample(random, { numRuns: rest, seed: 4_096 })].slice(0, count);
}
