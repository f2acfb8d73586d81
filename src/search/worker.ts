/**
 * The search thread's own loop: answers what the main thread asks, and works on what the index lacks in slices so short
 * that no question waits long. Composed with a corpus by `searchWorker.ts`.
 */
import type { MessagePort } from 'node:worker_threads';
import type { Engine } from './engine.ts';
import type { FromWorker, ToWorker } from './protocol.ts';

/** How long a question may wait for a slice of indexing. */
const SLICE_MS = 25;

/** The index file is checked for damage once after each start, when the first questions have been answered. */
const CHECK_AFTER_MS = 2_000;
const CHECK_EVERY_MS = 200;

/** Housekeeping waits until nobody has asked for so long, and rests between its pieces, most of which take 5 to 20 ms. */
const LEISURE_MS = 300;
const TIDY_EVERY_MS = 100;

/** When nobody tells that the store has changed (another process did it), it is looked at this often. */
const LOOK_EVERY_MS = 5_000;

export function serveSearch(port: MessagePort, engine: Engine): void {
  const send = (message: FromWorker): void => port.postMessage(message);
  const complain = (message: string, error: unknown): void =>
    send({ kind: 'log', level: 'error', message, fields: { error: String(error) } });
  let check: NodeJS.Timeout | undefined;
  let leisure: NodeJS.Timeout | undefined;
  let asked = Number.NEGATIVE_INFINITY;
  let scheduled = false;
  let closed = false;

  function work(): void {
    scheduled = false;
    if (closed) return;
    try {
      const done = engine.step(SLICE_MS);
      send({ kind: 'status', status: engine.status() });
      if (!done) {
        schedule();
        return;
      }
      check ??= setTimeout(verify, CHECK_AFTER_MS);
      leisure ??= setTimeout(tidy, TIDY_EVERY_MS);
    } catch (error) {
      complain('the search index could not follow the store', error);
    }
  }

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    // Behind the messages that already wait.
    setImmediate(work);
  }

  /** One part of the index file at a time, with room for questions in between. */
  function verify(): void {
    if (closed) return;
    try {
      if (engine.verify()) check = setTimeout(verify, CHECK_EVERY_MS);
      if (!engine.status().complete) schedule();
    } catch (error) {
      complain('the search index could not be checked', error);
    }
  }

  function tidy(): void {
    leisure = undefined;
    if (closed) return;
    try {
      const isAtLeisure = performance.now() - asked >= LEISURE_MS;
      if (!isAtLeisure || engine.tidy()) leisure = setTimeout(tidy, TIDY_EVERY_MS);
      if (!engine.status().complete) schedule();
    } catch (error) {
      complain('the search index could not be tidied', error);
    }
  }

  function answer(message: Extract<ToWorker, { number: number }>): FromWorker {
    const { number } = message;
    asked = performance.now();
    try {
      if (message.kind === 'search')
        return { kind: 'found', number, result: engine.search(message.request), status: engine.status() };
      return {
        kind: 'related',
        number,
        ids: engine.related(message.seq, message.limit),
        status: engine.status(),
      };
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { kind: 'failed', number, error: text, status: engine.status() };
    }
  }

  port.on('message', (message: ToWorker) => {
    if (closed) return;
    switch (message.kind) {
      case 'search':
      case 'related':
        send(answer(message));
        return;
      case 'follow':
        schedule();
        return;
      case 'open':
        return;
      case 'close':
        closed = true;
        clearInterval(look);
        clearTimeout(check);
        clearTimeout(leisure);
        engine.close();
        send({ kind: 'closed' });
        port.close();
        return;
    }
  });
  const look = setInterval(schedule, LOOK_EVERY_MS);
  const { unusable } = engine.status();
  if (unusable !== null)
    complain(
      'search.db can be neither used nor replaced; until the next start the index is in memory',
      unusable,
    );
  send({ kind: 'status', status: engine.status() });
  schedule();
}
