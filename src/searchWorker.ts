/**
 * Entry of the search thread: the engine over the store's corpus. Besides `app.ts` the only place where the two meet.
 */
import { parentPort } from 'node:worker_threads';
import { createEngine } from './search/engine.ts';
import type { ToWorker } from './search/protocol.ts';
import { serveSearch } from './search/worker.ts';
import { openCorpus } from './store/corpus.ts';

const port = parentPort;
if (port === null) throw new Error('this is the entry of the search thread, not a program');
port.once('message', (message: ToWorker) => {
  if (message.kind !== 'open') throw new Error(`the first message is ${message.kind}`);
  const { databaseFile, ...options } = message.setup;
  serveSearch(port, createEngine({ corpus: openCorpus(databaseFile), ...options }));
});
