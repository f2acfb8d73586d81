/**
 * How much of what search gains is the luck of one draw of queries: the same measures over several, beside the best peer
 * and beside about the most that can be had.
 *
 *     npm run bench:draws            six draws of 200 articles among 20,000, some ten minutes
 *     npm run bench:draws -- 5000    among so many
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ceilingOver } from './search/ceiling.ts';
import { loadCorpus } from './search/corpus.ts';
import { DEPTH, judge, type Search } from './search/judge.ts';
import { build, writeStore } from './search/library.ts';
import { foldedFts } from './search/peers.ts';
import { makeQueries } from './search/queries.ts';
import { Report } from './search/report.ts';

const SEEDS = [77, 123, 11, 12, 13, 14];
const IDS = 200;
const VARIANTS = ['exact', 'stripped', 'partial', 'prefix', 'prefix_stripped'];
/** After the newest article, so that recency decides nothing. */
const NOW = Date.parse('2026-01-15T05:00:00Z');

const size = Number(process.argv[2] ?? 20_000);
const { articles, real, note } = loadCorpus(size);
const report = new Report();
report.section(`${SEEDS.length} draws of ${IDS} of ${size} articles: ${note}`);
const dir = mkdtempSync(join(tmpdir(), 'diemtin-bench-'));
const { engine } = build(await writeStore(dir, articles));
const peer = foldedFts(articles, 'cascade');
// What is looked for is among the real ones, and so is what could be meant instead.
const ceiling = ceilingOver(real === 0 ? articles : articles.slice(0, real));
const ours: Search = (text) =>
  engine
    .search({ text, offset: 0, limit: DEPTH, order: 'relevance', now: NOW, zone: 'Asia/Ho_Chi_Minh' })
    .hits.map((hit) => hit.id);

const rows: number[][] = [];
for (const seed of SEEDS) {
  const queries = makeQueries(articles, 0, real === 0 ? articles.length : real, IDS, seed);
  const [mine, theirs] = [await mrrOf(ours), await mrrOf((query) => peer.search(query))];
  const exact = theirs.get('exact') ?? 0;
  const most = ceiling(queries.filter(({ variant }) => variant === 'exact'));
  const gains = VARIANTS.map((variant) => (mine.get(variant) ?? 0) - (theirs.get(variant) ?? 0));
  rows.push([exact, most - exact, ...gains, mine.get('typo') ?? 0]);

  async function mrrOf(search: Search): Promise<Map<string, number>> {
    const found: string[][] = [];
    for (const { q } of queries) found.push(await search(q));
    return new Map([...judge(queries, found)].map(([variant, { mrr }]) => [variant, mrr]));
  }
}
engine.close();
peer.close();
rmSync(dir, { recursive: true, force: true });

const means = (rows[0] ?? []).map((_, i) => rows.reduce((sum, row) => sum + (row[i] ?? 0), 0) / rows.length);
const cells = (row: readonly number[]): string[] => row.map((value) => value.toFixed(3));
report.table(
  [
    'draw',
    'the peer, exact',
    'about the most above it',
    ...VARIANTS.map((variant) => `${variant}, above it`),
    'typo',
  ],
  [...rows.map((row, i) => [String(SEEDS[i]), ...cells(row)]), ['mean', ...cells(means)]],
);
report.end();
