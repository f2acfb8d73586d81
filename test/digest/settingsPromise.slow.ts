/**
 * The promise under settings: whatever chats choose and whenever the program is down, each article reaches each chat
 * once, or is still to come. Random histories of schedules, zones, pauses, styles and downtimes on the real store.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/digest/change.ts';
import { nextSlots } from '../../src/digest/schedule.ts';
import { DAY, HOUR, MINUTE, Newsroom } from './newsroom.ts';

const CHATS = [1, -1_001];
/** So that no article hides behind "and N more". */
const ALL = 1_000;
const ZONES = [
  'Asia/Ho_Chi_Minh',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Pacific/Apia',
];
/** Days on which clocks change in one of the zones. */
const BEGINNINGS = ['2026-03-07', '2026-03-28', '2026-04-04', '2026-10-03', '2026-10-24', '2026-11-24'];

type Step =
  | { do: 'publish'; count: number }
  /** Hours go by, with or without the program. */
  | { do: 'wait'; hours: number; up: boolean }
  | { do: 'send' | 'subscribe' | 'unsubscribe'; chat: number }
  | { do: 'change'; chat: number; change: Change };

const minutes = fc.uniqueArray(fc.integer({ min: 0, max: 95 }), { minLength: 1, maxLength: 3 });
const days = fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 7 });
const how = fc.constantFrom('add' as const, 'remove' as const, 'only' as const);
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    set: fc.constant('times' as const),
    minutes: minutes.map((quarters) => quarters.map((quarter) => quarter * 15)),
    how,
  }),
  fc.record({ set: fc.constant('days' as const), days, how }),
  fc.record({
    set: fc.constant('schedule' as const),
    cron: fc.constantFrom(
      '0 7 L * *',
      '30 6 * * 1-5; 0 18 * * 6',
      '30 2,14 * * *',
      '0 * * * *',
      '0 9 */3 * *',
    ),
  }),
  fc.record({ set: fc.constant('zone' as const), zone: fc.constantFrom(...ZONES) }),
  fc.record({ set: fc.constant('pauseDays' as const), days: fc.integer({ min: 1, max: 5 }) }),
  fc.constant<Change>({ set: 'pause', until: null }),
  fc.constant<Change>({ set: 'quiet', quiet: { from: 1_320, to: 360 } }),
  fc.record({
    set: fc.constant('style' as const),
    style: fc.constantFrom('short' as const, 'normal' as const),
  }),
);

const chat = fc.constantFrom(...CHATS);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('publish' as const), count: fc.constantFrom(1, 2, 20) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      hours: fc.integer({ min: 1, max: 40 }),
      up: fc.constantFrom(true, true, false),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('send' as const), chat }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('subscribe' as const, 'unsubscribe' as const), chat }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('change' as const), chat, change }) },
);

class History {
  readonly read = new Map<number, string[]>(CHATS.map((chatId) => [chatId, []]));
  published = 0;
  private readonly room: Newsroom;
  private now: number;

  constructor(room: Newsroom, now: number) {
    this.room = room;
    this.now = now;
  }

  async take(one: Step): Promise<void> {
    this.now += 7_000;
    switch (one.do) {
      case 'publish':
        this.published += one.count;
        await this.room.publish(one.count);
        return;
      case 'wait':
        return this.wait(this.now + one.hours * HOUR, one.up);
      case 'send':
        for (const html of await this.room.send(one.chat, this.now)) this.read.get(one.chat)?.push(html);
        return;
      case 'subscribe':
        await this.room.subscribe(one.chat, { at: this.now });
        return;
      case 'unsubscribe':
        await this.room.unsubscribe(one.chat, this.now);
        return;
      case 'change':
        await this.room.adjust(one.chat, one.change, this.now);
        await this.checkNext(one.chat);
    }
  }

  /** With the program: a beat at every slot. Without: one at the end, when it starts again. */
  private async wait(until: number, up: boolean): Promise<void> {
    while (up) {
      const due = await this.room.store.due(until - MINUTE, 1);
      const next = due[0]?.nextAt;
      if (next === undefined || next === null) break;
      this.now = Math.max(this.now, next) + 1;
      await this.room.tick(this.now, ALL);
      await this.checkAll();
    }
    this.now = until;
    await this.room.tick(this.now, ALL);
    await this.checkAll();
  }

  private async checkAll(): Promise<void> {
    for (const chatId of CHATS) await this.checkNext(chatId);
  }

  /** The next slot is one of the schedule, none before it is left out, and it lies behind a pause. */
  private async checkNext(chatId: number): Promise<void> {
    const found = await this.room.store.find(chatId, 0);
    if (found === null || found.nextAt === null || found.nextAt <= this.now) return;
    const from = Math.max(this.now + 1_000, (found.pausedUntil ?? 0) - 1);
    expect(found.nextAt).toBeGreaterThanOrEqual(nextSlots(found.cron, found.zone, this.now, 1)[0] ?? 0);
    expect(found.nextAt).toBeLessThanOrEqual(nextSlots(found.cron, found.zone, from, 1)[0] ?? 0);
  }

  /** Everybody wants it every day, and gets what is left. */
  async end(): Promise<void> {
    for (const chatId of CHATS) {
      await this.take({ do: 'subscribe', chat: chatId });
      await this.take({ do: 'change', chat: chatId, change: { set: 'pause', until: null } });
      await this.take({ do: 'change', chat: chatId, change: { set: 'schedule', cron: '0 7 * * *' } });
    }
    await this.wait(this.now + 2 * DAY, true);
    for (const chatId of CHATS) await this.take({ do: 'send', chat: chatId });
    await this.room.close();
  }
}

describe('whatever chats choose', () => {
  it('every chat reads every article, and none twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...BEGINNINGS),
        fc.array(step, { minLength: 5, maxLength: 30 }),
        async (day, steps) => {
          const history = new History(await Newsroom.open(), Date.parse(`${day}T00:00:00Z`));
          await history.take({ do: 'publish', count: 1 });
          for (const chatId of CHATS) await history.take({ do: 'subscribe', chat: chatId });
          for (const one of steps) await history.take(one);
          await history.end();
          const all = Array.from({ length: history.published }, (_, n) => n + 1);
          for (const chatId of CHATS) expect(articlesIn(history.read.get(chatId) ?? [])).toEqual(all);
        },
      ),
      { numRuns: 40 },
    );
  });
});

function articlesIn(messages: readonly string[]): number[] {
  const numbers = messages.flatMap((html) =>
    [...html.matchAll(/>Tin (\d+)\./gu)].map((match) => Number(match[1])),
  );
  return numbers.sort((a, b) => a - b);
}
