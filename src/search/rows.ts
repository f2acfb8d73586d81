/**
 * Asks the full-text tables for article numbers, newest first, with or without conditions on source, author, language
 * and day. Order by relevance is not asked of SQLite: its bm25 drifts when rows are deleted from contentless tables.
 */
import type SQLite from 'better-sqlite3';
import { all, phrase } from './match.ts';
import type { Filter } from './plan.ts';

/** `titles` covers titles and summaries, `all` the bodies too; `accents` knows the codes of accented words, and no order. */
export type Table = 'titles' | 'all' | 'accents';

export interface Rows {
  /** Numbers of matching articles, the newest first. */
  find(table: Table, match: string, limit: number, filter?: Filter | null): number[];
  /** How many match, counted up to `limit`. */
  count(table: Table, match: string, limit: number): number;
  /** Articles that meet the conditions, by date, the newest first; `match` null for all of them. */
  newest(match: string | null, without: string | null, filter: Filter | null, limit: number): number[];
  /** The dates by which these are listed. */
  listed(seqs: readonly number[]): Map<number, string>;
  /** The articles with the highest numbers below `below`, descending. */
  latest(below: number, limit: number): number[];
  maxSeq(): number;
}

const NAMES: Record<Table, string> = { titles: 'ft', all: 'fb', accents: 'fx' };

export function createRows(db: SQLite.Database): Rows {
  const prepared = new Map<string, SQLite.Statement<unknown[], number>>();
  const numbers = (sql: string, args: unknown[]): number[] => {
    let statement = prepared.get(sql);
    if (statement === undefined) {
      statement = db.prepare<unknown[], number>(sql).pluck();
      prepared.set(sql, statement);
    }
    return statement.all(...args);
  };
  const listed = db.prepare<[string], { seq: number; listed: string }>(
    'select seq, listed from d where seq in (select value from json_each(?))',
  );

  return {
    find(table, match, limit, filter = null) {
      if (match === '') return [];
      const name = NAMES[table];
      if (filter === null)
        return numbers(`select rowid from ${name} where ${name} match ? order by rowid desc limit ?`, [
          match,
          limit,
        ]);
      const { sql, args } = conditions(filter);
      return numbers(
        `select ${name}.rowid from ${name} cross join d on d.seq = ${name}.rowid
         where ${name} match ? and ${sql} order by ${name}.rowid desc limit ?`,
        [match, ...args, limit],
      );
    },
    count(table, match, limit) {
      const name = NAMES[table];
      return (
        numbers(`select count(*) from (select 1 from ${name} where ${name} match ? limit ?)`, [
          match,
          limit,
        ])[0] ?? 0
      );
    },
    newest(match, without, filter, limit) {
      const { sql, args } = filter === null ? { sql: 'true', args: [] } : conditions(filter);
      const having = match === null ? 'true' : 'seq in (select rowid from fb where fb match ?)';
      const lacking = without === null ? 'true' : 'seq not in (select rowid from fb where fb match ?)';
      return numbers(
        `select seq from d where ${sql} and ${having} and ${lacking} order by listed desc, seq desc limit ?`,
        [...args, ...(match === null ? [] : [match]), ...(without === null ? [] : [without]), limit],
      );
    },
    listed: (seqs) => new Map(listed.all(JSON.stringify(seqs)).map((row) => [row.seq, row.listed])),
    latest: (below, limit) =>
      numbers('select seq from d where seq < ? order by seq desc limit ?', [below, limit]),
    maxSeq: () => numbers('select coalesce(max(seq), 0) from d', [])[0] ?? 0,
  };
}

function conditions(filter: Filter): { sql: string; args: unknown[] } {
  const parts: string[] = [];
  const args: unknown[] = [];
  // A day has ten letters, an instant more.
  const bound = `(case when length(d.listed) = 10 then ? else ? end)`;
  if (filter.from !== null) {
    parts.push(`d.listed >= ${bound}`);
    args.push(filter.from.day, filter.from.instant);
  }
  if (filter.until !== null) {
    parts.push(`d.listed < ${bound}`);
    args.push(filter.until.day, filter.until.instant);
  }
  for (const source of filter.sources) {
    parts.push('instr(d.source, ?) > 0');
    args.push(source);
  }
  for (const author of filter.authors) {
    parts.push('instr(d.author, ?) > 0');
    args.push(author);
  }
  if (filter.codes.length > 0) {
    parts.push('d.seq in (select rowid from fx where fx match ?)');
    args.push(all(filter.codes.map((code) => phrase([code]))));
  }
  for (const { match, codes } of filter.lacking) {
    parts.push(`d.seq not in (select rowid from fb where fb match ?
      intersect select rowid from fx where fx match ?)`);
    args.push(match, all(codes.map((code) => phrase([code]))));
  }
  if (filter.languages.length > 0) {
    parts.push(`d.lang in (${filter.languages.map(() => '?').join(', ')})`);
    args.push(...filter.languages);
  }
  return { sql: parts.join(' and '), args };
}
