/** An index that followed a store through its history answers as one that was made afresh. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answers, compareAfter, rounds } from './history.ts';
import { openLibrary } from './library.ts';

test('after some three hundred adds, edits, removals and returns', { timeout: 60_000 }, async () => {
  const [history] = fc.sample(rounds(60, 20), { numRuns: 1, seed: 20251224 });
  await compareAfter(history ?? [], { articles: 60, window: 20_000, reopenEvery: 7 });
});

test('after any short history, with a window of any size', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(rounds(25, 3), fc.constantFrom(1, 5, 20_000), async (history, window) => {
      await compareAfter(history, { articles: 25, window, reopenEvery: 2 });
    }),
    { numRuns: 3 },
  );
});

test('when everything is removed nothing is left', async () => {
  const library = await openLibrary({ a: { title: 'giá vàng' }, b: { title: 'tổng thống Mỹ' } });
  const engine = library.engine();
  await library.put({ a: null, b: null });
  engine.catchUp();
  const empty = await openLibrary();
  expect(answers(engine, 5)).toEqual(answers(empty.engine(), 5));
  await library.close();
  await empty.close();
});
