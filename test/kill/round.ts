/**
 * One round: a broadcast to 500 chats that is killed several times while the world goes wrong, comes to rest, and is
 * judged; then everything that is listed as unknown is asked for by pressing its button. The seed decides all of it.
 */
import { expect } from 'vitest';
import { inFlightLimit } from '../../src/delivery/sender.ts';
import type { Program } from '../tools/program.ts';
import { Dice } from './dice.ts';
import { drawMoment, killAt, type Moment } from './moments.ts';
import { judgeRound, type Verdict } from './oracle.ts';
import { Stage, type Scene } from './stage.ts';
import { redeliverSome } from './tap.ts';
import { armTrouble, drawTrouble, type TroublePlan } from './trouble.ts';

export interface RoundPlan {
  policy: 'ask' | 'resend';
  rate: number;
  articles: number;
  /** Makes titles so long that an edition has several parts. */
  padding: string;
  moments: Moment[];
  /** Whether there is a new article and a new slot before the run of the same number. */
  news: boolean[];
  trouble: TroublePlan;
  /** Whether those who blocked the bot come back at the end. */
  comeBack: boolean;
}

const LONG_TITLE = 'tin tức trong ngày '.repeat(14).trim();

export function drawRound(seed: number, scene: Scene): RoundPlan {
  const dice = new Dice(seed);
  const people = Array.from({ length: scene.size.people }, (_, index) => 6_000_000_001 + index);
  const inParts = dice.chance(0.2);
  const moments = Array.from({ length: dice.pick([1, 1, 2, 2, 3]) }, () => drawMoment(dice, people.length));
  return {
    policy: dice.chance(0.75) ? 'ask' : 'resend',
    rate: dice.pick([250, 500, 1_500]),
    articles: inParts ? 20 : dice.integer(1, 3),
    padding: inParts ? LONG_TITLE : '',
    moments,
    news: moments.map((_, index) => index > 0 && dice.chance(0.35)),
    trouble: drawTrouble(dice, { people }, scene.size.groups),
    comeBack: dice.chance(0.5),
  };
}

/** What a round went through, so that a run of many can show that it was no walk in the park. */
export interface Chronicle {
  kills: number;
  /** Deliveries in flight at the deaths. */
  inFlight: number;
  unknown: number;
  ambiguous: number;
  again: number;
  floods: number;
  blocked: number;
  moved: number;
}

export async function playRound(seed: number, scene: Scene): Promise<Chronicle> {
  const plan = drawRound(seed, scene);
  const stage = await Stage.open(scene);
  try {
    return await play(stage, plan, new Dice(seed));
  } catch (error) {
    const outputs = [...stage.runs.map((run) => run.output), stage.program?.output() ?? ''];
    const runs = outputs.map((output) => output.slice(-2_000)).join('\n--- the next run\n');
    throw new Error(`seed ${seed}: ${JSON.stringify(plan)}\n${String(error)}\n${runs}`, { cause: error });
  } finally {
    await stage.close();
  }
}

async function play(stage: Stage, plan: RoundPlan, dice: Dice): Promise<Chronicle> {
  const { program, away } = await broadcast(stage, plan);
  const verdict = judgeRound(stage, { away, resends: plan.policy === 'resend' });
  expectKept(verdict, plan);
  await redeliverSome(stage, dice, away);
  expect(await program.stop()).toEqual({ code: 0, signal: null });
  expect(complaints([...stage.runs.map((run) => run.output), program.output()])).toEqual([]);
  expect(stage.api.bugs).toEqual([]);
  const answered = (pattern: RegExp): number =>
    stage.api.ledger.of('sendMessage').filter(({ answer }) => pattern.test(String(answer?.result))).length;
  return {
    kills: stage.deaths.length,
    inFlight: stage.deaths.reduce((sum, run) => sum + run.inFlight, 0),
    unknown: verdict.unknown,
    ambiguous: verdict.ambiguous,
    again: verdict.again,
    floods: answered(/retry after/u),
    blocked: answered(/blocked/u),
    moved: answered(/upgraded/u),
  };
}

/**
 * Plays a plan until everything is at rest. Returns the program, which is still running, and the chats that are not
 * there any more.
 *
 * @param main another program than the real one
 */
export async function broadcast(
  stage: Stage,
  plan: RoundPlan,
  main?: string,
): Promise<{ program: Program; away: ReadonlySet<number> }> {
  const env = { UNKNOWN_DELIVERY: plan.policy, BROADCAST_RATE: String(plan.rate) };
  const options = main === undefined ? {} : { main };
  stage.publish(plan.articles, plan.padding);
  stage.makeDue();
  const calm = armTrouble(stage, plan.trouble);
  for (const [index, moment] of plan.moments.entries()) {
    if (plan.news[index] === true) newSlot(stage);
    await killAt(moment, stage, await stage.start(env, { ...options, ready: false }));
  }
  calm();
  // The last slot brings what the chats missed, and the notices about what is unknown.
  newSlot(stage);
  let program = await stage.start(env, options);
  await stage.settled();
  const away = new Set(plan.trouble.blocks?.people.filter((id) => !isThere(stage, id)) ?? []);
  if (plan.comeBack && away.size > 0) {
    await comeBack(stage, away);
    program.process.kill('SIGKILL');
    await stage.mourn(program);
    away.clear();
    newSlot(stage);
    program = await stage.start(env, options);
    await stage.settled();
  }
  return { program, away };
}

async function comeBack(stage: Stage, away: ReadonlySet<number>): Promise<void> {
  for (const id of away) {
    stage.api.world.person(id).unblocks();
    stage.returned.set(id, stage.lastCall);
  }
  const gone = (): number => stage.count(`select count(*) from chats where state = 'gone'`);
  await stage.until(() => gone() === 0, 20_000, 'the return of people');
  await stage.settled();
}

/** What the program itself calls a mistake. */
function complaints(outputs: readonly string[]): string[] {
  return outputs.flatMap((output) =>
    output.split('\n').filter((line) => /"level":"(error|fatal)"/u.test(line)),
  );
}

function newSlot(stage: Stage): void {
  stage.publish(1);
  stage.makeDue();
}

export function expectKept(verdict: Verdict, plan: Pick<RoundPlan, 'policy' | 'rate'>): void {
  const { lost, disobeyed, altered, disordered, repeated } = verdict;
  const nothing: string[] = [];
  expect({ lost, disobeyed, altered, disordered }).toEqual({
    lost: nothing,
    disobeyed: nothing,
    altered: nothing,
    disordered: nothing,
  });
  if (plan.policy === 'ask')
    expect({ repeated, again: verdict.again }).toEqual({ repeated: nothing, again: 0 });
  expect(verdict.mostInFlight).toBeLessThanOrEqual(inFlightLimit(plan.rate));
  const doubts = verdict.ambiguous + verdict.inFlight;
  expect(verdict.unknown).toBeLessThanOrEqual(doubts);
  expect(verdict.again).toBeLessThanOrEqual(doubts);
}

function isThere(stage: Stage, personId: number): boolean {
  return stage.count(`select count(*) from chats where id = ? and state = 'active'`, personId) === 1;
}
