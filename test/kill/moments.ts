/**
 * When a run of the program dies: each moment is brought about and recognised from outside, by what the double sees and
 * by what stands in the database. The program itself knows nothing of it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Program } from '../tools/program.ts';
import type { Dice } from './dice.ts';
import type { Stage } from './stage.ts';

export type Moment =
  /** The k-th message arrives; neither it nor what comes after it is taken. */
  | { at: 'arrival'; k: number; delayMs: number }
  /** The k-th message is accepted. Without a delay its answer has not left; with one the outcome may be committed. */
  | { at: 'accepted'; k: number; delayMs: number }
  /** From the k-th on everything is accepted and nothing answered, until as much is in flight as may be. */
  | { at: 'unanswered'; k: number; delayMs: number }
  /** After k messages: intents are committed, and Telegram has read none of them; with `cut` it never does. */
  | { at: 'intent'; k: number; cut: boolean }
  /** Deliveries are planned and none has left. */
  | { at: 'planned'; delayMs: number }
  /** A chat has just been said to have moved. */
  | { at: 'moving'; delayMs: number }
  /** Some time after the start: while it opens the database, recovers, plans, sends. */
  | { at: 'time'; delayMs: number };

/** Longer than a run needs for 500 chats; a moment that never comes is the end of the run. */
const LONGEST_RUN_MS = 20_000;
/** The double answers nobody for as long as this at most. */
const LONGEST_FREEZE_MS = 1_500;

export function drawMoment(dice: Dice, chats: number): Moment {
  const k = dice.integer(1, chats);
  // Most of what happens between an answer and the commit of its outcome happens within 10 ms.
  const delayMs = dice.pick([0, 0, 1, 2, 4, 6, 8, 12]);
  return dice.weighted<Moment>([
    [2, { at: 'arrival', k, delayMs: dice.pick([0, 10, 50]) }],
    [4, { at: 'accepted', k, delayMs }],
    [1, { at: 'unanswered', k, delayMs: dice.integer(20, 150) }],
    [2, { at: 'intent', k: dice.pick([0, k]), cut: dice.chance(0.5) }],
    [1, { at: 'planned', delayMs: dice.integer(0, 10) }],
    [1, { at: 'moving', delayMs }],
    [1, { at: 'time', delayMs: dice.integer(100, 1_500) }],
  ]);
}

/** Kills the program at this moment, or when there is nothing left for it to do. Resolves when it is dead. */
export async function killAt(moment: Moment, stage: Stage, program: Program): Promise<void> {
  const { api } = stage;
  const fate = { dead: false, cut: false };
  const die = (): void => {
    fate.dead = true;
    program.process.kill('SIGKILL');
  };
  const goDown = (): void => {
    fate.cut = true;
    void api.goDown();
  };
  const cleanUp = arm(moment, stage, die, goDown);
  const end = performance.now() + LONGEST_RUN_MS;
  while (!fate.dead && performance.now() < end && program.process.exitCode === null) {
    // Before it has planned, everything is due; so rest means that it has done its work.
    if (stage.due === 0 && stage.open === 0) break;
    await sleep(10);
  }
  if (!fate.dead) die();
  cleanUp();
  await stage.mourn(program);
  if (fate.cut) await api.comeBack();
}

type CleanUp = () => void;

function arm(moment: Moment, stage: Stage, die: () => void, goDown: () => void): CleanUp {
  const { api } = stage;
  const method = 'sendMessage';
  switch (moment.at) {
    case 'arrival': {
      const undo = api.faults.add({ kind: 'hang', after: false, method, nth: moment.k, times: Infinity });
      const stop = onCall(stage, moment.k, () => later(die, moment.delayMs));
      return () => {
        undo();
        stop();
      };
    }
    case 'accepted':
      return onAccepted(stage, moment.k, () => later(die, moment.delayMs));
    case 'unanswered': {
      const undo = api.faults.add({ kind: 'hang', after: true, method, nth: moment.k, times: Infinity });
      const stop = onAccepted(stage, moment.k, () => later(die, moment.delayMs));
      return () => {
        undo();
        stop();
      };
    }
    case 'intent': {
      const freezeAndKill = (): void => {
        freezeUntilIntent(stage);
        die();
        // Nothing that waits in a socket is read any more: the double's turn comes only now.
        if (moment.cut) goDown();
      };
      if (moment.k > 0) return onAccepted(stage, moment.k, () => setImmediate(freezeAndKill));
      return whenPlanned(stage, freezeAndKill);
    }
    case 'planned':
      return whenPlanned(stage, () => later(die, moment.delayMs));
    case 'moving':
      return onMove(stage, () => later(die, moment.delayMs));
    case 'time': {
      const timer = setTimeout(die, moment.delayMs);
      return () => clearTimeout(timer);
    }
  }
}

/** At once when there is no delay: before the double does anything else. */
function later(action: () => void, delayMs: number): void {
  if (delayMs === 0) action();
  else setTimeout(action, delayMs);
}

/** Calls `action` once, in the moment in which the k-th message from now on is accepted and not yet answered. */
function onAccepted(stage: Stage, k: number, action: () => void): CleanUp {
  let seen = 0;
  const stop = stage.api.watch((post, event) => {
    if (event !== 'new' || !post.own) return;
    seen += 1;
    if (seen === k) action();
  });
  return stop;
}

/** Calls `action` once the k-th message from now on has arrived, whatever became of it. */
function onCall(stage: Stage, k: number, action: () => void): CleanUp {
  const { ledger } = stage.api;
  const before = ledger.counters('sendMessage').calls;
  return onChange(stage, () => ledger.counters('sendMessage').calls >= before + k, action);
}

/** Calls `action` when a chat is said to have moved; the way of telling it is the answer to a message. */
function onMove(stage: Stage, action: () => void): CleanUp {
  const { ledger } = stage.api;
  let looked = ledger.calls.length;
  const moved = (): boolean => {
    for (; looked < ledger.calls.length; looked += 1) {
      if (String(ledger.calls[looked]?.answer?.result).includes('upgraded')) return true;
    }
    return false;
  };
  return onChange(stage, moved, action);
}

function onChange(stage: Stage, look: () => boolean, action: () => void): CleanUp {
  let wanted = true;
  stage.api
    .waitFor(() => {
      if (!wanted) return true;
      if (!look()) return false;
      wanted = false;
      action();
      return true;
    }, LONGEST_RUN_MS)
    .catch(() => undefined);
  return () => {
    wanted = false;
  };
}

/** Calls `action` once there are open deliveries. */
function whenPlanned(stage: Stage, action: () => void): CleanUp {
  let wanted = true;
  const look = (): void => {
    if (!wanted) return;
    if (stage.due === 0 && stage.open > 0) action();
    else setTimeout(look, 1);
  };
  look();
  return () => {
    wanted = false;
  };
}

/** Stops the double (it shares this thread) until deliveries are in flight that it has not read. */
function freezeUntilIntent(stage: Stage): void {
  const inFlight = (): number =>
    stage.count(`select coalesce(max(id), 0) from deliveries where state = 'inflight'`);
  const before = inFlight();
  const end = performance.now() + LONGEST_FREEZE_MS;
  while (inFlight() <= before && performance.now() < end);
}
