import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GROUP_DIGEST_LIMIT, HOLD_MARGIN_MS, Pace, REPLY_RESERVE } from '../../src/delivery/pace.ts';

const ANNE = 1;
const BINH = 2;
const CHI = 3;
const GROUP = -100;

/** When each of `count` digests to ever new chats leaves, if every one leaves as soon as it may. */
function broadcast(pace: Pace, from: number, count: number, firstChat = 1_000_000): number[] {
  const times: number[] = [];
  let now = from;
  for (let sent = 0; sent < count; sent += 1) {
    now = Math.max(now, pace.availableAt(now));
    expect(pace.available(now), `at ${now}`).toBeGreaterThanOrEqual(1);
    pace.take(firstChat + sent, now);
    times.push(now);
  }
  return times;
}

/** The most that fell into any stretch of `span` milliseconds. */
function densest(times: readonly number[], span: number): number {
  let most = 0;
  let start = 0;
  for (let end = 0; end < times.length; end += 1) {
    while ((times[end] ?? 0) - (times[start] ?? 0) >= span) start += 1;
    most = Math.max(most, end - start + 1);
  }
  return most;
}

/** When each of `count` digests to one chat leaves. */
function toOneChat(pace: Pace, chatId: number, count: number, answeredAfter: number): number[] {
  const times: number[] = [];
  let now = 0;
  for (let sent = 0; sent < count; sent += 1) {
    now = Math.max(pace.chatReadyAt(chatId, now), pace.availableAt(now));
    pace.take(chatId, now);
    times.push(now);
    now += answeredAfter;
    pace.settled(chatId, true, now);
  }
  return times;
}

describe('the bot as a whole', () => {
  it.each([1, 25, 1_000, 5_000])('keeps %i a second, without wasting any', (rate) => {
    const times = broadcast(new Pace(rate), 0, rate * 20);
    const took = (times.at(-1) ?? 0) / 1_000;
    expect(took).toBeGreaterThan(19.5 - 1 / rate);
    expect(took).toBeLessThan(20);
    // Never more than the 30 of which Telegram speaks, when it is set to 25.
    expect(densest(times, 1_000)).toBeLessThanOrEqual(Math.ceil(rate * 1.12) + 1);
  });

  it('does not save up what it did not send', () => {
    const pace = new Pace(25);
    broadcast(pace, 0, 10);
    expect(densest(broadcast(pace, 3_600_000, 100), 1_000)).toBeLessThanOrEqual(28);
  });

  it('takes a rate that makes no sense for the nearest that does', () => {
    expect(new Pace(0).rate(0)).toBeGreaterThan(0);
    expect(new Pace(Number.POSITIVE_INFINITY).available(0)).toBeGreaterThan(1_000);
  });
});

describe('one chat', () => {
  it('gets one message a second, counted from the answer to the one before', () => {
    expect(toOneChat(new Pace(25), ANNE, 4, 300)).toEqual([0, 1_300, 2_600, 3_900]);
  });

  it('does not wait for other chats', () => {
    const pace = new Pace(25);
    pace.take(ANNE, 0);
    expect(pace.chatReadyAt(ANNE, 0)).toBe(1_000);
    expect(pace.chatReadyAt(BINH, 0)).toBe(0);
  });

  it.each([GROUP, -1_001_234_567_890])(
    'if it is a group or channel (%i), gets 18 in any minute',
    (chatId) => {
      const times = toOneChat(new Pace(25), chatId, 60, 100);
      expect(densest(times, 60_000)).toBe(GROUP_DIGEST_LIMIT);
      expect(densest(times, 1_000)).toBe(1);
      // And wastes little of that: 60 messages are three full minutes and the beginning of a fourth.
      expect(times.at(-1)).toBeLessThan(200_000);
    },
  );
});

