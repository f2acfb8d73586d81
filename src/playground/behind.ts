/**
 * What the playground asks of the bot that plays in it. The bot itself never knows that it is watched.
 */

export interface LedgerRow {
  id: number;
  chatId: number;
  threadId: number;
  /** Epoch milliseconds. */
  slot: number;
  /** From 0. */
  part: number;
  state: 'planned' | 'inflight' | 'deferred' | 'sent' | 'unknown' | 'dead';
  attempt: number;
  notBefore: number | null;
  reason: string | null;
}

export interface BotMemory {
  articles: number;
  newestArticle: string | null;
  refused: { path: string; reason: string }[];
  subscriptions: number;
  nextSlot: number | null;
  counts: Partial<Record<LedgerRow['state'], number>>;
  /** Newest first. */
  deliveries: LedgerRow[];
}

export interface Behind {
  memory(): Promise<BotMemory>;
  /** When somebody is due next, epoch milliseconds; null when nobody is subscribed. */
  nextSlot(): Promise<number | null>;
  /** Asks who is due; resolves when it is planned. */
  beat(): Promise<void>;
  /** Ends the bot, forgets everything, and starts it again. */
  startOver(): Promise<void>;
}
