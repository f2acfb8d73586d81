/**
 * The heartbeat: once a minute, by node-cron in UTC, it asks who is due and wakes delivery. Scheduling is a question, so a
 * missed beat costs nothing: the next one asks the same.
 */
import { schedule, type ScheduledTask } from 'node-cron';
import { EARLY_MS } from './digest/schedule.ts';
import { errorFields, type Log } from './log.ts';

export interface Heartbeat {
  /** Asks at once, as well as at every minute. */
  beat(): Promise<void>;
  /** No beat begins after this; resolves when the one under way has ended. */
  stop(): Promise<void>;
}

export interface HeartbeatOptions {
  log: Log;
  now: () => number;
  /** Nothing is planned before this: what has not been taken in yet would be missing in what is due. Then it asks at once. */
  begin: Promise<void>;
  /** Plans what is due at an instant (epoch milliseconds). */
  plan: (now: number) => Promise<void>;
}

export function startHeartbeat({ log, now, begin, plan }: HeartbeatOptions): Heartbeat {
  let running: Promise<void> | null = null;
  let begun = false;
  let stopped = false;
  const first = begin.then(() => {
    begun = true;
    return beat();
  });

  async function once(): Promise<void> {
    try {
      await plan(now() + EARLY_MS);
    } catch (error) {
      log.error(errorFields(error), 'planning digests failed; the next minute tries again');
    }
  }

  function beat(): Promise<void> {
    if (stopped) return Promise.resolve();
    if (!begun) return first;
    // Never two at a time: the second would find the same chats due.
    running ??= once().finally(() => {
      running = null;
    });
    return running;
  }

  const task: ScheduledTask = schedule('* * * * *', beat, {
    timezone: 'UTC',
    noOverlap: true,
    name: 'heartbeat',
  });
  return {
    beat,
    async stop() {
      stopped = true;
      await task.destroy();
      await running;
    },
  };
}
