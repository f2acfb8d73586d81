import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSequencer } from '../../src/telegram/sequencer.ts';

/** A task that begins when it is its turn and ends when it is told to. */
class Task {
  began = false;
  #end: () => void = () => undefined;
  readonly run = (): Promise<void> => {
    this.began = true;
    return new Promise((resolve) => {
      this.#end = resolve;
    });
  };
  async end(): Promise<void> {
    this.#end();
    await turn();
  }
}

/** Everything that was waiting for a promise has run. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the work of one chat', () => {
  it('is done in order, one thing at a time', async () => {
    const sequencer = createSequencer();
    const [first, second] = [new Task(), new Task()];
    sequencer.add(1, first.run);
    sequencer.add(1, second.run);
    expect([first.began, second.began]).toEqual([true, false]);
    await first.end();
    expect(second.began).toBe(true);
    await second.end();
    expect(sequencer.size()).toBe(0);
  });

  it('does not wait for another chat', async () => {
    const sequencer = createSequencer();
    const [slow, quick] = [new Task(), new Task()];
    sequencer.add(1, slow.run);
    sequencer.add(2, quick.run);
    expect(quick.began).toBe(true);
    await quick.end();
    expect(sequencer.size()).toBe(1);
    await slow.end();
  });

  it('is in order whatever comes in between', async () => {
    const pause = fc.integer({ min: 0, max: 2 });
    const work = fc.array(fc.record({ key: fc.integer({ min: 0, max: 3 }), pause }), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(work, async (tasks) => {
        const sequencer = createSequencer();
        const done = new Map<number, number[]>();
        const running = new Set<number>();
        for (const [index, { key, pause: turns }] of tasks.entries()) {
          sequencer.add(key, async () => {
            expect(running).not.toContain(key);
            running.add(key);
            for (let n = 0; n < turns; n++) await turn();
            running.delete(key);
            done.set(key, [...(done.get(key) ?? []), index]);
          });
        }
        await sequencer.below(1);
        for (const key of [0, 1, 2, 3]) {
          const expected = tasks.flatMap((task, index) => (task.key === key ? [index] : []));
          expect(done.get(key) ?? []).toEqual(expected);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('the work of many chats', () => {
  it('runs side by side up to a limit', async () => {
    const sequencer = createSequencer();
    const tasks = Array.from({ length: 100 }, () => new Task());
    for (const [key, task] of tasks.entries()) sequencer.add(key, task.run);
    expect(tasks.filter((task) => task.began)).toHaveLength(64);
    await tasks[0]?.end();
    expect(tasks.filter((task) => task.began)).toHaveLength(65);
  });

  it('gives every chat its turn, however much one of them has', async () => {
    const sequencer = createSequencer();
    const busy = Array.from({ length: 10 }, () => new Task());
    for (const task of busy) sequencer.add(0, task.run);
    const others = Array.from({ length: 70 }, () => new Task());
    for (const [key, task] of others.entries()) sequencer.add(key + 1, task.run);
    await busy[0]?.end();
    // The next of the busy chat stands behind those who have waited longer.
    expect(busy[1]?.began).toBe(false);
    expect(others.filter((task) => task.began)).toHaveLength(64);
  });

  it('tells when there is room again', async () => {
    const sequencer = createSequencer();
    const tasks = [new Task(), new Task(), new Task()];
    for (const task of tasks) sequencer.add(1, task.run);
    await sequencer.below(4);
    let hasRoom = false;
    void sequencer.below(3).then(() => {
      hasRoom = true;
    });
    await turn();
    expect(hasRoom).toBe(false);
    await tasks[0]?.end();
    expect(hasRoom).toBe(true);
  });
});

describe('stopping', () => {
  it('waits for what is running, and drops what is waiting', async () => {
    const sequencer = createSequencer();
    const [running, waiting] = [new Task(), new Task()];
    sequencer.add(1, running.run);
    sequencer.add(1, waiting.run);
    let stopped = false;
    const stop = sequencer.stop().then(() => {
      stopped = true;
    });
    await turn();
    expect(stopped).toBe(false);
    await running.end();
    await stop;
    expect(waiting.began).toBe(false);
    expect(sequencer.size()).toBe(0);
  });

  it('takes nothing more: it stays in the inbox for the next start', async () => {
    const sequencer = createSequencer();
    const [running, late] = [new Task(), new Task()];
    sequencer.add(1, running.run);
    const stop = sequencer.stop();
    sequencer.add(1, late.run);
    sequencer.add(2, late.run);
    await running.end();
    await stop;
    sequencer.add(3, late.run);
    await turn();
    expect(late.began).toBe(false);
  });

  it('is done at once when there is nothing', async () => {
    await createSequencer().stop();
  });
});

describe('the room for more', () => {
  it('is not used up by one chat, however much waits there', async () => {
    const sequencer = createSequencer();
    const slow = new Task();
    sequencer.add(1, slow.run);
    for (let i = 0; i < 1_000; i++) sequencer.add(1, () => Promise.resolve());
    let room = false;
    void sequencer.below(51).then(() => (room = true));
    await turn();
    expect([sequencer.size(), room]).toEqual([1_001, true]);
    await slow.end();
    await sequencer.below(1);
    expect(sequencer.size()).toBe(0);
  });

  it('is used up by many chats together', async () => {
    const sequencer = createSequencer();
    const tasks = Array.from({ length: 60 }, () => new Task());
    for (const [key, task] of tasks.entries()) sequencer.add(key, task.run);
    let room = false;
    void sequencer.below(60).then(() => (room = true));
    await turn();
    expect(room).toBe(false);
    await tasks[7]?.end();
    expect(room).toBe(true);
  });

  it('ends for a single chat as well, before its work fills the memory', async () => {
    const sequencer = createSequencer();
    const slow = new Task();
    sequencer.add(1, slow.run);
    for (let i = 0; i < 5_000; i++) sequencer.add(1, () => Promise.resolve());
    let room = false;
    void sequencer.below(500).then(() => (room = true));
    await turn();
    expect(room).toBe(false);
    await slow.end();
    await sequencer.below(1);
    expect(room).toBe(true);
  });
});
