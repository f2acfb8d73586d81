import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { judge } from '../../src/delivery/outcome.ts';
import { createRig, type Rig } from '../tools/deliveryRig.ts';
import { flood } from '../tools/outside.ts';
import { addChat, planEdition } from '../tools/plan.ts';

const ANNE = 1;

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

const refusal = (seconds: number) => {
  const { happening } = flood(seconds);
  if (happening === null) throw new Error('a flood is an answer');
  return judge(happening);
};

describe('an answer to a person', () => {
  it('leaves at once in the middle of a broadcast', async () => {
    for (let chat = 1; chat <= 400; chat += 1) await addChat(rig.db, chat);
    await planEdition(rig.db);
    const delivery = await rig.begin();
    for (let second = 0; second < 10; second += 1) {
      await rig.clock.advance(1_000);
      const asked = rig.clock.monotonic();
      for (const chat of [1_001, 1_002, 1_003]) {
        expect(await delivery.replies.acquire(chat)).toBe(true);
        expect(rig.clock.monotonic()).toBe(asked);
      }
    }
    expect(rig.outside.arrived().length, 'and the broadcast goes on').toBeGreaterThan(240);
  });

  it('makes the broadcast wait when there are very many', async () => {
    for (let chat = 1; chat <= 300; chat += 1) await addChat(rig.db, chat);
    await planEdition(rig.db);
    const delivery = await rig.begin();
    let answered = 0;
    for (let chat = 1_000; chat < 1_300; chat += 1) {
      void delivery.replies.acquire(chat).then((may) => (answered += may ? 1 : 0));
    }
    await rig.clock.advance(9_000);
    expect(answered, 'thirty a second').toBeGreaterThan(260);
    expect(rig.outside.calls.length).toBeLessThan(30);
    await rig.clock.advance(20_000);
    expect(answered).toBe(300);
    expect(rig.outside.arrived()).toHaveLength(300);
  });

  it('is not promised when it would have to wait too long', async () => {
    const delivery = await rig.begin();
    delivery.replies.settled(ANNE, refusal(60));
    expect(await delivery.replies.acquire(ANNE)).toBe(false);
    expect(rig.events).toMatchObject([{ kind: 'flood', chatId: ANNE, delaySeconds: 60 }]);
  });

  it('waits out a short wait', async () => {
    const delivery = await rig.begin();
    delivery.replies.settled(ANNE, refusal(4));
    let may: boolean | null = null;
    void delivery.replies.acquire(ANNE).then((answer) => (may = answer));
    await rig.clock.advance(4_000);
    expect(may).toBeNull();
    await rig.clock.advance(500);
    expect(may).toBe(true);
  });

  it('is called off with its signal, before and while it waits', async () => {
    const delivery = await rig.begin();
    expect(await delivery.replies.acquire(ANNE, AbortSignal.abort())).toBe(false);
    delivery.replies.settled(ANNE, refusal(4));
    const controller = new AbortController();
    const asked = delivery.replies.acquire(ANNE, controller.signal);
    controller.abort();
    expect(await asked).toBe(false);
  });

  it('that is refused holds back the digests of that chat too', async () => {
    await addChat(rig.db, ANNE);
    await addChat(rig.db, 2);
    await planEdition(rig.db);
    const delivery = await rig.begin({ ratePerSecond: 1 });
    await rig.clock.advance(10);
    delivery.replies.settled(2, refusal(8));
    await rig.clock.advance(8_000);
    expect(rig.outside.arrived()).toEqual(['1:e1p0']);
    await rig.clock.advance(2_000);
    expect(rig.outside.arrived()).toEqual(['1:e1p0', '2:e1p0']);
  });

  it('that is refused while a digest to that chat is being committed keeps it from leaving', async () => {
    let refuse = (): void => undefined;
    const outbox = new Proxy(rig.outbox, {
      get(target, name) {
        const method = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>;
        return async (...args: unknown[]): Promise<unknown> => {
          const result = await Reflect.apply(method, target, args);
          if (name === 'take') refuse();
          return result;
        };
      },
    });
    const delivery = await rig.begin({ outbox });
    refuse = () => {
      refuse = () => undefined;
      delivery.replies.settled(ANNE, refusal(6));
    };
    await addChat(rig.db, ANNE);
    await planEdition(rig.db);
    delivery.wake();
    await rig.clock.advance(6_000);
    const early = rig.outside.calls.length;
    await rig.clock.advance(5_000);
    expect([early, rig.outside.calls.length]).toEqual([0, 1]);
    const [row] = await rig.db.selectFrom('deliveries').select(['state', 'attempt']).execute();
    expect(row, 'it was not an attempt').toEqual({ state: 'sent', attempt: 1 });
  });

  it('that is refused for long makes everybody wait, and its chat to the end, also after a restart', async () => {
    const delivery = await rig.begin();
    delivery.replies.settled(ANNE, refusal(7_200));
    await rig.clock.advance(100);
    const now = rig.clock.now();
    const { everyoneUntil, chats } = await rig.outbox.holds(now);
    expect(everyoneUntil).toBe(now + 59_900);
    expect(chats).toEqual([{ chatId: ANNE, until: now + 7_200_150 }]);
  });

  it('that a group refuses for hours keeps the digest from that group, also after a restart', async () => {
    const group = -5;
    await addChat(rig.db, group);
    const first = await rig.begin();
    first.replies.settled(group, refusal(7_200));
    await rig.clock.advance(100);
    await first.stop(1_000);
    await planEdition(rig.db);
    await rig.begin();
    await rig.clock.advance(7_000_000);
    expect(rig.outside.calls).toEqual([]);
    await rig.clock.advance(300_000);
    expect(rig.outside.arrived()).toEqual([`${group}:e1p0`]);
  });

  it('with any other outcome changes nothing', async () => {
    const delivery = await rig.begin();
    delivery.replies.settled(ANNE, { kind: 'sent', messageId: 1 });
    expect(await delivery.replies.acquire(ANNE)).toBe(true);
    expect(rig.events).toEqual([]);
  });
});
