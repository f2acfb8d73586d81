/**
 * A process that can die at any step. Everything that a sender holds (outbox, courier, clock) is handed out through
 * here; each crossing, there and back, is a step. From the step at which it dies on, nothing comes back and nothing
 * goes out: what was committed stays committed, what was written to a socket stays written.
 */
import type { Clock } from '../../src/delivery/clock.ts';
import type { Courier } from '../../src/delivery/courier.ts';
import type { Outbox } from '../../src/delivery/outbox.ts';

export class Mortal {
  steps = 0;
  dead = false;
  private readonly diesAt: number;

  /** @param diesAt the step, from 1; never when it is infinite */
  constructor(diesAt = Number.POSITIVE_INFINITY) {
    this.diesAt = diesAt;
  }

  die(): void {
    this.dead = true;
  }

  outbox(outbox: Outbox): Outbox {
    return this.wrap(outbox);
  }

  courier(courier: Courier): Courier {
    return this.wrap(courier);
  }

  clock(clock: Clock): Clock {
    return {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      after: (ms, action) =>
        clock.after(ms, () => {
          if (!this.dead) action();
        }),
    };
  }

  private wrap<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (of, name) => {
        const method: unknown = Reflect.get(of, name);
        if (typeof method !== 'function') return method;
        return async (...args: unknown[]): Promise<unknown> => {
          await this.step();
          const result: unknown = await Reflect.apply(method, of, args);
          await this.step();
          return result;
        };
      },
    });
  }

  private step(): Promise<void> {
    this.steps += 1;
    if (this.steps >= this.diesAt) this.dead = true;
    return this.dead ? new Promise<void>(() => undefined) : Promise.resolve();
  }
}
