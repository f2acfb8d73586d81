/**
 * Trouble on the program's own side: a full disk, a locked database, a clock that jumps, answers beyond every deadline,
 * a death between two chunks of a plan.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import SQLite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CHUNK } from '../../src/digest/planner.ts';
import { inFlightLimit } from '../../src/delivery/sender.ts';
import { Dice } from './dice.ts';
import { smallDisk } from './disk.ts';
import { killAt } from './moments.ts';
import { judgeRound, listUnknown } from './oracle.ts';
import { expectKept } from './round.ts';
import { prepare, Stage } from './stage.ts';
import { redeliverSome } from './tap.ts';

const scene = await prepare();
const manyChats = await prepare({ people: 2_500, groups: 0, supergroups: 0, channels: 0 });
const fewChats = await prepare({ people: 60, groups: 0, supergroups: 0, channels: 0 });
const NOBODY: ReadonlySet<number> = new Set();
const ASK = { policy: 'ask' as const, rate: 100 };
const env = { BROADCAST_RATE: String(ASK.rate) };

let stage: Stage;

beforeEach(async () => {
  stage = await Stage.open(scene);
});

afterEach(() => stage.close());

/** Everybody is due, and there is something to send. */
function newSlot(): void {
  stage.publish(2);
  stage.makeDue();
}

function accepted(): number {
  return stage.api.ledger.counters('sendMessage').accepted;
}

function expectNothingDoubtful(): void {
  const verdict = judgeRound(stage, { away: NOBODY, resends: false });
  expectKept(verdict, ASK);
  expect(verdict.unknown).toBe(0);
}

describe('a full disk', () => {
  it('stops the sending and nothing else; with room again it goes on', async (context) => {
    const disk = smallDisk(stage.room.dataDir);
    if (disk === null) return context.skip('neither a tmpfs nor a limit on files can be had here');
    try {
      if (disk.how === 'tmpfs') stage.restage();
      newSlot();
      const program = await stage.start(env);
      await stage.until(() => accepted() > 100, 30_000, 'the hundredth message');
      disk.fill(program);
      await program.says('the database does not take writes', 20_000);
      const then = accepted();
      await sleep(3_000);
      // What had been committed as in flight still left.
      expect(accepted() - then).toBeLessThanOrEqual(inFlightLimit(ASK.rate));
      expect(program.process.exitCode).toBeNull();
      disk.free(program);
      await program.says('the database takes writes again', 60_000);
      await stage.settled();
      expectNothingDoubtful();
      expect((await program.stop()).code).toBe(0);
    } finally {
      await stage.leave();
      disk.close();
    }
  });

  it('changes nothing about a death meanwhile', async (context) => {
    const disk = smallDisk(stage.room.dataDir);
    if (disk === null) return context.skip('neither a tmpfs nor a limit on files can be had here');
    try {
      if (disk.how === 'tmpfs') stage.restage();
      newSlot();
      const program = await stage.start(env);
      await stage.until(() => accepted() > 100, 30_000, 'the hundredth message');
      disk.fill(program);
      await program.says('the database does not take writes', 20_000);
      program.process.kill('SIGKILL');
      await stage.mourn(program);
      if (disk.how === 'tmpfs') disk.free(program);
      await stage.start(env);
      await stage.settled();
      expectKept(judgeRound(stage, { away: NOBODY, resends: false }), ASK);
      await redeliverSome(stage, new Dice(1), NOBODY);
    } finally {
      await stage.leave();
      disk.close();
    }
  });
});

describe('a database that another process has locked', () => {
  it.each([2_000, 9_000])('for %i ms makes everybody wait, and nothing is lost or repeated', async (ms) => {
    newSlot();
    const program = await stage.start(env);
    await stage.until(() => accepted() > 100, 30_000, 'the hundredth message');
    const other = new SQLite(stage.room.databaseFile);
    other.exec('begin immediate');
    const then = accepted();
    await sleep(ms);
    expect(accepted() - then).toBeLessThanOrEqual(inFlightLimit(ASK.rate));
    other.exec('commit');
    other.close();
    await stage.settled();
    expectNothingDoubtful();
    expect((await program.stop()).code).toBe(0);
  });
});

