/**
 * Runs the work of one chat in order and of many chats side by side, so that a slow answer holds up only its own chat.
 */

/** More than this at a time would only wait for Telegram's rate. */
const MAX_RUNNING = 64;
/** A chat that waits for its own rate, as a group with hundreds of askers does, fills no more than this of the room. */
const COUNTED_OF_A_CHAT = 50;
/** What all of them may hold in memory all the same: some 10 MB of updates. */
const MAX_HELD = 5_000;

export interface Sequencer {
  /** Queues work behind the earlier work of the same key. The task must not reject. */
  add(key: number, task: () => Promise<void>): void;
  /** How many tasks are queued or running. */
  size(): number;
  /** Resolves when fewer than `count` are left, of which a single chat makes up only so many. */
  below(count: number): Promise<void>;
  /** Drops what has not begun, and all that is added later; resolves when what is running has ended. */
  stop(): Promise<void>;
}

/** The tasks of one chat. */
interface Line {
  key: number;
  waiting: (() => Promise<void>)[];
  /** With the one that is running. */
  held: number;
}

export function createSequencer(): Sequencer {
  /** The lines in which a task runs or waits. */
  const lines = new Map<number, Line>();
  const ready: Line[] = [];
  let running = 0;
  let total = 0;
  /** The same, with no more of a line than counts. */
  let counted = 0;
  let stopped = false;
  const listeners = new Set<{ count: number; resolve: () => void }>();

  function hold(line: Line, change: number): void {
    const before = Math.min(line.held, COUNTED_OF_A_CHAT);
    line.held += change;
    total += change;
    counted += Math.min(line.held, COUNTED_OF_A_CHAT) - before;
  }

  function pump(): void {
    while (running < MAX_RUNNING) {
      const line = ready.shift();
      if (line === undefined) return;
      const task = line.waiting.shift();
      if (task === undefined) continue;
      running += 1;
      void task().finally(() => {
        running -= 1;
        hold(line, -1);
        if (line.waiting.length > 0) ready.push(line);
        else lines.delete(line.key);
        for (const listener of listeners) {
          if (!isBelow(listener.count)) continue;
          listeners.delete(listener);
          listener.resolve();
        }
        pump();
      });
    }
  }

  const isBelow = (count: number): boolean => counted < count && total < MAX_HELD;

  const below = (count: number): Promise<void> =>
    isBelow(count) ? Promise.resolve() : new Promise((resolve) => listeners.add({ count, resolve }));

  return {
    add(key, task) {
      if (stopped) return;
      const line = lines.get(key) ?? { key, waiting: [], held: 0 };
      lines.set(key, line);
      line.waiting.push(task);
      hold(line, 1);
      if (line.held > 1) return;
      ready.push(line);
      pump();
    },
    size: () => total,
    below,
    stop() {
      stopped = true;
      for (const line of lines.values()) hold(line, -line.waiting.splice(0).length);
      ready.length = 0;
      return below(1);
    },
  };
}
