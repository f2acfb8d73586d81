import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type Db } from '../../src/store/database.ts';
import { createQueryStore } from '../../src/store/queries.ts';

const DAY = 86_400_000;

let db: Db;

beforeEach(async () => {
  db = await openDatabase(':memory:');
});

afterEach(() => db.destroy());

describe('the texts behind search buttons', () => {
  it('are known by a short token, the same for the same text', async () => {
    const queries = createQueryStore(db);
    const token = await queries.remember('hội nghị "G20"', 0);
    expect(token).toMatch(/^[A-Za-z0-9_-]{10}$/u);
    expect(await queries.remember('hội nghị "G20"', 5)).toBe(token);
    expect(await queries.remember('hoi nghi', 0)).not.toBe(token);
    expect(await queries.recall(token)).toBe('hội nghị "G20"');
  });

  it('have the same token in another run and another database, so that buttons outlive both', async () => {
    expect(await createQueryStore(db).remember('lũ', 0)).toBe('Wk_0DQRgjD');
  });

  it('are unknown when nobody asked for them', async () => {
    expect(await createQueryStore(db).recall('0123456789')).toBeNull();
  });

  it('may be anything', async () => {
    const queries = createQueryStore(db);
    for (const text of ['', "'; drop table queries; --", '🗞\n\u0000', 'x'.repeat(10_000)]) {
      expect(await queries.recall(await queries.remember(text, 0))).toBe(text);
    }
  });

  /** What happens every few hundred searches. */
  async function searchOften(now: number): Promise<void> {
    const queries = createQueryStore(db);
    for (let n = 0; n < 500; n++) await queries.remember(`tin ${n}`, now);
  }

  it('are forgotten when nobody has used them for ninety days', async () => {
    const queries = createQueryStore(db);
    const old = await queries.remember('cũ', 0);
    const used = await queries.remember('dùng lại', 0);
    await queries.remember('dùng lại', 2 * DAY);
    await searchOften(91 * DAY);
    expect(await queries.recall(old)).toBeNull();
    expect(await queries.recall(used)).toBe('dùng lại');
  });

  it('are at most a hundred thousand: those that were not used for longest go first', async () => {
    await sql`
      with recursive n (i) as (select 1 union all select i + 1 from n where i < 100100)
      insert into queries (token, text, used_at) select 'token' || i, 'text', i from n`.execute(db);
    await searchOften(200_000);
    const { count } = await db
      .selectFrom('queries')
      .select((e) => e.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    expect(count).toBe(100_000);
    const queries = createQueryStore(db);
    expect(await queries.recall('token600')).toBeNull();
    expect(await queries.recall('token601')).toBe('text');
  });
});
