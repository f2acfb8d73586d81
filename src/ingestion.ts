/**
 * Joins the folder of articles to the store and the index: what a scan finds is taken in, and search is told.
 */
import { createIngest } from './articles/ingest.ts';
import type { Log } from './log.ts';
import type { Searcher } from './search/searcher.ts';
import { FolderSource } from './sources/folder.ts';
import { watch } from './sources/watch.ts';
import type { SqlShelf } from './store/shelf.ts';

export interface Ingestion {
  /** Resolves when all that was there at the start has been taken in, or the first attempt has failed. */
  firstRound: Promise<void>;
  /** Why the articles cannot be read; null while they can. */
  problem(): string | null;
  /** Ends the current round. */
  stop(): Promise<void>;
}

export interface IngestionOptions {
  dir: string;
  /** IANA: the newsroom's, whose today is no future. */
  zone: string;
  shelf: SqlShelf;
  searcher: Searcher;
  /** Articles may have changed. */
  arrived: () => void;
  log: Log;
  now: () => number;
}

export async function startIngestion(options: IngestionOptions): Promise<Ingestion> {
  const { dir, zone, shelf, searcher, arrived, log, now } = options;
  const ingest = createIngest({ shelf, log, zone });
  const source = new FolderSource({
    dir,
    known: await shelf.folder(),
    now,
    monotonic: () => performance.now(),
  });
  const watching = watch({
    source,
    log,
    take: async (round) => {
      await ingest(round, now());
      searcher.follow();
      arrived();
    },
  });
  return { firstRound: watching.firstRound, problem: () => source.problem(), stop: () => watching.stop() };
}
