/**
 * Articles by story: what a range has of each, and all reports of one. Removed articles are not there; an article from
 * before there were stories is a story of its own.
 *
 * Stories come in the order of their newest report in the range, "newest" as in `articles.ts`.
 */
import { sql } from 'kysely';
import type { Article } from '../articles/article.ts';
import type { StoryReports } from '../digest/edition.ts';
import { MAX_STORY_REPORTS } from '../digest/story.ts';
import type { Placed } from '../follows/sieve.ts';
import { BEGINNING, toArticle } from './articleRow.ts';
import type { Db } from './database.ts';

const STORY = sql<number>`coalesce(story_id, seq)`;

/** `from` exclusive, `to` inclusive. */
interface Range {
  from: number;
  to: number;
}

export async function storiesBetween(
  db: Db,
  range: Range,
  page: { offset: number; limit: number },
): Promise<{ stories: StoryReports[]; total: number }> {
  const listed = page.limit === 0 ? [] : await storyPage(db, range, page);
  // A list that is not full is all there is.
  const isAll = page.offset === 0 && listed.length < page.limit;
  const total = isAll ? listed.length : await countStories(db, range);
  return { stories: await withReports(db, listed, range), total };
}

/** Looks at no more articles than it takes: the archive may be large. */
export async function newestStories(db: Db, to: number, limit: number): Promise<StoryReports[]> {
  const newest = db
    .selectFrom('articles')
    .select(['seq', 'story_id', 'listed_at'])
    .where('removed_at', 'is', null)
    .where('seq', '<=', to)
    .orderBy('listed_at', 'desc')
    .orderBy('seq', 'desc')
    .limit(limit * MAX_STORY_REPORTS)
    .as('newest');
  const rows = await db
    .selectFrom(newest)
    .select(STORY.as('story'))
    .groupBy(STORY)
    .orderBy((eb) => eb.fn.max('listed_at'), 'desc')
    .orderBy((eb) => eb.fn.max('seq'), 'desc')
    .limit(limit)
    .execute();
  return withReports(
    db,
    rows.map(({ story }) => story),
    { from: 0, to },
  );
}

/** Those of the story that this article belongs to, the newest first; empty when there is no such article. */
export async function reportsOf(db: Db, id: string): Promise<Article[]> {
  const row = await db
    .selectFrom('articles')
    .select(STORY.as('story'))
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return [];
  const reports = await reportsUpTo(db, [row.story], Number.MAX_SAFE_INTEGER);
  return reports.get(row.story) ?? [];
}

/** The articles of a range with their stories, newest first. */
export async function placedBetween(db: Db, { from, to }: Range, limit: number): Promise<Placed[]> {
  return db
    .selectFrom('articles')
    .select(['seq', STORY.as('story')])
    .where('removed_at', 'is', null)
    .where('seq', '>', from)
    .where('seq', '<=', to)
    .orderBy('listed_at', 'desc')
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
}

/** The newest report with `seq <= to` of each story that has one. */
export async function newestReports(
  db: Db,
  stories: readonly number[],
  to: number,
): Promise<Map<number, Article>> {
  const reports = await reportsUpTo(db, stories, to);
  return new Map(
    [...reports].flatMap(([story, [newest]]) => (newest === undefined ? [] : [[story, newest]])),
  );
}

async function storyPage(
  db: Db,
  { from, to }: Range,
  { offset, limit }: { offset: number; limit: number },
): Promise<number[]> {
  const rows = await db
    .selectFrom('articles')
    .select(STORY.as('story'))
    .where('removed_at', 'is', null)
    .where('seq', '>', from)
    .where('seq', '<=', to)
    .groupBy(STORY)
    .orderBy((eb) => eb.fn.max('listed_at'), 'desc')
    .orderBy((eb) => eb.fn.max('seq'), 'desc')
    .limit(limit)
    .offset(offset)
    .execute();
  return rows.map(({ story }) => story);
}

async function countStories(db: Db, { from, to }: Range): Promise<number> {
  const { count } = await db
    .selectFrom('articles')
    .select(sql<number>`count(distinct ${STORY})`.as('count'))
    .where('removed_at', 'is', null)
    .where('seq', '>', from)
    .where('seq', '<=', to)
    .executeTakeFirstOrThrow();
  return count;
}

async function withReports(db: Db, stories: readonly number[], { from, to }: Range): Promise<StoryReports[]> {
  const reports = await reportsUpTo(db, stories, to);
  return stories.map((story) => {
    const all = reports.get(story) ?? [];
    const earlier = all.filter(({ seq }) => seq <= from);
    return { reports: all.filter(({ seq }) => seq > from), earlier: earlier[0] ?? null };
  });
}

/** The reports with `seq <= to` of each story, the newest first; of long texts only the beginning. */
async function reportsUpTo(db: Db, stories: readonly number[], to: number): Promise<Map<number, Article[]>> {
  if (stories.length === 0) return new Map();
  const rows = await db
    .selectFrom('articles')
    .select([...BEGINNING, 'story_id'])
    .where('removed_at', 'is', null)
    .where('seq', '<=', to)
    .where((eb) =>
      eb.or([
        eb('story_id', 'in', [...stories]),
        eb.and([eb('story_id', 'is', null), eb('seq', 'in', [...stories])]),
      ]),
    )
    .orderBy('listed_at', 'desc')
    .orderBy('seq', 'desc')
    .execute();
  const byStory = new Map<number, Article[]>();
  for (const row of rows) {
    const story = row.story_id ?? row.seq;
    byStory.set(story, [...(byStory.get(story) ?? []), toArticle(row)]);
  }
  return byStory;
}
