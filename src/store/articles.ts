/**
 * The articles as they are read: lists, single ones, what is new for a digest, and what was refused. Removed articles are
 * not there.
 *
 * "Newest first" is by the day or instant that an article is listed under, then by the order in which it was first seen.
 */
import type { Selectable } from 'kysely';
import type { Article } from '../articles/article.ts';
import type { Shelves } from '../follows/sieve.ts';
import type { Db } from './database.ts';
import type { ArticlesTable } from './schema.ts';

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

  /** Newest first, of those with `seq <= maxSeq`, so that pages do not shift while articles arrive. */
  async latest(options: { maxSeq: number; offset: number; limit: number }): Promise<Article[]> {
    return this.page(null, options.maxSeq, options.offset, options.limit);
  }

  async count(maxSeq: number): Promise<number> {
    return this.#countBetween(null, maxSeq);
  }

  /** Those with `fromSeq < seq <= toSeq`, newest first, and how many there are in all; null means from the beginning. */
  async between(
    fromSeq: number | null,
    toSeq: number,
    limit: number,
  ): Promise<{ articles: Article[]; total: number }> {
    const articles = limit === 0 ? [] : await this.page(fromSeq, toSeq, 0, limit);
    // A list that is not full is all there is.
    const isAll = articles.length < limit;
    return { articles, total: isAll ? articles.length : await this.#countBetween(fromSeq, toSeq) };
  }

  /** Like `between`, further down the list. */
  async page(fromSeq: number | null, toSeq: number, offset: number, limit: number): Promise<Article[]> {
    const rows = await this.#db
      .selectFrom('articles')
      .selectAll()
      .where('removed_at', 'is', null)
      .where('seq', '>', fromSeq ?? 0)
      .where('seq', '<=', toSeq)
      .orderBy('listed_at', 'desc')
      .orderBy('seq', 'desc')
      .limit(limit)
      .offset(offset)
      .execute();
    return rows.map(toArticle);
  }

  async seqsBetween(fromSeq: number | null, toSeq: number, limit: number): Promise<number[]> {
    const rows = await this.#db
      .selectFrom('articles')
      .select('seq')
      .where('removed_at', 'is', null)
      .where('seq', '>', fromSeq ?? 0)
      .where('seq', '<=', toSeq)
      .orderBy('listed_at', 'desc')
      .orderBy('seq', 'desc')
      .limit(limit)
      .execute();
    return rows.map(({ seq }) => seq);
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

  async #countBetween(fromSeq: number | null, toSeq: number): Promise<number> {
    const { count } = await this.#db
      .selectFrom('articles')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('removed_at', 'is', null)
      .where('seq', '>', fromSeq ?? 0)
      .where('seq', '<=', toSeq)
      .executeTakeFirstOrThrow();
    return count;
  }

  /** Null when there never was one, or it was removed. */
  async byId(id: string): Promise<Article | null> {
    return (await this.byIds([id]))[0] ?? null;
  }

  /** Those that are there, in the order of `ids`. */
  async byIds(ids: readonly string[]): Promise<Article[]> {
    if (ids.length === 0) return [];
    const rows = await this.#db
      .selectFrom('articles')
      .selectAll()
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

function toArticle(row: Selectable<ArticlesTable>): Article {
  const { id, seq, rev, title, summary, body, author, source, url, language } = row;
  return {
    ...{ id, seq, rev, title, summary, body, author, source, url, language },
    publishedAt: row.published_at,
    firstSeenAt: row.first_seen_at,
    contentHash: row.content_hash,
    removedAt: row.removed_at,
  };
}
