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
import { createReportReader, MAX_BODY_CHARS, type Report } from '../digest/report.ts';
import { WINDOW_DAYS } from '../digest/sameEvent.ts';
import { MAX_SHARERS, STORY_DAYS, chooseStory, marksOf, nearest, type Marks } from '../digest/story.ts';
import { list } from './outboxRows.ts';
import type { Database } from './schema.ts';

type Trx = Transaction<Database>;

/** So many articles have marks, those that came last: more than the window of the largest newsroom, and about 20 MB. */
const MAX_MARKED_ARTICLES = 20_000;
/** To count them takes 15 ms: it is done when so many of them may be too many, and before there is much to delete at once. */
const EVICTED_SHARE = 0.005;
/** No newsroom publishes more in so short a time; past it, what comes is an archive, and only its news get stories. */
export const MAX_PLACED = 600;
/** Past this nothing does: what a newsroom that begins with the bot has published in a week. */
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
  contentHash: string;
  title: string;
  summary: string | null;
  body: string;
  source: string | null;
  language: string | null;
  listedAt: string;
}

const ROW = sql.raw(
  `a.seq, a.content_hash as contentHash, a.title,
  substr(a.summary, 1, ${MAX_BODY_CHARS}) as summary, substr(a.body, 1, ${MAX_BODY_CHARS}) as body,
  a.source, a.language, a.listed_at as listedAt`,
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
  /** By id, since a transaction that failed is offered again; edited ones that have a story apart. */
  #lately = { since: 0, placed: new Set<string>(), edited: new Set<string>() };
  /** Articles that got marks since the old ones were evicted; unknown at first. */
  #marked = Infinity;

  constructor(maxMarked = MAX_MARKED_ARTICLES) {
    this.#maxMarked = maxMarked;
  }

  /**
   * For articles that were just stored or edited.
   *
   * @param now epoch milliseconds
   */
  async place(trx: Trx, all: readonly string[], now: number): Promise<void> {
    const ids = all.length === 0 ? [] : await this.#admit(trx, all, now);
    if (ids.length === 0) return;
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
    this.#marked += ids.length;
    if (this.#marked < this.#maxMarked * EVICTED_SHARE) return;
    await evictMarks(trx, this.#maxMarked);
    this.#marked = 0;
  }

  /** Those for which there is time now. A clock that was set back begins anew. */
  async #admit(trx: Trx, ids: readonly string[], now: number): Promise<string[]> {
    const ago = now - this.#lately.since;
    if (ago < 0 || ago >= PLACED_WITHIN_MS)
      this.#lately = { since: now, placed: new Set(), edited: new Set() };
    const { placed, edited } = this.#lately;
    const newsSince = new Date(now - STORY_DAYS * DAY_MS).toISOString().slice(0, 10);
    const { rows } = await sql<{ id: string; story: number | null; listedAt: string }>`
      select id, story_id as story, listed_at as listedAt from articles
      where id in (select value from ${list(ids)}) order by seq`.execute(trx);
    const admitted = rows.filter(({ id, story, listedAt }) => {
      const lately = story === null ? placed : edited;
      const most = story === null && listedAt >= newsSince ? MAX_PLACED_NEWS : MAX_PLACED;
      const isAdmitted = lately.has(id) || lately.size < most;
      if (isAdmitted) lately.add(id);
      return isAdmitted;
    });
    return admitted.map(({ id }) => id);
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
    // Not by its number, which is given again when a transaction fails.
    const key = `${row.contentHash}/${row.listedAt}`;
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

/** By the number of articles and not by their numbers: of an archive few have marks. */
async function evictMarks(trx: Trx, most: number): Promise<void> {
  await sql`with recursive newest (seq, n) as (
      select max(seq), 1 from story_marks
      union all
      select (select max(seq) from story_marks where seq < newest.seq), n + 1 from newest
        where seq is not null and n <= ${most}
    )
    delete from story_marks where seq <= (select seq from newest where n = ${most + 1})`.execute(trx);
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
