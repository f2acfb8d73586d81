import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Settlement } from '../../src/delivery/outbox.ts';
import { nextSlot } from '../../src/digest/schedule.ts';
import { openDatabase, type Db } from '../../src/store/database.ts';
import { EditionCache } from '../../src/store/editionCache.ts';
import { SqlOutbox } from '../../src/store/outbox.ts';
import { addChat, deliveries, planEdition, SLOT, states } from '../tools/plan.ts';

const NOW = SLOT + 60_000;
const BOOT = 'boot-1';
const DAY = 86_400_000;

let dir: string;
let db: Db;
let outbox: SqlOutbox;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'diemtin-outbox-'));
  db = await openDatabase(join(dir, 'test.db'));
  outbox = new SqlOutbox(db, nextSlot);
});
afterEach(async () => {
  await db.destroy();
  rmSync(dir, { recursive: true, force: true });
});

/** What another process would see: the same file, opened anew. */
async function reopen(): Promise<void> {
  await db.destroy();
  db = await openDatabase(join(dir, 'test.db'));
  outbox = new SqlOutbox(db, nextSlot);
}

async function plan(chats: number, parts = 1): Promise<void> {
  for (let chat = 1; chat <= chats; chat += 1) await addChat(db, chat);
  await planEdition(db, { parts });
}
const ids = (candidates: readonly { id: number }[]): number[] => candidates.map(({ id }) => id);
const sent = (id: number): Settlement => ({ kind: 'sent', id, messageId: id * 10, announced: [] });
const again = (id: number, notBefore: number | null, reason = 'flood'): Settlement => ({
  kind: 'again',
  id,
  notBefore,
  reason,
  plain: false,
  offTopic: false,
  doubt: false,
});

describe('candidates', () => {
  it('are the first open delivery of each subscription, page by page', async () => {
    await plan(5, 2);
    expect(await outbox.planned(0, 3)).toEqual(
      [1, 2, 3].map((id) => ({ id, subscriptionId: id, chatId: id })),
    );
    expect(ids(await outbox.planned(3, 3))).toEqual([4, 5]);
    expect(ids(await outbox.planned(5, 3)), 'second parts wait').toEqual([]);
  });

  it('follow when what was before them is settled, whatever became of it', async () => {
    await plan(3, 2);
    await outbox.take([1, 2, 3], BOOT, NOW);
    const { next } = await outbox.settle(
      [sent(1), { kind: 'unknown', id: 2, reason: 'crash' }, again(3, NOW + 5_000)],
      NOW,
      [],
    );
    expect(next).toEqual([
      { id: 4, subscriptionId: 1, chatId: 1 },
      { id: 5, subscriptionId: 2, chatId: 2 },
    ]);
  });

  it('that are deferred are due at their time, the longest waiting first', async () => {
    await plan(4);
    await outbox.take([1, 2, 3, 4], BOOT, NOW);
    await outbox.settle(
      [again(1, NOW + 30), again(2, NOW + 10), again(3, NOW + 20), again(4, NOW + 20)],
      NOW,
      [],
    );
    expect(await outbox.nextDue(NOW)).toBe(NOW + 10);
    expect(await outbox.due(NOW, null, 10)).toEqual([]);
    const page = await outbox.due(NOW + 25, null, 2);
    expect(ids(page)).toEqual([2, 3]);
    expect(ids(await outbox.due(NOW + 25, page.at(-1) ?? null, 2))).toEqual([4]);
    expect(await outbox.nextDue(NOW + 25)).toBe(NOW + 30);
    expect(await outbox.nextDue(NOW + 30)).toBeNull();
  });

  it('can be put off without having been taken', async () => {
    await plan(2);
    await outbox.postpone([{ id: 1, notBefore: NOW + 99 }], 'chat waits', NOW);
    expect(await states(db)).toEqual(['1:e1p0 deferred (chat waits)', '2:e1p0 planned']);
    expect((await deliveries(db))[0]).toMatchObject({ not_before: NOW + 99, attempt: 0 });
  });
});

