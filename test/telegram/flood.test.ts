import { describe, expect, it } from 'vitest';
import { createFloodGate } from '../../src/telegram/flood.ts';

const ANNE = 1;
const BINH = 2;

/** The verdicts on so many questions at once. */
function ask(gate: ReturnType<typeof createFloodGate>, userId: number, times: number, now: number): string[] {
  return Array.from({ length: times }, () => gate.check(userId, now));
}

describe('how much one person may ask', () => {
  it('lets a lively reader pass, says so once when it is too much, and then says nothing', () => {
    const gate = createFloodGate();
    expect(ask(gate, ANNE, 40, 0)).toEqual(Array.from({ length: 40 }, () => 'pass'));
    expect(ask(gate, ANNE, 3, 0)).toEqual(['notice', 'ignore', 'ignore']);
  });

  it('gives one back a second', () => {
    const gate = createFloodGate();
    ask(gate, ANNE, 41, 0);
    expect(ask(gate, ANNE, 1, 999)).toEqual(['ignore']);
    expect(ask(gate, ANNE, 2, 1_999)).toEqual(['pass', 'ignore']);
    expect(ask(gate, ANNE, 12, 11_500)).toEqual([
      ...Array.from({ length: 10 }, () => 'pass'),
      'notice',
      'ignore',
    ]);
  });

  it('tells whoever never stops once, not every second', () => {
    const gate = createFloodGate();
    const verdicts: string[] = [];
    for (let now = 0; now < 120_000; now += 200) verdicts.push(gate.check(ANNE, now));
    expect(verdicts.filter((verdict) => verdict === 'notice')).toHaveLength(1);
  });

  it('saves up no more than the first burst', () => {
    const gate = createFloodGate();
    ask(gate, ANNE, 41, 0);
    const later = ask(gate, ANNE, 50, 86_400_000);
    expect(later.filter((verdict) => verdict === 'pass')).toHaveLength(40);
  });

  it('lets nobody pay for another', () => {
    const gate = createFloodGate();
    ask(gate, ANNE, 100, 0);
    expect(gate.check(BINH, 0)).toBe('pass');
  });

  it('survives a clock that goes back', () => {
    const gate = createFloodGate();
    ask(gate, ANNE, 41, 10_000);
    expect(gate.check(ANNE, 0)).toBe('ignore');
    expect(gate.check(ANNE, 1_000)).toBe('pass');
  });

  it('forgets those who are quiet, and only those, when there are many', () => {
    const gate = createFloodGate();
    ask(gate, ANNE, 41, 0);
    for (let userId = 100; userId < 20_100; userId++) gate.check(userId, 5_000);
    expect(ask(gate, ANNE, 6, 5_000).filter((verdict) => verdict === 'pass')).toHaveLength(5);
  });
});
