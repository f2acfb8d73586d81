/**
 * Ten thousand hostile questions, each answered within 200 ms.
 *
 * A question that took longer is asked twice more, and the quickest answer counts: what is measured is the search, not
 * what else the machine was doing.
 */
import { expect, test } from 'vitest';
import { FIXTURE } from './fixture.ts';
import { hostileQueries } from './hostile.ts';
import { ask, openLibrary } from './library.ts';

const WITHIN_MS = 200;

test('ten thousand of them are answered in time', { timeout: 1_200_000 }, async () => {
  const library = await openLibrary(FIXTURE);
  const engine = library.engine();
  const timed = (text: string): number => {
    const start = performance.now();
    ask(engine, text, { limit: 10 });
    return performance.now() - start;
  };
  const slow = hostileQueries(10_000).flatMap((text) => {
    let took = timed(text);
    for (let again = 0; took > WITHIN_MS && again < 2; again += 1) took = Math.min(took, timed(text));
    return took > WITHIN_MS ? [{ took, text }] : [];
  });
  await library.close();
  expect(slow).toEqual([]);
});