describe('taking', () => {
  it('is committed before it returns, with boot and attempt', async () => {
    await plan(3);
    const intents = await outbox.take([3, 1], BOOT, NOW);
    expect(ids(intents), 'in the order in which they were asked for').toEqual([3, 1]);
    expect(intents[0]).toMatchObject({ chatId: 3, attempt: 1, content: { html: 'e1p0' }, partCount: 1 });
    await reopen();
    expect(await deliveries(db)).toMatchObject([
      { id: 1, state: 'inflight', boot_id: BOOT, attempt: 1, updated_at: NOW },
      { id: 2, state: 'planned', boot_id: null, attempt: 0 },
      { id: 3, state: 'inflight' },
    ]);
  });

  it('gives nothing twice', async () => {
    await plan(2);
    await outbox.take([1], BOOT, NOW);
    expect(ids(await outbox.take([1, 2], BOOT, NOW))).toEqual([2]);
    await outbox.settle([sent(1)], NOW, []);
    expect(await outbox.take([1], BOOT, NOW)).toEqual([]);
  });

  it('gives nothing that waits for an earlier one', async () => {
    await plan(1, 2);
    expect(await outbox.take([2], BOOT, NOW)).toEqual([]);
    expect(ids(await outbox.take([1, 2], BOOT, NOW))).toEqual([1]);
  });

  it('closes what nobody wants any more', async () => {
    await plan(2, 2);
    await db.updateTable('subscriptions').set({ state: 'stopped' }).where('id', '=', 1).execute();
    expect(ids(await outbox.take([1, 2], BOOT, NOW))).toEqual([2]);
    expect((await states(db)).filter((state) => state.startsWith('1:'))).toEqual([
      '1:e1p0 dead (stopped)',
      '1:e1p1 dead (stopped)',
    ]);
  });

  it('takes more ids than SQLite takes variables', async () => {
    await plan(2);
    const many = Array.from({ length: 40_000 }, (_, index) => index + 1);
    expect(ids(await outbox.take(many, BOOT, NOW))).toEqual([1, 2]);
    const { next } = await outbox.settle(many.map(sent), NOW, []);
    expect(next).toEqual([]);
    expect(await outbox.counts(0)).toMatchObject({ sent: 2, inflight: 0 });
  });
});

describe('settling', () => {
  it('touches only what is in flight', async () => {
    await plan(3);
    await outbox.take([1, 2], BOOT, NOW);
    await outbox.settle([sent(1), sent(3)], NOW, []);
    expect(await states(db)).toEqual(['1:e1p0 sent', '2:e1p0 inflight', '3:e1p0 planned']);
    await outbox.settle([{ kind: 'dead', id: 1, reason: 'too late' }], NOW, []);
    expect((await states(db))[0]).toBe('1:e1p0 sent');
    expect((await deliveries(db))[0]).toMatchObject({ message_id: 10, reason: null });
  });

  it('keeps what the next attempt has to know', async () => {
    await plan(1);
    await outbox.take([1], BOOT, NOW);
    const plain: Settlement = { ...again(1, null), plain: true, offTopic: true, doubt: true } as Settlement;
    await outbox.settle([plain], NOW, []);
    await reopen();
    expect(await outbox.take([1], BOOT, NOW)).toMatchObject([
      { attempt: 2, doubts: 1, plain: true, offTopic: true },
    ]);
  });

  it('of what was taken and not sent is as if nothing had been', async () => {
    await plan(1);
    await outbox.take([1], BOOT, NOW);
    const { next } = await outbox.settle([{ kind: 'release', id: 1 }], NOW, []);
    expect(ids(next)).toEqual([1]);
    expect((await deliveries(db))[0]).toMatchObject({ state: 'planned', attempt: 0 });
  });

  it('is all or nothing', async () => {
    await plan(2);
    await outbox.take([1, 2], BOOT, NOW);
    await sql`create trigger full before update on subscriptions begin select raise(abort, 'disk full'); end`.execute(
      db,
    );
    await expect(
      outbox.settle([sent(1), { kind: 'gone', id: 2, chatId: 2, reason: 'blocked' }], NOW, []),
    ).rejects.toThrow('disk full');
    await reopen();
    expect(await states(db)).toEqual(['1:e1p0 inflight', '2:e1p0 inflight']);
  });

  it('remembers until when Telegram makes a chat wait, or everybody', async () => {
    await outbox.settle([], NOW, [
      { chatId: null, until: NOW + 9_000 },
      { chatId: 1, until: NOW + 30_000 },
    ]);
    await reopen();
    expect(await outbox.holds(NOW)).toEqual({
      everyoneUntil: NOW + 9_000,
      chats: [{ chatId: 1, until: NOW + 30_000 }],
    });
    expect((await outbox.holds(NOW + 9_000)).everyoneUntil).toBeNull();
    await outbox.settle([], NOW, [{ chatId: 1, until: NOW + 5_000 }]);
    expect((await outbox.holds(NOW)).chats, 'a shorter wait does not end it').toMatchObject([
      { until: NOW + 30_000 },
    ]);
  });

  it('forgets waits that are over', async () => {
    await outbox.settle([], NOW, [{ chatId: 1, until: NOW + 5_000 }]);
    await outbox.settle([], NOW + 5_000, [{ chatId: 2, until: NOW + 9_000 }]);
    expect(await db.selectFrom('waits').select('chat_id').execute()).toEqual([{ chat_id: 2 }]);
  });
});

