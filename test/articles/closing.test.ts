import { describe, expect, it } from 'vitest';
import { readByline, readSourceLine } from '../../src/articles/closing.ts';
import { parseArticle } from '../../src/articles/format.ts';

describe('a byline', () => {
  it.each([
    ['Bích Hồng', 'Bích Hồng', null],
    ['PV', 'PV', null],
    ['T.H.', 'T.H.', null],
    ['Nguyễn Thị Minh Khai', 'Nguyễn Thị Minh Khai', null],
    ['Hồng Vân - Minh Anh', 'Hồng Vân - Minh Anh', null],
    ['Hồng Vân – Minh Anh', 'Hồng Vân – Minh Anh', null],
    ['Hồng Vân, Minh Anh', 'Hồng Vân, Minh Anh', null],
    ['Hồng Vân và Minh Anh', 'Hồng Vân và Minh Anh', null],
    ['Bích Hồng/Báo Tin tức', 'Bích Hồng/Báo Tin tức', null],
    ['Tác giả: Bích Hồng', 'Bích Hồng', null],
    ['By John Smith', 'John Smith', null],
    ['Ludwig van Beethoven', 'Ludwig van Beethoven', null],
    ["Seán O'Casey", "Seán O'Casey", null],
    ['Bích Hồng (theo Reuters)', 'Bích Hồng', 'Reuters'],
    ['Bích Hồng (Theo: AFP, AP)', 'Bích Hồng', 'AFP, AP'],
  ])('%s', (line, author, source) => {
    expect(readByline(line)).toEqual({ author, source });
  });

  it.each([
    ['Hội nghị kết thúc trong hôm nay', 'a sentence without its full stop'],
    ['Bích Hồng.', 'a sentence'],
    ['Hai Bên Sẽ Còn Gặp Lại Nhau Nhiều Lần', 'more words than a name has'],
    ['"Không Ai Bỏ Lại"', 'a quotation'],
    ['2025', 'no letters'],
    ['', 'nothing'],
    [`${'Aa '.repeat(40)}Aa`, 'too long'],
  ])('%j is none: %s', (line) => {
    expect(readByline(line)).toBeNull();
  });
});

describe('a source line', () => {
  it.each([
    ['Nguồn: Euronews.', 'Euronews', null],
    ['Nguồn: Euronews', 'Euronews', null],
    ['NGUỒN : Báo Tin tức', 'Báo Tin tức', null],
    ['nguồn: AP/Reuters.', 'AP/Reuters', null],
    ['Source: The Guardian.', 'The Guardian', null],
    ['Theo nguồn: TASS', 'TASS', null],
    ['Theo Reuters', 'Reuters', null],
    ['(Theo Reuters, AFP)', 'Reuters, AFP', null],
    ['Nguồn: https://www.vnexpress.net/a-1.html', 'vnexpress.net', 'https://www.vnexpress.net/a-1.html'],
    ['Nguồn: VnExpress (https://vnexpress.net/a?b=1).', 'VnExpress', 'https://vnexpress.net/a?b=1'],
    ['Nguồn: VnExpress - https://vnexpress.net/a', 'VnExpress', 'https://vnexpress.net/a'],
  ])('%s', (line, source, url) => {
    expect(readSourceLine(line)).toEqual({ source, url });
  });

  it.each([
    ['Theo ông Nam, giá gạo sẽ còn tăng', 'a sentence'],
    ['Nguồn: ', 'no name'],
    ['Nguồn: ...', 'no name either'],
    ['Nguồn cung dầu giảm', 'a sentence that begins with the word'],
    [`Nguồn: ${'x'.repeat(300)}`, 'a paragraph'],
  ])('%j is none: %s', (line) => {
    expect(readSourceLine(line)).toBeNull();
  });
});

describe('both, at the end of an article', () => {
  const closing = (...lines: string[]): unknown => {
    const reading = parseArticle(
      ['date 2025-12-24 T', 'Tóm tắt.', 'Thân bài.', ...lines].join('\n\n'),
      Date.UTC(2026, 0),
    );
    return reading.ok ? [reading.content.author, reading.content.source, reading.content.body] : reading;
  };

  it('a byline that names a source stays whole beside a source line', () => {
    expect(closing('Bích Hồng (theo Reuters)', 'Nguồn: Báo Tin tức.')).toEqual([
      'Bích Hồng (theo Reuters)',
      'Báo Tin tức',
      'Thân bài.',
    ]);
  });

  it('a byline that names a source is the source line otherwise', () => {
    expect(closing('Bích Hồng (theo Reuters)')).toEqual(['Bích Hồng', 'Reuters', 'Thân bài.']);
  });

  it('a caption below the text is no closing line, and hides none above it', () => {
    expect(closing('Bích Hồng', 'Toàn cảnh. Ảnh: AP')).toEqual([
      null,
      null,
      'Thân bài.\n\nBích Hồng\n\nToàn cảnh. Ảnh: AP',
    ]);
  });
});
