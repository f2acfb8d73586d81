/**
 * What is forgotten, so that the database does not grow for ever: digests that were settled long ago. The last one of each
 * subscription stays, for /status; what was told at once stays until a digest has passed it over; so does an edition of which a part may still be sent or asked for, since what left of it
 * tells what is not to be sent again.
 */
import { sql } from 'kysely';
import { KEPT_DAYS } from '../delivery/outbox.ts';
import type { Db } from './database.ts';

const KEEP_MS = KEPT_DAYS * 24 * 3_600_000;
/** Rows in one transaction: a few milliseconds. */
const CHUNK = 1_000;
/** Chunks in one call; the next call goes on. */
const MAX_CHUNKS = 200;

/** Returns how many deliveries were forgotten. */
export async function forgetOldDeliveries(db: Db, now: number): Promise<number> {
  let forgotten = 0;
  for (let chunk = 0; chunk < MAX_CHUNKS; chunk++) {
    const result = await sql`
      delete from deliveries where id in (
        select d.id from deliveries d
        where d.state in ('sent', 'dead') and d.updated_at < ${now - KEEP_MS}
          and d.slot < (select max(l.slot) from deliveries l join editions le on le.id = l.edition_id
            where l.subscription_id = d.subscription_id and le.alert = 0)
          and not exists (select 1 from editions a join subscriptions s on s.id = d.subscription_id
            where a.id = d.edition_id and a.alert = 1 and a.to_seq > coalesce(s.cursor, 0))
          and not exists (select 1 from deliveries o where o.subscription_id = d.subscription_id and o.slot = d.slot
            and (o.state not in ('sent', 'dead') or o.reason like 'kept:%'))
        limit ${CHUNK}
      )`.execute(db);
    const deleted = Number(result.numAffectedRows ?? 0n);
    forgotten += deleted;
    if (deleted < CHUNK) break;
  }
  await sql`
    delete from editions where created_at < ${now - KEEP_MS}
      and not exists (select 1 from deliveries d where d.edition_id = editions.id)`.execute(db);
  return forgotten;
}
