/**
 * The delivery room alone: 100,000 chats (5 % groups) in a real database file, a courier that answers after a typical
 * delay, virtual time. Says how long a broadcast takes against the ideal for its rate, what it costs this machine, and
 * how many messages a second the room can pass when nothing limits it.
 *
 *     npx tsc -p tsconfig.bench.json  *     node --experimental-strip-types --expose-gc bench/delivery.ts [chats] *     node --experimental-strip-types --expose-gc bench/delivery.ts [chats] node node_modules/.cache/bench/bench/delivery.js [chats]
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { systemClock, type Clock } from '../src/delivery/clock.ts';
import type { Courier } from '../src/delivery/courier.ts';
import { createDelivery } from '../src/delivery/dispatcher.ts';
import { nextSlot } from '../src/digest/schedule.ts';
import { openDatabase, type Db } from '../src/store/database.ts';
import { SqlOutbox } from '../src/store/outbox.ts';
import { planEdition, SLOT } from '../test/tools/plan.ts';
import { VirtualClock } from '../test/tools/virtualClock.ts';

const CHATS = Number(process.argv[2] ?? 100_000);
const GROUP_SHARE = 20;
const LATENCY_MS = 120;
const MOST_RSS_MB = 350;

interface Measured {
  name: string;
  chats: number;
  /** By the clock that the run used. */
  seconds: number;
  ideal: number | null;
  /** Of this machine. */
  realSeconds: number;
  cpuSeconds: number;
  rssMb: number;
  databaseMb: number;
  longestStallMs: number;
}

async function prepare(file: string, chats: number): Promise<Db> {
  const db = await openDatabase(file);
  await db.transaction().execute(async (trx) => {
    for (let at = 0; at < chats; at += 1_000) {
      const ids = Array.from({ length: Math.min(1_000, chats - at) }, (_, index) => {
        const id = at + index + 1;
        return id % GROUP_SHARE === 0 ? -id : id;
      });
      await trx
        .insertInto('chats')
        .values(
          ids.map((id) => {
            const type = id > 0 ? ('private' as const) : ('supergroup' as const);
            return {
              id,
              type,
              title: null,
              username: null,
              language: null,
              state: 'active' as const,
              reason: null,
              updated_at: 0,
            };
          }),
        )
        .execute();
      await trx
        .insertInto('subscriptions')
        .values(
          ids.map((id) => ({
            chat_id: id,
            thread_id: 0,
            cron: '0 7 * * *',
            zone: 'Asia/Ho_Chi_Minh',
            language: 'vi' as const,
            filter: null,
            style: 'list',
            silent: 0,
            paused_until: null,
            cursor: 0,
            next_at: SLOT,
            state: 'active' as const,
            reason: null,
            created_at: 0,
          })),
        )
        .execute();
    }
  });
  await planEdition(db);
  return db;
}

async function broadcast(name: string, chats: number, rate: number, virtual: boolean): Promise<Measured> {
  const dir = mkdtempSync(join(tmpdir(), 'diemtin-bench-'));
  const file = join(dir, 'bench.db');
  const db = await prepare(file, chats);
  const timed = new VirtualClock();
  const clock: Clock = virtual ? timed : systemClock;
  let arrived = 0;
  const courier: Courier = {
    probe: () => Promise.resolve({ kind: 'answer', status: 200, body: { ok: true, result: true } }),
    carry: () =>
      new Promise((resolve) => {
        clock.after(virtual ? LATENCY_MS : 1, () => {
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
  let rss = 0;
  const watch = setInterval(() => (rss = Math.max(rss, process.memoryUsage.rss())), 50);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const cpu = process.cpuUsage();
  const realStart = performance.now();
  const start = clock.monotonic();
  await delivery.start();
  const done = (): boolean => arrived >= chats;
  if (virtual) await timed.until(done, 48 * 3_600_000);
  else while (!done()) await new Promise((resolve) => setTimeout(resolve, 5));
  const seconds = (clock.monotonic() - start) / 1_000;
  const realSeconds = (performance.now() - realStart) / 1_000;
  delay.disable();
  const used = process.cpuUsage(cpu);
  const stopped = delivery.stop(1_000);
  if (virtual) await timed.advance(2_000);
  await stopped;
  clearInterval(watch);
  const counts = await outbox.counts(0);
  if (counts.sent !== chats) throw new Error(`${counts.sent} of ${chats} are recorded as sent`);
  await db.destroy();
  const databaseMb = statSync(file).size / 2 ** 20;
  rmSync(dir, { recursive: true, force: true });
  return {
    name,
    chats,
    seconds,
    ideal: virtual ? chats / rate : null,
    realSeconds,
    cpuSeconds: (used.user + used.system) / 1e6,
    rssMb: rss / 2 ** 20,
    databaseMb,
    longestStallMs: delay.max / 1e6,
  };
}

function report(measured: Measured): void {
  const { name, chats, seconds, ideal, realSeconds, cpuSeconds, rssMb, databaseMb, longestStallMs } =
    measured;
  const against =
    ideal === null ? '' : ` (${(seconds / ideal).toFixed(3)} of the ideal ${ideal.toFixed(0)} s)`;
  console.log(
    `${name}: ${chats} messages in ${seconds.toFixed(1)} s${against}; ${(chats / realSeconds).toFixed(0)}/s on this machine, ` +
      `${cpuSeconds.toFixed(1)} s of CPU, ${rssMb.toFixed(0)} MB RSS, ${databaseMb.toFixed(0)} MB database, ` +
      `longest stall ${longestStallMs.toFixed(0)} ms`,
  );
}

const results = [
  // Every message is a commit of its own at this rate, so fewer of them tell as much.
  await broadcast('25 a second, virtual time', Math.min(CHATS, 5_000), 25, true),
  await broadcast('1,000 a second, virtual time', CHATS, 1_000, true),
  await broadcast('unlimited, real time', Math.min(CHATS, 20_000), 1_000_000, false),
];
results.forEach(report);
const late = results.filter(({ seconds, ideal }) => ideal !== null && seconds > ideal * 1.05);
const heavy = results.filter(({ rssMb }) => rssMb > MOST_RSS_MB);
if (late.length + heavy.length > 0) {
  console.log(`missed: ${[...late, ...heavy].map(({ name }) => name).join(', ')}`);
  process.exitCode = 1;
}
