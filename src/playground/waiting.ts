/**
 * Waiting for something to happen in the world, without polling: whoever changes the world rings, and whoever waits
 * looks again.
 */

interface Waiter {
  look: () => void;
}

export class Bell {
  readonly #waiters = new Set<Waiter>();

  #isRinging = false;

  /** Calls whenever something has changed; returns the way to stop. */
  listen(look: () => void): () => void {
    const waiter: Waiter = { look };
    this.#waiters.add(waiter);
    return () => this.#waiters.delete(waiter);
  }

  /** Costs nothing while nobody waits. They look when the change is complete, once for all changes of one turn. */
  ring(): void {
    if (this.#waiters.size === 0 || this.#isRinging) return;
    this.#isRinging = true;
    queueMicrotask(() => {
      this.#isRinging = false;
      for (const waiter of [...this.#waiters]) waiter.look();
    });
  }

  /**
   * Resolves with the first value of `look` that is neither undefined, null nor false; looks at once and after every
   * change.
   *
   * @param describe what to say when the time is over: what was there instead
   */
  wait<T>(look: () => T | undefined | null | false, timeoutMs: number, describe: () => string): Promise<T> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        look: () => {
          let value: T | undefined | null | false;
          try {
            value = look();
          } catch (error) {
            finish(() => reject(error instanceof Error ? error : new Error(String(error))));
            return;
          }
          if (value === undefined || value === null || value === false) return;
          const found = value;
          finish(() => resolve(found));
        },
      };
      const timer = setTimeout(
        () => finish(() => reject(new Error(`nothing came within ${timeoutMs} ms: ${describe()}`))),
        timeoutMs,
      );
      const finish = (settle: () => void): void => {
        clearTimeout(timer);
        this.#waiters.delete(waiter);
        settle();
      };
      this.#waiters.add(waiter);
      waiter.look();
    });
  }
}
