/**
 * Histories of subscriptions: the real outbox, subscriptions and planner, driven step by step by whatever may happen in
 * between: chats go, come back, move, unsubscribe; topics close; answers are late, lost or never come; the clock is set
 * back.
 */
import type { EditionContent } from '../../src/digest/edition.ts';
import type { DigestPart } from '../../src/delivery/courier.ts';
import type { Intent, Settlement, UnknownPolicy } from '../../src/delivery/outbox.ts';
import type { GoneReason, Outcome } from '../../src/delivery/outcome.ts';
import { settlementOf } from '../../src/delivery/settlement.ts';
import { planDue } from '../../src/digest/planner.ts';
import { forgetOldDeliveries } from '../../src/store/retention.ts';
import { HOUR, MINUTE, Newsroom, SEVEN } from '../digest/newsroom.ts';
import { Books } from './books.ts';

const GROUP = -100;
const SUPERGROUP = -1_001_000_000_100;
const FORUM = -1_002_000_000_000;

/** Where there may be a subscription; the group may become the supergroup at any time. Few, so that much happens to each. */
export const PLACES = [
  { chatId: GROUP, threadId: 0 },
  { chatId: SUPERGROUP, threadId: 0 },
  { chatId: FORUM, threadId: 0 },
  { chatId: FORUM, threadId: 7 },
] as const;
const CHATS = [...new Set(PLACES.map(({ chatId }) => chatId))];
const CRONS = ['0 7 * * *', '0 20 * * *'];
const ARTICLES_PER_PART = 2;
const LATE_LIMIT = 12 * HOUR;

export type Answer =
  | 'sent'
  | 'flood'
  | 'long flood'
  | 'unreached'
  | 'unreadable'
  | 'blocked'
  | 'moved'
  | 'closed'
  | 'deleted'
  | 'refused'
  | 'unknown'
  | 'stop'
  | 'not sent';

/** Numbers are turned into what there is at the moment: the n-th of it. */
export type Step =
  | { do: 'publish'; count: number }
  /** Waits for the next slot of anybody, and plans. */
  | { do: 'slot' }
  /** Lets hours pass, or sets the clock back, and plans. */
  | { do: 'pass'; hours: number }
  | { do: 'subscribe' | 'unsubscribe'; place: number; cron: number }
  | { do: 'take'; nth: number; stale: boolean }
  | { do: 'answer'; nth: number; answers: Answer[] }
  | { do: 'crash' }
  | { do: 'gone' | 'back' | 'redeliver all'; chat: number }
  | { do: 'redeliver'; nth: number }
  | { do: 'move' }
  | { do: 'postpone'; nth: number }
  /** Two weeks later old digests are forgotten. */
  | { do: 'forget' };

export class History {
  private readonly room: Newsroom;
  private readonly policy: UnknownPolicy;
  private now = SEVEN - HOUR;
  private boots = 1;
  private flights: Intent[] = [];
  /** Ids that were candidates once. */
  private readonly seen: number[] = [];
  private readonly books: Books;

  private constructor(room: Newsroom, policy: UnknownPolicy) {
    this.room = room;
    this.policy = policy;
    this.books = new Books(room.db);
  }

  static async begin(policy: UnknownPolicy): Promise<History> {
    return new History(await Newsroom.open(), policy);
  }

  close(): Promise<void> {
    return this.room.close();
  }

