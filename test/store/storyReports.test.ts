import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { composeEdition, type EditionFrame } from '../../src/digest/edition.ts';
import { MAX_STORY_REPORTS } from '../../src/digest/story.ts';
import { Newsroom } from '../digest/newsroom.ts';

let room: Newsroom;

beforeEach(async () => {
  room = await Newsroom.open();
});
afterEach(() => room.close());

/** Articles from 1 on, each with its story; null is one from before there were stories. */
async function publish(stories: readonly (number | null)[], days: readonly string[] = []): Promise<void> {
  await room.publish(stories.length);
  for (const [n, story] of stories.entries()) {
    const listed = days[n] ?? '2026-11-23';
    await room.db
      .updateTable('articles')
      .set({ story_id: story, listed_at: listed })
      .where('seq', '=', n + 1)
      .execute();
  }
}

type Stories = Awaited<ReturnType<typeof room.articles.newestStories>>;

/** "5 4 <1, 3": a story with the reports 5 and 4 and the earlier one 1, then another. */
const shown = (stories: Stories): string =>
  stories
    .map(({ reports, earlier }) =>
      [...reports.map(({ seq }) => seq), ...(earlier === null ? [] : [`<${earlier.seq}`])].join(' '),
    )
    .join(', ');

const between = async (from: number | null, to: number, offset = 0, limit = 9): Promise<string> => {
  const { stories, total } = await room.articles.stories(from, to, { offset, limit });
  return `${shown(stories)} of ${total}`;
};

describe('the stories of a range', () => {
  it('have their reports in it, and the last one from before it', async () => {
    await publish([1, 1, 3, 1, 3, null, 7]);
    expect(await between(null, 7)).toBe('7, 6, 5 3, 4 2 1 of 4');
    expect(await between(3, 7)).toBe('7, 6, 5 <3, 4 <2 of 4');
    expect(await between(2, 5)).toBe('5 3, 4 <2 of 2');
    expect(await between(7, 7)).toBe(' of 0');
  });

  it('come as their newest report does', async () => {
    await publish([1, 2, 1], ['2026-11-20', '2026-11-22', '2026-11-21']);
    expect(await between(null, 3)).toBe('2, 3 1 of 2');
  });

  it('are turned in pages, and counted whatever the page', async () => {
    await publish([1, 1, 3, 1, 3, null, 7]);
    expect(await between(null, 7, 1, 2)).toBe('6, 5 3 of 4');
    expect(await between(null, 7, 3, 2)).toBe('4 2 1 of 4');
    expect(await between(null, 7, 4, 2)).toBe(' of 4');
    expect(await between(null, 7, 0, 0)).toBe(' of 4');
  });

  it('are without what was removed', async () => {
    await publish([1, 1, 3, 1]);
    await room.remove('article00002');
    await room.remove('article00003');
    expect(await between(null, 4)).toBe('4 1 of 1');
    expect(await between(2, 4)).toBe('4 <1 of 1');
  });
});

describe('the newest stories', () => {
  it('are the first of all, also behind one of very many reports', async () => {
    const many = Array.from({ length: MAX_STORY_REPORTS }, () => 3);
    await publish([1, null, ...many]);
    const last = many.length + 2;
    const newest = async (limit: number, to = last): Promise<string> =>
      shown(await room.articles.newestStories(to, limit));
    expect((await newest(1)).split(' ')).toHaveLength(MAX_STORY_REPORTS);
    expect(await newest(3)).toMatch(/ 4 3, 2, 1$/u);
    expect(await newest(9, 4)).toBe('4 3, 2, 1');
    expect(await newest(9, 0)).toBe('');
  });
});

describe('the reports of a story', () => {
  it('are found by any of them, also by one that was removed', async () => {
    await publish([1, 1, 3, 1, null]);
    await room.remove('article00002');
    const reports = async (id: string): Promise<number[]> =>
      (await room.articles.reports(id)).map(({ seq }) => seq);
    expect(await reports('article00001')).toEqual([4, 1]);
    expect(await reports('article00002')).toEqual([4, 1]);
    expect(await reports('article00003')).toEqual([3]);
    expect(await reports('article00005')).toEqual([5]);
    expect(await reports('nonexistent0')).toEqual([]);
  });
});

describe('an edition, whatever the stories', () => {
  const anyDay = fc.constantFrom('2026-11-21', '2026-11-22', '2026-11-23');
  const anyArticle = fc.record({
    /** The story of the article so many before it; null for one without a story. */
    story: fc.option(fc.nat(4)),
    listed: anyDay,
    removed: fc.boolean(),
  });
  const frame = (fields: Partial<EditionFrame>): EditionFrame => ({
    ...{ fromSeq: null, toSeq: 0, language: 'vi', surface: 'chat', filter: null, style: 'normal' },
    ...{ maxItems: 3, late: false, zone: 'Asia/Ho_Chi_Minh', day: '2026-11-24', ...fields },
  });

  it('has each article of its range once: as a report of an item, or of a story on the pages of the rest', async () => {
    const history = fc.array(anyArticle, { minLength: 1, maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(history, fc.nat(14), fc.integer({ min: 1, max: 5 }), async (all, cut, maxItems) => {
        const own = await Newsroom.open();
        try {
          await own.publish(all.length);
          const stories: number[] = [];
          for (const [n, { story, listed, removed }] of all.entries()) {
            stories.push(story === null ? n + 1 : (stories[n - story] ?? n + 1));
            const fields = {
              story_id: story === null ? null : (stories[n] ?? null),
              listed_at: listed,
              removed_at: removed ? 1 : null,
            };
            await own.db
              .updateTable('articles')
              .set(fields)
              .where('seq', '=', n + 1)
              .execute();
          }
          const fromSeq = Math.min(cut, all.length);
          const toSeq = all.length;
          const edition = await composeEdition(frame({ fromSeq, toSeq, maxItems }), own.articles);
          const items = edition?.items ?? [];
          const rest = [];
          for (let offset = items.length; ; offset += 2) {
            const page = await own.articles.stories(fromSeq, toSeq, { offset, limit: 2 });
            if (page.stories.length === 0) break;
            rest.push(...page.stories);
          }
          expect(edition?.more ?? 0).toBe(rest.length);
          const seen = [...items, ...rest].flatMap(({ reports }) => reports.map(({ seq }) => seq));
          const there = all.flatMap(({ removed }, n) => (removed || n < fromSeq ? [] : [n + 1]));
          expect(seen.sort((a, b) => a - b)).toEqual(there);
          for (const { article, reports, earlier } of items) {
            expect(reports).toContain(article);
            const story = stories[article.seq - 1];
            const before = all.filter((one, n) => n < fromSeq && !one.removed && stories[n] === story);
            expect(earlier !== null).toBe(before.length > 0);
          }
        } finally {
          await own.close();
        }
      }),
      { numRuns: 60 },
    );
  });
});
