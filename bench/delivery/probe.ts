/**
 * Loaded into the measured program with `--import`: how long its main thread was held up. Prints one line of JSON on
 * SIGUSR2 and begins anew.
 *
 * On a machine that others use too, a late timer says as much about them as about the program; so the processor time
 * that was spent during the delay is given beside it, and only that is the program's own.
 */

const PERIOD_MS = 5;
const processorMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

let longest = 0;
let longestOwn = 0;
let last = performance.now();
let used = processorMs();

setInterval(() => {
  const now = performance.now();
  const usedNow = processorMs();
  const delay = now - last - PERIOD_MS;
  longest = Math.max(longest, delay);
  longestOwn = Math.max(longestOwn, Math.min(delay, usedNow - used));
  last = now;
  used = usedNow;
}, PERIOD_MS).unref();

process.on('SIGUSR2', () => {
  process.stdout.write(
    `${JSON.stringify({ probe: true, longest, longestOwn, processorMs: processorMs() })}\n`,
  );
  longest = 0;
  longestOwn = 0;
});
