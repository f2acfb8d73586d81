import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inFlightLimit } from '../../src/delivery/sender.ts';
import type { UnknownPolicy } from '../../src/delivery/outbox.ts';
import type { Parcel } from '../../src/delivery/courier.ts';
import { audit, type Audit } from '../tools/audit.ts';
import { sendCarelessly } from '../tools/carelessSender.ts';
import { createRig, type Rig } from '../tools/deliveryRig.ts';
import { Mortal } from '../tools/mortal.ts';
import {
  badGateway,
  blocked,
  flood,
  lost,
  moved,
  no,
  silence,
  unreached,
  yes,
  type Reaction,
} from '../tools/outside.ts';
import { addChat, planEdition, SLOT } from '../tools/plan.ts';

const DAY = 86_400_000;
const RATE = 25;
const W = inFlightLimit(RATE);
const NEW_ID = 1_000_000_000;

/** The same numbers for the same seed. */
function randomness(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Plan {
  chats: number;
  editions: number;
  parts: number;
}

async function plan(rig: Rig, { chats, editions, parts }: Plan): Promise<string[]> {
  const ids = Array.from({ length: chats }, (_, index) => (index % 5 === 4 ? -(index + 1) : index + 1));
  for (const id of ids) await addChat(rig.db, id);
  const intended: string[] = [];
  for (let day = 0; day < editions; day += 1) {
    const edition = await planEdition(rig.db, {
      slot: SLOT + day * DAY,
      fromSeq: day * 10,
      toSeq: day * 10 + 10,
      parts,
    });
    for (const id of ids) {
      for (let part = 0; part < parts; part += 1) intended.push(`${id}:e${edition}p${part}`);
    }
  }
  return intended;
}

/** A world that fails now and then, and remembers: a blocked chat stays blocked, an upgraded group upgraded. */
function troubled(random: () => number, trouble: number) {
  const aliases = new Map<number, number>();
  const gone = new Set<number>();
  const react = (parcel: Parcel): Reaction => {
    const { chatId } = parcel;
    if (gone.has(chatId)) return blocked();
    const to = aliases.get(chatId);
    if (to !== undefined) return moved(to);
    if (random() > trouble) return { ...yes(), afterMs: 50 + random() * 400 };
    const dice = random();
    if (dice < 0.2) return flood(1 + Math.floor(random() * 20));
    if (dice < 0.35) return lost(random() < 0.5);
    if (dice < 0.5) return badGateway(random() < 0.5);
    if (dice < 0.55) return silence(random() < 0.5);
    if (dice < 0.7) return unreached();
    if (dice < 0.8) return parcel.plain ? yes() : no(400, "Bad Request: can't parse entities: …");
    if (dice < 0.85) return { arrives: false, happening: { kind: 'garbled', status: 403 } };
    if (dice < 0.93 && chatId < 0 && chatId > -NEW_ID) {
      aliases.set(chatId, chatId - NEW_ID);
      return moved(chatId - NEW_ID);
    }
    gone.add(chatId);
    return blocked();
  };
  return { aliases, react };
}

/** Runs and kills, then lets a run end in peace in a healthy world. */
async function survive(rig: Rig, deaths: readonly number[], policy: UnknownPolicy = 'ask'): Promise<number> {
  for (const step of deaths) {
    const mortal = new Mortal(step);
    await rig.begin({ ratePerSecond: RATE, policy }, mortal);
    await rig.clock.until(() => mortal.dead, 20_000);
    mortal.die();
    rig.outside.run += 1;
  }
  const last = await rig.begin({ ratePerSecond: RATE, policy });
  for (let hour = 0; hour < 12; hour += 1) {
    await rig.clock.advance(600_000);
    const { planned, deferred, inflight } = await rig.outbox.counts(0);
    if (planned + deferred + inflight === 0) break;
  }
  await last.stop(1_000);
  return deaths.length;
}

function expectKept(result: Audit, runs: number): void {
  expect(result).toMatchObject({ lost: [], repeated: [], disobeyed: [], open: 0 });
  expect(result.unknown).toBeLessThanOrEqual(result.ambiguous + W * runs);
}

describe('a program that dies', () => {
  const scene: Plan = { chats: 6, editions: 1, parts: 2 };

  async function stepsOf(act: (rig: Rig) => void): Promise<number> {
    const rig = await createRig();
    await plan(rig, scene);
    act(rig);
    const mortal = new Mortal();
    await rig.begin({}, mortal);
    await rig.clock.advance(60_000);
    await rig.close();
    return mortal.steps;
  }

  const scripted = (rig: Rig): Map<number, number> => {
    rig.outside.react = (parcel, count) => {
      if (parcel.chatId === -5) return moved(-5 - NEW_ID);
      if (parcel.chatId === 1 && count === 0) return flood(3);
      if (parcel.chatId === 2 && count === 0) return lost(true);
      if (parcel.chatId === 3) return blocked();
      return yes();
    };
    return new Map([[-5, -5 - NEW_ID]]);
  };

  it('loses and repeats nothing, at whichever step it dies', async () => {
    const steps = await stepsOf(scripted);
    expect(steps).toBeGreaterThan(50);
    for (let step = 1; step <= steps; step += 1) {
      const rig = await createRig();
      const intended = await plan(rig, scene);
      const aliases = scripted(rig);
      await survive(rig, [step]);
      const result = await audit(rig.db, rig.outside, intended, aliases);
      await rig.close();
      expect(result, `died at step ${step}`).toMatchObject({
        lost: [],
        repeated: [],
        disobeyed: [],
        open: 0,
      });
      expect(result.unknown).toBeLessThanOrEqual(result.ambiguous + W);
    }
  });

  it('leaves at most W unknown when it dies with everything in flight, and each can be had at a tap', async () => {
    const rig = await createRig();
    const intended = await plan(rig, { chats: 80, editions: 1, parts: 1 });
    rig.outside.react = () => ({ ...yes(), afterMs: 5_000 });
    const mortal = new Mortal();
    await rig.begin({}, mortal);
    await rig.clock.advance(2_000);
    mortal.die();
    // They were on the wire; here none of them arrived.
    for (const call of rig.outside.calls) call.arrived = false;
    rig.outside.react = () => yes();
    const next = await rig.begin();
    expect(rig.events).toContainEqual({ kind: 'recovered', deliveries: W });
    await rig.clock.advance(60_000);
    const unknown = await next.unknownFor(null, 100);
    expect(unknown).toHaveLength(W);
    for (const { chatId } of unknown) expect(await next.redeliver(chatId, null)).toBe(1);
    await rig.clock.advance(60_000);
    expect(await audit(rig.db, rig.outside, intended)).toMatchObject({ lost: [], repeated: [], unknown: 0 });
    await rig.close();
  });

  it('with the policy resend sends again what was in flight, and nothing else', async () => {
    const rig = await createRig();
    const intended = await plan(rig, { chats: 40, editions: 1, parts: 1 });
    await survive(rig, [30, 45, 60], 'resend');
    const result = await audit(rig.db, rig.outside, intended);
    await rig.close();
    expect(result).toMatchObject({ lost: [], unknown: 0, open: 0 });
    expect(result.repeated.length).toBeLessThanOrEqual(3 * W);
  });
});

describe('whatever the world does, and whenever the program dies', () => {
  const rounds = Number(process.env.CRASH_ROUNDS ?? 12);
  // The same histories every time, so that a red run is about the change; CRASH_SEED=random looks for new ones.
  const wished = process.env.CRASH_SEED ?? '1';
  const seed = wished === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(wished);
  const timeout = 60_000 + rounds * 500;

  const round = fc.record({
    seed: fc.integer(),
    trouble: fc.constantFrom(0, 0.05, 0.3, 0.6),
    chats: fc.integer({ min: 1, max: 30 }),
    editions: fc.integer({ min: 1, max: 3 }),
    parts: fc.integer({ min: 1, max: 3 }),
    deaths: fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 4 }),
  });

  async function play(
    { seed, trouble, chats, editions, parts }: { seed: number; trouble: number } & Plan,
    run: (rig: Rig) => Promise<number>,
  ): Promise<{ result: Audit; runs: number }> {
    const rig = await createRig();
    try {
      const intended = await plan(rig, { chats, editions, parts });
      const world = troubled(randomness(seed), trouble);
      rig.outside.react = world.react;
      const runs = await run(rig);
      return { result: await audit(rig.db, rig.outside, intended, world.aliases), runs };
    } finally {
      await rig.close();
    }
  }

  it('nothing is lost, nothing is repeated, and what is unknown is bounded', { timeout }, async () => {
    await fc.assert(
      fc.asyncProperty(round, async (wish) => {
        const { result, runs } = await play(wish, (rig) => survive(rig, wish.deaths));
        expectKept(result, runs);
      }),
      { numRuns: rounds, seed },
    );
  });

  it('with resend nothing is lost, and repeats are bounded the same way', { timeout }, async () => {
    await fc.assert(
      fc.asyncProperty(round, async (wish) => {
        const { result, runs } = await play(wish, (rig) => survive(rig, wish.deaths, 'resend'));
        expect(result).toMatchObject({ lost: [], disobeyed: [], open: 0 });
        expect(result.repeated.length).toBeLessThanOrEqual(result.ambiguous + W * runs);
      }),
      { numRuns: Math.ceil(rounds / 3), seed },
    );
  });

  it('a careless sender is found out', async () => {
    const seen = { lost: 0, repeated: 0, disobeyed: 0 };
    for (let seed = 1; seed <= 10; seed += 1) {
      const { result } = await play({ seed, trouble: 0.3, chats: 20, editions: 1, parts: 2 }, async (rig) => {
        for (const step of [12, Number.POSITIVE_INFINITY]) {
          const mortal = new Mortal(step);
          void sendCarelessly(rig.db, mortal.outbox(rig.outbox), mortal.courier(rig.outside), rig.clock);
          await rig.clock.advance(600_000);
        }
        return 1;
      });
      seen.lost += result.lost.length;
      seen.repeated += result.repeated.length;
      seen.disobeyed += result.disobeyed.length;
    }
    expect(seen.lost).toBeGreaterThan(0);
    expect(seen.repeated).toBeGreaterThan(0);
    expect(seen.disobeyed).toBeGreaterThan(0);
  });
});
