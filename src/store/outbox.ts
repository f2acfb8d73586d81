/**
 * The outbox in SQL. One transaction a call; ids travel as one JSON value, so that a group of any size is a single
 * statement with a single variable. The states are written out in the statements, because only then do the partial
 * indexes serve them. What happens to chats stands in `outboxChats.ts`.
 *
 * A crash between `take` and `settle` leaves rows in flight, and `recover` finds them by their boot id: they are what
 * nobody can know. A crash anywhere else leaves rows as they were, open, with their waits.
 */
import { sql, type RawBuilder, type Transaction } from 'kysely';
import type {
  Candidate,
  ChatChange,
  Holds,
  Intent,
  NextSlot,
  Outbox,
  OutboxCounts,
  Settled,
  Settlement,
  UnknownDelivery,
  UnknownPolicy,
  Wait,
} from '../delivery/outbox.ts';
import type { GoneReason } from '../delivery/outcome.ts';
import { RESEND_LIMIT } from '../delivery/settlement.ts';
import type { Db } from './database.ts';
import { EditionCache } from './editionCache.ts';
import { changesOf, chatBack, chatGone, chatMoved } from './outboxChats.ts';
import { announce, list, nextOf, settleRows } from './outboxRows.ts';
import type { Database } from './schema.ts';
import { CLOCK_SLACK_MS, noteWaits, readWaits, rebaseWaits } from './waits.ts';
import { withdraw } from './withdraw.ts';

type Trx = Transaction<Database>;

/** The delivery `d` waits for an earlier one of its subscription. */
const isHeldBack = sql`exists (
  select 1 from deliveries e
  where e.subscription_id = d.subscription_id and e.id < d.id and e.state in ('planned', 'deferred', 'inflight')
)`;

interface OpenRow {
  id: number;
  subscriptionId: number;
  slot: number;
  part: number;
  editionId: number;
  attempt: number;
  doubts: number;
  reason: string | null;
  streak: number;
  plain: number;
  offTopic: number;
  chatId: number;
  threadId: number;
  silent: number;
  live: number;
}

/** So many missing messages are named in one notice; the rest in the next. */
const MISSING_PER_NOTICE = 20;

type UnknownRow = Omit<UnknownDelivery, 'partCount' | 'isAlert'> & { editionId: number; alert: number };

export class SqlOutbox implements Outbox {
  private readonly db: Db;
  private readonly nextSlot: NextSlot;
  private readonly editions = new EditionCache();

  constructor(db: Db, nextSlot: NextSlot) {
    this.db = db;
    this.nextSlot = nextSlot;
  }

  async recover(bootId: string, policy: UnknownPolicy, now: number): Promise<number> {
    return this.db.transaction().execute(async (trx) => {
      const resent = policy === 'resend' ? RESEND_LIMIT : 0;
      const result = await sql`
        update deliveries set
          state = case when doubts + 1 < ${resent} then 'planned' else 'unknown' end,
          reason = 'crash', doubts = doubts + 1, asked_at = null, announced_at = null, not_before = null,
          updated_at = ${now}
        where state = 'inflight' and boot_id is not ${bootId}`.execute(trx);
      return Number(result.numAffectedRows ?? 0);
    });
  }

  async rebase(now: number): Promise<void> {
    await sql`
      update deliveries set not_before = ${now} + max(0, not_before - updated_at), updated_at = ${now}
      where state = 'deferred' and updated_at > ${now + CLOCK_SLACK_MS}`.execute(this.db);
    await rebaseWaits(this.db, now);
  }

  holds(now: number): Promise<Holds> {
    return readWaits(this.db, now);
  }

  async planned(afterId: number, limit: number): Promise<Candidate[]> {
    const { rows } = await sql<Candidate>`
      select d.id, d.subscription_id as subscriptionId, s.chat_id as chatId
      from deliveries d join subscriptions s on s.id = d.subscription_id
      where d.state = 'planned' and d.id > ${afterId} and not ${isHeldBack}
      order by d.id limit ${limit}`.execute(this.db);
    return rows;
  }