  async take(step: Step): Promise<void> {
    const { room } = this;
    switch (step.do) {
      case 'publish':
        await room.publish(step.count);
        return;
      case 'slot':
        return this.toNextSlot();
      case 'pass':
        this.now += step.hours * HOUR;
        return this.plan();
      case 'subscribe':
        return this.subscribe(nth(PLACES, step.place), nth(CRONS, step.cron));
      case 'unsubscribe': {
        const place = nth(PLACES, step.place);
        if (place !== undefined) await room.store.unsubscribe(place.chatId, place.threadId, this.now);
        return;
      }
      case 'take':
        return this.send(step.nth, step.stale);
      case 'answer':
        return this.answer(step.nth, step.answers);
      case 'crash':
        this.flights = [];
        this.boots += 1;
        await room.outbox.recover(this.boot, this.policy, this.now);
        await room.outbox.rebase(this.now);
        return;
      case 'gone':
        await room.outbox.chatGone(nth(CHATS, step.chat) ?? 0, 'blocked', this.now);
        return;
      case 'back':
        await room.outbox.chatBack(nth(CHATS, step.chat) ?? 0, this.now);
        return;
      case 'redeliver all':
        await room.outbox.redeliver(nth(CHATS, step.chat) ?? 0, null, this.now);
        return;
      case 'redeliver': {
        const unknown = nth(await room.outbox.unknown(null, 100), step.nth);
        if (unknown !== undefined) await room.outbox.redeliver(unknown.chatId, unknown.id, this.now);
        return;
      }
      case 'move':
        return this.watchMerge(this.flights.length, () => room.outbox.chatMoved(GROUP, SUPERGROUP, this.now));
      case 'postpone': {
        const candidate = nth(await this.candidates(), step.nth);
        const wait = candidate && { id: candidate.id, notBefore: this.now + 10 * MINUTE };
        if (wait !== undefined) await room.outbox.postpone([wait], 'chat waits', this.now);
        return;
      }
      case 'forget':
        this.now += 15 * 24 * HOUR;
        await this.plan();
        await forgetOldDeliveries(room.db, this.now);
    }
  }

  /** What is wrong: articles that a subscription has in no place, or in more than one. */
  wrong(): Promise<string[]> {
    return this.books.wrong();
  }

  /** Everybody is there again and subscribed, all answers are yes: what is still to come comes. */
  async rest(): Promise<void> {
    await this.answer(0, Array.from<Answer>({ length: this.flights.length }).fill('sent'));
    for (const chatId of CHATS) await this.room.outbox.chatBack(chatId, this.now);
    const stopped = await this.room.db.selectFrom('subscriptions').selectAll().execute();
    for (const { chat_id: chatId, thread_id: threadId, cron } of stopped) {
      await this.subscribe({ chatId, threadId }, cron);
    }
    for (let slots = 0; slots < 4; slots += 1) {
      await this.toNextSlot();
      this.now += 40 * 24 * HOUR;
      await this.plan();
      for (let left = await this.candidates(); left.length > 0; left = await this.candidates()) {
        for (const { id } of left)
          this.flights.push(...(await this.room.outbox.take([id], this.boot, this.now)));
        if (this.flights.length === 0) throw new Error(`nothing of ${left.length} candidates can be taken`);
        await this.answer(
          0,
          this.flights.map(() => 'sent'),
        );
      }
    }
  }

  /** What has not come, though nothing keeps it any more. */
  missing(): Promise<string[]> {
    return this.books.missing();
  }

  private get boot(): string {
    return `boot-${this.boots}`;
  }

  private async subscribe(
    place: { chatId: number; threadId: number } | undefined,
    cron = '0 7 * * *',
  ): Promise<void> {
    if (place === undefined) return;
    const { chatId, threadId } = place;
    const zone = 'Asia/Ho_Chi_Minh';
    await this.room.chats.meet({ id: chatId, type: 'supergroup', title: null, username: null }, this.now);
    await this.room.store.subscribe({
      ...{ chatId, threadId, chosenCron: cron, fallback: { cron, zone } },
      language: 'vi',
      now: this.now,
    });
  }

  private async toNextSlot(): Promise<void> {
    const { next } = await this.room.db
      .selectFrom('subscriptions')
      .select((e) => e.fn.min<number | null>('next_at').as('next'))
      .where('state', '=', 'active')
      .executeTakeFirstOrThrow();
    this.now = Math.max(this.now, next ?? this.now);
    await this.plan();
  }

