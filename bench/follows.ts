/**
 * What follows cost: one article against 100,000 of them, and editions for 100,000 chats with 10,000 different filters. A
 * table with the limit beside each value.
 *
 *     npm run bench:follows             about two minutes
 *     npm run bench:follows -- 2000     so many; without limits below 100,000
 */
import { measureMatching } from './follows/matching.ts';
import { measurePlanning } from './follows/planning.ts';
import { loadCorpus } from './search/corpus.ts';

const FULL = 100_000;
const count = Number(process.argv[2] ?? FULL);
const chats = count;
const filters = Math.max(1, Math.floor(count / 10));
const MODE = process.argv[3] ?? 'all';

const { articles, note } = loadCorpus(2_000);
type Row = [what: string, value: number, unit: string, most: number | null];
const rows: Row[] = [];

if (MODE !== 'planning') {
  const { index, loop, indexProcessor, loopProcessor, ...built } = measureMatching(count, articles);
  rows.push(
    ['index, one article: p50', index.p50, 'ms', null],
    ['index, one article: p95', index.p95, 'ms', 50],
    ['index, one article: most', index.most, 'ms', null],
    ['index, one article: p95 of processor time', indexProcessor.p95, 'ms', 50],
    ['index, one article: most processor time', indexProcessor.most, 'ms', null],
    ['loop, one article: p50', loop.p50, 'ms', null],
    ['loop, one article: most', loop.most, 'ms', null],
    ['loop, one article: p50 of processor time', loopProcessor.p50, 'ms', null],
    ['follows that an article matches, mean', built.matched, '', null],
    ['making the index', built.buildSeconds, 's', null],
    ['heap of the index and the queries', built.megabytes, 'MB', null],
  );
}
if (MODE !== 'matching') {
  const planned = await measurePlanning(chats, filters, articles);
  rows.push(
    ['planning, index included', planned.seconds, 's', 15],
    ['processor time of planning', planned.processorSeconds, 's', null],
    ['of which making the index', planned.indexSeconds, 's', null],
    ['resident memory while planning, at most', planned.rssMb, 'MB', 400],
    ['longest stall of the event loop', planned.longestStallMs, 'ms', null],
    ['chats that get a digest', planned.digests, '', null],
    ['editions', planned.editions, '', null],
  );
}

console.log(
  `\n${count} follows; ${chats} chats with ${filters} filters of three; ${note}; Node ${process.version}\n`,
);
console.log('| | measured | limit | |\n|---|---:|---:|---|');
let missed = 0;
for (const [what, value, unit, most] of rows) {
  const isKept = most === null || value <= most;
  if (!isKept) missed += 1;
  const number = value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
  console.log(
    `| ${what} | ${number} ${unit} | ${most === null ? '' : `≤ ${most} ${unit}`} | ${isKept ? '' : 'missed'} |`,
  );
}
// A small run shows that the benchmark works, not what the program can do.
if (missed > 0 && count >= FULL) process.exitCode = 1;
