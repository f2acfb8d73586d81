/**
 * The index over all follows that there are, kept up with the store. Follows that were removed stay in it for a while and
 * are matched in vain, until there are too many of them.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Article } from '../articles/article.ts';
import { createLexicon } from '../search/lexicon.ts';
import { createFollowIndex, type FollowIndex } from './followIndex.ts';
import { compileFollow } from './reading.ts';
import { viewOf } from './view.ts';

/** What the index is made from. */
export interface FollowTexts {
  /**
   * Different queries of the next follows with `id > after`, of at most `limit` ids, with the highest of these ids; null when
   * there are none.
   */
  textsAfter(after: number, limit: number): Promise<{ texts: string[]; last: number | null }>;
  /** How many follows there are. */
  count(): Promise<number>;
}

/** Some articles, to learn which words are frequent. */
export type Sample = () => Promise<readonly Article[]>;

export interface Matcher {
  /** Takes in what is new in the store. */
  sync(): Promise<void>;
  /** Queries that are not in the store yet, or were removed. */
  ensure(texts: readonly string[]): boolean;
  /** The texts of all queries that the article matches. */
  match(article: Article): string[];
}

/** Follows that are read at a time; many chats follow the same. */
const CHUNK = 5_000;
/** Queries that are compiled between two turns of the event loop: some milliseconds. */
const SLICE = 250;
/** The same for articles of the sample. */
const SAMPLE_SLICE = 10;
/** Removed queries that the index may hold, beside as many as there are follows. */
const SPARE = 1_000;

export function createMatcher(store: FollowTexts, sample: Sample): Matcher {
  const lexicon = createLexicon();
  let index: FollowIndex | null = null;
  let last = 0;
  let syncing: Promise<void> | null = null;

  function add(into: FollowIndex, texts: readonly string[]): boolean {
    let added = false;
    for (const text of texts) {
      if (into.has(text)) continue;
      const query = compileFollow(text);
      if (query === null) continue;
      into.add(text, query);
      added = true;
    }
    return added;
  }

  async function begin(): Promise<FollowIndex> {
    const fresh = createFollowIndex();
    for (const [n, article] of (await sample()).entries()) {
      fresh.learn(viewOf(article, lexicon));
      if (n % SAMPLE_SLICE === 0) await nextTurn();
    }
    return fresh;
  }

  async function syncOnce(): Promise<void> {
    if (index !== null && index.size > 2 * (await store.count()) + SPARE) index = null;
    if (index === null) {
      index = await begin();
      last = 0;
    }
    for (;;) {
      const found = await store.textsAfter(last, CHUNK);
      if (found.last === null) return;
      const fresh = index;
      const news = found.texts.filter((text) => !fresh.has(text));
      for (let start = 0; start < news.length; start += SLICE) {
        add(fresh, news.slice(start, start + SLICE));
        await nextTurn();
      }
      last = found.last;
    }
  }

  return {
    sync() {
      syncing ??= syncOnce().finally(() => {
        syncing = null;
      });
      return syncing;
    },
    ensure(texts) {
      index ??= createFollowIndex();
      return add(index, texts);
    },
    match: (article) => (index === null || index.size === 0 ? [] : index.match(viewOf(article, lexicon))),
  };
}

/** For a few queries that are asked about once. */
export function matcherOf(texts: readonly string[]): Matcher {
  const none: FollowTexts = {
    textsAfter: () => Promise.resolve({ texts: [], last: null }),
    count: () => Promise.resolve(0),
  };
  const matcher = createMatcher(none, () => Promise.resolve([]));
  matcher.ensure(texts);
  return matcher;
}
