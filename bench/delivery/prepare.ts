/**
 * A database with many subscribed chats, written directly: 5 % are groups, and everybody is due.
 */
import SQLite from 'better-sqlite3';
import { openDatabase } from '../../src/store/database.ts';

export const GROUP_SHARE = 0.05;
export const FIRST_PERSON = 6_000_000_001;
export const FIRST_GROUP = -1_002_000_000_001;
const ARTICLES = 40;

export interface Chats {
  people: number;
  groups: number;
}

export function shares(chats: number): Chats {
  const groups = Math.round(chats * GROUP_SHARE);
  return { people: chats - groups, groups };
}

/** @param due epoch milliseconds */
export async function prepare(file: string, { people, groups }: Chats, due: number): Promise<void> {
  await (await openDatabase(file)).destroy();
  const db = new SQLite(file);
  db.transaction(() => {
    const chat = db.prepare(`insert into chats (id, type, state, updated_at) values (?, ?, 'active', 0)`);
    const subscription = db.prepare(`insert into subscriptions
      (chat_id, thread_id, cron, zone, language, style, silent, cursor, next_at, state, created_at)
      values (?, 0, '0 7 * * *', 'Asia/Ho_Chi_Minh', 'vi', 'list', 0, 0, ?, 'active', 0)`);
    const add = (id: number, type: string): void => {
      chat.run(id, type);
      subscription.run(id, due);
    };
    // Groups stand among the people, as they would.
    const every = groups === 0 ? Infinity : Math.floor(people / groups);
    for (let person = 0, group = 0; person < people; person += 1) {
      add(FIRST_PERSON + person, 'private');
      if (person % every === 0 && group < groups) add(FIRST_GROUP - group++, 'supergroup');
    }
    const article = db.prepare(`insert into articles
      (id, seq, rev, title, summary, body, source, language, published_at, listed_at, first_seen_at, content_hash)
      values (?, ?, ?, ?, ?, ?, 'Báo Thử', 'vi', '2026-01-05', '2026-01-05', 0, ?)`);
    for (let seq = 1; seq <= ARTICLES; seq += 1) {
      const id = `article${String(seq).padStart(4, '0')}`;
      const title = `Bài thứ ${seq}: thành phố mở thêm tuyến xe buýt về ngoại thành từ đầu tháng`;
      article.run(id, seq, seq, title, `Tóm tắt của bài thứ ${seq}.`, 'Nội dung. '.repeat(100), id);
    }
  })();
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}