  async due(now: number, after: { notBefore: number; id: number } | null, limit: number) {
    const { rows } = await sql<Candidate & { notBefore: number }>`
      select d.id, d.subscription_id as subscriptionId, s.chat_id as chatId, d.not_before as notBefore
      from deliveries d join subscriptions s on s.id = d.subscription_id
      where d.state = 'deferred' and d.not_before <= ${now}
        and (d.not_before, d.id) > (${after?.notBefore ?? -1}, ${after?.id ?? 0}) and not ${isHeldBack}
      order by d.not_before, d.id limit ${limit}`.execute(this.db);
    return rows;
  }

  async nextDue(now: number): Promise<number | null> {
    const { rows } = await sql<{ at: number | null }>`
      select min(not_before) as at from deliveries where state = 'deferred' and not_before > ${now}`.execute(
      this.db,
    );
    return rows[0]?.at ?? null;
  }

  async take(ids: readonly number[], bootId: string, now: number): Promise<Intent[]> {
    return this.db.transaction().execute(async (trx) => {
      const { rows } = await sql<OpenRow>`
        select d.id, d.subscription_id as subscriptionId, d.slot, d.part, d.edition_id as editionId, d.attempt,
          d.doubts, d.reason, d.streak, d.plain, d.off_topic as offTopic, s.chat_id as chatId, s.thread_id as threadId,
          (s.silent or d.silent) as silent,
          (s.state = 'active' or d.asked_at is not null) as live
        from ${list(ids)} as wanted
        join deliveries d on d.id = wanted.value
        join subscriptions s on s.id = d.subscription_id
        where d.state in ('planned', 'deferred') and not ${isHeldBack}
        order by wanted.key`.execute(trx);
      for (const row of rows) if (row.live === 0) await withdraw(trx, row.subscriptionId, 'stopped', now);
      const live = rows.filter((row) => row.live === 1);
      await sql`
        update deliveries set state = 'inflight', attempt = attempt + 1, boot_id = ${bootId}, not_before = null,
          updated_at = ${now}
        where id in (select value from ${list(live.map((row) => row.id))})`.execute(trx);
      return this.intents(trx, live);
    });
  }

  async settle(settlements: readonly Settlement[], now: number, waits: readonly Wait[]): Promise<Settled> {
    return this.db.transaction().execute(async (trx) => {
      await settleRows(trx, settlements, now);
      const changes = await changesOf(trx, settlements, this.nextSlot, now);
      await noteWaits(trx, waits, now);
      const touched = settlements.map((settlement) => settlement.id);
      return { next: await nextOf(trx, touched, now), changes };
    });
  }

  async postpone(waits: readonly { id: number; notBefore: number }[], reason: string, now: number) {
    await sql`
      update deliveries set state = 'deferred', reason = ${reason}, updated_at = ${now},
        not_before = json_extract(wait.value, '$.notBefore')
      from ${list(waits)} as wait
      where deliveries.id = json_extract(wait.value, '$.id')
        and deliveries.state in ('planned', 'deferred')`.execute(this.db);
  }

  async unknown(chatId: number | null, limit: number): Promise<UnknownDelivery[]> {
    const wanted = chatId === null ? sql`true` : sql`s.chat_id = ${chatId}`;
    return this.unknownWhere(this.db, wanted, limit);
  }

  async announce(ids: readonly number[], now: number): Promise<void> {
    await announce(this.db, ids, now);
  }

  async redeliver(chatId: number, deliveryId: number | null, now: number): Promise<number> {
    const ofEdition =
      deliveryId === null
        ? sql`true`
        : sql`(subscription_id, slot) = (select subscription_id, slot from deliveries where id = ${deliveryId})`;
    const result = await sql`
      update deliveries set state = 'planned', reason = null, not_before = null, announced_at = null,
        asked_at = ${now}, updated_at = ${now}
      where state = 'unknown' and subscription_id in (select id from subscriptions where chat_id = ${chatId})
        and ${ofEdition}`.execute(this.db);
    return Number(result.numAffectedRows ?? 0);
  }

