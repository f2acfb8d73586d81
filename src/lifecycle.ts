/**
 * Small pieces of the program's life: closing what was opened, waiting no longer than allowed, doing things now and then.
 */
import { errorFields, type Log } from './log.ts';

/** What is to be closed, in the reverse of the order in which it was opened; one failure does not stop the others. */
export class Closing {
  readonly #log: Log;
  readonly #steps: (() => Promise<void> | void)[] = [];
  constructor(log: Log) {
    this.#log = log;
  }
  add(step: () => Promise<void> | void): void {
    this.#steps.push(step);
  }
  async run(): Promise<void> {
    for (const step of this.#steps.splice(0).reverse()) {
      try {
        await step();
      } catch (error) {
        this.#log.error(errorFields(error), 'a part of the program could not be closed');
      }
    }
  }
}

/** Does the work at most once an hour, however often it is called. */
export function hourly(work: (now: number) => Promise<unknown>): (now: number) => Promise<void> {
  let last = Number.NEGATIVE_INFINITY;
  return async (now) => {
    if (now - last < 3_600_000) return;
    last = now;
    await work(now);
  };
}

/** Resolves when all have ended, or after the time. */
export async function within(ms: number, work: Promise<unknown>[]): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([Promise.allSettled(work), late]);
  clearTimeout(timer);
}
