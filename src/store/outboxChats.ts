/**
 * What becomes of chats, their subscriptions and their open deliveries when a chat is gone, moved, back, or its topic
 * takes no messages. Each function is part of a transaction of the caller's.
 *
 * Gone: the chat's subscriptions stop, with their preferences, and what they did not get is withdrawn. Back: those and
 * only those go on. Moved: the chat's row takes the new id. If there is a subscription at the new id already, its
 * preferences stand, and deliveries go over to it, except for those whose articles it has. A chat that moved is there,
 * whatever was heard of it before.
 */
import { sql, type Selectable, type Transaction } from 'kysely';
import type { ChatChange, NextSlot, Settlement } from '../delivery/outbox.ts';
import type { GoneReason } from '../delivery/outcome.ts';
import { MOVED } from '../delivery/settlement.ts';
import type { Database, SubscriptionsTable } from './schema.ts';
import { writeFilter } from './follows.ts';
import { close, cursorBefore, revive, unsentOf, withdraw } from './withdraw.ts';

type Trx = Transaction<Database>;
type Subscription = Selectable<SubscriptionsTable>;

/** Before the reason of a subscription that goes on when the chat is back. */
const GONE = 'gone:';

/** Outcomes that concern more than their own delivery, in their order. */
export async function changesOf(
  trx: Trx,
  settlements: readonly Settlement[],
  nextSlot: NextSlot,
  now: number,
): Promise<ChatChange[]> {
  const changes: ChatChange[] = [];
  for (const one of settlements) {
    if (one.kind !== 'gone' && one.kind !== 'moved' && one.kind !== 'topicLost') continue;
    const subscription = await reopen(trx, one, now);
    if (subscription === null) continue;
    if (one.kind === 'moved') changes.push(...found(await chatMoved(trx, one.chatId, one.to, nextSlot, now)));
    // What was said about the old id says nothing about the one that the delivery goes to now.
    else if (subscription.chat_id !== one.chatId) continue;
    else if (one.kind === 'gone') changes.push(...found(await chatGone(trx, one.chatId, one.reason, now)));
    else changes.push(...found(await topicLost(trx, subscription, one, now)));
  }
  return changes;
}

function found(change: ChatChange | null): ChatChange[] {
  return change === null ? [] : [change];
}

/** The delivery is no longer in flight and waits to be sent or withdrawn. Returns its subscription. */
async function reopen(trx: Trx, settlement: Settlement, now: number): Promise<Subscription | null> {
  const moved = settlement.kind === 'moved';
  const notBefore = moved ? settlement.notBefore : null;
  const { rows } = await sql<{ id: number }>`
    update deliveries set state = ${notBefore === null ? 'planned' : 'deferred'}, not_before = ${notBefore},
      updated_at = ${now},
      streak = case when not ${moved ? 1 : 0} then streak when reason is ${MOVED} then streak + 1 else 1 end,
      reason = case when ${moved ? 1 : 0} then ${MOVED} else reason end
    where id = ${settlement.id} and state = 'inflight'
    returning subscription_id as id`.execute(trx);
  if (rows[0] === undefined) return null;
  const subscription = trx.selectFrom('subscriptions').selectAll().where('id', '=', rows[0].id);
  return (await subscription.executeTakeFirst()) ?? null;
}

export async function chatGone(
  trx: Trx,
  chatId: number,
  reason: GoneReason,
  now: number,
): Promise<ChatChange | null> {
  const chat = await trx.selectFrom('chats').select('state').where('id', '=', chatId).executeTakeFirst();
  if (chat === undefined) return null;
  const subscriptions = await trx
    .selectFrom('subscriptions')
    .select(['id', 'state'])
    .where('chat_id', '=', chatId)
    .execute();
  const active = subscriptions.filter((subscription) => subscription.state === 'active');
  // Also those that were stopped: a delivery that was asked for may be on its way to them.
  for (const { id } of subscriptions) await withdraw(trx, id, GONE + reason, now);
  for (const { id } of active) await stop(trx, id, GONE + reason);
  await trx
    .updateTable('chats')
    .set({ state: 'gone', reason, updated_at: now })
    .where('id', '=', chatId)
    .execute();
  if (chat.state === 'gone' && active.length === 0) return null;
  return { kind: 'gone', chatId, reason, subscriptions: active.length };
}

