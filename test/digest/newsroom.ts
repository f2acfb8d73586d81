/**
 * A newsroom on a real database: articles are published, chats subscribe, digests are planned and leave through the real
 * outbox. Time is an argument; nothing is sent anywhere but into a list.
 */
import { createSieve } from '../../src/follows/sieve.ts';
import { createMatcher, type Matcher } from '../../src/follows/matcher.ts';
import { tellAtOnce } from '../../src/follows/alerts.ts';
import { createAlertStore } from '../../src/store/alerts.ts';
import { createFollowStore } from '../../src/store/follows.ts';
import { alertView } from '../../src/telegram/views/alertView.ts';
import { SqlOutbox } from '../../src/store/outbox.ts';
import { SqlArticles } from '../../src/store/articles.ts';
import { openDatabase, type Db } from '../../src/store/database.ts';
import { createChatStore } from '../../src/store/chats.ts';
import { createSubscriptionStore } from '../../src/store/subscriptions.ts';
import type { Change } from '../../src/digest/change.ts';
import type { Adjusted } from '../../src/digest/subscription.ts';
import { planDue } from '../../src/digest/planner.ts';
import { nextSlot } from '../../src/digest/schedule.ts';
import { digestViews } from '../../src/telegram/views/digestView.ts';
import type { DeliveryState } from '../../src/store/schema.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** 07:00 in Ho Chi Minh City, the slot of every subscription that does not say otherwise. */
export const SEVEN = Date.parse('2026-11-24T00:00:00Z');
const LATE_LIMIT = 6 * HOUR;

export interface Wish {
  thread?: number;
  cron?: string;
  zone?: string;
  language?: 'vi' | 'en';
  at?: number;
}

export interface PlannedDelivery {
  subscriptionId: number;
  slot: number;
  part: number;
  state: DeliveryState;
  reason: string | null;
  editionId: number;
  fromSeq: number | null;
  toSeq: number;
  articles: string[];
  html: string;
}

export class Newsroom {
  readonly db: Db;
  readonly articles: SqlArticles;
  readonly store: ReturnType<typeof createSubscriptionStore>;
  readonly chats: ReturnType<typeof createChatStore>;
  readonly outbox: SqlOutbox;
  readonly follows: ReturnType<typeof createFollowStore>;
  readonly matcher: Matcher;

  private constructor(db: Db) {
    this.db = db;
    this.articles = new SqlArticles(db);
    this.store = createSubscriptionStore(db);
    this.chats = createChatStore(db);
    this.outbox = new SqlOutbox(db, nextSlot);
    this.follows = createFollowStore(db);
    this.matcher = createMatcher(this.follows, () => Promise.resolve([]));
  }

  static async open(file = ':memory:'): Promise<Newsroom> {
    return new Newsroom(await openDatabase(file));
  }

  close(): Promise<void> {
    return this.db.destroy();
  }

  /** New articles, called after their number: "Tin 7.", made as long as `title` says. Returns their ids. */
  async publish(count = 1, title = (name: string): string => name): Promise<string[]> {
    const last = await this.articles.lastSeq();
    const rows = Array.from({ length: count }, (_, n) => {
      const seq = last + n + 1;
      const id = `article${String(seq).padStart(5, '0')}`;
      return {
        ...{ id, seq, rev: seq, title: title(`Tin ${seq}.`), summary: null, body: '', author: null },
        ...{ source: null, url: null, language: 'vi', story_id: null, removed_at: null },
        ...{ published_at: '2026-11-23', listed_at: '2026-11-23', first_seen_at: 0, content_hash: id },
      };
    });
    await this.db.insertInto('articles').values(rows).execute();
    return rows.map(({ id }) => id);
  }

  async remove(id: string): Promise<void> {
    await this.db.updateTable('articles').set({ removed_at: 1 }).where('id', '=', id).execute();
  }

