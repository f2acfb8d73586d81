/**
 * Asks who is due and plans their editions: the content is composed and frozen once for all subscriptions that get the
 * same, and each chunk of subscriptions is committed in one transaction together with its new cursors and next slots.
 *
 * A kill between two chunks leaves the later ones due, and they are planned at the next start; a kill inside a chunk
 * leaves no trace of it.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DigestPart } from '../delivery/courier.ts';
import {
  composeEdition,
  editionKey,
  isNarrow,
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
  /** Likewise: an article that was told at once meanwhile must not be in the edition. */
  toldSeq: number | null;
  /** The slot that the edition is for: after a time in which the program was down, the last one of those missed. */
  slot: number;
  /** It falls into quiet hours, so it comes without a sound. */
  silent: boolean;
  /** The key of what is sent; null when there is nothing to send. */
  edition: string | null;
  /** Where the cursor stands afterwards: what was new and not wanted is left behind. Null leaves it where it is. */
  coveredTo: number | null;
  /** The next slot; null stops the subscription, since its schedule has no future. */
  nextAt: number | null;
}

export interface FrozenEdition {
  key: string;
  fromSeq: number | null;
  toSeq: number;
  filter: string | null;
  told?: readonly number[];
  /** All reports of all items. */
  articleIds: string[];
  parts: DigestPart[];
}

export interface PlannerStore {
  /** Active subscriptions with `nextAt <= now`, the longest waiting first. */
  due(now: number, limit: number): Promise<Subscription[]>;
  /** By subscription: `seq`s of articles after its cursor that it was told at once, ascending. */
  told(subscriptions: readonly Subscription[]): Promise<ReadonlyMap<number, number[]>>;
  /**
   * One transaction: editions, deliveries, cursors, next slots.
   *
   * @param editions those of the groups that were not committed before
   */
  commit(groups: PlannedGroup[], editions: FrozenEdition[], now: number): Promise<void>;
}

export interface PlannerOptions {
  store: PlannerStore;
  articles: NewArticles;
  /** The articles as chats with follows see them. Asked for once a planning. */
  sieve: () => Promise<Sieve>;
  /** The view that turns an edition into messages. */
  render: (content: EditionContent) => DigestPart[];
  /** Of a subscription that chose none. */
  maxItems: number;
  lateLimitMs: number;
  /** Ends the planning between two chunks; what is left is planned at the next start. */
  signal: AbortSignal;
}

export interface Sieve {
  through(frame: Pick<EditionFrame, 'filter' | 'told'>): NewArticles;
}

/** Small enough that answers to people get between two transactions, large enough that 100,000 chats take seconds. */
export const CHUNK = 250;

export interface Planned {
  /** Subscriptions that were due. */
  due: number;
  /** Those of them that get an edition. */
  digests: number;
}

/** Editions that are composed for one commit, for the same reason; with follows nearly every chat has one of its own. */
const MOST_FRESH = 50;

/** Plans everything that is due at `now`. */
export async function planDue(now: number, options: PlannerOptions): Promise<Planned> {
  const toSeq = await options.articles.lastSeq();
  const next = slotFinder(now);
  const last = lastSlotFinder(now);
  const dayOf = dayFinder();
  const minuteOf = minuteFinder();
  const press = createPress(options);
  const planned: Planned = { due: 0, digests: 0 };
  for (;;) {
    const due = await options.store.due(now, CHUNK);
    if (due.length === 0 || options.signal.aborted) return planned;
    const told = await options.store.told(due);
    const groups = new Map<string, PlannedGroup>();
    for (const subscription of due) {
      const { id, cron, zone, cursor, toldSeq, pausedUntil, quiet } = subscription;
      // Of several slots that were missed, the last one decides: it is what the chat waits for now.
      const slot = Math.max(subscription.nextAt ?? now, last(cron, zone) ?? 0);
      const verdict = judgeSlot({ at: slot, pausedUntil }, now, options.lateLimitMs);
      const frame =
        verdict === 'skip'
          ? null
          : {
              ...frameFor(subscription, options.maxItems, toSeq, verdict === 'late', dayOf(slot, zone)),
              told: told.get(id) ?? [],
            };
      const edition = frame === null ? null : await press.edition(frame, subscription.tellsQuietDay);
      // Without follows nothing is left out, and there is nothing to leave behind.
      const coveredTo = edition !== null || (frame !== null && isNarrow(frame)) ? toSeq : null;
      const nextAt = next(cron, zone);
      // A late one may leave at night though its slot was in the evening.
      const silent = quiet !== null && [slot, now].some((at) => isQuiet(quiet, minuteOf(at, zone)));
      const key = `${cursor}/${toldSeq}/${edition}/${coveredTo}/${slot}/${silent}/${nextAt}`;
      const group = groups.get(key);
      if (group === undefined)
        groups.set(key, { subscriptionIds: [id], cursor, toldSeq, slot, silent, edition, coveredTo, nextAt });
      else group.subscriptionIds.push(id);
      planned.due += 1;
      if (press.fresh() >= MOST_FRESH) break;
    }
    await options.store.commit([...groups.values()], press.takeFresh(), now);
    // SQLite answers at once, so nothing else would have its turn before all of them are planned.
    await nextTurn();
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

interface Press {
  /** The key of the edition within `frame`, which is composed when it is new; null when there is nothing to send. */
  edition(frame: EditionFrame, tellsQuietDay: boolean): Promise<string | null>;
  /** How many are to be committed. */
  fresh(): number;
  takeFresh(): FrozenEdition[];
}

/** Composes each edition of a planning once. Of those that were committed it knows no more than the key. */
function createPress({ articles, sieve, render }: PlannerOptions): Press {
  /** Whether there are articles, by key. */
  const composed = new Map<string, boolean>();
  const quietDays = new Set<string>();
  let fresh: FrozenEdition[] = [];
  let narrowed: Promise<Sieve> | null = null;

  function freeze(key: string, content: EditionContent): void {
    const { frame, items } = content;
    fresh.push({
      ...{ key, fromSeq: frame.fromSeq, toSeq: frame.toSeq, filter: frame.filter, told: frame.told ?? [] },
      articleIds: items.flatMap(({ reports }) => reports.map(({ id }) => id)),
      parts: render(content),
    });
  }

  async function hasArticles(key: string, frame: EditionFrame): Promise<boolean> {
    const known = composed.get(key);
    if (known !== undefined) return known;
    const source = isNarrow(frame) ? (await (narrowed ??= sieve())).through(frame) : articles;
    const content = await composeEdition(frame, source);
    if (content !== null) freeze(key, content);
    composed.set(key, content !== null);
    return content !== null;
  }

  return {
    async edition(frame, tellsQuietDay) {
      const key = editionKey(frame);
      if (await hasArticles(key, frame)) return key;
      // Nothing was ever new to a chat before its first edition.
      if (!tellsQuietDay || frame.fromSeq === null) return null;
      // Never shared with an edition of the same frame that has articles: one may have come back since.
      const quiet = `quiet-${key}`;
      if (!quietDays.has(quiet)) freeze(quiet, { frame, items: [], more: 0 });
      quietDays.add(quiet);
      return quiet;
    },
    fresh: () => fresh.length,
    takeFresh() {
      const taken = fresh;
      fresh = [];
      return taken;
    },
  };
}
