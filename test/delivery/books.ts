/**
 * The account of every article of every subscription: by what the database says is still to come or unknown, and by what
 * Telegram said was sent. It knows the states of deliveries and nothing of how they come about.
 */
import type { DigestPart } from '../../src/delivery/courier.ts';
import type { Db } from '../../src/store/database.ts';

/** Where an article is, seen from one subscription: in all of these together exactly once. */
export interface Account {
  sent: number;
  unknown: number;
  /** Planned, deferred, in flight. */
  open: number;
  /** The rest of an edition that was begun, for when the subscription goes on. */
  kept: number;
  /** Refused by Telegram for what it is. */
  refused: number;
  /** After the cursor: in an edition to come. */
  ahead: number;
}

interface Subscribed {
  id: number;
  chatId: number;
  name: string;
  /** Of the first article, the second, and so on. */
  accounts: Account[];
}

export class Books {
  private readonly db: Db;
  /** Of each message that Telegram said was sent, the articles. */
  private readonly sent: { subscriptionId: number; articles: number[] }[] = [];
  /** Subscriptions that were merged into others. */
  private readonly heirs = new Map<number, number>();
  /**
   * `subscription: article` of what two subscriptions had, each for itself, when they became one: it may have arrived under
   * both ids. How often it may be still to come.
   */
  private readonly shared = new Map<string, number>();
  /** The articles of each part of the editions, which never change. */
  private readonly editions = new Map<number, number[][]>();

  constructor(db: Db) {
    this.db = db;
  }

  noteSent(subscriptionId: number, html: string): void {
    this.sent.push({ subscriptionId, articles: articlesIn(html) });
  }

  /** Articles that a subscription has in no place, or in more than one. */
  wrong(): Promise<string[]> {
    return this.each((account, key) => {
      const { sent, unknown, open, kept, refused, ahead } = account;
      const places = sent + unknown + open + kept + refused + ahead;
      const most = this.shared.get(key);
      const isShared = most !== undefined && places > 1 && open + kept + ahead <= most;
      return places !== 1 && !isShared;
    });
  }

  /** Articles that are still to come. */
  missing(): Promise<string[]> {
    return this.each(({ open, kept, ahead }) => open + kept + ahead > 0);
  }

  /**
   * Notices when the subscription of one chat became that of another one.
   *
   * @param most how often an article that both had may be still to come then: once, or more if it was on its way under both
   * ids or in doubt
   */
  async watchMerge(from: number, to: number, most: number, action: () => Promise<unknown>): Promise<void> {
    const before = await this.read();
    const old = before.find(({ chatId }) => chatId === from);
    const kept = before.find(({ chatId }) => chatId === to);
    await action();
    if (old === undefined || kept === undefined) return;
    if ((await this.read()).some(({ id }) => id === old.id)) return;
    this.heirs.set(old.id, kept.id);
    old.accounts.forEach((account, index) => {
      const isInBoth = account.ahead === 0 && kept.accounts[index]?.ahead === 0;
      if (isInBoth) this.shared.set(`${kept.id}: ${index + 1}`, most);
    });
  }

  private async each(isMeant: (account: Account, key: string) => boolean): Promise<string[]> {
    return (await this.read()).flatMap(({ id, name, accounts }) =>
      accounts.flatMap((account, index) => {
        if (!isMeant(account, `${id}: ${index + 1}`)) return [];
        const places = Object.entries(account).filter(([, times]) => times > 0);
        const where = places.map(([place, times]) => `${place} ×${times}`).join(', ');
        return [`${name}, article ${index + 1}: ${where || 'lost'}`];
      }),
    );
  }

  private async read(): Promise<Subscribed[]> {
    const subscriptions = await this.db.selectFrom('subscriptions').selectAll().orderBy('id').execute();
    const rows = await this.db
      .selectFrom('deliveries')
      .select(['subscription_id', 'edition_id', 'part', 'state', 'reason'])
      .where('state', '!=', 'sent')
      .execute();
    const published = await this.published();
    await this.readEditions();
    return subscriptions.map(({ id, chat_id: chatId, thread_id: threadId, cursor, state, reason }) => {
      const accounts = Array.from({ length: published }, (_, index): Account => {
        const isAhead = cursor === null || index + 1 > cursor;
        return { sent: 0, unknown: 0, open: 0, kept: 0, refused: 0, ahead: isAhead ? 1 : 0 };
      });
      const count = (articles: readonly number[], place: keyof Account): void => {
        for (const article of articles) {
          const account = accounts[article - 1];
          if (account !== undefined) account[place] += 1;
        }
      };
      for (const { subscriptionId, articles } of this.sent) {
        if (this.heirOf(subscriptionId) === id) count(articles, 'sent');
      }
      for (const row of rows) {
        const place = row.subscription_id === id ? placeOf(row) : null;
        if (place !== null) count(this.editions.get(row.edition_id)?.[row.part] ?? [], place);
      }
      return { id, chatId, name: `${chatId}/${threadId} ${state} ${reason ?? ''}`, accounts };
    });
  }

  private async published(): Promise<number> {
    const last = this.db.selectFrom('articles').select((e) => e.fn.max('seq').as('seq'));
    return (await last.executeTakeFirst())?.seq ?? 0;
  }

  private async readEditions(): Promise<void> {
    const last = Math.max(0, ...this.editions.keys());
    const fresh = this.db.selectFrom('editions').select(['id', 'parts']).where('id', '>', last);
    for (const { id, parts } of await fresh.execute()) {
      const contents = (JSON.parse(parts) as DigestPart[]).map(({ html }) => articlesIn(html));
      this.editions.set(id, contents);
    }
  }

  private heirOf(subscriptionId: number): number {
    const heir = this.heirs.get(subscriptionId);
    return heir === undefined ? subscriptionId : this.heirOf(heir);
  }
}

/** Null for what was taken back. What was sent is counted by what Telegram said. */
function placeOf({ state, reason }: { state: string; reason: string | null }): keyof Account | null {
  if (state === 'unknown') return 'unknown';
  if (state !== 'dead') return 'open';
  if (reason?.startsWith('kept:') === true) return 'kept';
  return /^(?:refused|unreadable)/u.test(reason ?? '') ? 'refused' : null;
}

/** The numbers of the articles in a message. */
function articlesIn(html: string): number[] {
  return [...html.matchAll(/Tin (\d+)\./gu)].map((match) => Number(match[1]));
}
