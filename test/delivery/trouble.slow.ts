import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Outbox } from '../../src/delivery/outbox.ts';
import { createRig, type Rig } from '../tools/deliveryRig.ts';
import { badGateway, flood, lost, silence, unauthorized, unreached, yes } from '../tools/outside.ts';
import { addChat, planEdition, SLOT, states } from '../tools/plan.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

async function planFor(count: number): Promise<void> {
  for (let chat = 1; chat <= count; chat += 1) await addChat(rig.db, chat);
  await planEdition(rig.db);
}
const kinds = (): string[] =>
  rig.events.map((event) => event.kind).filter((kind) => kind !== 'sent' && kind !== 'again');

/** The real outbox, of which some methods fail while `broken` says so. */
function breakable(methods: readonly (keyof Outbox)[], broken: () => boolean): Outbox {
  return new Proxy<Outbox>(rig.outbox, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return (...args: unknown[]): unknown => {
        if (broken() && methods.includes(name as keyof Outbox)) {
          return Promise.reject(new Error('SQLITE_FULL: database or disk is full'));
        }
        return Reflect.apply(method, target, args);
      };
    },
  });
}

describe('a token that is not accepted', () => {
  it('stops everything, keeps the queue, and goes on when it is accepted again', async () => {
    await planFor(100);
    let accepted = false;
    rig.outside.react = () => (accepted ? yes() : unauthorized());
    rig.outside.answerProbe = () => (accepted ? yes() : unauthorized());
    const delivery = await rig.begin();
    await rig.clock.advance(3_600_000);
    const tried = rig.outside.calls.length;
    expect(tried).toBeLessThanOrEqual(10);
    expect(delivery.health()).toMatchObject({ ok: false, problem: 'halted', detail: 'Unauthorized' });
    expect(rig.outside.probes, 'once a minute').toBeLessThanOrEqual(60);
    expect((await delivery.stats(0)).planned).toBe(100);
    accepted = true;
    await rig.clock.advance(120_000);
    expect(rig.outside.arrived()).toHaveLength(100);
    expect(delivery.health()).toEqual({ ok: true });
    expect(kinds()).toEqual(['halted', 'resumed']);
  });
});

describe('an outage', () => {
  it.each([
    ['with 502 for everything', () => badGateway(false)],
    ['with connections that break', () => lost(false)],
  ])('%s costs a few deliveries, not the broadcast', async (_how, reaction) => {
    await planFor(300);
    const over = 600_000;
    const inOutage = () => rig.clock.monotonic() < over;
    rig.outside.react = () => (inOutage() ? reaction() : yes());
    rig.outside.answerProbe = () => (inOutage() ? badGateway(false) : yes());
    const delivery = await rig.begin();
    await rig.clock.advance(over / 2);
    expect(delivery.health()).toMatchObject({ ok: false, problem: 'trouble' });
    await rig.clock.advance(over / 2 + 120_000);
    expect(delivery.health()).toEqual({ ok: true });
    const { unknown, sent } = await delivery.stats(0);
    expect(unknown).toBeLessThanOrEqual(10);
    expect(sent + unknown).toBe(300);
  });

  it('in which only messages fail is felt out one message at a time', async () => {
    await planFor(100);
    rig.outside.react = () => (rig.clock.monotonic() < 600_000 ? badGateway(false) : yes());
    const delivery = await rig.begin();
    await rig.clock.advance(900_000);
    const { unknown, sent } = await delivery.stats(0);
    expect(unknown).toBeLessThan(30);
    expect(sent + unknown).toBe(100);
  });

  it('in which nothing gets out costs nothing', async () => {
    await planFor(100);
    const inOutage = () => rig.clock.monotonic() < 600_000;
    rig.outside.react = () => (inOutage() ? unreached() : yes());
    rig.outside.answerProbe = () => (inOutage() ? unreached() : yes());
    await rig.begin();
    await rig.clock.advance(900_000);
    expect(rig.outside.arrived()).toHaveLength(100);
    expect((await rig.outbox.counts(0)).unknown).toBe(0);
    expect(kinds().at(0)).toBe('trouble');
    expect(kinds().at(-1)).toBe('resumed');
  });

  it('of one chat is not one of everybody', async () => {
    await planFor(100);
    rig.outside.react = (parcel) => (parcel.chatId % 10 === 0 ? badGateway(false) : yes());
    const delivery = await rig.begin();
    await rig.clock.advance(10_000);
    expect(await delivery.stats(0)).toMatchObject({ sent: 90, unknown: 10 });
    expect(kinds()).not.toContain('trouble');
  });

  it('behind a proxy that refuses unreadably is waited out, and believed in the end', async () => {
    await planFor(1);
    rig.outside.react = () => ({ arrives: false, happening: { kind: 'garbled', status: 403 } });
    await rig.begin();
    await rig.clock.advance(24 * 3_600_000);
    expect(rig.outside.calls).toHaveLength(10);
    expect(await states(rig.db)).toEqual(['1:e1p0 dead (unreadable: http-403)']);
  });
});

