/**
 * What the planner decided, as rows: editions, a delivery for each part and subscription, new cursors and next slots. Four
 * statements, whatever the number of editions, since chats with follows nearly all have one of their own.
 */
import { sql, type RawBuilder } from 'kysely';
import type { FrozenEdition, PlannedGroup } from '../digest/planner.ts';
import type { Db } from './database.ts';
import { list } from './outboxRows.ts';

/**
 * To be called within a transaction.
 *
 * @throws when an edition of a group is neither there nor among `editions`
 */
export async function commitPlanned(
  trx: Db,
  groups: readonly PlannedGroup[],
  editions: readonly FrozenEdition[],
  now: number,
): Promise<void> {
  await saveEditions(trx, editions, now);
  const saved = await findEditions(trx, new Set(groups.flatMap(({ edition }) => edition ?? [])));
  const rows = groups.map(({ edition, ...group }) => ({
    ...group,
    edition: edition === null ? null : editionIn(saved, edition),
  }));
  const partCounts = [...saved.values()].map(({ partCount }) => partCount);
  // Slots of a subscription only grow, also when the clock was set back: an edition never takes the place of another.
  await sql`
    with planned as materialized (${planned(rows.filter(({ edition }) => edition !== null))})
    insert into deliveries (subscription_id, slot, edition_id, part, state, attempt, silent, updated_at)
    select s.id, max(p.slot, coalesce(1 + (select max(d.slot) from deliveries d where d.subscription_id = s.id), 0)),
      p.edition, part.value, 'planned', 0, p.silent, ${now}
    from planned p
    join subscriptions s on s.id = p.id
    join ${list(numbersTo(Math.max(0, ...partCounts)))} as part
      on part.value < p.part_count
    where ${isAsRead(now)}
    order by part.value, s.id`.execute(trx);
  await sql`
    with planned as materialized (${planned(rows)})
    update subscriptions as s set
      next_at = p.next_at, cursor = coalesce(p.covered_to, s.cursor),
      state = case when p.next_at is null then 'stopped' else s.state end,
      reason = case when p.next_at is null then 'no-next-slot' else s.reason end
    from planned p
    where s.id = p.id and ${isAsRead(now)}`.execute(trx);
}

type Row = Omit<PlannedGroup, 'edition'> & { edition: Saved | null };

interface Saved {
  id: number;
  partCount: number;
}

/** A row for each subscription of the groups, each of which is read once: it may have hundreds of them. */
function planned(groups: readonly Row[]): RawBuilder<unknown> {
  const of = (path: string): RawBuilder<unknown> => sql`json_extract(value, ${sql.lit(`$.${path}`)})`;
  return sql`
    with read as materialized (
      select ${of('subscriptionIds')} as ids, ${of('cursor')} as cursor, ${of('toldSeq')} as told_seq, ${of('slot')} as slot,
        ${of('silent')} as silent, ${of('edition.id')} as edition, ${of('edition.partCount')} as part_count,
        ${of('coveredTo')} as covered_to, ${of('nextAt')} as next_at
      from ${list(groups)}
    )
    select one.value as id, read.* from read, json_each(read.ids) as one`;
}

/** The subscription `s` is still what the plan `p` was made for; one that changed meanwhile is left to the next planning. */
function isAsRead(now: number): RawBuilder<unknown> {
  return sql`s.state = 'active' and s.next_at <= ${now} and s.cursor is p.cursor and s.told_seq is p.told_seq`;
}

/**
 * An edition with the same key is used again as it was frozen, also when one of its articles was edited since and would
 * make it longer or shorter now.
 */
async function saveEditions(trx: Db, editions: readonly FrozenEdition[], now: number): Promise<void> {
  if (editions.length === 0) return;
  const rows = editions.map((edition) => ({
    key: edition.key,
    from_seq: edition.fromSeq,
    to_seq: edition.toSeq,
    filter: edition.filter,
    told: JSON.stringify(edition.told ?? []),
    parts: JSON.stringify(edition.parts),
    part_count: edition.parts.length,
    article_ids: JSON.stringify(edition.articleIds),
    created_at: now,
  }));
  await trx
    .insertInto('editions')
    .values(rows)
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
}

async function findEditions(trx: Db, keys: ReadonlySet<string>): Promise<ReadonlyMap<string, Saved>> {
  const { rows } = await sql<Saved & { key: string }>`
    select id, key, part_count as partCount from editions
    where key in (select value from ${list([...keys])})`.execute(trx);
  return new Map(rows.map(({ key, ...saved }) => [key, saved]));
}

function editionIn(saved: ReadonlyMap<string, Saved>, key: string): Saved {
  const found = saved.get(key);
  if (found === undefined) throw new Error(`edition ${key} was planned and is not there`);
  return found;
}

/** The numbers from 0 up, so many. */
function numbersTo(count: number): number[] {
  return Array.from({ length: count }, (_, number) => number);
}
