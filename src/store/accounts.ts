/**
 * Which edition a chat was sent, for whoever asks why something is in it.
 */
import { sql, type RawBuilder } from 'kysely';
import type { Accounts, EditionRecord } from '../follows/account.ts';
import type { Db } from './database.ts';

interface Row {
  id: number;
  slot: number;
  zone: string;
  subscriptionId: number;
  fromSeq: number | null;
  /** Of the digest before it; null when there was none, or it was forgotten. */
  before: number | null;
  toSeq: number;
  filter: string | null;
  articleIds: string;
}

export function createAccounts(db: Db): Accounts {
  /** The last digest that meets a condition on the delivery `d`, its subscription `s` and its edition `e`. */
  async function find(condition: RawBuilder<unknown>): Promise<EditionRecord | null> {
    const { rows } = await sql<Row>`
      select e.id, d.slot, s.zone, s.id as subscriptionId, e.from_seq as fromSeq, e.to_seq as toSeq, e.filter,
        e.article_ids as articleIds,
        (select max(b.to_seq) from deliveries p join editions b on b.id = p.edition_id
          where p.subscription_id = s.id and p.slot < d.slot and b.alert = 0
            and (p.state <> 'dead' or p.reason like 'kept:%')) as before
      from deliveries d
      join subscriptions s on s.id = d.subscription_id
      join editions e on e.id = d.edition_id
      where e.alert = 0 and ${condition}
      order by d.slot desc, d.part limit 1`.execute(db);
    const [row] = rows;
    if (row === undefined) return null;
    const { id, slot, zone, fromSeq, toSeq, filter } = row;
    // In between there may have been articles of which none was wanted, so that there was no digest.
    const start = fromSeq === null || row.before === null ? fromSeq : Math.min(fromSeq, row.before);
    const told = await sql<{ seq: number }>`
      select distinct e.to_seq as seq from deliveries d join editions e on e.id = d.edition_id
      where d.subscription_id = ${row.subscriptionId} and e.alert = 1
        and e.to_seq > ${start ?? 0} and e.to_seq <= ${toSeq}
        and (d.state <> 'dead' or d.reason like 'kept:%')`.execute(db);
    return {
      ...{ id, slot, zone, fromSeq: start, toSeq, filter },
      articleIds: JSON.parse(row.articleIds) as string[],
      told: told.rows.map(({ seq }) => seq),
    };
  }

  return {
    ofMessage: (chatId, messageId) => find(sql`s.chat_id = ${chatId} and d.message_id = ${messageId}`),
    last: (chatId, threadId) =>
      find(sql`s.chat_id = ${chatId} and s.thread_id = ${threadId} and d.state in ('sent', 'unknown')`),
    byId: (chatId, editionId) => find(sql`s.chat_id = ${chatId} and e.id = ${editionId}`),
    async mesh(key) {
      const row = await db
        .selectFrom('editions')
        .select(['from_seq', 'to_seq', 'filter', 'told'])
        .where('key', '=', key)
        .executeTakeFirst();
      if (row === undefined) return null;
      const told = JSON.parse(row.told) as number[];
      return { fromSeq: row.from_seq, toSeq: row.to_seq, filter: row.filter, told };
    },
  };
}
