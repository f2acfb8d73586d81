import { afterEach, describe, expect, it, vi } from 'vitest';
import { startHeartbeat, type Heartbeat } from '../src/heartbeat.ts';
import { createLog } from '../src/log.ts';

let heartbeat: Heartbeat | null = null;

afterEach(async () => {
  await heartbeat?.stop();
  heartbeat = null;
  vi.useRealTimers();
});

/** A heart whose beats are kept, with the instants that it asks about. */
function start(plan: (now: number) => Promise<void> = () => Promise.resolve()) {
  const [beats, lines]: [number[], string[]] = [[], []];
  heartbeat = startHeartbeat({
    log: createLog('info', [], (line) => lines.push(line)),
    now: () => Date.now(),
    plan: (now) => {
      beats.push(now);
      return plan(now);
    },
  });
  return { heartbeat, beats, lines };
}

describe('the heartbeat', () => {
  it('asks once a minute, whatever the zone of the machine', async () => {
    vi.useFakeTimers({ now: Date.parse('2026-03-29T00:58:30Z') });
    const { beats } = start();
    // Over the hour that is missing in Paris.
    await vi.advanceTimersByTimeAsync(4 * 60_000);
    expect(beats.map((beat) => new Date(beat).toISOString().slice(11, 16))).toEqual([
      '00:59',
      '01:00',
      '01:01',
      '01:02',
    ]);
  });

  it('asks about a moment ahead, since timers may be early', async () => {
    vi.useFakeTimers({ now: 10_000 });
    const { heartbeat: heart, beats } = start();
    await heart.beat();
    expect(beats).toEqual([11_000]);
  });

  it('asks one thing at a time: who asks meanwhile waits for the same answer', async () => {
    let answer: () => void = () => undefined;
    const { heartbeat: heart, beats } = start(() => new Promise((resolve) => (answer = resolve)));
    const both = Promise.all([heart.beat(), heart.beat()]);
    expect(beats).toHaveLength(1);
    answer();
    await both;
    const again = heart.beat();
    expect(beats).toHaveLength(2);
    answer();
    await again;
  });

  it('goes on after a failure, and says what it was', async () => {
    const { heartbeat: heart, beats, lines } = start(() => Promise.reject(new Error('the disk is full')));
    await heart.beat();
    await heart.beat();
    expect(beats).toHaveLength(2);
    expect(lines.join('')).toContain('the disk is full');
  });

  it('stops when the beat under way has ended, and beats no more', async () => {
    let answer: () => void = () => undefined;
    const { heartbeat: heart, beats } = start(() => new Promise((resolve) => (answer = resolve)));
    void heart.beat();
    let stopped = false;
    const stop = heart.stop().then(() => {
      stopped = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(stopped).toBe(false);
    answer();
    await stop;
    await heart.beat();
    expect(beats).toHaveLength(1);
  });
});
