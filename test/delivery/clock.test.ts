import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/delivery/clock.ts';

describe('the clock of this machine', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([
    ['a moment', 5],
    ['a minute', 60_000],
    ['longer than a timer can', 40 * 86_400_000],
  ])('calls after %s, once and not earlier', (_what, ms) => {
    const action = vi.fn();
    systemClock.after(ms, action);
    vi.advanceTimersByTime(ms - 1);
    expect(action).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2);
    expect(action).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(ms);
    expect(action).toHaveBeenCalledTimes(1);
  });

  it('can be called off, also while it waits for the second time', () => {
    const action = vi.fn();
    const callOff = systemClock.after(3 * 3_600_000, action);
    vi.advanceTimersByTime(2 * 3_600_000);
    callOff();
    vi.advanceTimersByTime(86_400_000);
    expect(action).not.toHaveBeenCalled();
  });

  it('tells the time and how much of it has passed', () => {
    const [wall, since] = [systemClock.now(), systemClock.monotonic()];
    vi.advanceTimersByTime(1_000);
    expect(systemClock.now() - wall).toBe(1_000);
    expect(systemClock.monotonic() - since).toBe(1_000);
  });
});
