/**
 * What search needs of the store. Synchronous, because it is read on the search thread through a connection of its own.
 */

export interface CorpusArticle {
  seq: number;
  id: string;
  rev: number;
  title: string;
  summary: string | null;
  body: string;
  author: string | null;
  source: string | null;
  language: string | null;
  /** `YYYY-MM-DD` or a UTC instant in ISO 8601. */
  publishedAt: string;
  /** What "newest" sorts by: like `publishedAt`, never later than the first sight of the article. */
  listedAt: string;
  removed: boolean;
}

/** An article to be scored and shown: of a summary or body as long as a book only the beginning. */
export interface CorpusBeginning extends Pick<
  CorpusArticle,
  'seq' | 'id' | 'title' | 'summary' | 'body' | 'source' | 'publishedAt' | 'listedAt'
> {
  /** Whether there is more of it. */
  isCut: boolean;
}

export type CorpusHeading = Pick<CorpusArticle, 'seq' | 'title' | 'summary'>;

export interface Corpus {
  /** Identifies this store; an index made from another one must be thrown away. */
  identity(): string;
  /** The highest `rev` there is; 0 when the store is empty. */
  lastRev(): number;
  /**
   * Articles, removed ones too, whose `rev` is above `rev`, in ascending order of `rev`: at most `limit`, fewer when they are
   * long, none when there is none.
   */
  changesAfter(rev: number, limit: number): CorpusArticle[];
  /** The articles with these numbers that are there, in no particular order; their texts to `BEGINNING_CHARS`. */
  read(seqs: readonly number[]): CorpusBeginning[];
  /**
   * Those of these articles, in their order and at most `limit`, of which one of the patterns holds (of SQLite's GLOB, over
   * title, summary or the first 20,000 characters of the body, between spaces); quicker than `read` by far.
   */
  matching(seqs: readonly number[], patterns: readonly string[], limit: number): number[];
  /** Titles and summaries, much quicker than `read`; also of articles that were removed. */
  headings(seqs: readonly number[]): CorpusHeading[];
  close(): void;
}
