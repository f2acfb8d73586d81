/**
 * What delivery costs, and how fast it is, for 100,000 chats: a table with the limit beside each value.
 *
 *     npm run bench:delivery             100,000 chats, about ten minutes
 *     npm run bench:delivery -- 2000     so many chats; without limits below 100,000
 */
import { broadcastForReal, type ProgramResult } from './delivery/program.ts';
import { broadcastInVirtualTime } from './delivery/room.ts';

const FULL = 100_000;
const chats = Number(process.argv[2] ?? FULL);

type Row = [what: string, value: number, unit: string, limit: ['<=' | '>=', number] | null];

const fastest = await broadcastForReal(chats, 10_000);
const paid = await broadcastForReal(chats, 1_000);
const usual = await broadcastInVirtualTime(chats, 25);

const ideal = chats / 1_000;
const rows: Row[] = [
  ...rowsOf('at 10,000/s', fastest),
  ['at 10,000/s: messages a second', fastest.perSecond, '/s', ['>=', 1_500]],
  ...rowsOf('at 1,000/s', paid),
  ['at 1,000/s: time against the ideal', paid.seconds / ideal, '×', ['<=', 1.05]],
  ['at 25/s, virtual time: time against the ideal', usual.seconds / usual.ideal, '×', ['<=', 1.05]],
  ['at 25/s, virtual time: processor time of the room', usual.processorSeconds, 's', null],
];

console.log(`\n${chats} subscribed chats, 5 % of them groups; Node ${process.version}\n`);
console.log('| | measured | limit | |\n|---|---:|---:|---|');
let missed = 0;
for (const [what, value, unit, limit] of rows) {
  const isKept = limit === null || (limit[0] === '<=' ? value <= limit[1] : value >= limit[1]);
  if (!isKept) missed += 1;
  const bound = limit === null ? '' : `${limit[0] === '<=' ? '≤' : '≥'} ${limit[1]} ${unit}`;
  console.log(`| ${what} | ${shown(value)} ${unit} | ${bound} | ${isKept ? '' : 'missed'} |`);
}
// A small run shows that the benchmark works, not what the program can do.
if (missed > 0 && chats >= FULL) process.exitCode = 1;

function rowsOf(at: string, result: ProgramResult): Row[] {
  const { latestMs, stallMs, processorSeconds } = result;
  return [
    [`${at}: planning`, result.planningSeconds, 's', ['<=', 5]],
    [`${at}: whole broadcast`, result.seconds, 's', null],
    [`${at}: resident memory, at most`, result.rssMb, 'MB', ['<=', 350]],
    [`${at}: database with its log`, result.databaseMb, 'MB', null],
    [`${at}: /latest meanwhile, p50 of ${latestMs.asked}`, latestMs.p50, 'ms', null],
    [`${at}: /latest meanwhile, p95`, latestMs.p95, 'ms', ['<=', 1_000]],
    [`${at}: longest stall while planning, own`, stallMs.planning.longestOwn, 'ms', ['<=', 100]],
    [`${at}: longest stall while planning, by the clock`, stallMs.planning.longest, 'ms', null],
    [`${at}: longest stall while sending, own`, stallMs.sending.longestOwn, 'ms', ['<=', 100]],
    [`${at}: longest stall while sending, by the clock`, stallMs.sending.longest, 'ms', null],
    [`${at}: processor time of the program`, processorSeconds.program, 's', null],
    [`${at}: processor time of the double`, processorSeconds.double, 's', null],
  ];
}

function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
