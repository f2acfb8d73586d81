/**
 * What people do to a subscription: make it, change it, stop it. Each function is one transaction, with the next slot in
 * it, so that no slot is lost or doubled by a change.
 */
import type { Selectable } from 'kysely';
import { applyChange, replan, type Change } from '../digest/change.ts';
import { readQuiet, writeQuiet } from '../digest/quiet.ts';
import { nextSlot } from '../digest/schedule.ts';
import {
  DEFAULT_STYLE,
  type Adjusted,
  type NewSubscription,
  type Preferences,
  type Subscription,
} from '../digest/subscription.ts';
import type { Db } from './database.ts';
import type { SubscriptionsTable } from './schema.ts';
import { revive, withdraw } from './withdraw.ts';

export function withSurface(db: Db) {
  return db
    .selectFrom('subscriptions')
    .innerJoin('chats', 'chats.id', 'subscriptions.chat_id')
    .selectAll('subscriptions')
    .select('chats.type as chat_type');
}

type Row = Selectable<SubscriptionsTable> & { chat_type: string };

export function fromRow(row: Row): Subscription {
  return {
    id: row.id,
    chatId: row.chat_id,
    threadId: row.thread_id,
    surface: row.chat_type === 'channel' ? 'channel' : 'chat',
    cron: row.cron,
    zone: row.zone,
    language: row.language,
    filter: row.filter,
    style: row.style,
    maxItems: row.max_items,
    silent: row.silent === 1,
    quiet: row.quiet === null ? null : readQuiet(row.quiet),
    tellsQuietDay: row.quiet_day === 1,
    pausedUntil: row.paused_until,
    cursor: row.cursor,
    toldSeq: row.told_seq,
    nextAt: row.next_at,
  };
}

function readRow(db: Db, chatId: number, threadId: number): Promise<Row | undefined> {
  return withSurface(db).where('chat_id', '=', chatId).where('thread_id', '=', threadId).executeTakeFirst();
}

export async function known(db: Db, chatId: number, threadId: number): Promise<Subscription | null> {
  const row = await readRow(db, chatId, threadId);
  return row === undefined ? null : fromRow(row);
}

export async function subscribe(db: Db, wish: NewSubscription): Promise<boolean> {
  const { chatId, threadId, language, now } = wish;
  return db.transaction().execute(async (transaction) => {
    const row = await readRow(transaction, chatId, threadId);
    if (row?.state === 'active') return false;
    const active = {
      state: 'active' as const,
      reason: null,
      language,
      paused_until: null,
      ...firstSlot(wish, row),
    };
    if (row !== undefined) {
      await transaction.updateTable('subscriptions').set(active).where('id', '=', row.id).execute();
      // The rest of an edition that had begun to leave when the subscription was stopped.
      await revive(transaction, row.id, now);
      return true;
    }
    await transaction
      .insertInto('subscriptions')
      .values({
        ...active,
        chat_id: chatId,
        thread_id: threadId,
        filter: null,
        style: DEFAULT_STYLE,
        silent: 0,
        cursor: null,
        created_at: now,
      })
      .execute();
    return true;
  });
}

/** What was chosen now, else what it had before, else what the settings say, which was checked to come true. */
function firstSlot(
  { chosenCron, fallback, now }: NewSubscription,
  kept: Row | undefined,
): { cron: string; zone: string; next_at: number } {
  const zone = kept?.zone ?? fallback.zone;
  for (const cron of [chosenCron, kept?.cron ?? null]) {
    const nextAt = cron === null ? null : nextSlot(cron, zone, now);
    if (cron !== null && nextAt !== null) return { cron, zone, next_at: nextAt };
  }
  return { ...fallback, next_at: nextSlot(fallback.cron, fallback.zone, now) ?? now };
}

export async function adjust(
  db: Db,
  chatId: number,
  threadId: number,
  change: Change,
  now: number,
): Promise<Adjusted> {
  return db.transaction().execute(async (transaction) => {
    const row = await readRow(transaction, chatId, threadId);
    if (row === undefined) return { ok: false, why: 'none' };
    const old = fromRow(row);
    const changed = applyChange(old, change, now);
    if (!changed.ok) return changed;
    const { preferences } = changed;
    const isActive = row.state === 'active';
    const nextAt = isActive ? replan(old.nextAt, preferences, now) : null;
    if (isActive && nextAt === null) return { ok: false, why: 'never' };
    await transaction
      .updateTable('subscriptions')
      .set({ ...toColumns(preferences), next_at: nextAt })
      .where('id', '=', row.id)
      .execute();
    return { ok: true, subscription: { ...old, ...preferences, nextAt } };
  });
}

function toColumns(preferences: Preferences) {
  const { cron, zone, style, maxItems, silent, quiet, tellsQuietDay, pausedUntil } = preferences;
  return {
    cron,
    zone,
    style,
    max_items: maxItems,
    silent: silent ? 1 : 0,
    quiet: quiet === null ? null : writeQuiet(quiet),
    quiet_day: tellsQuietDay ? 1 : 0,
    paused_until: pausedUntil,
  };
}

export async function unsubscribe(db: Db, chatId: number, threadId: number, now: number): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const row = await transaction
      .selectFrom('subscriptions')
      .select('id')
      .where('chat_id', '=', chatId)
      .where('thread_id', '=', threadId)
      .where('state', '=', 'active')
      .executeTakeFirst();
    if (row === undefined) return false;
    await withdraw(transaction, row.id, 'unsubscribed', now);
    await transaction
      .updateTable('subscriptions')
      .set({ state: 'stopped', reason: 'unsubscribed', next_at: null })
      .where('id', '=', row.id)
      .execute();
    return true;
  });
}
