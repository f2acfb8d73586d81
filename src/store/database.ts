/**
 * Opens the one database: SQLite in WAL mode under Kysely, migrated to the newest schema.
 *
 * `synchronous=FULL`, because an intent that a power cut takes back would let a message be sent twice; writers commit
 * in groups, so it costs one fsync a group.
 */
import { randomUUID } from 'node:crypto';
import SQLite from 'better-sqlite3';
import { Kysely, Migrator, SqliteDialect } from 'kysely';
import { migrations } from './migrations.ts';
import type { Database } from './schema.ts';
import { keepStatements } from './statements.ts';

export type Db = Kysely<Database>;

/** How long a statement waits for another process (a backup, the command line) that holds the lock. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * @param file a path, or `:memory:`
 * @throws when the file is no database, is newer than this program, or cannot be written
 */
export async function openDatabase(file: string): Promise<Db> {
  const connection = new SQLite(file);
  try {
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma('foreign_keys = ON');
    connection.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  } catch (error) {
    connection.close();
    throw error;
  }
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: keepStatements(connection) }) });
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) {
    await db.destroy();
    throw error instanceof Error ? error : new Error('the database could not be migrated', { cause: error });
  }
  await db
    .insertInto('meta')
    .values({ key: 'corpus', value: randomUUID() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return db;
}
