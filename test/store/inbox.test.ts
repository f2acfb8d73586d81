import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type Db } from '../../src/store/database.ts';
import { createInbox } from '../../src/store/inbox.ts';

interface Said {
  update_id: number;
  text: string;
}

const HOUR = 3_600_000;
const said = (...ids: number[]): Said[] => ids.map((update_id) => ({ update_id, text: `tin ${update_id}` }));
const idsOf = (updates: Said[]): number[] => updates.map(({ update_id }) => update_id);

let dir: string;
let file: string;
let db: Db;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'inbox-'));
  file = join(dir, 'diemtin.db');
  db = await openDatabase(file);
});

afterEach(async () => {
  await db.destroy();
  rmSync(dir, { recursive: true, force: true });
});

/** A new run of the program on the same data. */
async function restart(): Promise<void> {
  await db.destroy();
  db = await openDatabase(file);
}

describe('the inbox', () => {
  it('takes each update once, whatever Telegram repeats', async () => {
    const inbox = createInbox<Said>(db);
    expect(await inbox.take(said(1, 2), 0)).toEqual(said(1, 2));
    expect(await inbox.take(said(2, 3, 3), 0)).toEqual(said(3));
    expect(await inbox.take(said(1, 2, 3), 0)).toEqual([]);
    expect(await inbox.take([], 0)).toEqual([]);
  });

  it('remembers an update that was handled', async () => {
    const inbox = createInbox<Said>(db);
    await inbox.take(said(1), 0);
    await inbox.finish(1);
    expect(await inbox.take(said(1), 0)).toEqual([]);
    expect(await inbox.unfinished()).toEqual([]);
  });

  it('keeps what was not finished over a restart, whole and in order', async () => {
    const inbox = createInbox<Said>(db);
    await inbox.take(said(3, 1, 2), 0);
    await inbox.finish(2);
    await restart();
    expect(await createInbox<Said>(db).unfinished()).toEqual(said(1, 3));
  });

  it('takes a batch whole or not at all', async () => {
    const inbox = createInbox<Said>(db);
    const broken = {
      update_id: 2,
      text: 'x',
      toJSON: () => {
        throw new Error('no JSON');
      },
    };
    await expect(inbox.take([...said(1), broken], 0)).rejects.toThrow('no JSON');
    expect(await inbox.take(said(1), 0)).toEqual(said(1));
  });

  it('gives up an update that three restarts did not get through', async () => {
    await createInbox<Said>(db).take(said(1), 0);
    for (const attempt of [1, 2, 3]) {
      await restart();
      expect(idsOf(await createInbox<Said>(db).unfinished()), `restart ${attempt}`).toEqual([1]);
    }
    await restart();
    expect(await createInbox<Said>(db).unfinished()).toEqual([]);
    expect(await createInbox<Said>(db).take(said(1), 0)).toEqual([]);
  });

  it('counts no attempt for what came later', async () => {
    await createInbox<Said>(db).take(said(1), 0);
    for (let n = 0; n < 3; n++) await createInbox<Said>(db).unfinished();
    await createInbox<Said>(db).take(said(2), 0);
    expect(idsOf(await createInbox<Said>(db).unfinished())).toEqual([2]);
  });

  it('keeps no more of what was handled than its id', async () => {
    const inbox = createInbox<Said>(db);
    await sql`pragma synchronous = off`.execute(db);
    const size = async (): Promise<number> => {
      await sql`pragma wal_checkpoint(truncate)`.execute(db);
      return statSync(file).size;
    };
    const before = await size();
    for (let first = 1; first <= 2_000; first += 100) {
      const batch = said(...Array.from({ length: 100 }, (_, index) => first + index));
      const long = batch.map((update) => ({ ...update, text: 'chuyện trong nhóm '.repeat(100) }));
      await inbox.take(long, 0);
      for (const { update_id } of batch) await inbox.finish(update_id);
    }
    expect((await size()) - before).toBeLessThan(2_000 * 50 + 100 * 4_096);
    expect(await db.selectFrom('inbox').selectAll().execute()).toEqual([]);
  });

  it('forgets handled updates after two days, when Telegram has long forgotten them', async () => {
    const inbox = createInbox<Said>(db);
    await inbox.take(said(1, 2), 0);
    await inbox.finish(1);
    await inbox.take(said(3), 48 * HOUR);
    expect(await inbox.take(said(1), 48 * HOUR)).toEqual([]);
    await inbox.take(said(4), 48 * HOUR + 1);
    const rows = await db.selectFrom('updates').select('update_id').execute();
    // The second was never finished: it is not forgotten.
    expect(rows.map((row) => row.update_id)).toEqual([2, 3, 4]);
  });
});
