import { describe, expect, it } from 'vitest';
import { composeEdition, editionKey, type EditionFrame, type NewArticles } from '../../src/digest/edition.ts';
import { anArticle } from '../telegram/articles.ts';

const FRAME: EditionFrame = {
  fromSeq: 3,
  toSeq: 9,
  language: 'vi',
  surface: 'chat',
  filter: null,
  style: 'normal',
  maxItems: 4,
  late: false,
  zone: 'Asia/Ho_Chi_Minh',
  day: '2026-11-24',
};

describe('the key of an edition', () => {
  it('is the same for the same frame, short and fit for any place', () => {
    expect(editionKey({ ...FRAME })).toBe(editionKey(FRAME));
    expect(editionKey(FRAME)).toMatch(/^[A-Za-z0-9_-]{22}$/u);
  });

  it.each<Partial<EditionFrame>>([
    { fromSeq: 4 },
    { fromSeq: null },
    { toSeq: 10 },
    { language: 'en' },
    { surface: 'channel' },
    { filter: 'lũ' },
    { filter: 'null' },
    { style: 'short' },
    { maxItems: 5 },
    { late: true },
    { zone: 'Europe/Berlin' },
    { day: '2026-11-25' },
  ])('is another one with %j', (change) => {
    expect(editionKey({ ...FRAME, ...change })).not.toBe(editionKey(FRAME));
  });
});

/** As many articles as there are numbers in the range. */
const source: NewArticles = {
  lastSeq: () => Promise.resolve(9),
  between(fromSeq, toSeq, limit) {
    const all = Array.from({ length: toSeq - (fromSeq ?? 0) }, (_, n) => anArticle({ seq: toSeq - n }));
    return Promise.resolve({ articles: all.slice(0, limit), total: all.length });
  },
};

describe('composing an edition', () => {
  it('takes what is new, and counts what is beyond the maximum', async () => {
    const edition = await composeEdition(FRAME, source);
    expect(edition?.articles.map(({ seq }) => seq)).toEqual([9, 8, 7, 6]);
    expect(edition?.more).toBe(2);
    expect((await composeEdition({ ...FRAME, maxItems: 10 }, source))?.more).toBe(0);
  });

  it('takes the newest for a first one, and promises nothing more', async () => {
    const edition = await composeEdition({ ...FRAME, fromSeq: null }, source);
    expect(edition?.articles.map(({ seq }) => seq)).toEqual([9, 8, 7, 6]);
    expect(edition?.more).toBe(0);
  });

  it('makes none of nothing', async () => {
    expect(await composeEdition({ ...FRAME, fromSeq: 9 }, source)).toBeNull();
  });
});
