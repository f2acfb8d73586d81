/**
 * Loaded into the measured program with `--import`: how long its main thread was held up, and when. Prints one line of
 * JSON on SIGUSR2.
 *
 * On a machine that others use too, a late timer says as much about them as about the program; so the processor time
 * that the main thread spent during the delay is given beside it, and only that is the program's own.
 */
import { readFileSync } from 'node:fs';

const PERIOD_MS = 5;
/** Shorter ones are not worth a line. */
const SHORTEST_MS = 5;
const MOST_STALLS = 100_000;

export interface Stall {
  /** When it ended, epoch milliseconds. */
  at: number;
  ms: number;
  ownMs: number;
}

/** Of the main thread (proc(5), schedstat); of the whole process where the kernel does not tell. */
function processorMs(): number {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[0]) / 1e6;
  } catch {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  }
}

const stalls: Stall[] = [];
let last = performance.now();
let used = processorMs();

setInterval(() => {
  const now = performance.now();
  const usedNow = processorMs();
  const ms = now - last - PERIOD_MS;
  if (ms > SHORTEST_MS && stalls.length < MOST_STALLS) {
    stalls.push({ at: Date.now(), ms, ownMs: Math.min(ms, usedNow - used) });
  }
  last = now;
  used = usedNow;
}, PERIOD_MS).unref();

process.on('SIGUSR2', () => {
  const { user, system } = process.cpuUsage();
  process.stdout.write(`${JSON.stringify({ probe: true, stalls, processorMs: (user + system) / 1_000 })}\n`);
});
