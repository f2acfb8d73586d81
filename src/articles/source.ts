/**
 * Where articles come from. The interface is declared here and implemented in `sources/`; what a source cannot read is
 * a result with a reason, never an exception.
 */
import type { ArticleContent } from './article.ts';

/** Why something that looked like an article is none. One word each, the same in logs, in the store and in `/status`. */
export type RefusalReason =
  | 'empty'
  | 'binary'
  | 'undated'
  | 'bad-date'
  | 'untitled'
  | 'too-large'
  | 'unreadable'
  | 'symlink-loop'
  | 'bad-front-matter';

export interface Refusal {
  reason: RefusalReason;
  /** What was seen, for the operator: "2025-02-30", "4.2 MiB", "EACCES". */
  detail: string;
}

export type Reading = { ok: true; content: ArticleContent } | { ok: false; refusal: Refusal };

/** A place (a file) as it was found in one round, with what it holds. */
export interface Found {
  /** Relative to the folder, `/` between the parts. */
  path: string;
  size: number;
  mtimeMs: number;
  reading: Reading;
}

/** What one round over a source saw that differs from what the store knew. */
export interface Round {
  /** New or changed places, in the order in which their articles are to be numbered. */
  found: Found[];
  /** Places that are gone. */
  vanished: string[];
  /**
   * Places that look gone, and are given up only when all that is there has been read: more is there than fits into one round,
   * and some of it may be theirs under another name.
   */
  missing: string[];
}