describe('a call that never ends', () => {
  it('ends with our deadline, and the delivery is unknown', async () => {
    await planFor(1);
    rig.outside.react = () => silence(true);
    await rig.begin();
    await rig.clock.advance(14_900);
    expect((await rig.outbox.counts(0)).unknown).toBe(0);
    await rig.clock.advance(200);
    expect(await states(rig.db)).toEqual(['1:e1p0 unknown (deadline)']);
  });

  it('ends even when the courier does not obey, or fails', async () => {
    await planFor(3);
    const courier = {
      probe: () => Promise.resolve({ kind: 'aborted' as const, written: true }),
      carry: ({ chatId }: { chatId: number }) => {
        if (chatId === 1) return new Promise<never>(() => undefined);
        if (chatId === 2) return Promise.reject(new Error('a courier’s mistake'));
        throw new Error('a courier’s mistake');
      },
    };
    await rig.begin({ courier });
    await rig.clock.advance(20_000);
    expect((await states(rig.db)).sort()).toEqual([
      '1:e1p0 unknown (deadline)',
      '2:e1p0 unknown (courier-failed)',
      '3:e1p0 unknown (courier-failed)',
    ]);
  });
});

describe('a database that takes no writes', () => {
  it('lets nothing be sent', async () => {
    await planFor(20);
    let full = true;
    const delivery = await rig.begin({ outbox: breakable(['take', 'settle', 'postpone'], () => full) });
    await rig.clock.advance(300_000);
    expect(rig.outside.calls).toEqual([]);
    expect(delivery.health()).toMatchObject({
      ok: false,
      problem: 'store',
      detail: 'SQLITE_FULL: database or disk is full',
    });
    expect(kinds().length, 'and does not fill the log').toBeLessThan(20);
    full = false;
    await rig.clock.advance(60_000);
    expect(rig.outside.arrived()).toHaveLength(20);
    expect(delivery.health()).toEqual({ ok: true });
    expect(kinds().at(-1)).toBe('storeBack');
  });

  it('gets the outcomes when it works again; until then nothing more is sent', async () => {
    await planFor(40);
    const full = () => rig.clock.monotonic() > 100 && rig.clock.monotonic() < 90_000;
    await rig.begin({ outbox: breakable(['settle'], full) });
    await rig.clock.advance(80_000);
    const before = rig.outside.calls.length;
    expect(before).toBeLessThanOrEqual(10);
    expect((await rig.outbox.counts(0)).inflight).toBe(before);
    await rig.clock.advance(60_000);
    expect(rig.outside.arrived()).toHaveLength(40);
    expect(await rig.outbox.counts(0)).toMatchObject({ sent: 40, unknown: 0, inflight: 0 });
  });

  it('that committed what it said it had not, sends nothing twice', async () => {
    await planFor(5);
    // The first `take`, and the first `settle` after it.
    const lies = new Set<string | symbol>(['take', 'settle']);
    const liar = new Proxy<Outbox>(rig.outbox, {
      get(target, name) {
        const method = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>;
        return async (...args: unknown[]): Promise<unknown> => {
          const result = await Reflect.apply(method, target, args);
          if (lies.delete(name)) throw new Error('SQLITE_IOERR: disk I/O error');
          return result;
        };
      },
    });
    await rig.begin({ outbox: liar });
    await rig.clock.advance(60_000);
    expect(lies.size).toBe(0);
    expect(rig.outside.arrived().sort()).toEqual([1, 2, 3, 4, 5].map((chat) => `${chat}:e1p0`));
    expect(await rig.outbox.counts(0)).toMatchObject({ sent: 5, unknown: 0, inflight: 0 });
  });

  it('cannot be read: is tried again', async () => {
    await planFor(5);
    await rig.begin({ outbox: breakable(['planned', 'due'], () => rig.clock.monotonic() < 10_000) });
    await rig.clock.advance(60_000);
    expect(rig.outside.arrived()).toHaveLength(5);
  });
});

