/**
 * What is left of the new articles for a chat with follows: its filter takes some, puts some first, and what it was told
 * at once is not new to it any more. One sieve serves all editions that are composed together: each article is matched
 * once, against everything.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Article } from '../articles/article.ts';
import type { NewArticles, StoryReports } from '../digest/edition.ts';
import { queriesOf, readFilter } from './filter.ts';
import type { Matcher } from './matcher.ts';

/** An article as one of its story's reports. */
export interface Placed {
  seq: number;
  story: number;
}

/** The articles, with the order alone for those that are not shown. */
export interface Shelves extends NewArticles {
  /** The articles with `fromSeq < seq <= toSeq` that are there, newest first, at most `limit`. */
  placedBetween(fromSeq: number | null, toSeq: number, limit: number): Promise<Placed[]>;
  /** By story: its newest report with `seq <= maxSeq`, for those that have one. */
  newestReports(stories: readonly number[], maxSeq: number): Promise<ReadonlyMap<number, Article>>;
  /** Those that are there, in the order of `seqs`. */
  bySeqs(seqs: readonly number[]): Promise<Article[]>;
}

/** What a chat is spared, and what it sees first. */
export interface Mesh {
  /** As `filterOf` writes it; null takes everything. */
  filter: string | null;
  /** `seq`s of articles that this chat was told at once. */
  told?: readonly number[];
}

export interface Sieve {
  /** The articles as a chat with this mesh sees them: what its filter puts first, then the newest. */
  through(mesh: Mesh): NewArticles;
}

/** A chat that was away for long gets the newest of what it missed: older articles are not looked through. */
export const MAX_SPAN = 3_000;
/** Articles that are matched between two turns of the event loop: some milliseconds each with many follows. */
const SLICE = 10;

export function createSieve(shelves: Shelves, matcher: Matcher): Sieve {
  const orders = new Map<string, Promise<Placed[]>>();
  const articles = new Map<number, Article>();
  /** By cursor and story: the newest report that earlier editions had, null when there is none. */
  const earlier = new Map<string, Article | null>();
  let matched = new Set<number>();
  /** By query: the articles that match it. */
  let postings = new Map<string, number[]>();

  /** Newest first. Few chats stand elsewhere than the others. */
  function order(fromSeq: number | null, toSeq: number): Promise<Placed[]> {
    const key = `${fromSeq ?? ''}/${toSeq}`;
    const known = orders.get(key) ?? shelves.placedBetween(fromSeq, toSeq, MAX_SPAN);
    orders.set(key, known);
    return known;
  }

  async function read(seqs: readonly number[]): Promise<Article[]> {
    const missing = seqs.filter((seq) => !articles.has(seq));
    for (const article of missing.length === 0 ? [] : await shelves.bySeqs(missing))
      articles.set(article.seq, article);
    return seqs.flatMap((seq) => articles.get(seq) ?? []);
  }

  async function matchAll(seqs: readonly number[]): Promise<void> {
    const news = seqs.filter((seq) => !matched.has(seq));
    for (let start = 0; start < news.length; start += SLICE) {
      for (const article of await read(news.slice(start, start + SLICE))) {
        matched.add(article.seq);
        for (const text of matcher.match(article)) {
          const list = postings.get(text);
          if (list === undefined) postings.set(text, [article.seq]);
          else list.push(article.seq);
        }
      }
      await nextTurn();
    }
  }

  const found = (texts: readonly string[]): Set<number> =>
    new Set(texts.flatMap((text) => postings.get(text) ?? []));

  async function sift(fromSeq: number | null, toSeq: number, mesh: Mesh): Promise<Placed[]> {
    const filter = readFilter(mesh.filter);
    const all = await order(fromSeq, toSeq);
    const queries = queriesOf(filter);
    if (queries.length > 0) {
      // A follow that was made while this was going on.
      if (matcher.ensure(queries)) {
        matched = new Set();
        postings = new Map();
      }
      await matchAll(all.map(({ seq }) => seq));
    }
    const told = new Set(mesh.told ?? []);
    const only = filter.only === null ? null : found(filter.only);
    const taken = all.filter(({ seq }) => !told.has(seq) && (only === null || only.has(seq)));
    if (filter.first.length === 0) return taken;
    const first = found(filter.first);
    return [...taken.filter(({ seq }) => first.has(seq)), ...taken.filter(({ seq }) => !first.has(seq))];
  }

  async function reportsBefore(
    fromSeq: number | null,
    stories: readonly number[],
  ): Promise<(story: number) => Article | null> {
    if (fromSeq === null) return () => null;
    const missing = stories.filter((story) => !earlier.has(`${fromSeq}/${story}`));
    const found = missing.length === 0 ? null : await shelves.newestReports(missing, fromSeq);
    for (const story of missing) earlier.set(`${fromSeq}/${story}`, found?.get(story) ?? null);
    return (story) => earlier.get(`${fromSeq}/${story}`) ?? null;
  }

  /** The stories of what is left, in the order of their first reports there, `limit` of them from `offset` on. */
  async function storiesOf(
    { fromSeq, toSeq }: { fromSeq: number | null; toSeq: number },
    { offset, limit }: { offset: number; limit: number },
    mesh: Mesh,
  ): Promise<{ stories: StoryReports[]; total: number }> {
    const byStory = new Map<number, number[]>();
    for (const { seq, story } of await sift(fromSeq, toSeq, mesh)) {
      const reports = byStory.get(story);
      if (reports === undefined) byStory.set(story, [seq]);
      else reports.push(seq);
    }
    const page = [...byStory].slice(offset, offset + limit);
    const before = await reportsBefore(
      fromSeq,
      page.map(([story]) => story),
    );
    const stories: StoryReports[] = [];
    for (const [story, seqs] of page) {
      const reports = await read(seqs);
      // They may have been removed since they were put in order.
      if (reports.length > 0) stories.push({ reports, earlier: before(story) });
    }
    return { stories, total: byStory.size };
  }

  return {
    through: (mesh) => ({
      lastSeq: () => shelves.lastSeq(),
      stories: (fromSeq, toSeq, page) => storiesOf({ fromSeq, toSeq }, page, mesh),
      newestStories: async (toSeq, limit) =>
        (await storiesOf({ fromSeq: null, toSeq }, { offset: 0, limit }, mesh)).stories,
    }),
  };
}
