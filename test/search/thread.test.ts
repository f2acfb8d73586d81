/** The search thread as the bot uses it: the compiled worker, over a real store. */
import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import SQLite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLog } from '../../src/log.ts';
import { WINDOW } from '../../src/search/recent.ts';
import type { SearchRequest } from '../../src/search/searcher.ts';
import { createSearchThread, type SearchThread } from '../../src/search/thread.ts';
import { FIXTURE } from './fixture.ts';
import { ask, NOW, openLibrary, ZONE, type Library } from './library.ts';

const WORKER = new URL('../../dist/searchWorker.js', import.meta.url);
const EVERYTHING = Object.keys(FIXTURE).length;

let library: Library;
let warnings: Record<string, unknown>[];
let threads: SearchThread[];
beforeEach(async () => {
  library = await openLibrary(FIXTURE);
  warnings = [];
  threads = [];
});
afterEach(async () => {
  await Promise.all(threads.map((thread) => thread.close()));
  await library.close();
});

/** Without anything to search. */
function begin(worker = WORKER): SearchThread {
  const log = createLog('warn', [], (line) => warnings.push(JSON.parse(line) as Record<string, unknown>));
  const thread = createSearchThread({ log, worker });
  threads.push(thread);
  return thread;
}

function start(worker = WORKER): SearchThread {
  const { databaseFile, indexFile } = library;
  const thread = begin(worker);
  thread.open({ databaseFile, indexFile, window: WINDOW });
  return thread;
}

function request(text: string): SearchRequest {
  return { text, offset: 0, limit: 10, order: 'relevance', now: NOW, zone: ZONE };
}

async function ready(thread: SearchThread, articles = EVERYTHING): Promise<void> {
  await vi.waitFor(
    () => expect(thread.status()).toMatchObject({ articles, complete: true, windowComplete: true }),
    { timeout: 15_000, interval: 10 },
  );
}

describe('answers', () => {
  test('are those of the engine', async () => {
    const thread = start();
    await ready(thread);
    for (const text of ['giá vàng thế giới', 'tongthong', 'bitcion', 'source:reuters', '"', '\ud83d'])
      expect(await thread.search(request(text))).toEqual(
        ask(library.engine({ indexFile: ':memory:' }), text, { limit: 10 }),
      );
    const [hit] = (await thread.search(request('giá vàng thế giới'))).hits;
    expect(await thread.related(hit?.seq ?? 0, 3)).toEqual(['vang-cap']);
    expect(await thread.related(9_999, 3)).toEqual([]);
    expect(warnings).toEqual([]);
  });

  test('come in any number at once, each to its own question', async () => {
    const thread = start();
    await ready(thread);
    const texts = Array.from({ length: 60 }, (_, i) => ['yagi', 'bitcoin', 'facebook'][i % 3] ?? '');
    const results = await Promise.all(texts.map((text) => thread.search(request(text))));
    expect(results.map(({ hits }) => hits[0]?.id)).toEqual(
      texts.map((text) => (text === 'yagi' ? 'yagi-tua' : text)),
    );
  });

  test('say from the first moment on that the index is still catching up', async () => {
    const thread = start();
    const { hits, catchingUp } = await thread.search(request('bitcoin'));
    expect(catchingUp || hits.length > 0).toBe(true);
  });
});

describe('following the store', () => {
  test('what is added, edited and removed is found, changed and gone', async () => {
    const thread = start();
    await ready(thread);
    await library.put({
      later: { title: 'Cầu mới qua sông Hàn' },
      bitcoin: { title: 'Cầu cũ' },
      facebook: null,
    });
    thread.follow();
    await ready(thread, EVERYTHING);
    await vi.waitFor(async () => {
      expect((await thread.search(request('cầu'))).hits.map(({ id }) => id).sort()).toContain('later');
    });
    expect((await thread.search(request('cầu cũ'))).hits[0]?.id).toBe('bitcoin');
    expect((await thread.search(request('facebook'))).total).toBe(0);
  });

  test('what was indexed before is there after the next start', async () => {
    const first = start();
    await ready(first);
    await first.close();
    const second = start();
    await ready(second);
    expect(second.status()?.rebuilt).toBeNull();
    expect((await second.search(request('facebook'))).hits[0]?.id).toBe('facebook');
  });
});

