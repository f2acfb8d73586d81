import { describe, expect, it } from 'vitest';
import {
  composeEdition,
  editionKey,
  type EditionFrame,
  type NewArticles,
  type StoryReports,
} from '../../src/digest/edition.ts';
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

const storyOf = (...seqs: number[]): StoryReports => ({
  reports: seqs.map((seq) => anArticle({ seq })),
  earlier: null,
});

/** As many stories of one report as there are numbers in the range. */
const source: NewArticles = {
  lastSeq: () => Promise.resolve(9),
  stories(fromSeq, toSeq, { offset, limit }) {
    const all = Array.from({ length: toSeq - (fromSeq ?? 0) }, (_, n) => storyOf(toSeq - n));
    return Promise.resolve({ stories: all.slice(offset, offset + limit), total: all.length });
  },
  async newestStories(toSeq, limit) {
    return (await this.stories(null, toSeq, { offset: 0, limit })).stories;
  },
};

describe('composing an edition', () => {
  it('takes what is new, and counts what is beyond the maximum', async () => {
    const edition = await composeEdition(FRAME, source);
    expect(edition?.items.map(({ article }) => article.seq)).toEqual([9, 8, 7, 6]);
    expect(edition?.more).toBe(2);
    expect((await composeEdition({ ...FRAME, maxItems: 10 }, source))?.more).toBe(0);
  });

  it('takes the newest for a first one, and promises nothing more', async () => {
    const edition = await composeEdition({ ...FRAME, fromSeq: null }, source);
    expect(edition?.items.map(({ article }) => article.seq)).toEqual([9, 8, 7, 6]);
    expect(edition?.more).toBe(0);
  });

  it('has one item a story, with the best report in front and what earlier editions had', async () => {
    const story = storyOf(9, 8);
    const short = anArticle({ seq: 7, summary: null });
    const source: NewArticles = {
      lastSeq: () => Promise.resolve(9),
      stories: () =>
        Promise.resolve({
          stories: [
            { ...story, earlier: anArticle({ seq: 2 }) },
            { reports: [short, anArticle({ seq: 6 })], earlier: null },
          ],
          total: 2,
        }),
      newestStories: () => Promise.resolve([]),
    };
    const edition = await composeEdition(FRAME, source);
    expect(
      edition?.items.map(({ article, reports, earlier }) => [
        article.seq,
        reports.map(({ seq }) => seq),
        earlier?.seq,
      ]),
    ).toEqual([
      [9, [9, 8], 2],
      [6, [7, 6], undefined],
    ]);
    expect(edition?.more).toBe(0);
  });

  it('makes none of nothing', async () => {
    expect(await composeEdition({ ...FRAME, fromSeq: 9 }, source)).toBeNull();
  });
});
