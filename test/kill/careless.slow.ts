import { describe, expect, it } from 'vitest';
import { judgeRound, type Verdict } from './oracle.ts';
import { broadcast, expectKept, type RoundPlan } from './round.ts';
import { prepare, Stage } from './stage.ts';

const scene = await prepare();
const method = 'sendMessage';

/** Killed twice, once with everything in flight; answers are lost, and there is a storm and somebody who blocks. */
const plan: RoundPlan = {
  ...{ policy: 'ask', rate: 500, articles: 2, padding: '', comeBack: false },
  moments: [
    { at: 'accepted', k: 110, delayMs: 0 },
    { at: 'unanswered', k: 120, delayMs: 100 },
  ],
  news: [false, false],
  trouble: {
    faults: [
      { kind: 'reset', after: true, method, nth: 20 },
      { kind: 'html', after: true, status: 502, method, nth: 40 },
      { kind: 'too-many', retryAfterSeconds: 1, method, nth: 60, times: 40 },
    ],
    blocks: { after: 5, people: [6_000_000_200, 6_000_000_300] },
    upgrades: null,
  },
};

async function play(main?: string): Promise<Verdict> {
  const stage = await Stage.open(scene);
  try {
    const { away } = await broadcast(stage, plan, main);
    return judgeRound(stage, { away, resends: false });
  } finally {
    await stage.close();
  }
}

describe('the oracle', () => {
  it('finds out a bot that sends carelessly: it loses, repeats and does not listen', async () => {
    const verdict = await play('test/tools/carelessBot.js');
    expect(verdict.lost.length).toBeGreaterThan(0);
    expect(verdict.repeated.length).toBeGreaterThan(0);
    expect(verdict.disobeyed.length).toBeGreaterThan(0);
  });

  it('has nothing to say against the real program in the same world', async () => {
    expectKept(await play(), plan);
  });
});
