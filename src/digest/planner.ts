/**
 * Asks who is due and plans their editions: the content is composed and frozen once per group of subscriptions that get
 * the same, and each chunk of subscriptions is committed in one transaction together with its new cursors and next slots.
 *
 * A kill between two chunks leaves the later ones due, and they are planned at the next start; a kill inside a chunk
 * leaves no trace of it.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DigestPart } from '../delivery/courier.ts';
import {
  composeEdition,
  editionKey,
  frameText,
  type EditionContent,
  type EditionFrame,
  type NewArticles,
} from './edition.ts';
import { isQuiet, minuteFinder } from './quiet.ts';
import { dayFinder, judgeSlot, lastSlotFinder, slotFinder } from './schedule.ts';
import type { Subscription } from './subscription.ts';

/** Subscriptions that get the same edition, or the same lack of one. */
export interface PlannedGroup {
  subscriptionIds: number[];
  /** The cursor that they were read with; a subscription whose cursor has changed since is left alone. */
  cursor: number | null;
  /** The slot that the edition is for: after a time in which the program was down, the last one of those missed. */
  slot: number;
  /** It falls into quiet hours, so it comes without a sound. */
  silent: boolean;
  /** Null when there is nothing to send: only the next slot moves. */
  edition: FrozenEdition | null;
  /** The next slot; null stops the subscription, since its schedule has no future. */
  nextAt: number | null;
}

export interface FrozenEdition {
  key: string;
  fromSeq: number | null;
  toSeq: number;
  /** All reports of all items. */
  articleIds: string[];
  parts: DigestPart[];
}

export interface PlannerStore {
  /** Active subscriptions with `nextAt <= now`, the longest waiting first. */
  due(now: number, limit: number): Promise<Subscription[]>;
  /** One transaction: editions, deliveries, cursors, next slots. */
  commit(groups: PlannedGroup[], now: number): Promise<void>;
}

export interface PlannerOptions {
  store: PlannerStore;
  articles: NewArticles;
  /** The view that turns an edition into messages. */
  render: (content: EditionContent) => DigestPart[];
  /** Of a subscription that chose none. */
  maxItems: number;
  lateLimitMs: number;
  /** Ends the planning between two chunks; what is left is planned at the next start. */
  signal: AbortSignal;
}

/** Small enough that answers to people get between two transactions, large enough that 100,000 chats take seconds. */
const CHUNK = 500;

export interface Planned {
  /** Subscriptions that were due. */
  due: number;
  /** Those of them that get an edition. */
  digests: number;
}

/** Plans everything that is due at `now`. */
export async function planDue(now: number, options: PlannerOptions): Promise<Planned> {
  const toSeq = await options.articles.lastSeq();
  const next = slotFinder(now);
  const last = lastSlotFinder(now);
  const dayOf = dayFinder();
  const minuteOf = minuteFinder();
  const frozen = new Map<string, FrozenEdition | null>();
  const planned: Planned = { due: 0, digests: 0 };
  for (;;) {
    const due = await options.store.due(now, CHUNK);
    if (due.length === 0 || options.signal.aborted) return planned;
    const groups = new Map<string, PlannedGroup>();
    for (const subscription of due) {
      const { id, cron, zone, cursor, pausedUntil, quiet } = subscription;
      // Of several slots that were missed, the last one decides: it is what the chat waits for now.
      const slot = Math.max(subscription.nextAt ?? now, last(cron, zone) ?? 0);
      const verdict = judgeSlot({ at: slot, pausedUntil }, now, options.lateLimitMs);
      const frame =
        verdict === 'skip'
          ? null
          : frameFor(subscription, options.maxItems, toSeq, verdict === 'late', dayOf(slot, zone));
      const news = frame === null ? null : await freeze(frame, options, frozen);
      const edition =
        news ?? (frame !== null && subscription.tellsQuietDay ? quietDay(frame, options) : null);
      const nextAt = next(cron, zone);
      // A late one may leave at night though its slot was in the evening.
      const silent = quiet !== null && [slot, now].some((at) => isQuiet(quiet, minuteOf(at, zone)));
      const key = `${cursor}/${edition?.key}/${slot}/${silent}/${nextAt}`;
      const group = groups.get(key);
      if (group === undefined)
        groups.set(key, { subscriptionIds: [id], cursor, slot, silent, edition, nextAt });
      else group.subscriptionIds.push(id);
    }
    await options.store.commit([...groups.values()], now);
    // SQLite answers at once, so nothing else would have its turn before all of them are planned.
    await nextTurn();
    planned.due += due.length;
    for (const { edition, subscriptionIds } of groups.values()) {
      if (edition !== null) planned.digests += subscriptionIds.length;
    }
  }
}

/**
 * What this subscription's edition of that day is made of.
 *
 * @param maxItems where the subscription chose none
 */
export function frameFor(
  subscription: Pick<
    Subscription,
    'cursor' | 'language' | 'surface' | 'filter' | 'style' | 'maxItems' | 'zone'
  >,
  maxItems: number,
  toSeq: number,
  late: boolean,
  day: string,
): EditionFrame {
  const { cursor: fromSeq, language, surface, filter, style, zone } = subscription;
  const most = subscription.maxItems ?? maxItems;
  return { fromSeq, toSeq, language, surface, filter, style, maxItems: most, late, zone, day };
}

/** The edition that says that there is nothing new; null before a chat's first edition, since nothing was ever new there. */
function quietDay(frame: EditionFrame, options: PlannerOptions): FrozenEdition | null {
  const { fromSeq, toSeq } = frame;
  if (fromSeq === null) return null;
  // Never shared with an edition of the same frame that has articles: one may have come back since.
  const key = `quiet-${editionKey(frame)}`;
  return { key, fromSeq, toSeq, articleIds: [], parts: options.render({ frame, items: [], more: 0 }) };
}

async function freeze(
  frame: EditionFrame,
  options: PlannerOptions,
  frozen: Map<string, FrozenEdition | null>,
): Promise<FrozenEdition | null> {
  const text = frameText(frame);
  const known = frozen.get(text);
  if (known !== undefined) return known;
  const content = await composeEdition(frame, options.articles);
  const edition = content && {
    key: editionKey(frame),
    fromSeq: frame.fromSeq,
    toSeq: frame.toSeq,
    articleIds: content.items.flatMap(({ reports }) => reports.map(({ id }) => id)),
    parts: options.render(content),
  };
  frozen.set(text, edition);
  return edition;
}
