/**
 * Keeps statements prepared for Kysely, which has each query compiled by SQLite anew: for small ones that takes longer than
 * they run.
 */
import type SQLite from 'better-sqlite3';
import type { SqliteDatabase, SqliteStatement } from 'kysely';

/** More than there are different queries in a day; lists of values make some of them longer or shorter. About 10 kB each. */
const MAX_STATEMENTS = 200;

/** The one that was not wanted for longest goes first. A statement must not be streamed from: it may be asked again meanwhile. */
export function keepStatements(connection: SQLite.Database, most = MAX_STATEMENTS): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    prepare(sql) {
      const statement = kept.get(sql) ?? connection.prepare(sql);
      kept.delete(sql);
      kept.set(sql, statement);
      for (const oldest of kept.keys()) {
        if (kept.size <= most) break;
        kept.delete(oldest);
      }
      return statement;
    },
    close: () => connection.close(),
  };
}