describe('a 429', () => {
  it('holds that chat for as long as Telegram says, and a little more', () => {
    const pace = new Pace(25);
    expect(pace.flood(ANNE, 7, 1_000)).toBeNull();
    expect(pace.chatReadyAt(ANNE, 1_000)).toBe(8_000 + HOLD_MARGIN_MS);
    expect(pace.replyReadyAt(ANNE, 1_000)).toBe(8_000 + HOLD_MARGIN_MS);
    expect(pace.chatReadyAt(BINH, 1_000)).toBe(1_000);
    expect(pace.heldChats(1_000)).toBe(1);
    expect(pace.heldChats(9_000)).toBe(0);
  });

  it('does not shorten a longer wait', () => {
    const pace = new Pace(25);
    pace.hold(ANNE, 90_000, 0);
    pace.flood(ANNE, 1, 0);
    expect(pace.chatReadyAt(ANNE, 0)).toBe(90_000);
  });

  it.each<[why: string, floods: [chat: number, seconds: number, at: number][], everyoneUntil: number | null]>(
    [
      ['one private chat, a short wait', [[ANNE, 10, 0]], null],
      ['one private chat, a long wait', [[ANNE, 11, 0]], 11_250],
      ['one group, a long wait: it used up its own minute', [[GROUP, 40, 0]], null],
      [
        'two chats',
        [
          [ANNE, 3, 0],
          [BINH, 3, 100],
        ],
        null,
      ],
      [
        'three chats',
        [
          [ANNE, 3, 0],
          [BINH, 9, 100],
          [CHI, 4, 200],
        ],
        9_350,
      ],
      [
        'three times the same chat',
        [
          [ANNE, 1, 0],
          [ANNE, 1, 2_000],
          [ANNE, 1, 4_000],
        ],
        null,
      ],
      [
        'three chats within more than ten seconds',
        [
          [ANNE, 1, 0],
          [BINH, 1, 6_000],
          [CHI, 1, 10_001],
        ],
        null,
      ],
      [
        'three groups: only what they have in common',
        [
          [-1, 40, 0],
          [-2, 30, 0],
          [-3, 35, 0],
        ],
        30_250,
      ],
      [
        'two groups and a person: what the person was told',
        [
          [-1, 40, 0],
          [-2, 30, 0],
          [ANNE, 5, 0],
        ],
        5_250,
      ],
      ['one private chat, days: a minute, and then it shows', [[ANNE, 200_000, 0]], 60_000],
      [
        'two private chats, hours: it is the bot’s',
        [
          [ANNE, 7_200, 0],
          [BINH, 7_100, 60_000],
        ],
        7_160_250,
      ],
      [
        'two private chats, one of them days: as long as both say',
        [
          [ANNE, 2_000_000, 0],
          [BINH, 7_100, 60_000],
        ],
        7_160_250,
      ],
      [
        'three at once, one of them days: that one is not believed',
        [
          [ANNE, 2_000_000, 0],
          [BINH, 3, 100],
          [CHI, 4, 200],
        ],
        60_200,
      ],
    ],
  )('%s', (_why, floods, everyoneUntil) => {
    const pace = new Pace(25);
    let last: number | null = null;
    for (const [chatId, seconds, at] of floods) last = pace.flood(chatId, seconds, at);
    expect(last).toBe(everyoneUntil);
    const now = floods.at(-1)?.[2] ?? 0;
    expect(pace.everyoneUntil(now)).toBe(everyoneUntil);
    expect(pace.available(now) === 0).toBe(everyoneUntil !== null);
    if (everyoneUntil === null) return;
    expect(pace.available(everyoneUntil - 1)).toBe(0);
    expect(pace.availableAt(now)).toBeLessThan(everyoneUntil + 100);
    expect(pace.replyReadyAt(99, now), 'answers wait as well').toBe(everyoneUntil);
    expect(pace.everyoneUntil(everyoneUntil)).toBeNull();
  });

  it('of a single chat for days lets one message at a time find out whose wait it is', () => {
    const pace = new Pace(25);
    pace.flood(ANNE, 200_000, 0);
    expect(pace.available(60_500)).toBe(1);
    pace.take(BINH, 60_500);
    expect(pace.available(61_000)).toBe(0);
    expect(pace.availableAt(61_000), 'it is looked at again').toBeGreaterThan(61_000);
    pace.settled(BINH, false, 61_000);
    expect(pace.available(62_000), 'that one did not show it').toBe(1);
    pace.take(CHI, 62_000);
    pace.settled(CHI, true, 62_100);
    expect(pace.available(62_500)).toBeGreaterThan(1);
    expect(pace.chatReadyAt(ANNE, 62_500)).toBe(200_000_250);
  });

  it('of a single chat is not disproved by what left before it', () => {
    const pace = new Pace(25);
    pace.take(BINH, 0);
    pace.flood(ANNE, 200_000, 100);
    pace.settled(BINH, true, 200);
    expect(pace.available(60_500)).toBe(1);
  });

  it('of a chat whose wait was its own says nothing about the next one', () => {
    const pace = new Pace(25);
    pace.flood(ANNE, 200_000, 0);
    pace.take(BINH, 61_000);
    pace.settled(BINH, true, 61_100);
    expect(pace.flood(CHI, 100_000, 120_000), 'a minute again, not a day').toBe(180_000);
  });

  it('of one chat again and again makes everybody wait once an hour', () => {
    const pace = new Pace(25);
    const everyone: (number | null)[] = [];
    for (let at = 0; at < 3_700_000; at += 12_000) everyone.push(pace.flood(ANNE, 11, at));
    expect(everyone.filter((until) => until !== null)).toEqual([11_250, 3_611_250]);
  });

  it('of before a restart is still to be found out about', () => {
    const pace = new Pace(25);
    pace.hold(ANNE, 7_200_000, 0);
    expect(pace.available(0)).toBe(1);
    pace.take(BINH, 0);
    expect(pace.available(1_000)).toBe(0);
    expect(pace.flood(BINH, 7_000, 1_000)).toBe(7_001_250);
  });

  it('lowers the rate, which comes back within minutes', () => {
    const pace = new Pace(100);
    pace.flood(ANNE, 1, 0);
    expect(pace.rate(0)).toBeCloseTo(85);
    expect(pace.rate(15_000)).toBeCloseTo(90);
    expect(pace.rate(60_000)).toBe(100);
  });

  it('lowers the rate once a second, and never below a fifth', () => {
    const pace = new Pace(100);
    for (let chat = 1; chat <= 50; chat += 1) pace.flood(chat, 1, chat);
    expect(pace.rate(50)).toBeCloseTo(85, 0);
    for (let chat = 51; chat <= 150; chat += 1) pace.flood(chat, 1, chat * 1_100);
    expect(pace.rate(165_000)).toBeGreaterThanOrEqual(20);
    expect(pace.rate(165_000)).toBeLessThan(25);
  });

  it('of one chat again and again costs the others little', () => {
    const pace = new Pace(100);
    for (let at = 0; at < 600_000; at += 2_000) pace.flood(ANNE, 1, at);
    expect(pace.rate(600_000)).toBeGreaterThan(80);
  });

  it('of one group costs the others nothing', () => {
    const pace = new Pace(100);
    pace.flood(GROUP, 40, 0);
    expect(pace.rate(0)).toBe(100);
  });
});

