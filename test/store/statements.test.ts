import SQLite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepStatements } from '../../src/store/statements.ts';

let connection: SQLite.Database;

beforeEach(() => {
  connection = new SQLite(':memory:');
  connection.exec('create table t (a); insert into t values (1), (2)');
});
afterEach(() => connection.close());

describe('kept statements', () => {
  it('are compiled once, and answer each time for what is asked and there', () => {
    const compile = vi.spyOn(connection, 'prepare');
    const kept = keepStatements(connection);
    const count = (least: number) => kept.prepare('select count(*) as n from t where a >= ?').all([least]);
    expect(count(1)).toEqual([{ n: 2 }]);
    kept.prepare('insert into t values (?)').run([3]);
    kept.prepare('insert into t values (?)').run([4]);
    expect(count(2)).toEqual([{ n: 3 }]);
    expect(compile).toHaveBeenCalledTimes(2);
  });

  it('follow a table that gets another shape', () => {
    const kept = keepStatements(connection);
    const all = () => kept.prepare('select * from t order by a').all([]);
    expect(all()).toEqual([{ a: 1 }, { a: 2 }]);
    connection.exec('alter table t add column b default 7');
    expect(all()).toEqual([
      { a: 1, b: 7 },
      { a: 2, b: 7 },
    ]);
  });

  it('are so many at most; the one that was not wanted for longest is compiled anew', () => {
    const compile = vi.spyOn(connection, 'prepare');
    const kept = keepStatements(connection, 2);
    for (const sql of ['select 1', 'select 2', 'select 1', 'select 3', 'select 1', 'select 2'])
      kept.prepare(sql);
    expect(compile.mock.calls.map(([sql]) => sql)).toEqual(['select 1', 'select 2', 'select 3', 'select 2']);
  });
});
