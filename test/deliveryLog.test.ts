import { describe, expect, it } from 'vitest';
import { logDelivery, pauseWarnings } from '../src/deliveryLog.ts';
import { createLog } from '../src/log.ts';

const NOW = Date.UTC(2026, 0, 5);
const NOBODY = { everyoneUntil: null, chatsHeldLong: 0 };

describe('a wait that Telegram imposed', () => {
  it.each([
    [600, 'warn'],
    [601, 'error'],
    [5 * 86_400, 'error'],
  ])('of %i s is logged with the level %s', (delaySeconds, level) => {
    const lines: string[] = [];
    const log = createLog('info', [], (line) => lines.push(line));
    logDelivery(log, { kind: 'flood', chatId: 1, delaySeconds, everyoneUntil: null, ratePerSecond: 25 });
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([{ level, delaySeconds }]);
  });

  it.each([
    ['nobody', NOBODY, []],
    ['everybody, for a minute', { ...NOBODY, everyoneUntil: NOW + 60_000 }, []],
    [
      'everybody, for a day',
      { ...NOBODY, everyoneUntil: NOW + 86_400_000 },
      ['Telegram makes everybody wait until 2026-01-06T00:00:00.000Z'],
    ],
    [
      'a few chats, for long',
      { ...NOBODY, chatsHeldLong: 3 },
      ['Telegram makes 3 chat(s) wait for more than an hour'],
    ],
  ])('of %s shows in the health check', (_who, pauses, warnings) => {
    expect(pauseWarnings(pauses, NOW)).toEqual(warnings);
  });
});