describe('a clock that jumps', () => {
  const hour = 3_600_000;

  it.each([
    ['a day ahead', 24 * hour],
    ['an hour ahead', hour],
    ['an hour back', -hour],
    ['a year back', -365 * 24 * hour],
  ])('%s: every chat gets its digest once, and waits are obeyed', async (_how, ms) => {
    stage.api.faults.add({
      kind: 'too-many',
      retryAfterSeconds: 4,
      method: 'sendMessage',
      nth: 90,
      times: 2,
    });
    newSlot();
    const clock = { node: ['--import', `${process.cwd()}/test/tools/jumpingClock.js`] };
    const program = await stage.start({ ...env, CLOCK_JUMP_MS: String(ms) }, clock);
    await stage.until(() => accepted() > 120, 30_000, 'the message after the wait began');
    program.process.kill('SIGUSR2');
    await program.says('the clock has jumped');
    await stage.until(() => stage.open === 0, 40_000, 'rest');
    expectNothingDoubtful();
    expect((await program.stop()).code).toBe(0);
  });
});

describe('answers that come after every deadline', () => {
  it('leave three deliveries in doubt, which three taps clear up', async () => {
    stage.api.faults.add({ kind: 'slow', after: true, ms: 17_000, method: 'sendMessage', nth: 50, times: 3 });
    newSlot();
    const program = await stage.start(env);
    await stage.settled();
    expect(listUnknown(stage)).toHaveLength(3);
    const verdict = judgeRound(stage, { away: NOBODY, resends: false });
    expect(verdict).toMatchObject({ lost: [], repeated: [], disobeyed: [], altered: [], disordered: [] });
    await redeliverSome(stage, new Dice(1), NOBODY);
    expect((await program.stop()).code).toBe(0);
  });
});

describe('at the usual rate', () => {
  it('a death with everything in flight leaves W deliveries in doubt, all of which can be had at a tap', async () => {
    await stage.close();
    stage = await Stage.open(fewChats);
    newSlot();
    const usual = { BROADCAST_RATE: '25' };
    await killAt({ at: 'unanswered', k: 1, delayMs: 1_500 }, stage, await stage.start(usual));
    expect(stage.deaths.at(-1)?.inFlight).toBe(inFlightLimit(25));
    await stage.start(usual);
    await stage.settled();
    expect(listUnknown(stage)).toHaveLength(inFlightLimit(25));
    expectKept(judgeRound(stage, { away: NOBODY, resends: false }), { policy: 'ask', rate: 25 });
    await redeliverSome(stage, new Dice(1), NOBODY);
    expect(listUnknown(stage)).toEqual([]);
  });
});

describe('a death while planning', () => {
  it.each([0, 1, 3, 8, 20])('%i ms into it skips no chat and repeats none', async (delayMs) => {
    await stage.close();
    stage = await Stage.open(manyChats);
    newSlot();
    const fast = { BROADCAST_RATE: '5000' };
    const program = await stage.start(fast, { ready: false });
    const planned = (): number => stage.count('select count(*) from deliveries');
    const end = performance.now() + 20_000;
    while (planned() === 0 && performance.now() < end) await sleep(0);
    await sleep(delayMs);
    program.process.kill('SIGKILL');
    const { due } = stage;
    await stage.mourn(program);
    // A chunk is planned as a whole.
    expect(planned() % CHUNK).toBe(0);
    if (delayMs === 0) expect(due).toBeGreaterThan(0);
    await stage.start(fast);
    await stage.settled();
    expectKept(judgeRound(stage, { away: NOBODY, resends: false }), { policy: 'ask', rate: 5_000 });
  });
});