describe('a start', () => {
  it.each([
    ['ask', '1:e1p0 unknown (crash)'],
    ['resend', '1:e1p0 planned (crash)'],
  ] as const)('with %s settles what an earlier one left in flight', async (policy, expected) => {
    await plan(2);
    await outbox.take([1], BOOT, NOW);
    await outbox.take([2], 'boot-2', NOW);
    expect(await outbox.recover('boot-2', policy, NOW)).toBe(1);
    expect(await states(db)).toEqual([expected, '2:e1p0 inflight']);
    expect((await deliveries(db))[0]).toMatchObject({ doubts: 1 });
    expect(await outbox.recover('boot-2', policy, NOW)).toBe(0);
  });

  it('after the clock was set back keeps waits as long as they were', async () => {
    await plan(2);
    await outbox.take([1, 2], BOOT, NOW);
    await outbox.settle([again(1, NOW + 40_000)], NOW, []);
    const earlier = NOW - 365 * DAY;
    await outbox.settle([again(2, earlier + 50_000)], earlier, []);
    await outbox.rebase(earlier);
    const waits = (await deliveries(db)).map((delivery) => delivery.not_before);
    expect(waits).toEqual([earlier + 40_000, earlier + 50_000]);
  });

  it('after the clock was set back keeps the waits of chats and of everybody as long as they were', async () => {
    const earlier = NOW - 365 * DAY;
    await outbox.settle([], NOW, [
      { chatId: null, until: NOW + 40_000 },
      { chatId: 1, until: NOW + 50_000 },
    ]);
    await outbox.rebase(earlier);
    expect(await outbox.holds(earlier)).toEqual({
      everyoneUntil: earlier + 40_000,
      chats: [{ chatId: 1, until: earlier + 50_000 }],
    });
  });
});

describe('the statements', () => {
  it.each([
    ['planned', () => outbox.planned(0, 10), 'deliveries_planned'],
    ['due', () => outbox.due(NOW, null, 10), 'deliveries_deferred'],
    ['nextDue', () => outbox.nextDue(NOW), 'deliveries_deferred'],
    ['counts', () => outbox.counts(0), 'deliveries_closed'],
    ['unknown', () => outbox.unknown(1, 10), 'deliveries_unknown'],
  ])('%s walks through no table of deliveries', async (_name, run, index) => {
    const seen: string[] = [];
    const compiled: { sql: string; parameters: readonly unknown[] }[] = [];
    const executor = db.getExecutor();
    const original = executor.executeQuery.bind(executor);
    executor.executeQuery = (query, ...rest) => {
      compiled.push(query);
      return original(query, ...rest);
    };
    await run();
    executor.executeQuery = original;
    for (const query of compiled) {
      const plan = await sql<{
        detail: string;
      }>`explain query plan ${sql.raw(query.sql.replace(/\?/g, '1'))}`.execute(db);
      seen.push(...plan.rows.map((row) => row.detail));
    }
    expect(seen.join('\n')).toContain(index);
    expect(seen.filter((detail) => /^SCAN (d|deliveries)\b(?!.*INDEX)/.test(detail))).toEqual([]);
  });
});

describe('editions', () => {
  it('are read once, and not all kept', async () => {
    await addChat(db, 1);
    for (let day = 0; day < 70; day += 1) await planEdition(db, { slot: SLOT + day * DAY });
    const cache = new EditionCache();
    const all = Array.from({ length: 70 }, (_, index) => index + 1);
    expect((await cache.read(db, all)).size).toBe(70);
    await db.updateTable('editions').set({ parts: '[]' }).execute();
    const later = await cache.read(db, all);
    expect(later.get(70)).toHaveLength(1);
    expect(later.get(1), 'pushed out, and read again').toHaveLength(0);
  });

  it('that are not lists have no parts', async () => {
    await plan(1);
    await db.updateTable('editions').set({ parts: '{}' }).execute();
    expect((await outbox.take([1], BOOT, NOW))[0]).toMatchObject({ content: null, partCount: 0 });
  });
});
