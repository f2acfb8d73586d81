/**
 * Articles on a real database, and the stories that they are given: what the program does with a new article, without
 * its files.
 */
import { sql } from 'kysely';
import { openDatabase, type Db } from '../../src/store/database.ts';
import { StoryPlacer } from '../../src/store/stories.ts';
import type { BenchArticle } from '../search/corpus.ts';

/** Like a round of ingestion. */
const BATCH = 100;

export interface Placed {
  /** For each article the one that began its story. */
  storyOf: Map<string, string>;
  /** Of the processor, so that it says something on a busy machine. */
  millisecondsEach: number;
  /** What the marks take in the database. */
  marksMb: number;
}

export async function place(articles: readonly (BenchArticle & { day: string })[]): Promise<Placed> {
  const db = await openDatabase(':memory:');
  const placer = new StoryPlacer();
  let milliseconds = 0;
  for (let at = 0; at < articles.length; at += BATCH) {
    const batch = articles.slice(at, at + BATCH);
    const rows = batch.map(({ id, title, summary, body, day }, n) => ({
      ...{
        id,
        seq: at + n + 1,
        rev: at + n + 1,
        title,
        summary,
        body,
        author: null,
        source: null,
        url: null,
      },
      ...{ language: 'vi', story_id: null, removed_at: null, published_at: day, listed_at: day },
      ...{ first_seen_at: 0, content_hash: id },
    }));
    await db.transaction().execute(async (trx) => {
      await trx.insertInto('articles').values(rows).execute();
      const began = process.cpuUsage();
      await placer.place(
        trx,
        batch.map(({ id }) => id),
        // As they would come in life, and not as an archive, which has no stories.
        (at / BATCH) * 600_000,
      );
      milliseconds += cpuMilliseconds(began);
    });
  }
  const rows = await db.selectFrom('articles').select(['id', 'seq', 'story_id']).execute();
  const withMarks = await megabytes(db);
  await db.deleteFrom('story_marks').execute();
  const marksMb = withMarks - (await megabytes(db));
  await db.destroy();
  const idOf = new Map(rows.map(({ seq, id }) => [seq, id]));
  return {
    storyOf: new Map(rows.map(({ id, seq, story_id }) => [id, idOf.get(story_id ?? seq) ?? id])),
    millisecondsEach: milliseconds / Math.max(1, articles.length),
    marksMb,
  };
}

export function cpuMilliseconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
}

/** Of the pages that are in use. */
async function megabytes(db: Db): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    select (page_count - freelist_count) * page_size as bytes
    from pragma_page_count(), pragma_freelist_count(), pragma_page_size()`.execute(db);
  return (rows[0]?.bytes ?? 0) / 2 ** 20;
}
