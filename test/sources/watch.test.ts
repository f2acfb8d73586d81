import { describe, expect, it } from 'vitest';
import type { Round } from '../../src/articles/source.ts';
import { createLog } from '../../src/log.ts';
import { pauseAfter, watch, type Watched } from '../../src/sources/watch.ts';

const NOTHING: Round = { found: [], vanished: [], missing: [] };
const gone = (path: string): Round => ({ found: [], vanished: [path], missing: [] });

/** A source that yields these rounds, then nothing. */
function source(rounds: Round[]): Watched & { accepted: Round[]; scans: number; trouble: string | null } {
  return {
    accepted: [],
    scans: 0,
    trouble: null,
    scan() {
      this.scans++;
      return Promise.resolve(rounds[this.accepted.length] ?? NOTHING);
    },
    accept(round) {
      this.accepted.push(round);
    },
    hasMore() {
      return this.accepted.length < rounds.length;
    },
    isExpecting() {
      return false;
    },
    problem() {
      return this.trouble;
    },
  };
}

function recorder(): { log: ReturnType<typeof createLog>; messages: string[] } {
  const messages: string[] = [];
  return {
    messages,
    log: createLog('info', [], (line) => messages.push((JSON.parse(line) as { msg: string }).msg)),
  };
}

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !holds(); i++) await new Promise((resolve) => setTimeout(resolve, 2));
  expect(holds()).toBe(true);
}

describe('watching a source', () => {
  it('takes everything that waits, in its order, before the first round is over', async () => {
    const watched = source([gone('a'), gone('b')]);
    const taken: Round[] = [];
    const { log } = recorder();
    const watching = watch({ source: watched, log, take: (round) => Promise.resolve(taken.push(round)) });
    await watching.firstRound;
    expect(taken).toEqual([gone('a'), gone('b')]);
    expect(watched.accepted).toEqual(taken);
    await watching.stop();
  });

  it('goes on looking, one scan at a time', async () => {
    const watched = source([]);
    const { log } = recorder();
    const watching = watch({ source: watched, log, take: () => Promise.resolve(), minPauseMs: 1 });
    await until(() => watched.scans > 3);
    await watching.stop();
    const { scans } = watched;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(watched.scans).toBe(scans);
  });

  it('offers again what could not be taken, and says so', async () => {
    const watched = source([gone('a')]);
    const { log, messages } = recorder();
    let tries = 0;
    const take = (): Promise<void> =>
      ++tries < 3 ? Promise.reject(new Error('disk full')) : Promise.resolve();
    const watching = watch({ source: watched, log, take, minPauseMs: 1 });
    await watching.firstRound;
    expect(watched.accepted).toEqual([]);
    await until(() => watched.accepted.length === 1);
    await watching.stop();
    expect(messages).toEqual(Array(2).fill('articles could not be taken in; the next round tries again'));
  });

  it('tells of a problem when it comes and when it goes, not in between', async () => {
    const watched = source([]);
    watched.trouble = 'ENOENT';
    const { log, messages } = recorder();
    const watching = watch({ source: watched, log, take: () => Promise.resolve(), minPauseMs: 1 });
    await until(() => watched.scans > 3);
    watched.trouble = null;
    await until(() => messages.length > 1);
    await watching.stop();
    expect(messages).toEqual([
      'articles cannot be read; those that are known are kept',
      'the articles can be read again',
    ]);
  });

  it('finishes the round that it is in when it is stopped', async () => {
    const watched = source([gone('a'), gone('b')]);
    const { log } = recorder();
    let finish = (): void => undefined;
    const take = (): Promise<void> => new Promise((resolve) => (finish = resolve));
    const watching = watch({ source: watched, log, take });
    await until(() => watched.scans === 1);
    const stopped = watching.stop();
    finish();
    await stopped;
    expect(watched.accepted).toEqual([gone('a')]);
  });
});

describe('the pause between two scans', () => {
  it.each([
    [1, false, 1_500, 'after a quick one'],
    [100, false, 2_400, 'many times what the last one took'],
    [5_000, false, 4_000, 'but no longer than allows a change to be noticed'],
    [5_000, true, 2_600, 'and until a file has stood still, when one is awaited'],
    [1, true, 1_500, 'which a quick one does not wait for'],
  ])('of %d ms, something expected: %s, is %d ms: %s', (cost, isExpecting, pause) => {
    expect(pauseAfter(cost, isExpecting)).toBe(pause);
  });

  // A file changes just when it was looked at; the next scan sees it, the one after that finds that it stood still.
  it('allows a change among 100,000 files to be noticed within ten seconds', () => {
    const scan = 900;
    const noticed = scan + pauseAfter(scan, false) + scan + pauseAfter(scan, true) + scan;
    expect(noticed).toBeLessThan(10_000);
  });
});
