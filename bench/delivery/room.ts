/**
 * The delivery room alone, in virtual time: a real database file, a courier that answers after a typical delay. How long
 * a broadcast takes against the ideal for its rate can be said so without waiting an hour for it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Courier } from '../../src/delivery/courier.ts';
import { createDelivery } from '../../src/delivery/dispatcher.ts';
import { nextSlot } from '../../src/digest/schedule.ts';
import { openDatabase } from '../../src/store/database.ts';
import { SqlOutbox } from '../../src/store/outbox.ts';
import { planEdition, SLOT } from '../../test/tools/plan.ts';
import { VirtualClock } from '../../test/tools/virtualClock.ts';
import { prepare, shares } from './prepare.ts';

const LATENCY_MS = 120;

export interface RoomResult {
  /** Virtual. */
  seconds: number;
  ideal: number;
  processorSeconds: number;
}

export async function broadcastInVirtualTime(chats: number, rate: number): Promise<RoomResult> {
  const dir = mkdtempSync(join(tmpdir(), 'diemtin-bench-'));
  const file = join(dir, 'bench.db');
  await prepare(file, shares(chats), SLOT);
  const db = await openDatabase(file);
  await planEdition(db);
  const clock = new VirtualClock();
  let arrived = 0;
  const courier: Courier = {
    probe: () => Promise.resolve({ kind: 'answer', status: 200, body: { ok: true, result: true } }),
    carry: () =>
      new Promise((resolve) => {
        clock.after(LATENCY_MS, () => {
          arrived += 1;
          resolve({ kind: 'answer', status: 200, body: { ok: true, result: { message_id: arrived } } });
        });
      }),
  };
  const outbox = new SqlOutbox(db, nextSlot);
  const delivery = createDelivery({
    outbox,
    courier,
    clock,
    bootId: 'bench',
    ratePerSecond: rate,
    policy: 'ask',
    notice: () => null,
    onEvent: () => undefined,
  });
  const cpu = process.cpuUsage();
  const start = clock.monotonic();
  await delivery.start();
  await clock.until(() => arrived >= chats, 48 * 3_600_000);
  const seconds = (clock.monotonic() - start) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const stopped = delivery.stop(1_000);
  await clock.advance(2_000);
  await stopped;
  const { sent } = await outbox.counts(0);
  if (sent !== chats) throw new Error(`${sent} of ${chats} are recorded as sent`);
  await db.destroy();
  rmSync(dir, { recursive: true, force: true });
  return { seconds, ideal: chats / rate, processorSeconds: (user + system) / 1e6 };
}
