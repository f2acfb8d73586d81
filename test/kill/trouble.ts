/**
 * What goes wrong on Telegram's side during a round, drawn by chance: answers that are lost in every way there is,
 * storms of 429, people who block the bot, groups that are upgraded.
 */
import type { Fault, Trouble } from '../../src/playground/faults.ts';
import type { Dice } from './dice.ts';
import type { Stage } from './stage.ts';

/** Faults hit the n-th message of the round, over all runs. */
export interface TroublePlan {
  faults: Fault[];
  /** After so many accepted messages. */
  blocks: { after: number; people: number[] } | null;
  upgrades: { after: number; groups: number[] } | null;
}

const method = 'sendMessage';

/** Answers that never come as they were sent; each leaves the sender in doubt. */
const DOUBTS: readonly Trouble[] = [
  { kind: 'reset', after: true },
  { kind: 'reset', after: false },
  { kind: 'truncated', stall: false },
  { kind: 'html', after: true, status: 502 },
  { kind: 'html', after: false, status: 504 },
  { kind: 'not-json' },
  { kind: 'error', status: 500, description: 'Internal Server Error: restart' },
];

export function drawTrouble(dice: Dice, stage: Pick<Stage, 'people'>, groups: number): TroublePlan {
  const messages = stage.people.length;
  const faults: Fault[] = [];
  const anywhere = (): number => dice.integer(1, messages);
  if (dice.chance(0.5)) {
    for (let left = dice.integer(1, 12); left > 0; left -= 1) {
      faults.push({ ...dice.pick(DOUBTS), method, nth: anywhere() });
    }
  }
  // An outage: several in a row, so that the sender pauses.
  if (dice.chance(0.1))
    faults.push({ ...dice.pick(DOUBTS), method, nth: anywhere(), times: dice.integer(5, 9) });
  if (dice.chance(0.25)) {
    const retryAfterSeconds = 1;
    faults.push({ kind: 'too-many', retryAfterSeconds, method, nth: anywhere(), times: dice.integer(1, 30) });
  }
  if (dice.chance(0.2)) {
    const ms = dice.integer(50, 400);
    faults.push({ kind: 'slow', after: dice.chance(0.5), ms, method, nth: anywhere(), times: 20 });
  }
  return {
    faults,
    blocks: dice.chance(0.3)
      ? { after: dice.integer(0, messages), people: dice.some(dice.integer(1, 15), stage.people) }
      : null,
    upgrades: dice.chance(0.35)
      ? {
          after: dice.integer(0, messages),
          groups: dice.some(
            dice.integer(1, groups),
            Array.from({ length: groups }, (_, index) => index),
          ),
        }
      : null,
  };
}

/** Returns the way to call off what has not happened yet. */
export function armTrouble(stage: Stage, { faults, blocks, upgrades }: TroublePlan): () => void {
  const { api } = stage;
  for (const fault of faults) api.faults.add(fault);
  let accepted = 0;
  const happen = (count: number): void => {
    if (blocks !== null && blocks.after === count) {
      for (const id of blocks.people) api.world.person(id).blocks();
    }
    if (upgrades !== null && upgrades.after === count) {
      for (const index of upgrades.groups) {
        const group = stage.groups[index];
        if (group !== undefined) stage.upgrade(group);
      }
    }
  };
  happen(0);
  const stop = api.watch((post, event) => {
    if (event !== 'new' || !post.own) return;
    accepted += 1;
    const count = accepted;
    // Not in the middle of the message that is just being written.
    setImmediate(() => happen(count));
  });
  return () => {
    stop();
    api.faults.clear();
  };
}
