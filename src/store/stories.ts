/**
 * Gives articles their stories, in the transaction that stores them: whoever sees an article sees its story. Owns the
 * table of marks, by which the few articles are found that a new one has to be compared with.
 *
 * Finding a story takes some milliseconds, so of an archive that is taken in at once only the first articles get theirs, and
 * more of them when they are of these days; the others are stories of their own, as those from before there were stories.
 *
 * A story's number is that of its first report. What `digest/story.ts` decides is kept for good: an edit changes the
 * marks of an article and not its story.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql, type Transaction } from 'kysely';
import { createReportReader, type Report } from '../digest/report.ts';
import { WINDOW_DAYS } from '../digest/sameEvent.ts';
import { MAX_SHARERS, STORY_DAYS, chooseStory, marksOf, nearest, type Marks } from '../digest/story.ts';
import { list } from './outboxRows.ts';
import type { Database } from './schema.ts';

type Trx = Transaction<Database>;

/** The newest so many articles have marks: more than the window of the largest newsroom, and about 20 MB. */
const MAX_MARKED_ARTICLES = 20_000;
/** No newsroom publishes more in so short a time; past it, what comes is an archive, and only its news get stories. */
export const MAX_PLACED = 600;
/** Past this nothing does: a few dozen feeds that are read for the first time have less. */
export const MAX_PLACED_NEWS = 1_500;
const PLACED_WITHIN_MS = 10 * 60_000;
/** Articles between two turns of the event loop. */
const SLICE = 5;
/** Reports that were read lately; each takes about 30 kB. */
const MAX_REPORTS = 200;
/** A name that was in other stories longer ago than this is news again. */
const KNOWN_DAYS = 30;

const DAY_MS = 86_400_000;

interface Row {
  seq: number;
  rev: number;
  title: string;
  summary: string | null;
  body: string;
  source: string | null;
  language: string | null;
  listedAt: string;
}

const ROW = sql.raw(
  'a.seq, a.rev, a.title, a.summary, a.body, a.source, a.language, a.listed_at as listedAt',
);

/** An article that has a mark, and where it belongs. */
interface Sharer {
  seq: number;
  story: number;
  day: number;
}

export class StoryPlacer {
  readonly #read = createReportReader();
  readonly #reports = new Map<string, Report>();
  readonly #maxMarked: number;
  /** Since when so many were placed; a clock that was set back begins anew. */
  #lately = { since: 0, placed: 0 };

  constructor(maxMarked = MAX_MARKED_ARTICLES) {
    this.#maxMarked = maxMarked;
  }

  /**
   * For articles that were just stored or edited, in the order of their numbers.
   *
   * @param now epoch milliseconds
   */
  async place(trx: Trx, all: readonly string[], now: number): Promise<void> {
    const ids = await this.#admit(trx, all, now);
    if (ids.length === 0) return;
    this.#lately.placed += ids.length;
    const { rows } = await sql<Row & { story: number | null }>`
      select ${ROW}, a.story_id as story from articles a
      where a.id in (select value from ${list(ids)}) order by a.seq`.execute(trx);
    for (const [i, row] of rows.entries()) {
      if (i % SLICE === SLICE - 1) await nextTurn();
      const report = this.#reportOf(row);
      const marks = marksOf(report);
      if (row.story === null) {
        const story = (await this.#choose(trx, report, marks)) ?? row.seq;
        await trx.updateTable('articles').set({ story_id: story }).where('seq', '=', row.seq).execute();
      }
      await writeMarks(trx, row.seq, marks);
    }
    await sql`delete from story_marks
      where seq <= (select max(seq) from articles) - ${this.#maxMarked}`.execute(trx);
  }

  /** Those that may be placed now. */
  async #admit(trx: Trx, ids: readonly string[], now: number): Promise<string[]> {
    const ago = now - this.#lately.since;
    if (ago < 0 || ago >= PLACED_WITHIN_MS) this.#lately = { since: now, placed: 0 };
    const { placed } = this.#lately;
    const some = ids.slice(0, Math.max(0, MAX_PLACED - placed));
    const room = MAX_PLACED_NEWS - placed - some.length;
    if (some.length === ids.length || room <= 0) return some;
    return [...some, ...(await newsAmong(trx, ids.slice(some.length), now)).slice(0, room)];
  }

