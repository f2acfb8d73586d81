/**
 * Chats as the bot knows them: who they are, which language they chose, whether they can still be written to.
 */
import type { Db } from './database.ts';
import type { ChatsTable } from './schema.ts';

/** Telegram has at most 50 admins in a chat. */
const MAX_ADMINS = 50;

export interface ChatIdentity {
  id: number;
  type: ChatsTable['type'];
  title: string | null;
  username: string | null;
}

export function createChatStore(db: Db) {
  return {
    /** Notes that the chat exists and what it is called now. Says nothing about whether it can be written to. */
    async meet(chat: ChatIdentity, now: number): Promise<void> {
      const { id, ...names } = chat;
      await db
        .insertInto('chats')
        .values({ id, ...names, language: null, state: 'active', reason: null, updated_at: now })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ ...names, updated_at: now }))
        .execute();
    },

    /** Remembers who added the bot, to tell them when it can no longer post. */
    async addedBy(chatId: number, userId: number): Promise<void> {
      await db.updateTable('chats').set({ added_by: userId }).where('id', '=', chatId).execute();
    },

    /** Who answers for a channel or group, and what it is called; null when nobody is known. */
    async keeper(chatId: number): Promise<{ userId: number; name: string } | null> {
      const row = await db
        .selectFrom('chats')
        .select(['added_by', 'title', 'username'])
        .where('id', '=', chatId)
        .executeTakeFirst();
      if (row === undefined || row.added_by === null) return null;
      const name = row.username === null ? (row.title ?? String(chatId)) : `@${row.username}`;
      return { userId: row.added_by, name };
    },

    /** Notes that these people were admins of the chat just now. */
    async rememberAdmins(chatId: number, userIds: readonly number[], now: number): Promise<void> {
      for (const userId of userIds.slice(0, MAX_ADMINS)) {
        await db
          .insertInto('admins')
          .values({ chat_id: chatId, user_id: userId, seen_at: now })
          .onConflict((conflict) => conflict.columns(['chat_id', 'user_id']).doUpdateSet({ seen_at: now }))
          .execute();
      }
    },

    async forgetAdmin(chatId: number, userId: number): Promise<void> {
      await db.deleteFrom('admins').where('chat_id', '=', chatId).where('user_id', '=', userId).execute();
    },

    /** Channels and groups with the bot in them of which the person was an admin, those seen last first. */
    async administered(userId: number, limit: number): Promise<(ChatIdentity & { subscribed: boolean })[]> {
      const rows = await db
        .selectFrom('admins')
        .innerJoin('chats', 'chats.id', 'admins.chat_id')
        .leftJoin('subscriptions', (join) =>
          join
            .onRef('subscriptions.chat_id', '=', 'chats.id')
            .on('subscriptions.thread_id', '=', 0)
            .on('subscriptions.state', '=', 'active'),
        )
        .select([
          'chats.id',
          'chats.type',
          'chats.title',
          'chats.username',
          'subscriptions.id as subscription',
        ])
        .where('user_id', '=', userId)
        .where('chats.state', '=', 'active')
        .orderBy('seen_at', 'desc')
        .orderBy('chats.id')
        .limit(limit)
        .execute();
      return rows.map(({ subscription, ...chat }) => ({ ...chat, subscribed: subscription !== null }));
    },

    /** The language that the chat chose; null when it chose none or is not known. */
    async language(chatId: number): Promise<'vi' | 'en' | null> {
      const row = await db.selectFrom('chats').select('language').where('id', '=', chatId).executeTakeFirst();
      return row?.language ?? null;
    },

    /** The choice holds for answers and for the digests of all of the chat's subscriptions. */
    async chooseLanguage(chatId: number, language: 'vi' | 'en'): Promise<void> {
      await db.transaction().execute(async (transaction) => {
        await transaction.updateTable('chats').set({ language }).where('id', '=', chatId).execute();
        await transaction
          .updateTable('subscriptions')
          .set({ language })
          .where('chat_id', '=', chatId)
          .execute();
      });
    },

    /** For the operator: how many chats there are in each state, and how many subscriptions are active. */
    async counts(): Promise<{ active: number; gone: number; subscriptions: number }> {
      const rows = await db
        .selectFrom('chats')
        .select(['state', (e) => e.fn.countAll<number>().as('n')])
        .groupBy('state')
        .execute();
      const subscriptions = await db
        .selectFrom('subscriptions')
        .select((e) => e.fn.countAll<number>().as('n'))
        .where('state', '=', 'active')
        .executeTakeFirstOrThrow();
      const of = (state: string): number => rows.find((row) => row.state === state)?.n ?? 0;
      return { active: of('active'), gone: of('gone'), subscriptions: subscriptions.n };
    },
  };
}

export type ChatStore = ReturnType<typeof createChatStore>;
