/**
 * The articles as they are read: lists, single ones, what is new for a digest, and what was refused. Removed articles are
 * not there.
 *
 * "Newest first" is by the day or instant that an article is listed under, then by the order in which it was first seen.
 */
import type { Article } from '../articles/article.ts';
import type { StoryReports } from '../digest/edition.ts';
import type { Placed, Shelves } from '../follows/sieve.ts';
import { BEGINNING, toArticle } from './articleRow.ts';
import type { Db } from './database.ts';
import { newestReports, newestStories, placedBetween, reportsOf, storiesBetween } from './storyReports.ts';

/** A place whose file is no article as it stands. */
export interface RefusedPlace {
  path: string;
  /** A `RefusalReason`. */
  reason: string;
  detail: string;
}

export class SqlArticles implements Shelves {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** The highest `seq` that was ever given; 0 before the first. */
  async lastSeq(): Promise<number> {
    const row = await this.#db
      .selectFrom('articles')
      .select((eb) => eb.fn.max('seq').as('seq'))
      .executeTakeFirst();
    return row?.seq ?? 0;
  }

  /**
   * Newest first, of those with `seq <= maxSeq`, so that pages do not shift while articles arrive. Of summary and
   * body only the first 25,000 characters.
   */
  async latest(options: { maxSeq: number; offset: number; limit: number }): Promise<Article[]> {
    const rows = await this.#db
      .selectFrom('articles')
      .select(BEGINNING)
      .where('removed_at', 'is', null)
      .where('seq', '<=', options.maxSeq)
      .orderBy('listed_at', 'desc')
      .orderBy('seq', 'desc')
      .limit(options.limit)
      .offset(options.offset)
      .execute();
    return rows.map(toArticle);
  }

  async count(maxSeq: number): Promise<number> {
    const { count } = await this.#db
      .selectFrom('articles')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('removed_at', 'is', null)
      .where('seq', '<=', maxSeq)
      .executeTakeFirstOrThrow();
    return count;
  }

  stories(
    fromSeq: number | null,
    toSeq: number,
    page: { offset: number; limit: number },
  ): Promise<{ stories: StoryReports[]; total: number }> {
    return storiesBetween(this.#db, { from: fromSeq ?? 0, to: toSeq }, page);
  }

  newestStories(toSeq: number, limit: number): Promise<StoryReports[]> {
    return newestStories(this.#db, toSeq, limit);
  }

  placedBetween(fromSeq: number | null, toSeq: number, limit: number): Promise<Placed[]> {
    return placedBetween(this.#db, { from: fromSeq ?? 0, to: toSeq }, limit);
  }

  newestReports(stories: readonly number[], maxSeq: number): Promise<Map<number, Article>> {
    return newestReports(this.#db, stories, maxSeq);
  }

  /** Those that are there, in the order of `seqs`. */
  async bySeqs(seqs: readonly number[]): Promise<Article[]> {
    if (seqs.length === 0) return [];
    const rows = await this.#db
      .selectFrom('articles')
      .selectAll()
      .where('seq', 'in', [...seqs])
      .where('removed_at', 'is', null)
      .execute();
    const bySeq = new Map(rows.map((row) => [row.seq, row]));
    return seqs.flatMap((seq) => {
      const row = bySeq.get(seq);
      return row === undefined ? [] : [toArticle(row)];
    });
  }

  /** The highest `seq` that was first seen before an instant; 0 for none. */
  async seqBefore(instant: number): Promise<number> {
    const row = await this.#db
      .selectFrom('articles')
      .select((eb) => eb.fn.max('seq').as('seq'))
      .where('first_seen_at', '<', instant)
      .executeTakeFirst();
    return row?.seq ?? 0;
  }

  reports(id: string): Promise<Article[]> {
    return reportsOf(this.#db, id);
  }

  /** Null when there never was one, or it was removed. */
  async byId(id: string): Promise<Article | null> {
    const row = await this.#db
      .selectFrom('articles')
      .selectAll()
      .where('id', '=', id)
      .where('removed_at', 'is', null)
      .executeTakeFirst();
    return row === undefined ? null : toArticle(row);
  }

  /** Those that are there, in the order of `ids`. Of summary and body only the first 25,000 characters. */
  async byIds(ids: readonly string[]): Promise<Article[]> {
    if (ids.length === 0) return [];
    const rows = await this.#db
      .selectFrom('articles')
      .select(BEGINNING)
      .where('id', 'in', [...ids])
      .where('removed_at', 'is', null)
      .execute();
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => {
      const row = byId.get(id);
      return row === undefined ? [] : [toArticle(row)];
    });
  }

  /** How many sources the articles name. */
  async sourcesCount(): Promise<number> {
    const { count } = await this.#db
      .selectFrom('articles')
      .select((eb) => eb.fn.count<number>('source').distinct().as('count'))
      .where('removed_at', 'is', null)
      .executeTakeFirstOrThrow();
    return count;
  }

  /** The last changed first. */
  async refusals(limit: number): Promise<RefusedPlace[]> {
    const rows = await this.#db
      .selectFrom('files')
      .select(['path', 'reason', 'detail'])
      .where('reason', 'is not', null)
      .orderBy('mtime_ms', 'desc')
      .orderBy('path')
      .limit(limit)
      .execute();
    return rows.map(({ path, reason, detail }) => ({ path, reason: reason ?? '', detail: detail ?? '' }));
  }

  async refusalCount(): Promise<number> {
    const { count } = await this.#db
      .selectFrom('files')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('reason', 'is not', null)
      .executeTakeFirstOrThrow();
    return count;
  }
}
