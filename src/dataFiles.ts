/**
 * What stands in DATA_DIR, and how an operator is told that the part of it that cannot be made anew is damaged.
 */
import { join } from 'node:path';
import { EXIT, FatalError } from './exit.ts';

export interface DataFiles {
  lock: string;
  /** The truth. */
  database: string;
  /** Derived; made anew when it is not there. */
  searchIndex: string;
}

export function dataFiles(dir: string): DataFiles {
  return {
    lock: join(dir, 'diemtin.lock'),
    database: join(dir, 'diemtin.db'),
    searchIndex: join(dir, 'search.db'),
  };
}

/** Damage may lie in a page that is first read long after the file was opened. Null when the error is another one. */
export function explainDamage(error: unknown, dir: string): FatalError | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!/^SQLITE_(?:CORRUPT|NOTADB)/u.test(code)) return null;
  const { database } = dataFiles(dir);
  return new FatalError(
    EXIT.data,
    `the database ${database} is damaged (${String(error)}); it was left as it is: bring it back from a backup`,
  );
}
