/**
 * Articles that are told at once, as the outbox has them: an edition of one article, marked so that it says nothing about
 * how far the digest has come, and a delivery for each subscription.
 */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { readQuiet } from '../digest/quiet.ts';
import type { DigestLanguage, Subscription } from '../digest/subscription.ts';
import type { AlertStore } from '../follows/alerts.ts';
import type { Db } from './database.ts';
import { list } from './outboxRows.ts';

const PROGRESS = 'follows.told';

interface WaitingRow {
  id: number;
  language: DigestLanguage;
  type: string;
  zone: string;
  quiet: string | null;
  /** JSON: `string[]`. */
  texts: string;
  recent: number;
}

export function createAlertStore(db: Db): AlertStore {
  return {
    async progress() {
      const row = await db.selectFrom('meta').select('value').where('key', '=', PROGRESS).executeTakeFirst();
      return Number(row?.value ?? 0);
    },

    async waiting({ seq }, texts, now, hourAgo) {
      const { rows } = await sql<WaitingRow>`
        select s.id, s.language, c.type, s.zone, s.quiet, json_group_array(f.text) as texts,
          (select count(*) from deliveries d join editions e on e.id = d.edition_id
            where d.subscription_id = s.id and d.slot > ${hourAgo} and e.alert = 1) as recent
        from ${list(texts)} as wanted
        join follows f on f.text = wanted.value and f.mode = 'alert'
        join subscriptions s on s.id = f.subscription_id
        join chats c on c.id = s.chat_id
        where f.from_seq < ${seq} and s.state = 'active' and coalesce(s.paused_until, 0) <= ${now}
          and coalesce(s.cursor, 0) < ${seq}
        group by s.id`.execute(db);
      return rows.map(({ id, type, quiet, texts: matched, ...row }) => ({
        ...{ subscriptionId: id, language: row.language, zone: row.zone, recent: row.recent },
        surface: type === 'channel' ? ('channel' as const) : ('chat' as const),
        quiet: quiet === null ? null : readQuiet(quiet),
        texts: JSON.parse(matched) as string[],
      }));
    },

    commit: (alerts, progress, now) =>
      db.transaction().execute(async (trx) => {
        let planned = 0;
        for (const { subscriptionIds, article, key, silent, part } of alerts) {
          const hash = `alert:${createHash('sha256').update(key).digest('base64url').slice(0, 22)}`;
          await trx
            .insertInto('editions')
            .values({
              ...{ key: hash, from_seq: article.seq - 1, to_seq: article.seq, alert: 1, created_at: now },
              parts: JSON.stringify([part]),
              part_count: 1,
              article_ids: JSON.stringify([article.id]),
            })
            .onConflict((conflict) => conflict.column('key').doNothing())
            .execute();
          // Slots of a subscription only grow, so that an alert never takes the place of a digest.
          const ids = list(subscriptionIds);
          const result = await sql`
            insert into deliveries (subscription_id, slot, edition_id, part, state, attempt, silent, updated_at)
            select s.id, max(${now}, coalesce(1 + (select max(d.slot) from deliveries d where d.subscription_id = s.id), 0)),
              (select id from editions where key = ${hash}), 0, 'planned', 0, ${silent ? 1 : 0}, ${now}
            from subscriptions s
            where s.id in (select value from ${ids}) and s.state = 'active'
              and coalesce(s.cursor, 0) < ${article.seq} and coalesce(s.told_seq, 0) < ${article.seq}
            order by s.id`.execute(trx);
          await sql`
            update subscriptions set told_seq = ${article.seq}
            where id in (select value from ${ids}) and state = 'active'
              and coalesce(cursor, 0) < ${article.seq} and coalesce(told_seq, 0) < ${article.seq}`.execute(
            trx,
          );
          planned += Number(result.numAffectedRows ?? 0);
        }
        await sql`update meta set value = ${String(progress)}
          where key = ${PROGRESS} and cast(value as integer) < ${progress}`.execute(trx);
        return planned;
      }),
  };
}

/**
 * By subscription: articles after its cursor that it was told at once, or still will be. What was withdrawn for good is new
 * to it again.
 */
export async function toldTo(
  db: Db,
  subscriptions: readonly Pick<Subscription, 'id' | 'cursor' | 'toldSeq'>[],
): Promise<Map<number, number[]>> {
  const asked = subscriptions.filter(({ cursor, toldSeq }) => toldSeq !== null && toldSeq > (cursor ?? 0));
  const told = new Map<number, number[]>();
  if (asked.length === 0) return told;
  const { rows } = await sql<{ id: number; seq: number }>`
    select d.subscription_id as id, e.to_seq as seq
    from ${list(asked.map(({ id }) => id))} as asked
    join subscriptions s on s.id = asked.value
    join deliveries d on d.subscription_id = s.id
    join editions e on e.id = d.edition_id
    where e.alert = 1 and e.to_seq > coalesce(s.cursor, 0) and (d.state <> 'dead' or d.reason like 'kept:%')
    order by e.to_seq`.execute(db);
  for (const { id, seq } of rows) told.set(id, [...(told.get(id) ?? []), seq]);
  return told;
}
