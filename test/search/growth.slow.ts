/** The same as `growth.test.ts`, for thousands of changes. */
import fc from 'fast-check';
import { test } from 'vitest';
import { compareAfter, rounds } from './history.ts';

test.each([
  [1, 20_000],
  [2, 50],
  [3, 1],
])('some five thousand changes (seed %i), a window of %i', async (seed, window) => {
  const [history] = fc.sample(rounds(400, 320), { numRuns: 1, seed });
  await compareAfter(history ?? [], { articles: 400, window, reopenEvery: 60 });
});
