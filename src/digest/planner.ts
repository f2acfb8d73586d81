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
  /** Null when there is nothing to send. */
  edition: FrozenEdition | null;
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
  /** One transaction: editions, deliveries, cursors, next slots. */
  commit(groups: PlannedGroup[], now: number): Promise<void>;
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
const CHUNK = 250;

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
  const narrowed = once(options.sieve);
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
      const news = frame === null ? null : await freeze(frame, options, narrowed, frozen);
      const edition =
        news ?? (frame !== null && subscription.tellsQuietDay ? quietDay(frame, options) : null);
      // Without follows nothing is left out, and there is nothing to leave behind.
      const coveredTo = edition !== null || (frame !== null && isNarrow(frame)) ? toSeq : null;
      const nextAt = next(cron, zone);
      // A late one may leave at night though its slot was in the evening.
      const silent = quiet !== null && [slot, now].some((at) => isQuiet(quiet, minuteOf(at, zone)));
      const key = `${cursor}/${toldSeq}/${edition?.key}/${coveredTo}/${slot}/${silent}/${nextAt}`;
      const group = groups.get(key);
      if (group === undefined)
        groups.set(key, { subscriptionIds: [id], cursor, toldSeq, slot, silent, edition, coveredTo, nextAt });
      else group.subscriptionIds.push(id);
    }
    await options.store.commit([...groups.values()], now);
    // Those with the same follows come one after the other, so what is not asked for now will not be asked for again.
    for (const [text, edition] of frozen) {
      if (edition !== null && edition.filter !== null && !used(groups, edition)) frozen.delete(text);
    }
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
  const { fromSeq, toSeq, filter, told = [] } = frame;
  if (fromSeq === null) return null;
  // Never shared with an edition of the same frame that has articles: one may have come back since.
  const key = `quiet-${editionKey(frame)}`;
  const parts = options.render({ frame, items: [], more: 0 });
  return { key, fromSeq, toSeq, filter, told, articleIds: [], parts };
}

async function freeze(
  frame: EditionFrame,
  options: PlannerOptions,
  narrowed: () => Promise<Sieve>,
  frozen: Map<string, FrozenEdition | null>,
): Promise<FrozenEdition | null> {
  const text = frameText(frame);
  const known = frozen.get(text);
  if (known !== undefined) return known;
  const articles = isNarrow(frame) ? (await narrowed()).through(frame) : options.articles;
  const content = await composeEdition(frame, articles);
  const edition = content && {
    key: editionKey(frame),
    fromSeq: frame.fromSeq,
    toSeq: frame.toSeq,
    filter: frame.filter,
    told: frame.told ?? [],
    articleIds: content.items.flatMap(({ reports }) => reports.map(({ id }) => id)),
    parts: options.render(content),
  };
  frozen.set(text, edition);
  return edition;
}

function used(groups: ReadonlyMap<string, PlannedGroup>, edition: FrozenEdition): boolean {
  for (const group of groups.values()) if (group.edition === edition) return true;
  return false;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => (made ??= make());
}
