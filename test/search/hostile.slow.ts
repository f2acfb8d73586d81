/**
 * Ten thousand hostile questions, each answered within 200 ms.
 *
 * What counts is the time of the processor, and of a question that took longer the quickest of three answers: it is the
 * search that is measured, not what else the machine was doing.
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
    const start = process.cpuUsage();
    ask(engine, text, { limit: 10 });
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1_000;
  };
  const slow = hostileQueries(10_000).flatMap((text) => {
    let took = timed(text);
    for (let again = 0; took > WITHIN_MS && again < 2; again += 1) took = Math.min(took, timed(text));
    return took > WITHIN_MS ? [{ took, text }] : [];
  });
  await library.close();
  expect(slow).toEqual([]);
});
