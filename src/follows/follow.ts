/**
 * A follow: a query that a chat keeps, and what is done with the articles that match it. Owns the limits and what the rest
 * of the room asks of the store; refuses to know how a message looks or gets anywhere.
 */

/**
 * `only`: the digest has nothing but what is followed. `first`: it begins with these. `alert`: they are told at once, and
 * not again in the digest.
 */
export type FollowMode = 'only' | 'first' | 'alert';
export const FOLLOW_MODES: readonly FollowMode[] = ['only', 'first', 'alert'];

/** Of one chat or topic: as many as can be looked over. */
export const MAX_FOLLOWS = 20;
/** UTF-16 units of one query, as typed and as kept. */
export const MAX_FOLLOW_UNITS = 200;
/** Alerts to one chat or topic within an hour; what is above waits for the digest. */
export const MAX_ALERTS_PER_HOUR = 6;

export interface Follow {
  /** Grows; an edited follow has a new one, so that the text of an id never changes. */
  id: number;
  /** In the canonical form of the query language. */
  text: string;
  mode: FollowMode;
  /** Epoch milliseconds. */
  createdAt: number;
  /** Articles after this `seq` are told at once. */
  fromSeq: number;
}

export type Added =
  | { ok: true; follow: Follow }
  /** `none`: the chat or topic was never subscribed. */
  | { ok: false; why: 'too-many' | 'none' };

export interface FollowStore {
  /** In the order in which they were made; empty for a chat or topic that was never subscribed. */
  list(chatId: number, threadId: number): Promise<Follow[]>;
  /** The same query again only changes its mode. */
  add(
    chatId: number,
    threadId: number,
    wish: { text: string; mode: FollowMode },
    now: number,
  ): Promise<Added>;
  /** Puts another query in the place of one. False when there is no such follow here. */
  rewrite(chatId: number, threadId: number, id: number, text: string, now: number): Promise<boolean>;
  /** False when there is no such follow here. */
  setMode(chatId: number, threadId: number, id: number, mode: FollowMode): Promise<boolean>;
  /** False when there is no such follow here. */
  remove(chatId: number, threadId: number, id: number): Promise<boolean>;
}
