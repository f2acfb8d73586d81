/**
 * Editions for many chats with many different filters, by the real planner and store in a folder of its own: everybody is
 * due at once, after a day of news.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import SQLite from 'better-sqlite3';
import { planDue } from '../../src/digest/planner.ts';
import { filterOf } from '../../src/follows/filter.ts';
import { createMatcher } from '../../src/follows/matcher.ts';
import { createSieve } from '../../src/follows/sieve.ts';
import { SqlArticles } from '../../src/store/articles.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createFollowStore } from '../../src/store/follows.ts';
import { createSubscriptionStore } from '../../src/store/subscriptions.ts';
import { digestViews } from '../../src/telegram/views/digestView.ts';
import type { BenchArticle } from '../search/corpus.ts';
import { seeded } from '../search/random.ts';
import { makeFollows } from './queries.ts';

/** Of a newsroom with several sources. */
const NEWS = 300;
const PER_FILTER = 3;
const DUE = Date.parse('2026-11-24T00:00:00Z');

export interface PlanningResult {
  seconds: number;
  processorSeconds: number;
  /** Of them, reading and compiling all follows, which the program does once. */
  indexSeconds: number;
  /** Resident, at most, while planning. */
  rssMb: number;
  digests: number;
  editions: number;
  longestStallMs: number;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  console.log(JSON.stringify(await plan(process.argv[2] ?? '')));

export async function measurePlanning(
  chats: number,
  filters: number,
  articles: readonly BenchArticle[],
): Promise<PlanningResult> {
  const dir = mkdtempSync(join(tmpdir(), 'diemtin-follows-'));
  try {
    const file = join(dir, 'diemtin.db');
    await (await openDatabase(file)).destroy();
    prepare(file, chats, filters, articles);
    // A process of its own, so that its memory is that of planning.
    const child = spawnSync(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), file], {
      encoding: 'utf8',
    });
    if (child.status !== 0) throw new Error(child.stderr);
    return JSON.parse(child.stdout) as PlanningResult;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function prepare(file: string, chats: number, filters: number, articles: readonly BenchArticle[]): void {
  const db = new SQLite(file);
  const texts = makeFollows(filters * PER_FILTER, articles, seeded(9));
  const sets = Array.from({ length: filters }, (_, n) => texts.slice(n * PER_FILTER, (n + 1) * PER_FILTER));
  db.transaction(() => {
    const article = db.prepare(`insert into articles
      (id, seq, rev, title, summary, body, source, language, published_at, listed_at, first_seen_at, content_hash)
      values (?, ?, ?, ?, ?, ?, 'Báo Thử', 'vi', '2026-11-23', '2026-11-23', 0, ?)`);
    articles.slice(0, NEWS).forEach(({ title, summary, body }, n) => {
      const id = `article${String(n + 1).padStart(5, '0')}`;
      article.run(id, n + 1, n + 1, title, summary, body, id);
    });
    const chat = db.prepare(
      `insert into chats (id, type, state, updated_at) values (?, 'private', 'active', 0)`,
    );
    const subscription = db.prepare(`insert into subscriptions
      (id, chat_id, thread_id, cron, zone, language, filter, style, silent, cursor, next_at, state, created_at)
      values (?, ?, 0, '0 7 * * *', 'Asia/Ho_Chi_Minh', 'vi', ?, 'normal', 0, 0, ?, 'active', 0)`);
    const follow = db.prepare(`insert into follows
      (subscription_id, text, mode, from_seq, created_at) values (?, ?, 'only', 0, 0)`);
    for (let n = 1; n <= chats; n += 1) {
      const set = sets[n % filters] ?? [];
      chat.run(6_000_000_000 + n);
      const filter = filterOf(set.map((text) => ({ text, mode: 'only' as const })));
      subscription.run(n, 6_000_000_000 + n, filter, DUE);
      for (const text of set) follow.run(n, text);
    }
  })();
  db.close();
}

async function plan(file: string): Promise<PlanningResult> {
  const db = await openDatabase(file);
  const articles = new SqlArticles(db);
  const matcher = createMatcher(createFollowStore(db), () =>
    articles.bySeqs(Array.from({ length: 200 }, (_, n) => n + 1)),
  );
  let rss = 0;
  let stall = 0;
  let before = performance.now();
  const watch = setInterval(() => {
    const now = performance.now();
    stall = Math.max(stall, now - before);
    before = now;
    rss = Math.max(rss, process.memoryUsage.rss());
  }, 5);
  const used = process.cpuUsage();
  const begin = performance.now();
  await matcher.sync();
  const indexSeconds = (performance.now() - begin) / 1_000;
  const { digests } = await planDue(DUE, {
    store: createSubscriptionStore(db),
    articles,
    sieve: () => Promise.resolve(createSieve(articles, matcher)),
    render: (edition) => digestViews(edition, { bot: 'diemtin_bot' }),
    maxItems: 10,
    lateLimitMs: 3_600_000,
    signal: new AbortController().signal,
  });
  const seconds = (performance.now() - begin) / 1_000;
  clearInterval(watch);
  const { user, system } = process.cpuUsage(used);
  const { count } = await db
    .selectFrom('editions')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  await db.destroy();
  const processorSeconds = (user + system) / 1e6;
  return {
    ...{ seconds, processorSeconds, indexSeconds, rssMb: rss / 1e6 },
    ...{ digests, editions: count, longestStallMs: stall },
  };
}
