import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { History, type Answer, type Step } from './history.ts';

// The same histories every time, so that a red run is about the change; HISTORY_SEED=random looks for new ones.
const { HISTORY_SEED: wished = '1', HISTORY_ROUNDS: rounds = '12' } = process.env;
const seed = wished === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(wished);
const numRuns = Number(rounds);

const number = fc.nat(100);
const answer = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Answer>('sent') },
  {
    weight: 12,
    arbitrary: fc.constantFrom<Answer[]>(
      ...([
        'flood',
        'long flood',
        'unreached',
        'unreadable',
        'blocked',
        'moved',
        'closed',
        'deleted',
      ] as const),
      ...(['refused', 'unknown', 'stop', 'not sent'] as const),
    ),
  },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('publish' as const), count: fc.integer({ min: 1, max: 5 }) }),
  },
  { weight: 4, arbitrary: fc.constant<Step>({ do: 'slot' }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('pass' as const), hours: fc.constantFrom(-24, -13, 1, 13, 40) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('subscribe' as const, 'unsubscribe' as const),
      place: number,
      cron: number,
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({ do: fc.constant('take' as const), nth: number, stale: fc.boolean() }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      nth: number,
      answers: fc.array(answer, { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'crash' }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('gone' as const, 'back' as const, 'redeliver all' as const),
      chat: number,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('redeliver' as const, 'postpone' as const), nth: number }),
  },
  { weight: 1, arbitrary: fc.constantFrom<Step[]>({ do: 'move' }, { do: 'move' }, { do: 'forget' }) },
);
/** Everybody is subscribed at first, each place with one of two schedules. */
const crons = fc.array(fc.nat(1), { minLength: 4, maxLength: 4 });

describe(`whatever happens to subscriptions (HISTORY_SEED=${seed})`, () => {
  it.each(['ask', 'resend'] as const)(
    'with %s each article is in exactly one place: sent, unknown, or still to come',
    { timeout: 60_000 + numRuns * 1_000 },
    async (policy) => {
      await fc.assert(
        fc.asyncProperty(crons, fc.array(step, { maxLength: 60, size: 'max' }), async (chosen, steps) => {
          const history = await History.begin(policy);
          try {
            for (const [place, cron] of chosen.entries())
              await history.take({ do: 'subscribe', place, cron });
            for (const [index, one] of steps.entries()) {
              await history.take(one);
              expect(await history.wrong(), `after step ${index}`).toEqual([]);
            }
            await history.rest();
            expect(await history.wrong(), 'at rest').toEqual([]);
            expect(await history.missing(), 'at rest').toEqual([]);
          } finally {
            await history.close();
          }
        }),
        { numRuns, seed },
      );
    },
  );
});