test('while nobody asks, the index is tidied', async () => {
  const thread = start();
  await ready(thread);
  for (let n = 0; n < 8; n += 1) {
    await library.put({ [`more${n}`]: { title: `Bài thứ ${n}` } });
    thread.follow();
    await ready(thread, EVERYTHING + n + 1);
  }
  const db = new SQLite(library.indexFile, { readonly: true });
  try {
    const segments = db.prepare('select count(distinct segid) from fb_idx').pluck();
    await vi.waitFor(
      () => {
        expect(segments.get()).toBeLessThan(4);
        expect(statSync(`${library.indexFile}-wal`).size).toBe(0);
      },
      { timeout: 15_000, interval: 50 },
    );
  } finally {
    db.close();
  }
});

describe('a thread that dies', () => {
  test('before it was told what to search is started again, and told then', async () => {
    const once = vi.spyOn(Worker.prototype, 'once');
    const thread = begin();
    const [worker] = once.mock.contexts as Worker[];
    once.mockRestore();
    await worker?.terminate();
    const { databaseFile, indexFile } = library;
    thread.open({ databaseFile, indexFile, window: WINDOW });
    await ready(thread);
    expect(warnings.map(({ msg }) => msg)).toEqual(['the search thread ended and is started again']);
  });

  test('is started again; who waits for an answer gets an empty one', async () => {
    const made: Worker[] = [];
    const post = vi.spyOn(Worker.prototype, 'postMessage').mockImplementation(function (
      this: Worker,
      ...args
    ) {
      made.push(this);
      post.mockRestore();
      this.postMessage(...args);
    });
    const thread = start();
    const early = thread.search(request('bitcoin'));
    await made[0]?.terminate();
    expect(await early).toMatchObject({ hits: [], total: 0, catchingUp: true });
    expect(thread.status()).toBeNull();
    expect(await thread.search(request('bitcoin'))).toMatchObject({ hits: [], catchingUp: true });
    expect(await thread.related(1, 3)).toEqual([]);
    thread.follow();
    await ready(thread);
    expect((await thread.search(request('bitcoin'))).hits[0]?.id).toBe('bitcoin');
    expect(warnings.map(({ msg }) => msg)).toContain('the search thread ended and is started again');
  });

  test('at every start is started ever more slowly, and can be closed', async () => {
    const thread = start(new URL('data:text/javascript,throw new Error("broken")'));
    await vi.waitFor(
      () => {
        const waits = warnings.flatMap(({ restartInMs }) => (restartInMs === undefined ? [] : [restartInMs]));
        expect(waits.slice(0, 2)).toEqual([100, 200]);
      },
      { timeout: 10_000, interval: 20 },
    );
    await thread.close();
    const before = warnings.length;
    await sleep(500);
    expect(warnings.length).toBe(before);
  });
});

test('a thread is told of, and has the young generation that it was given', async () => {
  const post = vi.spyOn(Worker.prototype, 'postMessage');
  const { databaseFile, indexFile } = library;
  const started = vi.fn();
  const options = { log: createLog('warn', []), worker: WORKER, youngMb: 12, started };
  const thread = createSearchThread(options);
  threads.push(thread);
  thread.open({ databaseFile, indexFile, window: WINDOW });
  const [worker] = post.mock.contexts as Worker[];
  post.mockRestore();
  await ready(thread);
  expect(started).toHaveBeenCalledTimes(1);
  expect(worker?.resourceLimits?.maxYoungGenerationSizeMb).toBe(12);
});

describe('closing', () => {
  test('ends the thread with everything written, and twice is once', async () => {
    const thread = start();
    await ready(thread);
    await thread.close();
    await thread.close();
    expect(thread.status()).toBeNull();
    expect(await thread.search(request('bitcoin'))).toMatchObject({ hits: [], catchingUp: true });
    expect(library.engine().status()).toMatchObject({ rebuilt: null, articles: EVERYTHING });
  });

  test('right after the start is possible too', async () => {
    await start().close();
    expect(warnings).toEqual([]);
  });

  test('is possible before there is anything to search, and takes no time', async () => {
    const thread = begin();
    thread.follow();
    expect(await thread.search(request('bitcoin'))).toMatchObject({ hits: [], catchingUp: true });
    expect(thread.status()).toBeNull();
    const closing = performance.now();
    await thread.close();
    expect(performance.now() - closing).toBeLessThan(2_000);
    expect(warnings).toEqual([]);
  });
});
