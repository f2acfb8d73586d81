import { describe, expect, test } from 'vitest';
import { foldDuplicates, piecesOf } from '../../src/search/duplicates.ts';
import { createLexicon } from '../../src/search/lexicon.ts';

const lexicon = createLexicon();
const WIRE =
  'Cơ quan khí tượng cho biết tâm bão cách đất liền hai trăm cây số, gió mạnh cấp mười hai và ngư dân được yêu cầu vào bờ';

interface Item {
  name: string;
  title: ReturnType<typeof lexicon.words>;
  pieces: () => Int32Array;
}
const item = (name: string, title: string, body: string): Item => {
  const words = lexicon.words(title);
  const pieces = piecesOf(words, lexicon.words(body));
  return { name, title: words, pieces: () => pieces };
};
/** "a+b c": b was folded into a. */
const groups = (items: Item[]): string =>
  foldDuplicates(items)
    .map(({ kept, folded }) => [kept, ...folded].map(({ name }) => name).join('+'))
    .join(' ');

describe('near-duplicates', () => {
  test.each<[string, Item[], string]>([
    ['the same text', [item('a', 'Bão vào bờ', WIRE), item('b', 'Bão vào bờ', WIRE)], 'a+b'],
    ['under another title', [item('a', 'Bão vào bờ', WIRE), item('b', 'Học sinh nghỉ học', WIRE)], 'a+b'],
    [
      'without its accents',
      [item('a', '', WIRE), item('b', '', WIRE.normalize('NFD').replace(/\p{M}/gu, ''))],
      'a+b',
    ],
    [
      'with a sentence more',
      [item('a', '', WIRE), item('b', '', `${WIRE}. Theo TTXVN, ngày mai trời tạnh.`)],
      'a+b',
    ],
    ['a short one', [item('a', 'Bão vào bờ', ''), item('b', 'Bão vào bờ', '')], 'a b'],
    [
      'another text of the same event',
      [item('a', '', WIRE), item('b', '', WIRE.split(' ').reverse().join(' '))],
      'a b',
    ],
    [
      'a note beside a long text',
      [
        item('a', '', WIRE),
        item(
          'b',
          '',
          `${WIRE} ${'chữ khác hẳn nhau mỗi lần '.repeat(9)}${Array.from({ length: 60 }, (_, i) => `từ${i}`).join(' ')}`,
        ),
      ],
      'a b',
    ],
  ])('%s', (_, items, expected) => {
    expect(groups(items)).toBe(expected);
  });

  test('the first stays, and the order of what stays', () => {
    const other =
      'Ngân hàng trung ương giữ nguyên lãi suất trong phiên họp cuối năm, các nhà kinh tế nói điều đó đã được chờ đợi từ lâu';
    const items = [
      item('a', '', WIRE),
      item('x', '', other),
      item('b', '', WIRE),
      item('y', '', other),
      item('c', '', WIRE),
    ];
    expect(groups(items)).toBe('a+b+c x+y');
    expect(groups(items.reverse())).toBe('c+b+a y+x');
    expect(groups([])).toBe('');
  });
});
