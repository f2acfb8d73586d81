/** A row of the table of articles as the rest of the program has it. */
import type { Selectable } from 'kysely';
import type { Article } from '../articles/article.ts';
import type { ArticlesTable } from './schema.ts';

export function toArticle(row: Selectable<ArticlesTable>): Article {
  const { id, seq, rev, title, summary, body, author, source, url, language } = row;
  return {
    ...{ id, seq, rev, title, summary, body, author, source, url, language },
    publishedAt: row.published_at,
    firstSeenAt: row.first_seen_at,
    contentHash: row.content_hash,
    removedAt: row.removed_at,
  };
}
