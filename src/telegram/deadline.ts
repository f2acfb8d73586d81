/**
 * One call with a time of its own: it ends when that is over, or when a wider signal says so, whatever the HTTP client does.
 *
 * Not `AbortSignal.any` with `AbortSignal.timeout`: the garbage collector takes such a timeout away (nodejs/node#57736),
 * and a call that nobody answers waits for ever.
 */
import { setMaxListeners } from 'node:events';
import type { Happening } from '../delivery/courier.ts';
import type { Api } from './api.ts';

/** A call that is given up has this long to say what it knows. */
const GRACE_MS = 1_000;

/** @param wider of something that lives longer than the call, such as the program */
export function callWithin(
  ms: number,
  wider: AbortSignal,
  api: Api,
  method: string,
  payload: object,
): Promise<Happening> {
  return within(ms, wider, (signal) => {
    const call = api.call(method, payload, signal);
    return new Promise<Happening>((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const giveUp = (): void => {
        timer = setTimeout(() => resolve({ kind: 'aborted', written: true }), GRACE_MS);
      };
      if (signal.aborted) giveUp();
      else signal.addEventListener('abort', giveUp, { once: true });
      call.then(resolve, reject).finally(() => {
        signal.removeEventListener('abort', giveUp);
        clearTimeout(timer);
      });
    });
  });
}

/** Work under a signal that says when `ms` are over, or the wider one does; after the work it says nothing any more. */
export async function within<T>(
  ms: number,
  wider: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  // The timer holds the controller, and the wider signal does.
  const timer = setTimeout(abort, ms);
  // Hundreds of calls may wait at once; more than ten Node takes for a leak, and says so in the log.
  setMaxListeners(0, wider);
  wider.addEventListener('abort', abort);
  if (wider.aborted) abort();
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    wider.removeEventListener('abort', abort);
  }
}
