/**
 * What a chat or topic was sent: the frozen messages of its deliveries, for as long as those are kept.
 */
import { sql } from 'kysely';
import type { DigestPart } from '../delivery/courier.ts';
import type { Db } from './database.ts';

export interface SentMessage {
  /** When it was sent, epoch milliseconds. */
  at: number;
  /** From 0; an edition begins with its first part. */
  part: number;
  /** False when Telegram never told whether it arrived. */
  isCertain: boolean;
  content: DigestPart;
}

/** Of slots with `from <= slot < to`. */
export interface SlotSpan {
  from: number;
  to: number;
}

/** In the order in which they were sent: at most `limit` after the first `skip`, and how many there are in all. */
export async function sentMessages(
  db: Db,
  place: { chatId: number; threadId: number },
  { from, to }: SlotSpan,
  page: { skip: number; limit: number },
): Promise<{ messages: SentMessage[]; total: number }> {
  const { rows } = await sql<{ at: number; part: number; state: string; content: string; total: number }>`
    select d.updated_at as at, d.part, d.state, json_extract(e.parts, '$[' || d.part || ']') as content,
      count(*) over () as total
    from subscriptions s
    join deliveries d on d.subscription_id = s.id
    join editions e on e.id = d.edition_id
    where s.chat_id = ${place.chatId} and s.thread_id = ${place.threadId}
      and d.slot >= ${from} and d.slot < ${to} and d.state in ('sent', 'unknown')
    order by d.slot, d.part
    limit ${page.limit} offset ${page.skip}`.execute(db);
  const messages = rows.map(({ at, part, state, content }) => ({
    ...{ at, part, isCertain: state === 'sent' },
    content: JSON.parse(content) as DigestPart,
  }));
  return { messages, total: rows[0]?.total ?? 0 };
}
