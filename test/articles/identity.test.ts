import { describe, expect, it } from 'vitest';
import type { ArticleContent } from '../../src/articles/article.ts';
import {
  articleId,
  contentHash,
  isEdit,
  likenessOf,
  renameScore,
  type Likeness,
} from '../../src/articles/identity.ts';
import { renameFinder } from '../../src/articles/renames.ts';

const CONTENT: ArticleContent = {
  title: 'Hội nghị G20',
  summary: 'Hai tổng thống được mời.',
  body: 'Đoạn một.\n\nĐoạn hai.',
  author: 'Bích Hồng',
  source: 'Euronews',
  url: null,
  publishedAt: '2025-12-24',
  language: 'vi',
};

describe('contentHash', () => {
  it('is the same for ever, since ids are made of it', () => {
    expect(contentHash(CONTENT)).toBe('e64fcd03882aeba1d8c632cb4d21692c78b6784881189a2a348658c523950aca');
    expect(articleId(contentHash(CONTENT))).toBe('CxLLYUUdQcGV');
  });

  it.each<[string, Partial<ArticleContent>]>([
    ['normalisation', { title: CONTENT.title.normalize('NFD') }],
    ['spaces', { body: ' Đoạn  một.\r\n\r\n\r\nĐoạn hai. ' }],
    ['invisible characters', { summary: '\uFEFFHai tổng\u200B thống được mời.' }],
    ['the guessed language', { language: null }],
  ])('does not depend on %s', (_what, change) => {
    expect(contentHash({ ...CONTENT, ...change })).toBe(contentHash(CONTENT));
  });

  it.each<[string, Partial<ArticleContent>]>([
    ['the title', { title: 'Hội nghị' }],
    ['the summary', { summary: null }],
    ['the body', { body: '' }],
    ['the author', { author: null }],
    ['the source', { source: 'AFP' }],
    ['the link', { url: 'https://example.org/' }],
    ['the date', { publishedAt: '2025-12-25' }],
    ['where the summary ends', { summary: 'Hai tổng thống được mời. Đoạn một.', body: 'Đoạn hai.' }],
  ])('depends on %s', (_what, change) => {
    expect(contentHash({ ...CONTENT, ...change })).not.toBe(contentHash(CONTENT));
  });
});

describe('articleId', () => {
  it('fits into a link, and has another form when it is taken', () => {
    const hash = contentHash(CONTENT);
    expect(articleId(hash)).toMatch(/^[A-Za-z0-9_-]{12}$/u);
    expect(articleId(hash, 'a.txt 1')).toMatch(/^[A-Za-z0-9_-]{12}$/u);
    expect(articleId(hash, 'a.txt 1')).not.toBe(articleId(hash));
  });
});

/** "title|date|paragraphs" */
function likeness(notation: string): ReturnType<typeof likenessOf> {
  const [title = '', publishedAt = '', names = ''] = notation.split('|');
  const body = Array.from(
    names,
    (name) => `Đoạn văn ${name} đủ dài để phân biệt với mọi đoạn văn khác.`,
  ).join('\n\n');
  return likenessOf({ title, publishedAt, summary: null, body });
}

it('an article is known by its first paragraphs, however many it has', () => {
  const paragraph = (n: number): string => `Đoạn văn ${n} đủ dài để phân biệt với mọi đoạn văn khác.`;
  const all = Array.from({ length: 1_000 }, (_, n) => paragraph(n));
  const content = { title: 'Dài', publishedAt: '2026-01-01', summary: null };
  const long = likenessOf({ ...content, body: all.join('\n\n') });
  expect(long.paragraphs.size).toBe(200);
  expect(long).toEqual(likenessOf({ ...content, body: all.slice(0, 200).join('\n\n') }));
});

describe('two states of one article', () => {
  it.each([
    ['G20|24|abc', 'G20|25|xyz', true, 'the title'],
    ['G20|24|abc', 'APEC|24|xyz', true, 'the date'],
    ['G20|24|abc', 'APEC|25|xyc', true, 'a paragraph'],
    ['G20|24|abc', 'APEC|25|xyz', false, 'nothing'],
    ['G20|24|', 'APEC|25|', false, 'nothing, not even paragraphs'],
    ['!!!|24|a', '???|25|x', false, 'titles without letters'],
  ])('at one path: %s → %s: %s (%s in common)', (before, after, same) => {
    expect(isEdit(likeness(before), likeness(after))).toBe(same);
  });

  it.each([
    ['G20|24|abc', 'G20|24|xyz', true, 'title and date'],
    ['G20|24|abc', 'G20|25|ayz', true, 'title and a paragraph'],
    ['G20|24|abc', 'g20!|25|', true, 'the title, where there is nothing else to compare'],
    ['G20|24|abc', 'G20|25|xyz', false, 'only the title: a daily column'],
    ['G20|24|abcd', 'APEC|25|abxy', true, 'half of the paragraphs'],
    ['G20|24|ab', 'APEC|25|abcdef', true, 'all of the shorter one'],
    ['G20|24|abc', 'APEC|24|axy', false, 'a third of the paragraphs'],
    ['G20|24|', 'APEC|24|', false, 'only the date'],
  ])('at two paths: %s → %s: %s (%s in common)', (before, after, same) => {
    expect(renameScore(likeness(before), likeness(after)) > 0).toBe(same);
  });

  it('short paragraphs tell nothing where there are long ones', () => {
    const one = likenessOf({
      title: 'A',
      publishedAt: '1',
      summary: 'Xem thêm',
      body: 'Một đoạn văn dài hơn bốn mươi chữ cái, hẳn thế.',
    });
    const other = likenessOf({
      title: 'B',
      publishedAt: '2',
      summary: 'Xem thêm',
      body: 'Một đoạn khác cũng dài hơn bốn mươi chữ cái, hẳn thế.',
    });
    expect(isEdit(one, other)).toBe(false);
  });
});

describe('renameFinder', () => {
  const orphans = ['G20|24|abcd', 'APEC|24|cdef', 'ASEAN|24|'].map((notation, index) => ({
    seq: index + 1,
    likeness: likeness(notation),
  }));

  const likest = (among: { seq: number; likeness: Likeness | null }[], notation: string): number | null => {
    const sought = likeness(notation);
    return renameFinder(among, [sought])(sought)?.seq ?? null;
  };

  it.each<[string, number | null, string]>([
    ['Khác|25|cdef', 2, 'the most paragraphs in common'],
    ['Khác|25|cdxy', 1, 'of equals, the first'],
    ['G20|24|cdef', 1, 'the title comes before the text'],
    ['ASEAN|25|xyz', 3, 'the title alone, when there was no text'],
    ['Khác|24|xyz', null, 'nothing in common'],
  ])('%s is article %s: %s', (notation, seq) => {
    expect(likest(orphans, notation)).toBe(seq);
  });

  it('says nothing of an article whose text is not known', () => {
    expect(likest([{ seq: 1, likeness: null }], 'G20|24|a')).toBeNull();
  });

  it('does not go by what everybody writes', () => {
    const crowd = Array.from({ length: 60 }, (_, i) => ({ seq: i + 1, likeness: likeness(`T${i}|24|a`) }));
    expect(likest(crowd, 'Khác|25|a')).toBeNull();
    expect(likest(crowd, 'T7|24|a')).toBe(8);
  });
});
