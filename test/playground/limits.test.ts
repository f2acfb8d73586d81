/** Rate limits in the manner of Telegram's. `+` is let through, a number is how many seconds to wait. */
import { describe, expect, it } from 'vitest';
import { startBotApi } from '../../src/playground/botApi.ts';
import { RateLimiter } from '../../src/playground/limits.ts';
import type { RateLimits } from '../../src/playground/limits.ts';
import { callBotApi } from '../tools/botApiClient.ts';

/** Sends at these milliseconds, to chat 1 unless told. */
function run(
  limits: RateLimits,
  instants: number[],
  options: { chats?: number; group?: boolean } = {},
): string {
  const limiter = new RateLimiter(limits);
  return instants
    .map((at, index) => {
      const chat = 1 + (index % (options.chats ?? 1));
      const exceeded = limiter.admit(chat, options.group === true, at);
      return exceeded === null ? '+' : `${exceeded.retryAfterSeconds}${exceeded.scope === 'bot' ? 'b' : ''}`;
    })
    .join(' ');
}

describe('rate limits', () => {
  it.each<[because: string, limits: RateLimits, instants: number[], expected: string]>([
    ['none unless asked for', {}, [0, 0, 0], '+ + +'],
    ['one a second', { perChatPerSecond: 1 }, [0, 999, 1000, 1001], '+ 1 + 1'],
    ['a refusal is not counted', { perChatPerSecond: 1 }, [0, 500, 900, 1000], '+ 1 1 +'],
    ['a burst', { perChatPerSecond: 1, burst: 3 }, [0, 0, 0, 0, 2999, 3000], '+ + + 3 1 +'],
    ['in all', { botPerSecond: 2 }, [0, 10, 20, 1000, 1009, 1010], '+ + 1b + 1b +'],
  ])('%s: %j', (_because, limits, instants, expected) => {
    expect(run(limits, instants)).toBe(expected);
  });

  it('of one chat do not touch another', () => {
    expect(run({ perChatPerSecond: 1 }, [0, 0, 1, 1], { chats: 2 })).toBe('+ + 1 1');
  });

  it('of groups are by the minute and only for groups', () => {
    const instants = Array.from({ length: 21 }, (_, index) => index * 1000);
    expect(run({ groupPerMinute: 20 }, instants, { group: true })).toBe(`${'+ '.repeat(20)}40`);
    expect(run({ groupPerMinute: 20 }, instants)).toBe('+ '.repeat(21).trim());
  });

  it('are answered with 429 and noted as a pause of the chat', async () => {
    let now = Date.now();
    const api = await startBotApi({ now: () => now, limits: { perChatPerSecond: 1 } });
    const reader = api.world.addUser({ started: true });
    const send = async (): Promise<string> => {
      const { status, description } = await callBotApi(api, 'sendMessage', { chat_id: reader.id, text: 'a' });
      return `${status} ${description}`;
    };
    expect(await send()).toBe('200 ');
    expect(await send()).toBe('429 Too Many Requests: retry after 1');
    expect(await send()).toBe('429 Too Many Requests: retry after 1');
    now += 1000;
    expect(await send()).toBe('200 ');
    expect(api.ledger.duringHolds).toHaveLength(1);
    expect(api.accepted(reader)).toBe(2);
    await api.close();
  });
});
