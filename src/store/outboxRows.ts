/**
 * The statements of the outbox that settle whole groups: one statement for each kind of outcome, whatever the size of
 * the group.
 */
import { sql, type RawBuilder, type Transaction } from 'kysely';
import type { Candidate, Settlement } from '../delivery/outbox.ts';
import type { Db } from './database.ts';
import type { Database } from './schema.ts';

type Trx = Transaction<Database>;

/** A list as a table with the columns `key` and `value`: one variable, so that no limit on variables is met. */
export function list(values: readonly unknown[]): RawBuilder<unknown> {
  return sql`json_each(${JSON.stringify(values)})`;
}

/** The next candidates of the subscriptions to which these deliveries belong. */
export async function nextOf(trx: Trx, deliveryIds: readonly number[], now: number): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select distinct d.id, d.subscription_id as subscriptionId, s.chat_id as chatId
    from ${list(deliveryIds)} as touched
    join deliveries t on t.id = touched.value
    join subscriptions s on s.id = t.subscription_id
    join deliveries d on d.id = (
      select min(e.id) from deliveries e
      where e.subscription_id = s.id and e.state in ('planned', 'deferred', 'inflight')
    )
    where d.state = 'planned' or (d.state = 'deferred' and d.not_before <= ${now})`.execute(trx);
  return rows;
}

export async function announce(db: Db | Trx, ids: readonly number[], now: number): Promise<void> {
  await sql`
    update deliveries set announced_at = ${now}
    where state = 'unknown' and id in (select value from ${list(ids)})`.execute(db);
}

/** The outcomes that concern only their own rows, one statement a kind. */
export async function settleRows(trx: Trx, settlements: readonly Settlement[], now: number): Promise<void> {
  const of = <K extends Settlement['kind']>(kind: K) =>
    settlements.filter((one): one is Extract<Settlement, { kind: K }> => one.kind === kind);
  const [sent, again, unknown, dead] = [of('sent'), of('again'), of('unknown'), of('dead')];
  const released = of('release').map((one) => one.id);
  if (released.length > 0) {
    await sql`
      update deliveries set state = 'planned', attempt = attempt - 1, updated_at = ${now}
      where state = 'inflight' and id in (select value from ${list(released)})`.execute(trx);
  }
  if (sent.length > 0) {
    await sql`
      update deliveries set state = 'sent', reason = null, updated_at = ${now},
        message_id = json_extract(one.value, '$.messageId')
      from ${list(sent)} as one
      where deliveries.id = json_extract(one.value, '$.id') and deliveries.state = 'inflight'`.execute(trx);
    const announced = sent.flatMap((one) => one.announced);
    if (announced.length > 0) await announce(trx, announced, now);
  }
  if (again.length > 0) {
    await sql`
      update deliveries set updated_at = ${now},
        state = case when json_extract(one.value, '$.notBefore') is null then 'planned' else 'deferred' end,
        not_before = json_extract(one.value, '$.notBefore'),
        streak = case when reason is json_extract(one.value, '$.reason') then streak + 1 else 1 end,
        reason = json_extract(one.value, '$.reason'),
        plain = json_extract(one.value, '$.plain'),
        off_topic = json_extract(one.value, '$.offTopic'),
        doubts = doubts + json_extract(one.value, '$.doubt')
      from ${list(again)} as one
      where deliveries.id = json_extract(one.value, '$.id') and deliveries.state = 'inflight'`.execute(trx);
  }
  if (unknown.length + dead.length > 0) {
    await sql`
      update deliveries set updated_at = ${now}, asked_at = null, announced_at = null,
        state = json_extract(one.value, '$.kind'),
        reason = json_extract(one.value, '$.reason'),
        doubts = doubts + (json_extract(one.value, '$.kind') = 'unknown')
      from ${list([...unknown, ...dead])} as one
      where deliveries.id = json_extract(one.value, '$.id') and deliveries.state = 'inflight'`.execute(trx);
  }
}
