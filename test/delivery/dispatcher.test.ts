import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Delivery, DeliveryOptions } from '../../src/delivery/delivery.ts';
import { createDelivery } from '../../src/delivery/dispatcher.ts';
import type { DeliveryEvent } from '../../src/delivery/events.ts';
import { nextSlot } from '../../src/digest/schedule.ts';
import { openDatabase, type Db } from '../../src/store/database.ts';
import { SqlOutbox } from '../../src/store/outbox.ts';
import { Outside } from '../tools/outside.ts';
import { addChat, planEdition, states } from '../tools/plan.ts';
import { VirtualClock } from '../tools/virtualClock.ts';

const ANNE = 1;

let db: Db;
let clock: VirtualClock;
let outside: Outside;
let events: DeliveryEvent[];
let boots = 0;

beforeEach(async () => {
  db = await openDatabase(':memory:');
  clock = new VirtualClock();
  outside = new Outside(clock);
  events = [];
});
afterEach(() => db.destroy());

async function begin(options: Partial<DeliveryOptions> = {}): Promise<Delivery> {
  boots += 1;
  const delivery = createDelivery({
    outbox: new SqlOutbox(db, nextSlot),
    courier: outside,
    clock,
    bootId: `boot-${boots}`,
    ratePerSecond: 25,
    policy: 'ask',
    notice: (missing) => ({
      html: `missing: ${missing.map((one) => `${one.slot}/${one.part}`).join(' ')}`,
      buttons: [],
    }),
    onEvent: (event) => events.push(event),
    ...options,
  });
  await delivery.start();
  return delivery;
}

describe('a broadcast', () => {
  it('brings every part to every chat, in order', async () => {
    for (let chat = 1; chat <= 50; chat += 1) await addChat(db, chat);
    await planEdition(db, { parts: 2 });
    await begin();
    await clock.advance(10_000);
    expect(outside.arrived(ANNE)).toEqual(['1:e1p0', '1:e1p1']);
    expect(outside.arrived()).toHaveLength(100);
    expect((await states(db)).every((state) => state.endsWith('sent'))).toBe(true);
  });
});
