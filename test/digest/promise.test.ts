/**
 * The promise that nothing new is missed or repeated: whatever happens in between, a chat reads each article once. Random histories run against the
 * real store and outbox; what the chats were sent is what counts.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, Newsroom, SEVEN } from './newsroom.ts';

/** In private and in a channel: two editions with different contents. */
const CHATS = [1, -1_001];
/** So that no article hides behind "and N more". */
const ALL = 1_000;

type Step =
  | { do: 'publish'; count: number }
  /** A day goes by; the beat comes in time, hours late, too late, or not at all. */
  | { do: 'day'; beat: 'onTime' | 'late' | 'tooLate' | 'none' }
  | { do: 'send'; chat: number; limit: number }
  /** A message leaves, and the answer comes only after what happens next. */
  | { do: 'take'; chat: number }
  | { do: 'subscribe' | 'unsubscribe'; chat: number }
  /** Somebody stops the digest while its first message is read. */
  | { do: 'leave'; chat: number }
  /** A kill: what is in flight stays unknown. */
  | { do: 'restart' };

const chat = fc.constantFrom(...CHATS);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('publish' as const), count: fc.constantFrom(1, 2, 25) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('day' as const),
      beat: fc.constantFrom(
        'onTime' as const,
        'onTime' as const,
        'late' as const,
        'tooLate' as const,
        'none' as const,
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('send' as const), chat, limit: fc.constantFrom(1, 1, 99) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('take' as const), chat }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('subscribe' as const, 'unsubscribe' as const), chat }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('leave' as const), chat }) },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
);

/** One history; keeps what each chat was sent, or may have been. */
class History {
  readonly room: Newsroom;
  now = SEVEN + HOUR;
  readonly read = new Map<number, string[]>(CHATS.map((chatId) => [chatId, []]));
  private inFlight: { chatId: number; id: number; html: string }[] = [];

  private constructor(room: Newsroom) {
    this.room = room;
  }

  /** Everybody is subscribed, and there is something to read. */
  static async begin(): Promise<History> {
    const history = new History(await Newsroom.open());
    await history.take({ do: 'publish', count: 1 });
    for (const one of CHATS) await history.take({ do: 'subscribe', chat: one });
    return history;
  }

  async take(step: Step): Promise<void> {
    this.now += MINUTE;
    switch (step.do) {
      case 'publish':
        // Long titles make editions of several parts.
        await this.room.publish(step.count, (name) => `${name} ${'tin tức '.repeat(35)}`);
        return;
      case 'day':
        return this.passDay(step.beat);
      case 'send':
        for (const html of await this.room.send(step.chat, this.now, step.limit)) this.note(step.chat, html);
        return;
      case 'take': {
        const message = await this.room.takeOne(step.chat, this.now);
        if (message !== null) this.inFlight.push({ chatId: step.chat, ...message });
        return;
      }
      case 'subscribe':
        await this.room.subscribe(step.chat, { at: this.now });
        return this.settle();
      case 'leave':
        await this.take({ do: 'send', chat: step.chat, limit: 1 });
        return this.take({ do: 'unsubscribe', chat: step.chat });
      case 'unsubscribe':
        await this.room.unsubscribe(step.chat, this.now);
        return this.settle();
      case 'restart':
        // Nobody was told whether it arrived: it is not sent again unasked, so it counts as read.
        for (const { chatId, html } of this.inFlight.splice(0)) this.note(chatId, html);
        await this.room.outbox.recover(`boot ${this.now}`, 'ask', this.now);
    }
  }

  /** Everybody is subscribed, and everything is sent. */
  async end(): Promise<void> {
    await this.settle();
    for (const chatId of CHATS) await this.room.subscribe(chatId, { at: this.now });
    await this.passDay('onTime');
    for (const chatId of CHATS) {
      for (const html of await this.room.send(chatId, this.now)) this.note(chatId, html);
    }
    await this.room.close();
  }

  private async passDay(beat: Extract<Step, { do: 'day' }>['beat']): Promise<void> {
    const slot = SEVEN + Math.ceil((this.now - SEVEN) / DAY) * DAY;
    const delay = { onTime: 5_000, late: 5 * HOUR, tooLate: 8 * HOUR, none: 9 * HOUR }[beat];
    this.now = slot + delay;
    if (beat !== 'none') await this.room.tick(this.now, ALL);
    await this.settle();
  }

  private async settle(): Promise<void> {
    for (const { chatId, id, html } of this.inFlight.splice(0)) {
      await this.room.settleSent(id, this.now);
      this.note(chatId, html);
    }
  }

  private note(chatId: number, html: string): void {
    this.read.get(chatId)?.push(html);
  }
}

describe('whatever happens', () => {
  it('every chat reads every article, and none twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 30 }), async (steps) => {
        const history = await History.begin();
        for (const one of steps) await history.take(one);
        await history.end();
        const count = 1 + steps.reduce((sum, one) => sum + (one.do === 'publish' ? one.count : 0), 0);
        for (const chatId of CHATS) expect(articlesIn(history.read.get(chatId) ?? [])).toEqual(range(count));
      }),
      { numRuns: 60 },
    );
  });
});

/** The numbers of the articles in messages, sorted; a repetition shows twice. */
function articlesIn(messages: readonly string[]): number[] {
  const numbers = messages.flatMap((html) =>
    [...html.matchAll(/>Tin (\d+)\./gu)].map((match) => Number(match[1])),
  );
  return numbers.sort((a, b) => a - b);
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, n) => n + 1);
}
