/**
 * What is left of the new articles for a chat with follows: its filter takes some, puts some first, and what it was told
 * at once is not new to it any more. One sieve serves all editions that are composed together: each article is matched
 * once, against everything.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Article } from '../articles/article.ts';
import type { NewArticles } from '../digest/edition.ts';
import { queriesOf, readFilter } from './filter.ts';
import type { Matcher } from './matcher.ts';

/** The articles, with the order alone for those that are not shown. */
export interface Shelves extends NewArticles {
  /** Numbers of the articles with `fromSeq < seq <= toSeq` that are there, newest first, at most `limit`. */
  seqsBetween(fromSeq: number | null, toSeq: number, limit: number): Promise<number[]>;
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
  const orders = new Map<string, Promise<number[]>>();
  const articles = new Map<number, Article>();
  let matched = new Set<number>();
  /** By query: the articles that match it. */
  let postings = new Map<string, number[]>();

  /** Newest first. Few chats stand elsewhere than the others. */
  function order(fromSeq: number | null, toSeq: number): Promise<number[]> {
    const key = `${fromSeq ?? ''}/${toSeq}`;
    const known = orders.get(key) ?? shelves.seqsBetween(fromSeq, toSeq, MAX_SPAN);
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

  async function sift(fromSeq: number | null, toSeq: number, mesh: Mesh): Promise<number[]> {
    const filter = readFilter(mesh.filter);
    const all = await order(fromSeq, toSeq);
    const queries = queriesOf(filter);
    if (queries.length > 0) {
      // A follow that was made while this was going on.
      if (matcher.ensure(queries)) {
        matched = new Set();
        postings = new Map();
      }
      await matchAll(all);
    }
    const told = new Set(mesh.told ?? []);
    const only = filter.only === null ? null : found(filter.only);
    const taken = all.filter((seq) => !told.has(seq) && (only === null || only.has(seq)));
    if (filter.first.length === 0) return taken;
    const first = found(filter.first);
    return [...taken.filter((seq) => first.has(seq)), ...taken.filter((seq) => !first.has(seq))];
  }

  return {
    through: (mesh) => ({
      lastSeq: () => shelves.lastSeq(),
      async between(fromSeq, toSeq, limit) {
        const seqs = await sift(fromSeq, toSeq, mesh);
        return { articles: await read(seqs.slice(0, limit)), total: seqs.length };
      },
    }),
  };
}