describe('answers to people', () => {
  it('leave at once in the middle of a broadcast', () => {
    const pace = new Pace(25);
    let late = 0;
    let now = 0;
    for (let sent = 0; sent < 500; sent += 1) {
      now = pace.availableAt(now);
      pace.take(1_000 + sent, now);
      if (sent % 6 === 0) late = Math.max(late, pace.reserveReply(now) - now);
    }
    expect(late).toBe(0);
    expect(now, 'and cost the broadcast nothing while they keep to their share').toBeLessThan(20_000);
  });

  it('take from the broadcast what their share does not cover, and all together stay within the limit', () => {
    const pace = new Pace(25);
    const answers: number[] = [];
    for (let asked = 0; asked < 300; asked += 1) answers.push(pace.reserveReply(0));
    expect(answers.at(-1) ?? 0, '300 answers at 30 a second').toBeGreaterThan(9_700);
    expect(answers.at(-1) ?? 0).toBeLessThan(10_000);
    const digests = broadcast(pace, 0, 50);
    expect(
      densest(
        [...answers, ...digests].sort((a, b) => a - b),
        1_000,
      ),
    ).toBeLessThanOrEqual(25 * 1.12 + REPLY_RESERVE * 2);
  });

  it('may come in a short burst to one person, then one a second', () => {
    const pace = new Pace(25);
    const times: number[] = [];
    for (let asked = 0; asked < 6; asked += 1) {
      const at = pace.replyReadyAt(ANNE, times.at(-1) ?? 0);
      pace.takeReply(ANNE, at);
      times.push(at);
    }
    expect(times).toEqual([0, 0, 0, 1_000, 2_000, 3_000]);
  });

  it('find room in a group that has had its digests', () => {
    const pace = new Pace(25);
    const digests = toOneChat(pace, GROUP, 18, 0);
    const last = digests.at(-1) ?? 0;
    expect(pace.chatReadyAt(GROUP, last + 1_000)).toBe(60_000);
    for (let asked = 0; asked < 2; asked += 1) {
      expect(pace.replyReadyAt(GROUP, last + 1_000)).toBe(last + 1_000);
      pace.takeReply(GROUP, last + 1_000);
    }
    expect(pace.replyReadyAt(GROUP, last + 3_000), '20 a minute is what there is').toBe(60_000);
  });
});

