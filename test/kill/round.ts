/**
 * One round: a broadcast to 500 chats that is killed several times while the world goes wrong, comes to rest, and is
 * judged; then everything that is listed as unknown is asked for by pressing its button. The seed decides all of it.
 */
import { expect } from 'vitest';
import { inFlightLimit } from '../../src/delivery/sender.ts';
import { encodePress } from '../../src/telegram/callbackData.ts';
import { Dice } from './dice.ts';
import { drawMoment, killAt, type Moment } from './moments.ts';
import { judgeRound, listUnknown, textOf, type Unknown, type Verdict } from './oracle.ts';
import { Stage, type Scene } from './stage.ts';
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

/** A person each, who presses a button. */
const MOST_PRESSED = 25;

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
  repeated: number;
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
    const runs = stage.runs.map((run) => run.output.slice(-2_000)).join('\n--- killed\n');
    throw new Error(`seed ${seed}: ${JSON.stringify(plan)}\n${String(error)}\n${runs}`, { cause: error });
  } finally {
    await stage.close();
  }
}

async function play(stage: Stage, plan: RoundPlan, dice: Dice): Promise<Chronicle> {
  const { policy, rate, trouble } = plan;
  const env = { UNKNOWN_DELIVERY: policy, BROADCAST_RATE: String(rate) };
  stage.publish(plan.articles, plan.padding);
  stage.makeDue();
  const calm = armTrouble(stage, trouble);
  for (const [index, moment] of plan.moments.entries()) {
    if (plan.news[index] === true) newSlot(stage);
    await killAt(moment, stage, await stage.start(env, { ready: false }));
  }
  calm();
  // The last slot brings what the chats missed, and the notices about what is unknown.
  newSlot(stage);
  let program = await stage.start(env);
  await stage.settled();
  const away = new Set(trouble.blocks?.people.filter((id) => !isThere(stage, id)) ?? []);
  if (plan.comeBack && away.size > 0) {
    for (const id of away) {
      stage.api.world.person(id).unblocks();
      stage.returned.set(id, stage.lastCall);
    }
    await stage.until(() => goneChats(stage) === 0, 20_000, 'the return of people');
    await stage.settled();
    program.process.kill('SIGKILL');
    await stage.mourn(program);
    away.clear();
    newSlot(stage);
    program = await stage.start(env);
    await stage.settled();
  }
  const verdict = judgeRound(stage, { rate, away, resends: policy === 'resend' });
  expectKept(verdict, plan);
  await redeliverSome(stage, dice, away);
  expect(await program.stop()).toEqual({ code: 0, signal: null });
  const mistakes = [...stage.runs.map((run) => run.output), program.output()]
    .join('')
    .split('\n')
    .filter((line) => /"level":"(error|fatal)"/u.test(line));
  expect(mistakes).toEqual([]);
  expect(stage.api.bugs).toEqual([]);
  const answered = (pattern: RegExp): number =>
    stage.api.ledger.of('sendMessage').filter(({ answer }) => pattern.test(String(answer?.result))).length;
  return {
    kills: plan.moments.length,
    inFlight: stage.runs.reduce((sum, run) => sum + run.inFlight, 0),
    unknown: verdict.unknown,
    ambiguous: verdict.ambiguous,
    repeated: verdict.repeated.length,
    floods: answered(/retry after/u),
    blocked: answered(/blocked/u),
    moved: answered(/upgraded/u),
  };
}

function newSlot(stage: Stage): void {
  stage.publish(1);
  stage.makeDue();
}

export function expectKept(verdict: Verdict, plan: Pick<RoundPlan, 'policy' | 'rate'>): void {
  const { repeated, unknown, bound, mostInFlight, lost, disobeyed, altered, disordered } = verdict;
  expect({ lost, disobeyed, altered, disordered }).toEqual({
    ...{ lost: [], disobeyed: [] },
    ...{ altered: [], disordered: [] },
  });
  expect(mostInFlight).toBeLessThanOrEqual(inFlightLimit(plan.rate));
  expect(unknown).toBeLessThanOrEqual(bound);
  if (plan.policy === 'ask') expect(repeated).toEqual([]);
  else expect(repeated.length).toBeLessThanOrEqual(bound);
}

function isThere(stage: Stage, personId: number): boolean {
  return stage.count(`select count(*) from chats where id = ? and state = 'active'`, personId) === 1;
}

function goneChats(stage: Stage): number {
  return stage.count(`select count(*) from chats where state = 'gone'`);
}

/**
 * Presses, as their chats would, the buttons that send again what may not have arrived: twice, for each works once. Of
 * many chats some are chosen by chance.
 */
export async function redeliverSome(stage: Stage, dice: Dice, away: ReadonlySet<number>): Promise<void> {
  const listed = listUnknown(stage).filter(({ chatId }) => !away.has(chatId));
  const chats = new Set(dice.some(MOST_PRESSED, [...new Set(listed.map(({ chatId }) => chatId))]));
  const asked = listed.filter(({ chatId }) => chats.has(chatId));
  const before = new Map(asked.map((one) => [one.id, arrivals(stage, one)]));
  for (let left = asked; left.length > 0; left = stillUnknown(stage, asked)) {
    await pressOldest(stage, left);
    await stage.settled();
  }
  for (const one of asked) {
    const came = arrivals(stage, one) - (before.get(one.id) ?? 0);
    expect(came, `times that delivery ${one.id} came to chat ${one.chatId} after the tap`).toBe(1);
  }
}

function stillUnknown(stage: Stage, asked: readonly Unknown[]): Unknown[] {
  const ids = new Set(asked.map(({ id }) => id));
  return listUnknown(stage).filter(({ id }) => ids.has(id));
}

/** The oldest edition of each chat. */
async function pressOldest(stage: Stage, unknown: readonly Unknown[]): Promise<void> {
  const editions = new Map<number, Unknown[]>();
  for (const one of unknown) {
    const parts = editions.get(one.chatId);
    if (parts === undefined) editions.set(one.chatId, [one]);
    else if (parts[0]?.slot === one.slot) parts.push(one);
  }
  for (const [chatId, parts] of editions) {
    // A chat that was not told yet asks.
    if (findButton(stage, chatId, parts) === null) stage.speaker(chatId).sends(chatId, '/status');
  }
  for (const [chatId, parts] of editions) {
    const find = (): ReturnType<typeof findButton> => findButton(stage, chatId, parts);
    await stage.until(() => find() !== null, 15_000, `a button for chat ${chatId}`);
    const button = find();
    if (button === null) continue;
    stage.speaker(chatId).presses(button.post, button.data);
    stage.speaker(chatId).presses(button.post, button.data);
  }
  const pressed = [...editions.values()].flat();
  await stage.until(() => stillUnknown(stage, pressed).length === 0, 20_000, 'what was asked for');
}

/** The button under some message of the chat that sends this edition again; null when there is none. */
function findButton(stage: Stage, chatId: number, parts: readonly Unknown[]) {
  const wanted = parts.map(({ id }) => encodePress({ do: 'redeliver', deliveryId: id }));
  for (const post of stage.api.messages(chatId)) {
    const button = post.buttons.find(({ callback_data: press = '' }) => wanted.includes(press));
    if (button?.callback_data !== undefined) return { post, data: button.callback_data };
  }
  return null;
}

function arrivals(stage: Stage, { chatId, html }: Unknown): number {
  return stage.api.ledger.calls.filter(
    (call) => call.accepted && stage.idNow(call.chatId ?? 0) === chatId && textOf(call).endsWith(html),
  ).length;
}
