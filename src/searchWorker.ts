/**
 * Entry of the search thread: the engine over the store's corpus. Besides `app.ts` the only place where the two meet.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { createEngine } from './search/engine.ts';
import type { WorkerSetup } from './search/protocol.ts';
import { serveSearch } from './search/worker.ts';
import { openCorpus } from './store/corpus.ts';

if (parentPort === null) throw new Error('this is the entry of the search thread, not a program');
const { databaseFile, indexFile, window } = workerData as WorkerSetup;
serveSearch(parentPort, createEngine({ corpus: openCorpus(databaseFile), indexFile, window }));
