/**
 * One process per data directory. The lock is an exclusive transaction on a small SQLite file of its own: the operating
 * system lets go of it however the process ends, so there is nothing stale to clean up.
 */
import SQLite from 'better-sqlite3';

export interface DataLock {
  release(): void;
}

/** Null when another process holds the lock. Other failures (a folder that cannot be written) are thrown. */
export function lockData(file: string): DataLock | null {
  const connection = new SQLite(file, { timeout: 0 });
  try {
    connection.pragma('journal_mode = DELETE');
    connection.exec('begin exclusive');
  } catch (error) {
    connection.close();
    if (error instanceof SQLite.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
  return { release: () => connection.close() };
}
