/**
 * Moving the clock on, from digest to digest, so that each day in between happens as if the bot had been awake: nobody
 * gets a week in one late edition because a button was pressed.
 */
import type { Behind } from './behind.ts';
import type { MovableClock } from './clock.ts';

const DAY_MS = 86_400_000;
/** A schedule of every minute has 1,440 digests a day; what is beyond this comes as one. */
const MAX_STOPS = 300;
/** A beat that was under way when the clock moved planned for the old time; the next one does not. */
const MAX_BEATS = 3;

export class Travel {
  readonly #clock: MovableClock;
  readonly #behind: Pick<Behind, 'nextSlot' | 'beat'>;
  /** One journey at a time. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(clock: MovableClock, behind: Pick<Behind, 'nextSlot' | 'beat'>) {
    this.#clock = clock;
    this.#behind = behind;
  }

  /**
   * @param days 0 for the next digest
   * @returns whether there was anything to move to
   */
  go(days: number): Promise<{ moved: boolean }> {
    const journey = this.#last.then(() => (days === 0 ? this.#toNextDigest() : this.#through(days)));
    this.#last = journey.catch(() => undefined);
    return journey;
  }

  async #toNextDigest(): Promise<{ moved: boolean }> {
    const next = await this.#behind.nextSlot();
    if (next === null) return { moved: false };
    await this.#stopAt(next);
    return { moved: true };
  }

  async #through(days: number): Promise<{ moved: boolean }> {
    const end = this.#clock.now() + days * DAY_MS;
    for (let stops = 0; stops < MAX_STOPS; stops++) {
      const next = await this.#behind.nextSlot();
      if (next === null || next > end) break;
      await this.#stopAt(next);
    }
    await this.#stopAt(end);
    return { moved: true };
  }

  async #stopAt(instant: number): Promise<void> {
    this.#clock.moveTo(instant);
    for (let beats = 0; beats < MAX_BEATS; beats++) {
      await this.#behind.beat();
      const next = await this.#behind.nextSlot();
      if (next === null || next > this.#clock.now()) return;
    }
  }
}
