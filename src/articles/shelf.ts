/**
 * What ingestion asks of the store: what is known about places and articles, and one transaction at a time in which that
 * changes. Implemented in `store/`.
 *
 * The shelf keeps two promises by itself, in every commit: an article without a place is removed, and every change to an
 * article gives it the next `rev` of all.
 */
import type { ArticleContent } from './article.ts';
import type { Refusal } from './source.ts';

/** A place (a file) as it was when it was last read, or refused. */
export interface Place {
  path: string;
  size: number;
  mtimeMs: number;
}

export interface KnownPlace extends Place {
  /**
   * The article that the place holds; null when it never held one. Beside a refusal it is the last good one: a file that turned bad
   * keeps its article until it is good again, or gone.
   */
  articleId: string | null;
  /** Why the place could not be read as it is now; null when it could. */
  refusal: Refusal | null;
}

/** What a source has to know of a place in order to see whether it has changed. */
export type SeenPlace = Pick<KnownPlace, 'size' | 'mtimeMs' | 'refusal'>;

export interface StoredHead {
  id: string;
  seq: number;
  contentHash: string;
  /** Epoch milliseconds. */
  firstSeenAt: number;
  removed: boolean;
}

export type StoredArticle = StoredHead & Pick<ArticleContent, 'title' | 'publishedAt' | 'summary' | 'body'>;

/** Content with what is derived from it. */
export interface Issue {
  content: ArticleContent;
  contentHash: string;
  listedAt: string;
}

export type Change =
  /** A new article, and the place that holds it. */
  | ({ kind: 'add'; id: string; place: Place } & Issue)
  /** New content for an article, and the place that holds it; a removed article returns. */
  | ({ kind: 'edit'; id: string; place: Place } & Issue)
  /** The place holds an article as it is; a removed article returns. */
  | { kind: 'hold'; id: string; place: Place }
  /** The place cannot be read; it goes on holding what it held. */
  | { kind: 'refuse'; place: Place; refusal: Refusal }
  /** The place is gone. */
  | { kind: 'drop'; path: string };

/** What a commit did to articles beside what was asked. */
export interface Committed {
  /** How many removed ones are there again. */
  returned: number;
  /** Ids of those that lost their last place. */
  removed: string[];
}

export interface ArticleShelf {
  places(paths: readonly string[]): Promise<KnownPlace[]>;
  /** Every place that holds one of these articles. */
  holders(articleIds: readonly string[]): Promise<KnownPlace[]>;
  /** Removed ones as well; so do the next two. */
  withIds(ids: readonly string[]): Promise<StoredHead[]>;
  withHashes(hashes: readonly string[]): Promise<StoredHead[]>;
  textsOf(ids: readonly string[]): Promise<StoredArticle[]>;
  /** The highest number that an article was given; 0 before the first. */
  lastSeq(): Promise<number>;
  /** All of them or none; new articles are numbered in the order of the changes. `now` in epoch milliseconds. */
  commit(changes: readonly Change[], now: number): Promise<Committed>;
}