export async function chatBack(trx: Trx, chatId: number, nextSlot: NextSlot, now: number): Promise<number> {
  await trx
    .updateTable('chats')
    .set({ state: 'active', reason: null, updated_at: now })
    .where('id', '=', chatId)
    .where('state', '=', 'gone')
    .execute();
  const stopped = await trx
    .selectFrom('subscriptions')
    .select(['id', 'cron', 'zone'])
    .where('chat_id', '=', chatId)
    .where('state', '=', 'stopped')
    .where('reason', 'like', `${GONE}%`)
    .execute();
  for (const { id, cron, zone } of stopped) {
    await trx
      .updateTable('subscriptions')
      .set({ state: 'active', reason: null, next_at: nextSlot(cron, zone, now) })
      .where('id', '=', id)
      .execute();
    await revive(trx, id, now);
  }
  return stopped.length;
}

export async function chatMoved(
  trx: Trx,
  from: number,
  to: number,
  nextSlot: NextSlot,
  now: number,
): Promise<ChatChange | null> {
  const read = (id: number) => trx.selectFrom('chats').selectAll().where('id', '=', id).executeTakeFirst();
  const [old, existing] = [await read(from), await read(to)];
  if (old === undefined || from === to) return null;
  if (existing === undefined) {
    // The foreign key carries the subscriptions along.
    await trx
      .updateTable('chats')
      .set({ id: to, type: 'supergroup', updated_at: now })
      .where('id', '=', from)
      .execute();
    await chatBack(trx, to, nextSlot, now);
    return { kind: 'moved', from, to, merged: false };
  }
  const subscriptions = await trx
    .selectFrom('subscriptions')
    .selectAll()
    .where('chat_id', '=', from)
    .execute();
  for (const subscription of subscriptions) await moveSubscription(trx, subscription, to, now);
  // A choice that was made under the new id stands; what was not chosen there is taken over.
  await trx
    .updateTable('chats')
    .set({
      language: existing.language ?? old.language,
      title: existing.title ?? old.title,
      added_by: existing.added_by ?? old.added_by,
      updated_at: now,
    })
    .where('id', '=', to)
    .execute();
  await trx.deleteFrom('chats').where('id', '=', from).execute();
  await chatBack(trx, to, nextSlot, now);
  return { kind: 'moved', from, to, merged: true };
}

async function moveSubscription(trx: Trx, old: Subscription, to: number, now: number): Promise<void> {
  const kept = await trx
    .selectFrom('subscriptions')
    .selectAll()
    .where('chat_id', '=', to)
    .where('thread_id', '=', old.thread_id)
    .executeTakeFirst();
  if (kept === undefined) {
    await trx.updateTable('subscriptions').set({ chat_id: to }).where('id', '=', old.id).execute();
    return;
  }
  const cursor = await joinDeliveries(trx, old, kept, now);
  const toldSeq = Math.max(old.told_seq ?? 0, kept.told_seq ?? 0);
  await trx
    .updateTable('subscriptions')
    .set({ cursor, told_seq: toldSeq === 0 ? null : toldSeq })
    .where('id', '=', kept.id)
    .execute();
  // Preferences of the kept one stand; where it follows nothing, it takes over what was followed.
  await sql`
    update follows set subscription_id = ${kept.id}
    where subscription_id = ${old.id}
      and not exists (select 1 from follows f where f.subscription_id = ${kept.id})`.execute(trx);
  await writeFilter(trx, kept.id);
  await trx.deleteFrom('subscriptions').where('id', '=', old.id).execute();
  if (kept.state === 'active') await revive(trx, kept.id, now);
}