  chatGone(chatId: number, reason: GoneReason, now: number): Promise<ChatChange | null> {
    return this.db.transaction().execute((trx) => chatGone(trx, chatId, reason, now));
  }

  chatMoved(from: number, to: number, now: number): Promise<ChatChange | null> {
    return this.db.transaction().execute((trx) => chatMoved(trx, from, to, this.nextSlot, now));
  }

  chatBack(chatId: number, now: number): Promise<number> {
    return this.db.transaction().execute((trx) => chatBack(trx, chatId, this.nextSlot, now));
  }

  async counts(since: number): Promise<OutboxCounts> {
    const { rows } = await sql<OutboxCounts>`
      select
        (select count(*) from deliveries where state = 'planned') as planned,
        (select count(*) from deliveries where state = 'deferred') as deferred,
        (select count(*) from deliveries where state = 'inflight') as inflight,
        (select count(*) from deliveries where state = 'unknown') as unknown,
        (select count(*) from deliveries where state = 'unknown' and announced_at is null) as unannounced,
        (select count(*) from deliveries where state in ('sent', 'dead') and state = 'dead') as dead,
        (select count(*) from deliveries
          where state in ('sent', 'dead') and state = 'sent' and updated_at >= ${since}) as sent`.execute(
      this.db,
    );
    return rows[0] ?? { planned: 0, deferred: 0, inflight: 0, unknown: 0, unannounced: 0, dead: 0, sent: 0 };
  }

  private async intents(trx: Trx, rows: readonly OpenRow[]): Promise<Intent[]> {
    const editions = await this.editions.read(
      trx,
      rows.map((row) => row.editionId),
    );
    const ids = rows.map((row) => row.subscriptionId);
    const missing = await this.unknownWhere(
      trx,
      sql`d.announced_at is null and d.subscription_id in (select value from ${list(ids)})`,
      ids.length * MISSING_PER_NOTICE,
    );
    return rows.map((row) => {
      const parts = editions.get(row.editionId) ?? [];
      return {
        id: row.id,
        subscriptionId: row.subscriptionId,
        chatId: row.chatId,
        threadId: row.threadId,
        silent: row.silent === 1,
        slot: row.slot,
        part: row.part,
        partCount: parts.length,
        content: parts[row.part] ?? null,
        attempt: row.attempt + 1,
        doubts: row.doubts,
        reason: row.reason,
        streak: row.streak,
        plain: row.plain === 1,
        offTopic: row.offTopic === 1,
        unannounced: missing
          .filter((delivery) => delivery.subscriptionId === row.subscriptionId)
          .slice(0, MISSING_PER_NOTICE),
      };
    });
  }

  private async unknownWhere(
    db: Db | Trx,
    condition: RawBuilder<unknown>,
    limit: number,
  ): Promise<UnknownDelivery[]> {
    const { rows } = await sql<UnknownRow>`
      select d.id, d.subscription_id as subscriptionId, s.chat_id as chatId, s.thread_id as threadId, s.language,
        s.zone, d.slot, d.part, d.edition_id as editionId, coalesce(d.reason, '') as reason, d.updated_at as since,
        d.announced_at as announcedAt, e.alert
      from deliveries d join subscriptions s on s.id = d.subscription_id join editions e on e.id = d.edition_id
      where d.state = 'unknown' and ${condition}
      order by d.slot, d.id limit ${limit}`.execute(db);
    const editions = await this.editions.read(
      db,
      rows.map((row) => row.editionId),
    );
    return rows.map(({ editionId, alert, ...row }) => ({
      ...row,
      isAlert: alert === 1,
      partCount: editions.get(editionId)?.length ?? 0,
    }));
  }
}
