/**
 * Waits that Telegram imposed, kept over restarts: of a chat, or of everybody. What is over is forgotten.
 */
import { sql } from 'kysely';
import type { Holds, Wait } from '../delivery/outbox.ts';
import type { Db } from './database.ts';

/** In the place of a chat's id, which is never 0. */
const EVERYBODY = 0;
/** Clocks are corrected by less than this all the time. */
export const CLOCK_SLACK_MS = 5_000;

/** A shorter wait does not end a longer one. */
export async function noteWaits(db: Db, waits: readonly Wait[], now: number): Promise<void> {
  if (waits.length === 0) return;
  await db.deleteFrom('waits').where('until', '<=', now).execute();
  for (const { chatId, until } of waits) {
    await db
      .insertInto('waits')
      .values({ chat_id: chatId ?? EVERYBODY, until, noted_at: now })
      .onConflict((conflict) =>
        conflict.column('chat_id').doUpdateSet({ until: sql`max(until, excluded.until)`, noted_at: now }),
      )
      .execute();
  }
}

/** Waits that were noted under a clock that was set back since keep their length, counted from `now`. */
export async function rebaseWaits(db: Db, now: number): Promise<void> {
  await sql`
    update waits set until = ${now} + max(0, until - noted_at), noted_at = ${now}
    where noted_at > ${now + CLOCK_SLACK_MS}`.execute(db);
}

export async function readWaits(db: Db, now: number): Promise<Holds> {
  const rows = await db.selectFrom('waits').selectAll().where('until', '>', now).execute();
  return {
    everyoneUntil: rows.find((row) => row.chat_id === EVERYBODY)?.until ?? null,
    chats: rows
      .filter((row) => row.chat_id !== EVERYBODY)
      .map((row) => ({ chatId: row.chat_id, until: row.until })),
  };
}
