/**
 * Updates from Telegram, kept until they are handled. An update is confirmed to Telegram only once its row is here, so a
 * kill loses none; a repeated `update_id` is known and is handled once. Of what was handled only the id is kept.
 */
import type { Db } from './database.ts';

/** Telegram forgets updates after 24 hours (Bot API), so a repetition cannot be older than this. */
const REMEMBER_MS = 48 * 3_600_000;
/** An update that was begun this often and never finished brings the program down: it is given up. */
const MAX_ATTEMPTS = 3;

export interface InboxUpdate {
  update_id: number;
}

export function createInbox<U extends InboxUpdate>(db: Db) {
  return {
    /** Stores a batch in one transaction; returns the updates that were not known. */
    async take(updates: U[], now: number): Promise<U[]> {
      if (updates.length === 0) return [];
      return db.transaction().execute(async (transaction) => {
        const fresh: U[] = [];
        for (const update of updates) {
          const { update_id } = update;
          const result = await transaction
            .insertInto('updates')
            .values({ update_id, received_at: now })
            .onConflict((conflict) => conflict.doNothing())
            .executeTakeFirst();
          if (result.numInsertedOrUpdatedRows !== 1n) continue;
          await transaction
            .insertInto('inbox')
            .values({ update_id, body: JSON.stringify(update), attempt: 0 })
            .execute();
          fresh.push(update);
        }
        await transaction
          .deleteFrom('updates')
          .where('received_at', '<', now - REMEMBER_MS)
          .where('update_id', 'not in', transaction.selectFrom('inbox').select('update_id'))
          .execute();
        return fresh;
      });
    },

    /** What an earlier run took and did not finish, oldest first; each call counts as one more attempt. */
    async unfinished(): Promise<U[]> {
      await db.deleteFrom('inbox').where('attempt', '>=', MAX_ATTEMPTS).execute();
      const rows = await db
        .updateTable('inbox')
        .set((e) => ({ attempt: e('attempt', '+', 1) }))
        .returning(['update_id', 'body'])
        .execute();
      return rows.sort((a, b) => a.update_id - b.update_id).map(({ body }) => JSON.parse(body) as U);
    },

    /** The update was handled, or failed in a way that a repetition would not mend. */
    async finish(updateId: number): Promise<void> {
      await db.deleteFrom('inbox').where('update_id', '=', updateId).execute();
    },
  };
}

export type Inbox<U extends InboxUpdate> = ReturnType<typeof createInbox<U>>;
