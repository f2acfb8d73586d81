/**
 * Runs the work of one chat in order and of many chats side by side, so that a slow answer holds up only its own chat.
 */

/** More than this at a time would only wait for Telegram's rate. */
const MAX_RUNNING = 64;

export interface Sequencer {
  /** Queues work behind the earlier work of the same key. The task must not reject. */
  add(key: number, task: () => Promise<void>): void;
  /** How many tasks are queued or running. */
  size(): number;
  /** Resolves when fewer than `count` are left. */
  below(count: number): Promise<void>;
  /** Drops what has not begun, and all that is added later; resolves when what is running has ended. */
  stop(): Promise<void>;
}

export function createSequencer(): Sequencer {
  /** The tasks of each key that are waiting; a key is here while one of its tasks runs or waits. */
  const waiting = new Map<number, (() => Promise<void>)[]>();
  const ready: number[] = [];
  let running = 0;
  let total = 0;
  let stopped = false;
  const listeners = new Set<{ count: number; resolve: () => void }>();

  function pump(): void {
    while (running < MAX_RUNNING) {
      const key = ready.shift();
      if (key === undefined) return;
      const task = waiting.get(key)?.shift();
      if (task === undefined) continue;
      running += 1;
      void task().finally(() => {
        running -= 1;
        total -= 1;
        if ((waiting.get(key)?.length ?? 0) > 0) ready.push(key);
        else waiting.delete(key);
        for (const listener of listeners) {
          if (total >= listener.count) continue;
          listeners.delete(listener);
          listener.resolve();
        }
        pump();
      });
    }
  }

  const below = (count: number): Promise<void> =>
    total < count ? Promise.resolve() : new Promise((resolve) => listeners.add({ count, resolve }));

  return {
    add(key, task) {
      if (stopped) return;
      total += 1;
      const queue = waiting.get(key);
      if (queue !== undefined) {
        queue.push(task);
        return;
      }
      waiting.set(key, [task]);
      ready.push(key);
      pump();
    },
    size: () => total,
    below,
    stop() {
      stopped = true;
      for (const queue of waiting.values()) total -= queue.splice(0).length;
      ready.length = 0;
      return below(1);
    },
  };
}
