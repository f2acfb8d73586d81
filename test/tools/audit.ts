/**
 * The oracle: compares what was to be delivered with what the outside's own ledger says arrived, and with what the
 * database lists. It knows nothing of how a sender works, so a careless one is held to the same.
 */
import { judge } from '../../src/delivery/outcome.ts';
import type { Db } from '../../src/store/database.ts';
import type { Outside } from './outside.ts';

export interface Audit {
  /** Neither arrived, nor listed as unknown, nor to come again when the chat is back. */
  lost: string[];
  /** Arrived more than once. */
  repeated: string[];
  /** Called during the wait that a 429 imposed, or after a 403, in the same run of the program. */
  disobeyed: string[];
  /** Deliveries of unknown fate. */
  unknown: number;
  /** Calls of which the sender was not told whether the message arrived. */
  ambiguous: number;
  /** Deliveries that are neither settled nor waiting. */
  open: number;
}

/**
 * @param intended `chat:text` of everything that was planned
 * @param aliases new ids of chats that moved
 */
export async function audit(
  db: Db,
  outside: Outside,
  intended: readonly string[],
  aliases: ReadonlyMap<number, number> = new Map(),
): Promise<Audit> {
  const keyOf = (chatId: number, html: string): string => `${aliases.get(chatId) ?? chatId}:${html}`;
  const arrivals = new Map<string, number>();
  for (const call of outside.calls) {
    const key = keyOf(call.chatId, call.html);
    if (call.arrived) arrivals.set(key, (arrivals.get(key) ?? 0) + 1);
  }
  const rows = await db
    .selectFrom('deliveries')
    .innerJoin('subscriptions', 'subscriptions.id', 'deliveries.subscription_id')
    .select(['chat_id', 'edition_id', 'part', 'deliveries.state', 'deliveries.reason'])
    .execute();
  const accounted = new Set<string>();
  let unknown = 0;
  let open = 0;
  for (const row of rows) {
    const toCome = row.state === 'dead' && /^(gone|kept):/.test(row.reason ?? '');
    if (row.state === 'unknown') unknown += 1;
    if (row.state === 'unknown' || toCome)
      accounted.add(keyOf(row.chat_id, `e${row.edition_id}p${row.part}`));
    if (['planned', 'deferred', 'inflight'].includes(row.state)) open += 1;
  }
  return {
    lost: intended
      .map((key) => keyOf(...split(key)))
      .filter((key) => !arrivals.has(key) && !accounted.has(key)),
    repeated: [...arrivals].filter(([, count]) => count > 1).map(([key, count]) => `${key} ×${count}`),
    disobeyed: disobeyed(outside),
    unknown,
    ambiguous: outside.calls.filter(
      ({ happening }) => happening === null || judge(happening).kind === 'unknown',
    ).length,
    open,
  };
}

function split(key: string): [number, string] {
  const [chatId = '', html = ''] = key.split(':');
  return [Number(chatId), html];
}

function disobeyed(outside: Outside): string[] {
  const wrong: string[] = [];
  const closed = new Map<string, { until: number; why: string }>();
  const events = outside.calls.flatMap((call) => [
    { at: call.at, call, answered: false },
    ...(call.answeredAt === null ? [] : [{ at: call.answeredAt, call, answered: true }]),
  ]);
  events.sort((a, b) => a.at - b.at);
  for (const { at, call, answered } of events) {
    const key = `${call.run}/${call.chatId}`;
    const before = closed.get(key);
    if (!answered) {
      if (before !== undefined && at < before.until) wrong.push(`${call.chatId} at ${at}: ${before.why}`);
      continue;
    }
    const outcome = call.happening === null ? null : judge(call.happening);
    if (outcome?.kind === 'gone') closed.set(key, { until: Infinity, why: outcome.reason });
    if (outcome?.kind === 'retryAt' && outcome.delaySeconds !== null) {
      closed.set(key, { until: at + outcome.delaySeconds * 1_000, why: `${outcome.delaySeconds} s` });
    }
  }
  return wrong;
}