describe('memory', () => {
  it('holds the chats of the last moments, not of the whole broadcast', () => {
    const pace = new Pace(1_000);
    let most = 0;
    let now = 0;
    for (let chat = 1; chat <= 100_000; chat += 1) {
      now = pace.availableAt(now);
      pace.take(chat % 20 === 0 ? -chat : chat, now);
      most = Math.max(most, pace.size);
    }
    // A second of people, a minute of groups, and some that were not looked at yet.
    expect(most).toBeLessThan(10_000);
  });

  it('does not lose a wait to make room', () => {
    const pace = new Pace(1_000);
    pace.flood(GROUP, 3_600, 0);
    for (let chat = 1; chat <= 5_000; chat += 1) pace.take(chat, chat * 2);
    expect(pace.chatReadyAt(GROUP, 10_000)).toBe(3_600_000 + HOLD_MARGIN_MS);
  });
});

describe('whatever happens', () => {
  const step = fc.record({
    chat: fc.integer({ min: -3, max: 6 }).filter((id) => id !== 0),
    after: fc.integer({ min: 0, max: 3_000 }),
    what: fc.constantFrom('digest', 'digest', 'digest', 'reply', 'flood' as const),
    seconds: fc.integer({ min: 1, max: 40 }),
  });

  it('nothing leaves for a chat during its wait, and no group gets more than it may', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const pace = new Pace(25);
        const held = new Map<number, number>();
        const left: { chat: number; at: number }[] = [];
        let now = 0;
        for (const { chat, after, what, seconds } of steps) {
          now += after;
          if (what === 'flood') {
            pace.flood(chat, seconds, now);
            held.set(chat, Math.max(held.get(chat) ?? 0, now + seconds * 1_000));
          } else if (what === 'digest' && pace.available(now) > 0 && pace.chatReadyAt(chat, now) <= now) {
            pace.take(chat, now);
            left.push({ chat, at: now });
            expect(now).toBeGreaterThanOrEqual(held.get(chat) ?? 0);
          } else if (what === 'reply' && pace.replyReadyAt(chat, now) <= now) {
            pace.reserveReply(now);
            pace.takeReply(chat, now);
            left.push({ chat, at: now });
            expect(now).toBeGreaterThanOrEqual(held.get(chat) ?? 0);
          }
        }
        for (const chat of [-3, -2, -1]) {
          expect(
            densest(
              left.filter((message) => message.chat === chat).map((message) => message.at),
              60_000,
            ),
          ).toBeLessThanOrEqual(20);
        }
      }),
      { numRuns: 300 },
    );
  });
});
