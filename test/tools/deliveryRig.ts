/**
 * Delivery on a real database, with virtual time and a scripted outside.
 */
import type { Delivery, DeliveryOptions } from '../../src/delivery/delivery.ts';
import { createDelivery } from '../../src/delivery/dispatcher.ts';
import type { DeliveryEvent } from '../../src/delivery/events.ts';
import { nextSlot } from '../../src/digest/schedule.ts';
import { openDatabase, type Db } from '../../src/store/database.ts';
import { SqlOutbox } from '../../src/store/outbox.ts';
import { Mortal } from './mortal.ts';
import { Outside } from './outside.ts';
import { VirtualClock } from './virtualClock.ts';

export interface Rig {
  db: Db;
  clock: VirtualClock;
  outside: Outside;
  events: DeliveryEvent[];
  outbox: SqlOutbox;
  /** Starts delivery, as a new run of the program does. What ran before is left as it is. */
  begin(options?: Partial<DeliveryOptions>, mortal?: Mortal): Promise<Delivery>;
  close(): Promise<void>;
}

export async function createRig(file = ':memory:', clock = new VirtualClock()): Promise<Rig> {
  const db = await openDatabase(file);
  const outside = new Outside(clock);
  const events: DeliveryEvent[] = [];
  const outbox = new SqlOutbox(db, nextSlot);
  let boots = 0;
  return {
    db,
    clock,
    outside,
    events,
    outbox,
    async begin(options = {}, mortal = new Mortal()) {
      boots += 1;
      const delivery = createDelivery({
        outbox: mortal.outbox(outbox),
        courier: mortal.courier(outside),
        clock: mortal.clock(clock),
        bootId: `boot-${boots}`,
        ratePerSecond: 25,
        policy: 'ask',
        notice: (missing) => ({ html: `missing ${missing.map((one) => one.id).join(' ')}`, buttons: [] }),
        onEvent: (event) => events.push(event),
        ...options,
      });
      // A process that dies while it starts never gets to the end of it.
      void delivery.start();
      await clock.advance(0);
      return delivery;
    },
    close: () => db.destroy(),
  };
}
