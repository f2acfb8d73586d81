/**
 * Search texts that buttons refer to: 64 bytes of callback data cannot hold a query, so they hold a token of it.
 */
import { createHash } from 'node:crypto';
import type { Db } from './database.ts';

/** So that a strange flood of queries cannot fill the disk; the longest unused go first. */
const MAX_QUERIES = 100_000;
/** Buttons on older messages say that they have expired. */
const KEEP_MS = 90 * 24 * 3_600_000;
const PRUNE_EVERY = 500;

export function createQueryStore(db: Db) {
  let sincePrune = 0;
  return {
    /** A token of 10 characters `[A-Za-z0-9_-]`; the same text has the same token. */
    async remember(text: string, now: number): Promise<string> {
      const token = createHash('sha256').update(text).digest('base64url').slice(0, 10);
      await db
        .insertInto('queries')
        .values({ token, text, used_at: now })
        .onConflict((conflict) => conflict.column('token').doUpdateSet({ used_at: now }))
        .execute();
      if (++sincePrune >= PRUNE_EVERY) {
        sincePrune = 0;
        await prune(db, now);
      }
      return token;
    },

    /** A text under a token of the caller's, at most 22 characters. */
    async keep(token: string, text: string, now: number): Promise<void> {
      await db
        .insertInto('queries')
        .values({ token, text, used_at: now })
        .onConflict((conflict) => conflict.column('token').doUpdateSet({ text, used_at: now }))
        .execute();
    },

    /** The text behind a token; null when it is unknown or was forgotten. */
    async recall(token: string): Promise<string | null> {
      const row = await db.selectFrom('queries').select('text').where('token', '=', token).executeTakeFirst();
      return row?.text ?? null;
    },
  };
}

async function prune(db: Db, now: number): Promise<void> {
  await db
    .deleteFrom('queries')
    .where('used_at', '<', now - KEEP_MS)
    .execute();
  await db
    .deleteFrom('queries')
    .where('token', 'in', (e) =>
      e.selectFrom('queries').select('token').orderBy('used_at', 'desc').limit(-1).offset(MAX_QUERIES),
    )
    .execute();
}

export type QueryStore = ReturnType<typeof createQueryStore>;
