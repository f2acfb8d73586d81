/**
 * The derived file `search.db`: full-text tables over folded text (`ft` titles and summaries, `fb` everything), the
 * accented words of each article (`fx`), the vocabulary (`v`), and one row an article (`d`) with what filters ask about
 * and what is needed to take the article out again.
 *
 * Made from one corpus by one version of this code; anything else, and anything damaged, is thrown away and made anew.
 */
import { rmSync } from 'node:fs';
import SQLite from 'better-sqlite3';

/** Raise it with every change of folding, tokens or tables: the file is then rebuilt. */
const FORMAT = 4;

const PAGE_CACHE_KIB = 8_192;
const BUSY_TIMEOUT_MS = 2_000;

/** The log is emptied in moments of leisure; without any, at so many pages (8 MB), and somebody's question waits for it. */
const LOG_PAGES = 2_000;

const SCHEMA = `
create table meta (key text primary key not null, value text not null) without rowid;
create virtual table ft using fts5 (title, summary, content = '', contentless_delete = 1, tokenize = 'ascii');
create virtual table fb using fts5 (title, summary, body, content = '', contentless_delete = 1, tokenize = 'ascii');
create virtual table fx using fts5 (codes, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii');
create table v (id integer primary key, term text not null unique, df integer not null);
create table d (
  seq integer primary key not null,
  listed text not null,
  source text,
  author text,
  lang text,
  lengths blob not null,
  terms blob not null
);
create index d_by_listing on d (listed, seq);
-- Any two segments of about one size are joined when there is leisure; while many articles come in, FTS5 joins every four.
insert into ft (ft, rank) values ('usermerge', 2);
insert into fb (fb, rank) values ('usermerge', 2);
insert into fx (fx, rank) values ('usermerge', 2);
-- Those of articles that come one by one are joined in the middle of the twenty-fourth, not of every sixteenth.
insert into ft (ft, rank) values ('crisismerge', 24);
insert into fb (fb, rank) values ('crisismerge', 24);
insert into fx (fx, rank) values ('crisismerge', 24);
`;

export interface OpenIndex {
  db: SQLite.Database;
  /** Why the file was made anew; null when it was taken as it stood. */
  rebuilt: 'missing' | 'damaged' | 'other-format' | 'other-corpus' | null;
}

/**
 * @param file a path, or `:memory:`
 * @param corpus the identity of the corpus that the index must have been made from, and its last change
 * @throws when the file can be neither used nor replaced (no permission, no space)
 */
export function openIndexFile(file: string, corpus: { identity: string; lastRev: number }): OpenIndex {
  let reason: OpenIndex['rebuilt'];
  let db: SQLite.Database | null = null;
  try {
    db = connect(file);
    reason = whyUnusable(db, corpus);
    if (reason === null) return { db, rebuilt: null };
  } catch (error) {
    if (!isDamage(error)) {
      db?.close();
      throw error;
    }
    reason = 'damaged';
  }
  db?.close();
  removeIndexFile(file);
  return { db: create(file, corpus.identity), rebuilt: reason };
}

/** Opens a usable index for reading only; null when there is none or it is not this corpus's. */
export function openIndexForReading(
  file: string,
  corpus: { identity: string; lastRev: number },
): SQLite.Database | null {
  try {
    const db = new SQLite(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
    if (whyUnusable(db, corpus) === null) return db;
    db.close();
  } catch {
    // Whatever stands in the way, the caller builds an index of its own in memory.
  }
  return null;
}

/** Deletes the file and what SQLite keeps beside it. */
export function removeIndexFile(file: string): void {
  if (file === ':memory:') return;
  for (const path of [file, `${file}-wal`, `${file}-shm`, `${file}-journal`]) rmSync(path, { force: true });
}

/** Whether an error means that the file's content is broken, so that a new one helps. */
export function isDamage(error: unknown): boolean {
  if (!(error instanceof SQLite.SqliteError)) return false;
  if (/^SQLITE_(?:CORRUPT|NOTADB|FORMAT)/u.test(error.code)) return true;
  return (
    error.code === 'SQLITE_ERROR' &&
    /no such (?:table|column)|vtable constructor failed|malformed/u.test(error.message)
  );
}

/** Whether somebody else has the file at this moment, so that trying again helps. */
export function isBusy(error: unknown): boolean {
  return error instanceof SQLite.SqliteError && /^SQLITE_(?:BUSY|LOCKED)/u.test(error.code);
}

function connect(file: string): SQLite.Database {
  const db = new SQLite(file, { timeout: BUSY_TIMEOUT_MS });
  // Merging leaves free pages behind; they are given back in small portions. Has no effect on an existing file.
  db.pragma('auto_vacuum = INCREMENTAL');
  db.pragma('journal_mode = WAL');
  db.pragma('journal_size_limit = 1000000');
  db.pragma(`wal_autocheckpoint = ${LOG_PAGES}`);
  db.pragma('synchronous = NORMAL');
  db.pragma(`cache_size = -${PAGE_CACHE_KIB}`);
  db.pragma('temp_store = MEMORY');
  return db;
}

function create(file: string, identity: string): SQLite.Database {
  const db = connect(file);
  db.transaction(() => {
    db.exec(SCHEMA);
    const put = db.prepare('insert into meta (key, value) values (?, ?)');
    put.run('format', String(FORMAT));
    put.run('corpus', identity);
    put.run('rev', '0');
  })();
  return db;
}

function whyUnusable(
  db: SQLite.Database,
  corpus: { identity: string; lastRev: number },
): OpenIndex['rebuilt'] {
  const tables = db.prepare<[], { n: number }>(`select count(*) as n from sqlite_master`).get()?.n ?? 0;
  if (tables === 0) return 'missing';
  const meta = new Map(
    db
      .prepare<[], { key: string; value: string }>('select key, value from meta')
      .all()
      .map((row) => [row.key, row.value]),
  );
  if (meta.get('format') !== String(FORMAT)) return 'other-format';
  if (meta.get('corpus') !== corpus.identity) return 'other-corpus';
  // The store was put back to an older state: what the index saw never happened.
  if (Number(meta.get('rev')) > corpus.lastRev) return 'other-corpus';
  db.prepare(`select rowid from ft where ft match 'a' limit 1`).get();
  db.prepare(`select rowid from fb where fb match 'a' limit 1`).get();
  db.prepare('select max(seq) from d').get();
  return null;
}