  /** @returns whether it was not subscribed before */
  async subscribe(chatId: number, wish: Wish = {}): Promise<boolean> {
    const {
      thread = 0,
      cron = '0 7 * * *',
      zone = 'Asia/Ho_Chi_Minh',
      language = 'vi',
      at = SEVEN - HOUR,
    } = wish;
    const type = chatId > 0 ? 'private' : chatId < -1000 ? 'channel' : 'supergroup';
    await this.chats.meet({ id: chatId, type, title: null, username: null }, at);
    const fallback = { cron, zone };
    return this.store.subscribe({ chatId, threadId: thread, chosenCron: null, fallback, language, now: at });
  }

  adjust(chatId: number, change: Change, at: number, thread = 0): Promise<Adjusted> {
    return this.store.adjust(chatId, thread, change, at);
  }

  unsubscribe(chatId: number, at: number, thread = 0): Promise<boolean> {
    return this.store.unsubscribe(chatId, thread, at);
  }

  /** What planning asks about chats with follows. */
  readonly sieve = async () => {
    await this.matcher.sync();
    return createSieve(this.articles, this.matcher);
  };

  /** What the program does when articles have come. Returns how many messages were planned. */
  tell(at: number): Promise<number> {
    return tellAtOnce(at, {
      store: createAlertStore(this.db),
      shelves: this.articles,
      matcher: this.matcher,
      render: (article, why) => alertView(article, why, { bot: 'diemtin_bot', zone: 'Asia/Ho_Chi_Minh' }),
      signal: new AbortController().signal,
    });
  }

  /** One beat of the heart. Returns how many subscriptions were looked at. */
  async tick(at: number, maxItems = 10, signal = new AbortController().signal): Promise<number> {
    const { due } = await planDue(at, {
      store: this.store,
      articles: this.articles,
      sieve: this.sieve,
      render: (edition) => digestViews(edition, { bot: 'diemtin_bot' }),
      maxItems,
      lateLimitMs: LATE_LIMIT,
      signal,
    });
    return due;
  }

  /** Everything that was ever planned, in that order. */
  async deliveries(chatId?: number): Promise<PlannedDelivery[]> {
    const rows = await this.db
      .selectFrom('deliveries')
      .innerJoin('editions', 'editions.id', 'deliveries.edition_id')
      .innerJoin('subscriptions', 'subscriptions.id', 'deliveries.subscription_id')
      .selectAll('deliveries')
      .select(['chat_id', 'from_seq', 'to_seq', 'parts', 'article_ids'])
      .orderBy('deliveries.id')
      .execute();
    return rows
      .filter((row) => chatId === undefined || row.chat_id === chatId)
      .map((row) => ({
        ...{ subscriptionId: row.subscription_id, slot: row.slot, part: row.part, state: row.state },
        ...{ reason: row.reason, editionId: row.edition_id, fromSeq: row.from_seq, toSeq: row.to_seq },
        articles: JSON.parse(row.article_ids) as string[],
        html: (JSON.parse(row.parts) as { html: string }[])[row.part]?.html ?? '',
      }));
  }

  /** Takes the next message of this chat in flight; null when there is none. */
  async takeOne(chatId: number, at: number): Promise<{ id: number; html: string } | null> {
    const waiting = await this.outbox.planned(0, 1_000);
    const first = waiting.find((candidate) => candidate.chatId === chatId);
    if (first === undefined) return null;
    const [intent] = await this.outbox.take([first.id], 'boot', at);
    return intent === undefined ? null : { id: intent.id, html: intent.content?.html ?? '' };
  }

  async settleSent(id: number, at: number): Promise<void> {
    await this.outbox.settle([{ kind: 'sent', id, messageId: id, announced: [] }], at, []);
  }

  /** Sends what waits for this chat, at most `limit` messages; returns them. */
  async send(chatId: number, at: number, limit = 1_000): Promise<string[]> {
    const sent: string[] = [];
    while (sent.length < limit) {
      const message = await this.takeOne(chatId, at);
      if (message === null) break;
      await this.settleSent(message.id, at);
      sent.push(message.html);
    }
    return sent;
  }
}
