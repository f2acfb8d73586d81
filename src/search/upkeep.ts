/**
 * Housekeeping of the index file for moments of leisure, in pieces so small that no question waits long: segments of the
 * full-text tables are joined, free pages are given back to the file system, the log is emptied.
 *
 * FTS5 keeps what was written at different times in segments of their own and looks every word up in each of them. Any two of
 * about one size are joined, so a handful is left; of an archive that came at once, one or two.
 */
import SQLite from 'better-sqlite3';
import { isDamage } from './indexFile.ts';

export interface Upkeep {
  /** Does one piece of what is left to do. False when nothing is left, or none of it can be done for now. */
  next(): boolean;
}

/** FTS5 writes about so many pages of a joined segment at a time; the list of a frequent word in one piece, however long. */
const JOINED_PAGES = 32;

/** 2 MB at a time. */
const FREED_PAGES = 500;

export function createUpkeep(db: SQLite.Database): Upkeep {
  const changes = db.prepare<[], number>('select total_changes()').pluck();
  const joins = ['ft', 'fb', 'fx'].map((table) =>
    db.prepare(`insert into ${table} (${table}, rank) values ('merge', ${JOINED_PAGES})`),
  );
  /** Changes of the file after which nothing was left to do. */
  let tidyAt: number | undefined;

  /** One change is the command itself (sqlite.org/fts5.html#the_merge_command). @returns whether something was joined */
  const joined = (): boolean =>
    joins.some((join) => {
      const before = changes.get() ?? 0;
      join.run();
      return (changes.get() ?? 0) > before + 1;
    });

  return {
    next() {
      try {
        if (db.inTransaction || changes.get() === tidyAt) return false;
        return withoutWaiting(db, () => {
          if (joined() || gaveBack(db)) return true;
          if (emptiedLog(db)) tidyAt = changes.get();
          return false;
        });
      } catch (error) {
        if (!(error instanceof SQLite.SqliteError) || isDamage(error)) throw error;
        // A full disk, or somebody else who writes: what was to be found is found all the same.
        return false;
      }
    },
  };
}

function gaveBack(db: SQLite.Database): boolean {
  if (Number(db.pragma('freelist_count', { simple: true })) === 0) return false;
  db.pragma(`incremental_vacuum(${FREED_PAGES})`);
  return true;
}

/** Not while another process reads the file. */
function emptiedLog(db: SQLite.Database): boolean {
  return db.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0;
}

function withoutWaiting<T>(db: SQLite.Database, work: () => T): T {
  const patience = Number(db.pragma('busy_timeout', { simple: true }));
  db.pragma('busy_timeout = 0');
  try {
    return work();
  } finally {
    db.pragma(`busy_timeout = ${patience}`);
  }
}
