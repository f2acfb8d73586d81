import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextSlot } from '../../src/digest/schedule.ts';
import { SqlArticles } from '../../src/store/articles.ts';
import { createChatStore } from '../../src/store/chats.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createInbox } from '../../src/store/inbox.ts';
import { readMeta, writeMeta } from '../../src/store/meta.ts';
import { SqlOutbox } from '../../src/store/outbox.ts';
import { createQueryStore } from '../../src/store/queries.ts';
import { createSubscriptionStore } from '../../src/store/subscriptions.ts';

let dir: string;
let file: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'database-'));
  file = join(dir, 'diemtin.db');
});

afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** What the schema consists of, tables and indexes alike. */
function schemaOf(path: string): string[] {
  const connection = new SQLite(path, { readonly: true });
  const names = connection.prepare("select name from sqlite_master where name not like 'sqlite_%'").pluck();
  const columns = connection
    .prepare(
      `select m.name || '.' || c.name from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table'`,
    )
    .pluck();
  const all = [...names.all(), ...columns.all()].map(String).sort();
  connection.close();
  return all;
}

function makeOld(): void {
  const connection = new SQLite(file);
  connection.exec(readFileSync('test/store/fixtures/schema-001.sql', 'utf8'));
  connection.close();
}

describe('a database', () => {
  it('is made where there is none, and is the same when it is opened again', async () => {
    const first = await openDatabase(file);
    const corpus = await readMeta(first, 'corpus');
    await writeMeta(first, 'bot', '{"id":1}');
    await first.destroy();
    const second = await openDatabase(file);
    expect(corpus).toMatch(/^[\da-f-]{36}$/u);
    expect(await readMeta(second, 'corpus')).toBe(corpus);
    expect(await readMeta(second, 'bot')).toBe('{"id":1}');
    expect(await readMeta(second, 'commands')).toBeNull();
    await second.destroy();
  });

  it('has SQLite compile a query once', async () => {
    const db = await openDatabase(file);
    const compile = vi.spyOn(SQLite.prototype, 'prepare');
    for (const key of ['bot', 'commands', 'corpus'] as const) await readMeta(db, key);
    expect(compile.mock.calls.length).toBeLessThanOrEqual(1);
    compile.mockRestore();
    await db.destroy();
  });

  it('keeps single values, the last one written', async () => {
    const db = await openDatabase(':memory:');
    await writeMeta(db, 'commands', 'one');
    await writeMeta(db, 'commands', 'two');
    expect(await readMeta(db, 'commands')).toBe('two');
    await db.destroy();
  });
});

describe('a database of the first release', () => {
  it('is brought to the schema of a new one', async () => {
    makeOld();
    await (await openDatabase(file)).destroy();
    await (await openDatabase(join(dir, 'new.db'))).destroy();
    expect(schemaOf(file)).toEqual(schemaOf(join(dir, 'new.db')));
  });

  it('keeps everything it had, and goes on where it was', async () => {
    makeOld();
    const db = await openDatabase(file);
    expect(await readMeta(db, 'corpus')).toBe('6f1c7a52-1d5e-4c0e-9a55-0d8f0c6f7a01');
    const articles = new SqlArticles(db);
    expect(await articles.lastSeq()).toBe(2);
    expect(await articles.byId('article00001')).toMatchObject({
      title: 'Lũ trên sông La Hà',
      author: 'Bích Hồng',
    });
    expect(await articles.refusalCount()).toBe(1);
    expect(await createChatStore(db).language(7)).toBe('en');
    expect(await createChatStore(db).counts()).toEqual({ active: 1, gone: 1, subscriptions: 1 });
    expect(await createSubscriptionStore(db).find(7, 0)).toMatchObject({
      cursor: 2,
      nextAt: 1_762_041_600_000,
    });
    expect(await createInbox(db).unfinished()).toEqual([{ update_id: 901 }]);
    expect(await createQueryStore(db).recall('Wk_0DQRgjD')).toBe('lũ');

    const outbox = new SqlOutbox(db, nextSlot);
    expect(await outbox.recover('boot2', 'ask', 1_762_000_000_000)).toBe(1);
    expect(await outbox.unknown(7, 10)).toMatchObject([{ id: 2, slot: 1_761_955_200_000, reason: 'crash' }]);
    expect(await outbox.chatBack(-1_001_234_567_890, 1_762_000_000_000)).toBe(1);
    await db.destroy();
  });

  it('can be opened by the same program again', async () => {
    makeOld();
    for (let n = 0; n < 2; n++) await (await openDatabase(file)).destroy();
  });
});

describe('a database that this program cannot use', () => {
  it('of a newer version is refused and left alone', async () => {
    await (await openDatabase(file)).destroy();
    const connection = new SQLite(file);
    connection.exec("insert into kysely_migration values ('999_future', '2030-01-01T00:00:00.000Z')");
    connection.exec('create table future (id integer)');
    connection.close();
    const before = readFileSync(file);
    await expect(openDatabase(file)).rejects.toThrow('999_future');
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it.each([
    ['no database at all', Buffer.from('date 2025-12-24 Đây là một bài báo\n'.repeat(100))],
    ['a page of zeros', Buffer.alloc(4_096)],
  ])('%s is refused and left alone', async (_, content) => {
    writeFileSync(file, content);
    await expect(openDatabase(file)).rejects.toThrow();
    expect(readFileSync(file).equals(content)).toBe(true);
    expect(readdirSync(dir)).toEqual(['diemtin.db']);
  });

  it('cut off in the middle is refused', async () => {
    await (await openDatabase(file)).destroy();
    const whole = readFileSync(file);
    writeFileSync(file, whole.subarray(0, 4_096));
    await expect(openDatabase(file)).rejects.toThrow();
  });

  it('where there is no folder is refused', async () => {
    await expect(openDatabase(join(dir, 'none', 'diemtin.db'))).rejects.toThrow();
  });
});
