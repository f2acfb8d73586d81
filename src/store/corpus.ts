/**
 * The corpus as search reads it: a read-only, synchronous connection of its own, made for the search thread.
 *
 * WAL lets it read while the main thread writes: every call sees one committed state, and never waits for a writer.
 * It writes nothing, and keeps no read transaction open between calls (that would stop the log from being truncated).
 */
import SQLite from 'better-sqlite3';
import { BEGINNING_CHARS } from '../articles/article.ts';
import type { Corpus, CorpusArticle, CorpusBeginning, CorpusHeading } from '../search/corpus.ts';

/** For the rare moments (recovery after a crash, the last connection closing) at which even a reader has to wait. */
const BUSY_TIMEOUT_MS = 5_000;

/** After so many characters no further change is read at once. */
const ENOUGH_CHARS = 200_000;

type BeginningRow = Omit<CorpusBeginning, 'isCut'> & { isCut: 0 | 1 };
type CorpusRow = Omit<CorpusArticle, 'removed'> & { removed: 0 | 1 };

const COLUMNS = `seq, id, rev, title, summary, body, author, source, language,
  published_at as publishedAt, listed_at as listedAt, removed_at is not null as removed`;

/**
 * @param file the path of a migrated database
 * @throws when there is no such file, or it is no database of this program
 */
export function openCorpus(file: string): Corpus {
  const connection = new SQLite(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  try {
    return corpusOver(connection);
  } catch (error) {
    connection.close();
    throw error;
  }
}

function corpusOver(connection: SQLite.Database): Corpus {
  const identity = connection.prepare<[], { value: string }>(`select value from meta where key = 'corpus'`);
  const lastRev = connection.prepare<[], { rev: number | null }>(`select max(rev) as rev from articles`);
  const changes = connection.prepare<[number, number], CorpusRow>(
    `select ${COLUMNS} from articles where rev > ? order by rev limit ?`,
  );
  const beginnings = connection.prepare<[string], BeginningRow>(
    `select seq, id, title, substr(summary, 1, ${BEGINNING_CHARS}) as summary, substr(body, 1, ${BEGINNING_CHARS}) as body,
       source, published_at as publishedAt, listed_at as listedAt,
       coalesce(substr(summary, ${BEGINNING_CHARS + 1}, 1), '') || substr(body, ${BEGINNING_CHARS + 1}, 1) <> '' as isCut
     from articles where seq in (select value from json_each(?)) and removed_at is null`,
  );
  const matching = connection
    .prepare<[string, string, number], number>(
      `select a.seq from json_each(?) as wanted cross join articles as a on a.seq = wanted.value
       where a.removed_at is null and exists (
         select 1 from json_each(?) as pattern
         where ' ' || a.title || ' ' glob pattern.value or ' ' || a.summary || ' ' glob pattern.value
           or ' ' || substr(a.body, 1, 20000) || ' ' glob pattern.value)
       limit ?`,
    )
    .pluck();
  const headings = connection.prepare<[string], CorpusHeading>(
    // What stands behind the body in a row, as whether it was removed, cannot be read without the body.
    'select seq, title, summary from articles where seq in (select value from json_each(?))',
  );
  return {
    identity() {
      const row = identity.get();
      if (row === undefined)
        throw new Error('the database has no corpus id: it was not made by openDatabase()');
      return row.value;
    },
    lastRev: () => lastRev.get()?.rev ?? 0,
    changesAfter(rev, limit) {
      const found: CorpusArticle[] = [];
      let chars = 0;
      for (const row of changes.iterate(rev, limit)) {
        found.push(article(row));
        if ((chars += row.body.length + (row.summary?.length ?? 0)) >= ENOUGH_CHARS) break;
      }
      return found;
    },
    read: (seqs) => beginnings.all(JSON.stringify(seqs)).map((row) => ({ ...row, isCut: row.isCut === 1 })),
    matching: (seqs, patterns, limit) => matching.all(JSON.stringify(seqs), JSON.stringify(patterns), limit),
    headings: (seqs) => headings.all(JSON.stringify(seqs)),
    close: () => void connection.close(),
  };
}

function article(row: CorpusRow): CorpusArticle {
  return { ...row, removed: row.removed === 1 };
}
