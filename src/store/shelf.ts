/**
 * The side of the articles that is written: places (files) and what they hold, one transaction for each chunk of a round.
 *
 * It keeps the two promises of a shelf: an article that loses its last place is removed in the same transaction, and every
 * article that is added, edited, removed or returned takes the next `rev` of all.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  ArticleShelf,
  Change,
  Committed,
  KnownPlace,
  SeenPlace,
  StoredArticle,
  StoredHead,
} from '../articles/shelf.ts';
import type { Refusal, RefusalReason } from '../articles/source.ts';
import type { Db } from './database.ts';
import { applyChanges } from './shelfCommit.ts';
import { StoryPlacer } from './stories.ts';

/** A feed's places have a scheme in front, a folder's never do. */
const SCHEME = '://';

/** Places that are read at a time when all are: some milliseconds, with a turn of the event loop after each. */
const FOLDER_SLICE = 2_000;

interface SeenRow {
  size: number;
  mtime_ms: number;
  reason: string | null;
  detail: string | null;
}

interface PlaceRow extends SeenRow {
  path: string;
  article_id: string | null;
}

export class SqlShelf implements ArticleShelf {
  readonly #db: Db;
  readonly #stories = new StoryPlacer();

  constructor(db: Db) {
    this.#db = db;
  }

  /**
   * Every place in the folder of articles, by path: what a scan need not read again. Without the articles that they hold: to
   * look those up for a hundred thousand files takes longer than the rest of a start.
   */
  async folder(): Promise<Map<string, SeenPlace>> {
    const places = new Map<string, SeenPlace>();
    for (let last = ''; ;) {
      const rows = await this.#db
        .selectFrom('files')
        .select(['path', 'size', 'mtime_ms', 'reason', 'detail'])
        .where('path', '>', last)
        .orderBy('path')
        .limit(FOLDER_SLICE)
        .execute();
      for (const row of rows) if (!row.path.includes(SCHEME)) places.set(row.path, toSeen(row));
      if (rows.length < FOLDER_SLICE) return places;
      last = rows.at(-1)?.path ?? '';
      await nextTurn();
    }
  }

  async places(paths: readonly string[]): Promise<KnownPlace[]> {
    const rows = await this.#places()
      .where('path', 'in', [...paths])
      .execute();
    return rows.map(toPlace);
  }

  async holders(articleIds: readonly string[]): Promise<KnownPlace[]> {
    const rows = await this.#places()
      .where('articles.id', 'in', [...articleIds])
      .execute();
    return rows.map(toPlace);
  }

  async withIds(ids: readonly string[]): Promise<StoredHead[]> {
    return (
      await this.#heads()
        .where('id', 'in', [...ids])
        .execute()
    ).map(toHead);
  }

  async withHashes(hashes: readonly string[]): Promise<StoredHead[]> {
    return (
      await this.#heads()
        .where('content_hash', 'in', [...hashes])
        .execute()
    ).map(toHead);
  }

  async textsOf(ids: readonly string[]): Promise<StoredArticle[]> {
    const rows = await this.#heads()
      .select(['title', 'published_at', 'summary', 'body'])
      .where('id', 'in', [...ids])
      .execute();
    return rows.map(({ title, published_at: publishedAt, summary, body, ...head }) => ({
      ...toHead(head),
      ...{ title, publishedAt, summary, body },
    }));
  }

  async lastSeq(): Promise<number> {
    const row = await this.#db
      .selectFrom('articles')
      .select((eb) => eb.fn.max('seq').as('seq'))
      .executeTakeFirst();
    return row?.seq ?? 0;
  }

  async commit(changes: readonly Change[], now: number): Promise<Committed> {
    return this.#db.transaction().execute((trx) => applyChanges(trx, changes, now, this.#stories));
  }

  #places() {
    return this.#db
      .selectFrom('files')
      .leftJoin('articles', 'articles.seq', 'files.article_seq')
      .select(['path', 'size', 'mtime_ms', 'reason', 'detail', 'articles.id as article_id']);
  }

  #heads() {
    return this.#db
      .selectFrom('articles')
      .select(['id', 'seq', 'content_hash', 'first_seen_at', 'removed_at']);
  }
}

function toPlace(row: PlaceRow): KnownPlace {
  return { path: row.path, ...toSeen(row), articleId: row.article_id };
}

function toSeen({ size, mtime_ms: mtimeMs, reason, detail }: SeenRow): SeenPlace {
  const refusal: Refusal | null =
    reason === null ? null : { reason: reason as RefusalReason, detail: detail ?? '' };
  return { size, mtimeMs, refusal };
}

interface HeadRow {
  id: string;
  seq: number;
  content_hash: string;
  first_seen_at: number;
  removed_at: number | null;
}

function toHead({ id, seq, ...row }: HeadRow): StoredHead {
  const { content_hash: contentHash, first_seen_at: firstSeenAt, removed_at: removedAt } = row;
  return { id, seq, contentHash, firstSeenAt, removed: removedAt !== null };
}
