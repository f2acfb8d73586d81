/**
 * The promise of delivery, on the real program: killed at every moment, in a world that goes wrong, it loses nothing,
 * repeats nothing, and offers what nobody can know.
 *
 *     npm run test:kill                       200 rounds
 *     KILL_ROUNDS=2000 npm run test:kill      more of them
 *     KILL_SEED=17 npm run test:kill          one of them again
 */
import { afterAll, describe, it } from 'vitest';
import { playRound, type Chronicle } from './round.ts';
import { prepare } from './stage.ts';

const { KILL_SEED, KILL_ROUNDS = '200', KILL_FIRST_SEED = '1' } = process.env;
const first = Number(KILL_SEED ?? KILL_FIRST_SEED);
const count = KILL_SEED === undefined ? Number(KILL_ROUNDS) : 1;
const seeds = Array.from({ length: count }, (_, index) => first + index);

const scene = await prepare();
const chronicles: Chronicle[] = [];

afterAll(() => {
  const total = (key: keyof Chronicle): number => chronicles.reduce((sum, one) => sum + one[key], 0);
  const keys = ['kills', 'inFlight', 'unknown', 'ambiguous', 'again', 'floods', 'blocked', 'moved'] as const;
  const figures = keys.map((key) => `${key} ${total(key)}`).join(', ');
  process.stdout.write(`${chronicles.length} rounds from seed ${first} on: ${figures}\n`);
});

describe.concurrent('killed again and again, it keeps its promise', () => {
  it.each(seeds)('seed %i', { timeout: 180_000 }, async (seed) => {
    chronicles.push(await playRound(seed, scene));
  });
});
