/** A row of the table of articles as the rest of the program has it. */
import { sql, type Selectable } from 'kysely';
import { BEGINNING_CHARS, type Article } from '../articles/article.ts';
import type { ArticlesTable } from './schema.ts';

/** The columns of an article for lists and cards: of a long text, which is slow to read, only the beginning. */
export const BEGINNING = [
  ...(['id', 'seq', 'rev', 'title', 'author', 'source', 'url', 'language'] as const),
  ...(['published_at', 'first_seen_at', 'content_hash', 'removed_at'] as const),
  // A text without paragraphs is all summary.
  sql<string | null>`substr(summary, 1, ${sql.lit(BEGINNING_CHARS)})`.as('summary'),
  sql<string>`substr(body, 1, ${sql.lit(BEGINNING_CHARS)})`.as('body'),
] as const;

type ArticleRow = Omit<Selectable<ArticlesTable>, 'story_id' | 'listed_at'>;

export function toArticle(row: ArticleRow): Article {
  const { id, seq, rev, title, summary, body, author, source, url, language } = row;
  return {
    ...{ id, seq, rev, title, summary, body, author, source, url, language },
    publishedAt: row.published_at,
    firstSeenAt: row.first_seen_at,
    contentHash: row.content_hash,
    removedAt: row.removed_at,
  };
}
