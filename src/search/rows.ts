/**
 * Asks the full-text tables for article numbers, newest first, with or without conditions on source, author, language
 * and day. Order by relevance is not asked of SQLite: its bm25 drifts when rows are deleted from contentless tables.
 */
import type SQLite from 'better-sqlite3';
import { all, phrase } from './match.ts';
import type { DayBound, Filter } from './plan.ts';

/** `titles` covers titles and summaries, `all` the bodies too; `accents` knows the codes of accented words, and no order. */
export type Table = 'titles' | 'all' | 'accents';

/** The lowest and the highest number of the articles of some days: mostly they came one after the other. */
export interface Span {
  first: number;
  last: number;
}

export interface Rows {
  /** Numbers of matching articles, the newest first; `span` has all that can meet the filter. */
  find(table: Table, match: string, limit: number, filter?: Filter | null, span?: Span | null): number[];
  /** Whether an article matches, wherever. */
  has(table: Table, seq: number, match: string): boolean;
  /** Where the articles of the filter's days are; null when they are more than 5,000, or any day will do. */
  spanOf(filter: Filter): Span | null;
  /** How many match, counted up to `limit`. */
  count(table: Table, match: string, limit: number): number;
  /** Articles that meet the conditions, by date, the newest first; none that match `without`. */
  newest(without: string | null, filter: Filter | null, limit: number): number[];
  /** The dates by which these are listed. */
  listed(seqs: readonly number[]): Map<number, string>;
  /** The articles with the highest numbers below `below`, descending. */
  latest(below: number, limit: number): number[];
  maxSeq(): number;
}

/** To look for more of them takes longer than it saves. */
const MAX_OF_DAYS = 5_000;
/** Sorts after every date. */
const LAST_DATE = '~';

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
    find(table, match, limit, filter = null, span = null) {
      if (match === '') return [];
      const name = NAMES[table];
      if (filter === null)
        return numbers(`select rowid from ${name} where ${name} match ? order by rowid desc limit ?`, [
          match,
          limit,
        ]);
      const { sql, args } = conditions(filter);
      // As integers, since better-sqlite3 binds reals, and FTS5 then reads the whole list.
      const within =
        span === null ? 'true' : `${name}.rowid between cast(? as integer) and cast(? as integer)`;
      return numbers(
        `select ${name}.rowid from ${name} cross join d on d.seq = ${name}.rowid
         where ${name} match ? and ${within} and ${sql} order by ${name}.rowid desc limit ?`,
        [match, ...(span === null ? [] : [span.first, span.last]), ...args, limit],
      );
    },
    has(table, seq, match) {
      const name = NAMES[table];
      // As an integer, since better-sqlite3 binds reals, and FTS5 then reads the whole list.
      const sql = `select rowid from ${name} where ${name} match ? and rowid = cast(? as integer)`;
      return match !== '' && numbers(sql, [match, seq]).length > 0;
    },
    spanOf({ from, until }) {
      if (from === null && until === null) return null;
      const [low, high] = extremes(from, until);
      const seqs = numbers('select seq from d where listed >= ? and listed < ? limit ?', [
        ...[low, high, MAX_OF_DAYS + 1],
      ]);
      if (seqs.length > MAX_OF_DAYS) return null;
      seqs.sort((a, b) => a - b);
      return { first: seqs[0] ?? 0, last: seqs.at(-1) ?? 0 };
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
    newest(without, filter, limit) {
      const { sql, args } = filter === null ? { sql: 'true', args: [] } : conditions(filter);
      const lacking = without === null ? 'true' : 'seq not in (select rowid from fb where fb match ?)';
      return numbers(`select seq from d where ${sql} and ${lacking} order by listed desc, seq desc limit ?`, [
        ...args,
        ...(without === null ? [] : [without]),
        limit,
      ]);
    },
    listed: (seqs) => new Map(listed.all(JSON.stringify(seqs)).map((row) => [row.seq, row.listed])),
    latest: (below, limit) =>
      numbers('select seq from d where seq < ? order by seq desc limit ?', [below, limit]),
    maxSeq: () => numbers('select coalesce(max(seq), 0) from d', [])[0] ?? 0,
  };
}

/** No date between the bounds is beyond these; the index of dates knows neither days from instants nor zones. */
function extremes(from: DayBound | null, until: DayBound | null): [string, string] {
  return [
    from === null ? '' : from.day < from.instant ? from.day : from.instant,
    until === null ? LAST_DATE : until.day > until.instant ? until.day : until.instant,
  ];
}

function conditions(filter: Filter): { sql: string; args: unknown[] } {
  const parts: string[] = [];
  const args: unknown[] = [];
  if (filter.from !== null || filter.until !== null) {
    parts.push('d.listed >= ? and d.listed < ?');
    args.push(...extremes(filter.from, filter.until));
  }
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
