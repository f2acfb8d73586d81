import { afterEach, describe, expect, it, vi } from 'vitest';
import { startHeartbeat, type Heartbeat } from '../src/heartbeat.ts';
import { createLog } from '../src/log.ts';

let heartbeat: Heartbeat | null = null;

afterEach(async () => {
  await heartbeat?.stop();
  heartbeat = null;
  vi.useRealTimers();
});

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const minutes = (beats: number[]): string[] =>
  beats.map((beat) => new Date(beat).toISOString().slice(11, 16));

/** A heart whose beats are kept, with the instants that it asks about. */
function start(plan: (now: number) => Promise<void> = () => Promise.resolve(), begin = Promise.resolve()) {
  const [beats, lines]: [number[], string[]] = [[], []];
  heartbeat = startHeartbeat({
    log: createLog('info', [], (line) => lines.push(line)),
    now: () => Date.now(),
    begin,
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
    expect(minutes(beats)).toEqual(['00:58', '00:59', '01:00', '01:01', '01:02']);
  });

  it('asks nothing before it may, however many minutes pass, and then at once', async () => {
    vi.useFakeTimers({ now: Date.parse('2025-12-24T06:58:50Z') });
    let begin: () => void = () => undefined;
    const { heartbeat: heart, beats } = start(undefined, new Promise((resolve) => (begin = resolve)));
    const asked = heart.beat();
    await vi.advanceTimersByTimeAsync(90_000);
    expect(beats).toEqual([]);
    begin();
    await asked;
    expect(minutes(beats)).toEqual(['07:00']);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(minutes(beats)).toEqual(['07:00', '07:01']);
  });

  it('stops at once when it has not begun, and does not begin after that', async () => {
    let begin: () => void = () => undefined;
    const { heartbeat: heart, beats } = start(undefined, new Promise((resolve) => (begin = resolve)));
    await heart.stop();
    begin();
    await tick();
    expect(beats).toEqual([]);
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
    await tick();
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
    await tick();
    let stopped = false;
    const stop = heart.stop().then(() => {
      stopped = true;
    });
    await tick();
    expect(stopped).toBe(false);
    answer();
    await stop;
    await heart.beat();
    expect(beats).toHaveLength(1);
  });
});