describe('stopping', () => {
  it('takes nothing new, waits for what is in flight, and commits it', async () => {
    await planFor(100);
    rig.outside.react = () => ({ ...yes(), afterMs: 2_000 });
    const delivery = await rig.begin();
    await rig.clock.advance(1_000);
    const stopped = delivery.stop(5_000);
    const before = rig.outside.calls.length;
    await rig.clock.advance(3_000);
    await stopped;
    expect(rig.outside.calls).toHaveLength(before);
    expect(await rig.outbox.counts(0)).toMatchObject({ sent: before, inflight: 0, unknown: 0 });
    await rig.clock.advance(60_000);
    expect(rig.outside.calls, 'and stays still').toHaveLength(before);
  });

  it('does not wait longer than it may: what was not answered is unknown', async () => {
    await planFor(100);
    rig.outside.react = () => silence(false);
    const delivery = await rig.begin();
    await rig.clock.advance(1_000);
    const stopped = delivery.stop(3_000);
    let done = false;
    void stopped.then(() => (done = true));
    await rig.clock.advance(2_900);
    expect(done).toBe(false);
    await rig.clock.advance(200);
    await stopped;
    expect(await rig.outbox.counts(0)).toMatchObject({ unknown: 10, inflight: 0, planned: 90 });
  });

  it('gives the database a few chances, and leaves the rest to the next start', async () => {
    await planFor(5);
    rig.outside.react = () => yes();
    const delivery = await rig.begin({ outbox: breakable(['settle'], () => true) });
    await rig.clock.advance(50);
    const stopped = delivery.stop(1_000);
    await rig.clock.advance(2_000);
    await stopped;
    await rig.begin();
    await rig.clock.advance(10_000);
    expect(rig.outside.arrived().length).toBe(rig.outside.calls.length);
    const { unknown, sent } = await rig.outbox.counts(0);
    expect(unknown + sent).toBe(5);
    expect(unknown).toBeGreaterThan(0);
  });

  it('before anything has begun is nothing', async () => {
    const delivery = await rig.begin();
    await delivery.stop(1_000);
    await planFor(1);
    delivery.wake();
    await rig.clock.advance(5_000);
    expect(rig.outside.calls).toEqual([]);
  });
});

describe('a clock that jumps', () => {
  it.each([
    ['an hour ahead', 3_600_000],
    ['an hour back', -3_600_000],
    ['a year back', -365 * 86_400_000],
  ])('%s changes neither pace nor order', async (_how, jump) => {
    await planFor(200);
    await rig.begin();
    await rig.clock.advance(3_000);
    rig.clock.jump(jump);
    await rig.clock.advance(7_000);
    expect(rig.outside.arrived()).toHaveLength(200);
    const inOneSecond = rig.outside.calls.filter((call) => call.at >= 3_000 && call.at < 4_000).length;
    expect(inOneSecond).toBeLessThanOrEqual(28);
  });

  it('back does not lengthen a wait that Telegram imposed', async () => {
    await planFor(1);
    rig.outside.react = (_parcel, count) => (count === 0 ? flood(9) : yes());
    const delivery = await rig.begin();
    await rig.clock.advance(1_000);
    rig.clock.jump(-365 * 86_400_000);
    // The heartbeat wakes it every minute.
    delivery.wake();
    await rig.clock.advance(20_000);
    expect(rig.outside.arrived()).toHaveLength(1);
  });

  it('back in the middle of a broadcast does not lengthen it either, without waiting for the heartbeat', async () => {
    await planFor(500);
    rig.outside.react = ({ chatId }, count) => (chatId === 1 && count === 0 ? flood(4) : yes());
    await rig.begin();
    await rig.clock.advance(2_000);
    rig.clock.jump(-365 * 86_400_000);
    await rig.clock.advance(30_000);
    expect(rig.outside.arrived()).toHaveLength(500);
  });

  it('ahead does not shorten a wait that Telegram imposed', async () => {
    await planFor(1);
    rig.outside.react = (_parcel, count) => (count === 0 ? flood(9) : yes());
    await rig.begin();
    await rig.clock.advance(1_000);
    rig.clock.jump(3_600_000);
    await rig.clock.advance(7_000);
    expect(rig.outside.calls).toHaveLength(1);
    await rig.clock.advance(60_000);
    expect(rig.outside.arrived()).toHaveLength(1);
  });
});

describe('stats', () => {
  it('say what an operator asks', async () => {
    await planFor(30);
    rig.outside.react = (parcel) => (parcel.chatId === 1 ? lost(false) : yes());
    const delivery = await rig.begin();
    await rig.clock.advance(700);
    const half = await delivery.stats(SLOT);
    expect(half.planned).toBeGreaterThan(5);
    expect(half.sent).toBeGreaterThan(5);
    await rig.clock.advance(10_000);
    expect(await delivery.stats(SLOT)).toEqual({
      planned: 0,
      deferred: 0,
      inflight: 0,
      unknown: 1,
      unannounced: 1,
      dead: 0,
      sent: 29,
      ratePerSecond: 25,
      everyoneUntil: null,
      chatsHeld: 0,
    });
    expect((await delivery.stats(rig.clock.now())).sent, 'since now').toBe(0);
  });
});