  async #choose(trx: Trx, report: Report, marks: Marks): Promise<number | null> {
    const sharers = await sharersOf(trx, [...marks.names, ...marks.words]);
    const within = (days: number) => (sharer: Sharer) => Math.abs(sharer.day - report.day) <= days;
    const inWindow = [...sharers.values()].map((all) =>
      all.filter(within(WINDOW_DAYS)).map(({ seq }) => seq),
    );
    const near = nearest(inWindow);
    if (near.length === 0) return null;
    const { rows } = await sql<Row & { story: number; storyListedAt: string; storySize: number }>`
      select ${ROW}, a.story_id as story, first.listed_at as storyListedAt,
        (select count(*) from articles other where other.story_id = a.story_id) as storySize
      from articles a join articles first on first.seq = a.story_id
      where a.seq in (select value from ${list(near)})`.execute(trx);
    const neighbours = rows.map((row) => ({
      story: row.story,
      storyDay: dayOf(row.storyListedAt),
      storySize: row.storySize,
      report: this.#reportOf(row),
    }));
    const isName = new Set(marks.names);
    return chooseStory(report, neighbours, (name) => {
      // A name without sharers is in the answer as well; one that is not there has too many.
      const all = isName.has(name) ? sharers.get(name) : undefined;
      return all && new Set(all.filter(within(KNOWN_DAYS)).map(({ story }) => story));
    });
  }

  #reportOf(row: Row): Report {
    const key = `${row.seq}/${row.rev}`;
    const known = this.#reports.get(key);
    const report = known ?? this.#read(row);
    this.#reports.delete(key);
    this.#reports.set(key, report);
    for (const oldest of this.#reports.keys()) {
      if (this.#reports.size <= MAX_REPORTS) break;
      this.#reports.delete(oldest);
    }
    return report;
  }
}

/** Those of the last days, in the order of their numbers. */
async function newsAmong(trx: Trx, ids: readonly string[], now: number): Promise<string[]> {
  const since = new Date(now - STORY_DAYS * DAY_MS).toISOString().slice(0, 10);
  const { rows } = await sql<{ id: string }>`select id from articles
    where id in (select value from ${list(ids)}) and listed_at >= ${since} order by seq`.execute(trx);
  return rows.map(({ id }) => id);
}

/** Which articles have these marks; a mark that too many have is left out. */
async function sharersOf(trx: Trx, marks: readonly number[]): Promise<Map<number, Sharer[]>> {
  const { rows } = await sql<{ mark: number; seqs: string }>`
    select wanted.value as mark, (
      select json_group_array(seq) from (
        select seq from story_marks where mark = wanted.value order by seq desc limit ${MAX_SHARERS + 1})
      ) as seqs
    from ${list(marks)} as wanted`.execute(trx);
  const found = rows
    .map(({ mark, seqs }) => ({ mark, seqs: JSON.parse(seqs) as number[] }))
    .filter(({ seqs }) => seqs.length <= MAX_SHARERS);
  const articles = await sql<{ seq: number; story: number; listedAt: string }>`
    select seq, story_id as story, listed_at as listedAt from articles
    where seq in (select value from ${list([...new Set(found.flatMap(({ seqs }) => seqs))])})
      and story_id is not null`.execute(trx);
  const bySeq = new Map(
    articles.rows.map(({ listedAt, ...row }) => [row.seq, { ...row, day: dayOf(listedAt) }]),
  );
  return new Map(found.map(({ mark, seqs }) => [mark, seqs.flatMap((seq) => bySeq.get(seq) ?? [])]));
}

async function writeMarks(trx: Trx, seq: number, { names, words }: Marks): Promise<void> {
  await trx.deleteFrom('story_marks').where('seq', '=', seq).execute();
  await sql`insert or ignore into story_marks (mark, seq)
    select value, ${seq} from ${list([...names, ...words])}`.execute(trx);
}

/** @param listedAt a day or an instant */
function dayOf(listedAt: string): number {
  return Math.floor(Date.parse(listedAt.slice(0, 10)) / DAY_MS);
}