  private async plan(): Promise<void> {
    const { store, articles } = this.room;
    await planDue(this.now, {
      ...{ store, articles, sieve: this.room.sieve, render, maxItems: 1_000, lateLimitMs: LATE_LIMIT },
      signal: new AbortController().signal,
    });
  }

  private async candidates() {
    const { outbox } = this.room;
    const busy = new Set(this.flights.map(({ chatId }) => chatId));
    const all = [...(await outbox.planned(0, 1_000)), ...(await outbox.due(this.now, null, 1_000))];
    return all.filter(({ chatId }) => !busy.has(chatId));
  }

  private async send(number: number, stale: boolean): Promise<void> {
    const candidates = (await this.candidates()).map(({ id }) => id);
    const id = nth(stale ? this.seen : candidates, number);
    if (id === undefined) return;
    this.seen.push(...candidates);
    this.flights.push(...(await this.room.outbox.take([id], this.boot, this.now)));
  }

  /** Several answers are committed together. */
  private async answer(number: number, answers: readonly Answer[]): Promise<void> {
    const settlements: Settlement[] = [];
    const first = this.flights.length === 0 ? 0 : number % this.flights.length;
    const flying = this.flights.length;
    const answered = this.flights.splice(first, answers.length);
    answered.forEach((intent, index) => {
      const answer = answers[index] ?? 'sent';
      settlements.push(
        answer === 'not sent'
          ? { kind: 'release', id: intent.id }
          : settlementOf(intent, outcomeOf(answer, intent), this.policy, [], this.now),
      );
      if (answer === 'sent') {
        this.books.noteSent(intent.subscriptionId, intent.content?.html ?? '');
      }
    });
    await this.watchMerge(flying, () => this.room.outbox.settle(settlements, this.now, []));
  }

  /** @param flying how many messages are on their way, or were until now */
  private watchMerge(flying: number, action: () => Promise<unknown>): Promise<void> {
    const isCertain = this.policy === 'ask' && flying <= 1;
    return this.books.watchMerge(GROUP, SUPERGROUP, isCertain ? 1 : 2, action);
  }
}

function outcomeOf(answer: Exclude<Answer, 'not sent'>, intent: Intent): Outcome {
  const gone = (reason: GoneReason): Outcome => ({ kind: 'gone', reason });
  const flood = (delaySeconds: number): Outcome => {
    return { kind: 'retryAt', delaySeconds, scope: 'chat', reason: 'flood' };
  };
  switch (answer) {
    case 'sent':
      return { kind: 'sent', messageId: 1 };
    case 'flood':
      return flood(5);
    case 'long flood':
      return flood(30 * 3_600);
    case 'unreached':
      return { kind: 'retryAt', delaySeconds: null, scope: 'everyone', reason: 'ECONNREFUSED' };
    case 'unreadable':
      return { kind: 'retryAt', delaySeconds: null, scope: 'chat', reason: 'http-403' };
    case 'blocked':
      return gone('blocked');
    case 'moved':
      return intent.chatId === GROUP ? { kind: 'moved', chatId: SUPERGROUP } : gone('kicked');
    case 'closed':
    case 'deleted':
      return { kind: 'topicLost', closed: answer === 'closed' };
    case 'refused':
      return { kind: 'refusedContent', description: 'can’t parse entities' };
    case 'unknown':
      return { kind: 'unknown', reason: 'ECONNRESET' };
    case 'stop':
      return { kind: 'stop', reason: 'Unauthorized' };
  }
}

function render({ items }: EditionContent): DigestPart[] {
  const articles = items.map(({ article }) => article);
  const parts: DigestPart[] = [];
  for (let at = 0; at < articles.length; at += ARTICLES_PER_PART) {
    const titles = articles.slice(at, at + ARTICLES_PER_PART).map(({ title }) => title);
    parts.push({ html: titles.join('\n'), buttons: [] });
  }
  return parts;
}

function nth<T>(from: readonly T[], number: number): T | undefined {
  return from.length === 0 ? undefined : from[number % from.length];
}
