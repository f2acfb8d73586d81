/**
 * What Telegram said a little while ago about who is an admin where: for the list of /chats alone, which would otherwise
 * ask about every chat at every page. Changes never believe it. Pure memory; time is an argument.
 */

const KEEP_MS = 3 * 60_000;
/** Answers in all; the oldest go first. */
const MOST_ANSWERS = 5_000;

export interface Adminships {
  /** Null when it was not asked for a while. */
  recall(userId: number, chatId: number, now: number): boolean | null;
  remember(userId: number, chatId: number, isAdmin: boolean, now: number): void;
}

export function createAdminships(): Adminships {
  const answers = new Map<string, { isAdmin: boolean; at: number }>();
  return {
    recall(userId, chatId, now) {
      const answer = answers.get(`${userId}/${chatId}`);
      return answer === undefined || Math.abs(now - answer.at) > KEEP_MS ? null : answer.isAdmin;
    },
    remember(userId, chatId, isAdmin, now) {
      const key = `${userId}/${chatId}`;
      answers.delete(key);
      answers.set(key, { isAdmin, at: now });
      const [oldest] = answers.keys();
      if (answers.size > MOST_ANSWERS && oldest !== undefined) answers.delete(oldest);
    },
  };
}
