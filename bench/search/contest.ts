/**
 * One contender in a process of its own, so that its memory is its own: it takes the articles in, answers the queries
 * one after the other, and says what that took.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { loadCorpus, readArticles, type BenchArticle } from './corpus.ts';
import { openDatabase } from '../../src/store/database.ts';
import { SqlShelf } from '../../src/store/shelf.ts';
import type { Engine } from '../../src/search/engine.ts';
import { build, megabytes, type Files } from './library.ts';
import { DEPTH, type Search } from './judge.ts';
import {
  flexsearchDefaults,
  foldedFts,
  minisearchDefaults,
  oramaDefaults,
  shippedFts,
  type Peer,
} from './peers.ts';

export const CONTENDERS = {
  ours: 'Điểm Tin',
  'fts-folded': 'FTS5, folded by us: phrase → AND → OR',
  'fts-folded-any': 'FTS5, folded by us: long questions with OR',
  'fts-shipped': 'FTS5 as shipped',
  minisearch: 'minisearch, defaults',
  flexsearch: 'FlexSearch, defaults',
  orama: 'Orama, defaults',
} as const;
export type ContenderName = keyof typeof CONTENDERS;

export interface Task {
  contender: ContenderName;
  /** The articles, a line of JSON each. */
  articles: string;
  /** A store with the same articles, without an index. */
  store: Files;
  queries: string[];
}

export interface Performance {
  buildSeconds: number;
  /** What the contender added to the process, after a garbage collection. */
  rssMb: number;
  heapMb: number;
  /** Of our index file; null for who has none. */
  indexMb: number | null;
  /** Milliseconds that one more article took, each, until it was found; null for who is not asked. */
  addTimes: number[] | null;
  found: string[][];
  /** Milliseconds of each query. */
  times: number[];
}

/** After the newest article, so that recency decides nothing. */
const NOW = Date.parse('2026-01-15T05:00:00Z');
const ZONE = 'Asia/Ho_Chi_Minh';
const WARM = 30;
const ADDED = 200;
const HEAP_MB = 6_000;

export async function perform(task: Task): Promise<Performance> {
  const child = fork(fileURLToPath(import.meta.url), {
    execArgv: ['--expose-gc', `--max-old-space-size=${HEAP_MB}`],
  });
  child.send(task);
  const [result] = await Promise.race([
    once(child, 'message') as Promise<[Performance]>,
    once(child, 'exit').then(([code]) => {
      throw new Error(`${task.contender} ended with ${String(code)}`);
    }),
  ]);
  child.disconnect();
  return result;
}

async function answer(task: Task): Promise<Performance> {
  const before = memory();
  const start = performance.now();
  let search: Search;
  let indexMb: number | null = null;
  let add: (() => Promise<number[]>) | null = null;
  if (task.contender === 'ours') {
    const { engine } = build(task.store);
    // As the program does while nobody asks: some hundred pieces, a tenth of a second apart.
    while (engine.tidy());
    indexMb = megabytes(task.store.index);
    add = () => addSome(task.store, engine);
    search = (text) =>
      engine
        .search({ text, offset: 0, limit: DEPTH, order: 'relevance', now: NOW, zone: ZONE })
        .hits.map((hit) => hit.id);
  } else {
    const peer = await peerOf(task.contender, readArticles(task.articles));
    search = (query) => peer.search(query);
  }
  const buildSeconds = (performance.now() - start) / 1_000;
  const after = memory();
  for (const query of task.queries.slice(0, WARM)) await search(query);
  const found: string[][] = [];
  const times: number[] = [];
  for (const query of task.queries) {
    const asked = performance.now();
    found.push(await search(query));
    times.push(performance.now() - asked);
  }
  return {
    buildSeconds,
    rssMb: (after.rss - before.rss) / 2 ** 20,
    heapMb: (after.heapUsed - before.heapUsed) / 2 ** 20,
    indexMb,
    addTimes: (await add?.()) ?? null,
    found,
    times,
  };
}

function peerOf(
  name: Exclude<ContenderName, 'ours'>,
  articles: Iterable<BenchArticle>,
): Peer | Promise<Peer> {
  switch (name) {
    case 'fts-folded':
      return foldedFts(articles, 'cascade');
    case 'fts-folded-any':
      return foldedFts(articles, 'any');
    case 'fts-shipped':
      return shippedFts(articles);
    case 'minisearch':
      return minisearchDefaults(articles);
    case 'flexsearch':
      return flexsearchDefaults(articles);
    case 'orama':
      return oramaDefaults(articles);
  }
}

/** Through the store, as ingestion does it; each is looked for by its own title. */
async function addSome(files: Files, engine: Engine): Promise<number[]> {
  const db = await openDatabase(files.database);
  const shelf = new SqlShelf(db);
  const times: number[] = [];
  const known = engine.status().articles;
  for (const [i, article] of loadCorpus(ADDED).articles.entries()) {
    const id = `added${i}`;
    const content = {
      ...{
        title: `Bài thêm thứ ${i}`,
        summary: article.summary,
        body: article.body,
        author: null,
        url: null,
      },
      ...{ source: 'Báo Thử', publishedAt: '2026-01-01', language: 'vi' },
    };
    const place = { path: `${id}.txt`, size: 1, mtimeMs: 0 };
    const start = performance.now();
    await shelf.commit([{ kind: 'add', id, place, content, contentHash: id, listedAt: '2026-01-01' }], NOW);
    engine.catchUp();
    times.push(performance.now() - start);
    if (engine.status().articles !== known + i + 1) throw new Error(`${id} was not taken in`);
  }
  await db.destroy();
  return times;
}

function memory(): NodeJS.MemoryUsage {
  globalThis.gc?.();
  return process.memoryUsage();
}

if (process.send !== undefined && process.argv[1] === fileURLToPath(import.meta.url))
  process.once('message', (task: Task) => {
    void answer(task).then((result) => process.send?.(result));
  });
