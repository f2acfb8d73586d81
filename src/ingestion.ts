/**
 * Joins the folder of articles to the store and the index: what a scan finds is taken in, and search is told.
 */
import type { Log } from './log.ts';
import type { Searcher } from './search/searcher.ts';
import type { FolderSource } from './sources/folder.ts';
import type { Watch } from './sources/watch.ts';
import type { SqlShelf } from './store/shelf.ts';

export interface Ingestion {
  /** Resolves when all that was there at the start has been taken in, or the first attempt has failed. */
  firstRound: Promise<void>;
  /** Why the articles cannot be read; null while they can. */
  problem(): string | null;
  /** Rejects when it cannot be read what was known of the files; never resolves. */
  failed: Promise<never>;
  /** Ends the current round. */
  stop(): Promise<void>;
}

export interface IngestionOptions {
  dir: string;
  /** IANA: the newsroom's, whose today is no future. */
  zone: string;
  shelf: SqlShelf;
  searcher: Searcher;
  /** The first look waits for this: with many files it takes the processor from whoever waits for an answer. */
  begin: Promise<void>;
  /** Articles may have changed. */
  arrived: () => void;
  log: Log;
  now: () => number;
}

export function startIngestion(options: IngestionOptions): Ingestion {
  const { dir, zone, shelf, searcher, begin, arrived, log, now } = options;
  let reading: ReturnType<SqlShelf['folder']> | null = null;
  let source: FolderSource | null = null;
  let watching: Watch | null = null;
  const stopping = new AbortController();
  const isStopping = (): boolean => stopping.signal.aborted;

  async function start(): Promise<void> {
    await begin;
    if (isStopping()) return;
    reading = shelf.folder();
    const [known, { createIngest }, { FolderSource }, { watch }] = await Promise.all([
      reading,
      // What reads articles takes a good part of a start to load, and nobody has asked for it before.
      import('./articles/ingest.ts'),
      import('./sources/folder.ts'),
      import('./sources/watch.ts'),
    ]);
    if (isStopping()) return;
    const ingest = createIngest({ shelf, log, zone });
    source = new FolderSource({ dir, known, now, monotonic: () => performance.now() });
    watching = watch({
      source,
      log,
      take: async (round) => {
        await ingest(round, now());
        searcher.follow();
        arrived();
      },
    });
  }

  const started = start();
  const failed = started.then(() => new Promise<never>(() => undefined));
  // Whoever waits for it is told; nobody may be waiting yet.
  failed.catch(() => undefined);
  return {
    firstRound: started.then(
      () => watching?.firstRound,
      () => undefined,
    ),
    problem: () => source?.problem() ?? null,
    failed,
    async stop() {
      stopping.abort();
      await reading?.catch(() => undefined);
      await watching?.stop();
    },
  };
}