/**
 * Two subscriptions become one. Of both, everything up to a certain article has left or is on its way, and the editions
 * after that are untouched. The one that is ahead goes on with its editions, and the other's untouched ones, whose
 * articles it has or will have, are closed. Returns the cursor that the two have together.
 */
async function joinDeliveries(
  trx: Trx,
  old: Subscription,
  kept: Subscription,
  now: number,
): Promise<number | null> {
  const [unsentOld, unsentKept] = [await unsentOf(trx, old.id), await unsentOf(trx, kept.id)];
  const [oldHad, keptHad] = [
    cursorBefore(unsentOld.untouched, old.cursor),
    cursorBefore(unsentKept.untouched, kept.cursor),
  ];
  // What a filter kept from the old one, the kept one may still want.
  const sameContent = old.filter === null || old.filter === kept.filter;
  const oldIsAhead =
    sameContent && (isAfter(oldHad, keptHad) || (oldHad === keptHad && isAfter(old.cursor, kept.cursor)));
  const [behind, had] = oldIsAhead ? [unsentKept, oldHad] : [unsentOld, keptHad];
  const covered = behind.begun.filter(({ toSeq }) => had !== null && toSeq <= had);
  await close(trx, [...behind.untouched, ...covered], 'dead', 'merged', now);
  // Both may have had a slot of the same time.
  for (let later = 0; ; later += 1) {
    const { rows } = await sql`
      select 1 from deliveries o join deliveries k
        on k.subscription_id = ${kept.id} and k.slot = o.slot + ${later} and k.part = o.part
      where o.subscription_id = ${old.id} limit 1`.execute(trx);
    if (rows.length > 0) continue;
    await sql`
      update deliveries set subscription_id = ${kept.id}, slot = slot + ${later}
      where subscription_id = ${old.id}`.execute(trx);
    return oldIsAhead ? old.cursor : kept.cursor;
  }
}

/** Null is before every article. */
function isAfter(a: number | null, b: number | null): boolean {
  return a !== null && (b === null || a > b);
}

/**
 * A closed topic: this edition goes to the chat itself, later ones try the topic again. A deleted one: the subscription
 * is the chat's from now on. If the chat has one of its own, or nothing else to fall back on, the topic's stops.
 */
async function topicLost(
  trx: Trx,
  subscription: Subscription,
  lost: { id: number; threadId: number; closed: boolean },
  now: number,
): Promise<ChatChange | null> {
  const { id: subscriptionId, chat_id: chatId, thread_id: threadId } = subscription;
  const ofChat = await trx
    .selectFrom('subscriptions')
    .select('id')
    .where('chat_id', '=', chatId)
    .where('thread_id', '=', 0)
    .executeTakeFirst();
  // Another delivery found out first.
  if (lost.threadId !== 0 && lost.threadId !== threadId) return null;
  const change = { kind: 'topicLost' as const, subscriptionId, chatId, threadId, closed: lost.closed };
  if (lost.threadId === 0 || ofChat !== undefined) {
    // A closed topic may be opened again, and then the chat says so; a deleted one does not come back.
    const reason = lost.closed ? `${GONE}topic-closed` : 'topic-deleted';
    await withdraw(trx, subscriptionId, reason, now);
    await stop(trx, subscriptionId, reason);
    return { ...change, became: 'stopped' };
  }
  if (lost.closed) {
    await sql`
      update deliveries set off_topic = 1
      where (subscription_id, slot) = (select subscription_id, slot from deliveries where id = ${lost.id})
        and state in ('planned', 'deferred')`.execute(trx);
  } else {
    await trx.updateTable('subscriptions').set({ thread_id: 0 }).where('id', '=', subscriptionId).execute();
  }
  return { ...change, became: 'general' };
}

async function stop(trx: Trx, subscriptionId: number, reason: string): Promise<void> {
  await trx
    .updateTable('subscriptions')
    .set({ state: 'stopped', reason, next_at: null })
    .where('id', '=', subscriptionId)
    .execute();
}
