/**
 * One call to the courier, held to its word: it ends within the deadline whatever the courier does, and what it throws
 * counts as not knowing.
 */
import type { Clock } from './clock.ts';
import type { Courier, Happening } from './courier.ts';

/** Telegram answers within a second; a proxy gives up after a minute. An answer later than this is not waited for. */
export const SEND_DEADLINE_MS = 15_000;
/** A courier that is told to stop has this long to say what it knows. */
const GRACE_MS = 1_000;

export interface Carrying {
  /** Never rejects. */
  happening: Promise<Happening>;
  /** Ends the wait early; the happening follows at once, or after the grace. */
  abort(): void;
}

export function carry(
  courier: Courier,
  call: (courier: Courier, signal: AbortSignal) => Promise<Happening>,
  clock: Clock,
): Carrying {
  const controller = new AbortController();
  const calledOff: (() => void)[] = [];
  const happening = new Promise<Happening>((resolve) => {
    const settle = (happening: Happening): void => {
      for (const callOff of calledOff) callOff();
      resolve(happening);
    };
    const giveUp = (): void => settle({ kind: 'aborted', written: true });
    controller.signal.addEventListener('abort', () => calledOff.push(clock.after(GRACE_MS, giveUp)));
    calledOff.push(clock.after(SEND_DEADLINE_MS, () => controller.abort()));
    const failed = (): void => settle({ kind: 'network', code: 'courier-failed', written: true });
    try {
      call(courier, controller.signal).then(settle, failed);
    } catch {
      // Couriers do not throw; one that does has told us nothing.
      failed();
    }
  });
  return { happening, abort: () => controller.abort() };
}
