/**
 * Rounds as a test writes them: files with articles, taken into an in-memory store.
 */
import { createIngest, type Outcome } from '../../src/articles/ingest.ts';
import type { Found, Reading } from '../../src/articles/source.ts';
import { createLog } from '../../src/log.ts';
import { readingOf } from '../../src/sources/reading.ts';
import { openDatabase, type Db } from '../../src/store/database.ts';
import { SqlShelf } from '../../src/store/shelf.ts';

export const NOW = Date.parse('2026-01-10T12:00:00Z');

const REST =
  'Washington muốn mở rộng hợp tác về năng lượng, khoáng sản và vận tải trong khu vực này, theo một thông cáo.';

/** The text of an article: its title, and paragraphs long enough to be told apart by. */
export function text(title: string, paragraphs: readonly string[] = [], date = '2025-12-24'): string {
  return [
    `date ${date} ${title}`,
    ...paragraphs.map((name) => `Đoạn ${name}. ${REST} Hết đoạn ${name}.`),
  ].join('\n\n');
}

export function found(path: string, content: string): Found {
  const bytes = Buffer.from(content);
  return { path, size: bytes.length, mtimeMs: 1, reading: readingOf(path, bytes, NOW) };
}

export interface Row {
  id: string;
  seq: number;
  rev: number;
  title: string;
  /** Of the content. */
  hash: string;
  removed: boolean;
  listed: string;
  paths: string[];
}

export interface Newsroom {
  db: Db;
  shelf: SqlShelf;
  /** Lines that were logged at `warn` and above. */
  warnings: Record<string, unknown>[];
  /** Takes in files by path; null is a file that vanished, a refusal one that turned bad. Those `missing` look gone. */
  round(files: Record<string, string | null | Reading>, now?: number, missing?: string[]): Promise<Outcome>;
  /** Forgets everything but which numbers were given. */
  clear(): Promise<void>;
  /** All articles by `seq`. */
  rows(): Promise<Row[]>;
  /** The article at a path. */
  at(path: string): Promise<Row>;
}

export async function openNewsroom(): Promise<Newsroom> {
  const db = await openDatabase(':memory:');
  const shelf = new SqlShelf(db);
  const warnings: Record<string, unknown>[] = [];
  const log = createLog('warn', [], (line) => warnings.push(JSON.parse(line) as Record<string, unknown>));
  const ingest = createIngest({ shelf, log, zone: 'Asia/Ho_Chi_Minh' });
  const rows = async (): Promise<Row[]> => {
    const files = await db.selectFrom('files').select(['path', 'article_seq']).orderBy('path').execute();
    const articles = await db.selectFrom('articles').selectAll().orderBy('seq').execute();
    return articles.map(
      ({ id, seq, rev, title, content_hash: hash, removed_at: removedAt, listed_at: listed }) => {
        const paths = files.filter((file) => file.article_seq === seq).map(({ path }) => path);
        return { id, seq, rev, title, hash, removed: removedAt !== null, listed, paths };
      },
    );
  };
  return {
    db,
    shelf,
    warnings,
    rows,
    async clear() {
      await db.deleteFrom('files').execute();
      await db.deleteFrom('articles').execute();
    },
    async at(path) {
      const row = (await rows()).find(({ paths }) => paths.includes(path));
      if (row === undefined) throw new Error(`no article at ${path}`);
      return row;
    },
    round(files, now = NOW, missing = []) {
      const entries = Object.entries(files);
      const there = entries.flatMap(([path, content]) => {
        if (content === null) return [];
        return [
          typeof content === 'string'
            ? found(path, content)
            : { path, size: 0, mtimeMs: 0, reading: content },
        ];
      });
      const vanished = entries.flatMap(([path, content]) => (content === null ? [path] : []));
      return ingest({ found: there, vanished, missing }, now);
    },
  };
}
