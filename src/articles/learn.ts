/**
 * Finds out what the store knows of everything that a round touches, so that `plan.ts` can decide what it means.
 *
 * To tell a renamed and edited file from a new one, texts are compared: with those of articles that lose their places in this
 * round, that are about to lose them, or that lost them lately. What these are like is read once and remembered.
 */
import { articleId, likenessOf, type Likeness } from './identity.ts';
import type { Arrival, KnownArticle, Knowledge } from './plan.ts';
import type { ArticleShelf, Change, KnownPlace, StoredHead } from './shelf.ts';
import { charsOf, fetchAll, inSlices } from './slices.ts';
import type { Round } from './source.ts';

/** Paths, ids and hashes in one query; fewer ids where the texts of the articles are wanted. */
const QUERY_ITEMS = 200;
const QUERY_TEXTS = 5;
/** Articles that are folded between two turns of the event loop. */
const SLICE_ITEMS = 25;
/** Renames together with an edit are recognised among so many articles that lost their places at a time. */
const MAX_GONE_READ = 20_000;

/**
 * A file that is renamed and then saved again and again is not read before it stands still, and its article is removed
 * meanwhile. For so long, and among so many that were removed last, new content is compared with it all the same.
 */
const RENAMED_WITHIN_MS = 10 * 60_000;
const MAX_LATELY = 200;

/** What articles are like, with the content that they had then. */
type Likenesses = Map<string, { contentHash: string; likeness: Likeness }>;

export class Learner {
  readonly #shelf: ArticleShelf;
  /** When articles were removed, by id, in the order in which they were. */
  readonly #lately = new Map<string, number>();
  /** By id, of articles that the next round may be compared with as well. */
  #likenesses: Likenesses = new Map();

  constructor(shelf: ArticleShelf) {
    this.#shelf = shelf;
  }

  /** Gives their likeness to the arrivals that could be like some of what is known. */
  async about(round: Round, arrivals: readonly Arrival[], now: number): Promise<Knowledge> {
    this.#forgetLately(now);
    const shelf = this.#shelf;
    const gone = [...round.vanished, ...round.missing];
    const paths = [...round.found.map(({ path }) => path), ...gone];
    const found = await fetchAll(paths, QUERY_ITEMS, (some) => shelf.places(some));
    const places = new Map(found.map((place) => [place.path, place]));
    const hashes = arrivals.map((arrival) => arrival.contentHash);
    const sameContent = await fetchAll(hashes, QUERY_ITEMS, (some) => shelf.withHashes(some));
    const there = new Set(sameContent.flatMap(({ contentHash, removed }) => (removed ? [] : contentHash)));
    const news = arrivals.filter((arrival) => !there.has(arrival.contentHash));
    const firstIds = news.map((arrival) => articleId(arrival.contentHash));
    const taken = await this.#heads(firstIds);

    const heldAt = (path: string): string[] | string => places.get(path)?.articleId ?? [];
    const held = [
      ...arrivals.flatMap(({ place }) => heldAt(place.path)),
      ...gone.flatMap(heldAt).slice(0, MAX_GONE_READ),
    ];
    const compared = news.length === 0 ? [] : await this.#compared(held);
    if (compared.length > 0) {
      const compare = (slice: readonly Arrival[]): void => {
        for (const arrival of slice) arrival.likeness = likenessOf(arrival.content);
      };
      await inSlices(news, SLICE_ITEMS, compare, ({ content }) => charsOf(content));
    }
    const unread = [...sameContent, ...taken].map((head) => ({ ...head, likeness: null }));
    const articles = new Map([...unread, ...compared].map((article) => [article.id, article]));
    if (round.missing.length === 0) this.#forgetLikenesses();
    const holders = await fetchAll([...articles.keys()], QUERY_ITEMS, (some) => shelf.holders(some));
    return {
      places,
      articles,
      holders: byArticle(holders),
      lately: new Set(this.#lately.keys()),
      lastSeq: await shelf.lastSeq(),
    };
  }

  /** Of changes that are in the store now, and the articles that they removed. */
  committed(changes: readonly Change[], removed: readonly string[], now: number): void {
    for (const change of changes) if ('id' in change) this.#lately.delete(change.id);
    for (const id of removed) this.#lately.set(id, now);
  }

  #forgetLately(now: number): void {
    for (const [id, at] of this.#lately) {
      const isTooMany = this.#lately.size > MAX_LATELY;
      if (isTooMany || Math.abs(now - at) > RENAMED_WITHIN_MS) this.#lately.delete(id);
    }
  }

  #forgetLikenesses(): void {
    for (const id of this.#likenesses.keys()) if (!this.#lately.has(id)) this.#likenesses.delete(id);
  }

  /** These and the ones that were removed lately, as long as they still are, with what they are like. */
  async #compared(held: readonly string[]): Promise<KnownArticle[]> {
    const isHeld = new Set(held);
    const heads = (await this.#heads([...isHeld, ...this.#lately.keys()])).filter(
      ({ id, removed }) => removed || isHeld.has(id),
    );
    const remembered: Likenesses = new Map();
    for (const { id, contentHash } of heads) {
      const known = this.#likenesses.get(id);
      if (known?.contentHash === contentHash) remembered.set(id, known);
    }
    const unknown = heads.filter(({ id }) => !remembered.has(id)).map(({ id }) => id);
    await inSlices(unknown, QUERY_TEXTS, async (some) => {
      for (const article of await this.#shelf.textsOf(some)) {
        remembered.set(article.id, { contentHash: article.contentHash, likeness: likenessOf(article) });
      }
    });
    this.#likenesses = remembered;
    return heads.map((head) => ({ ...head, likeness: remembered.get(head.id)?.likeness ?? null }));
  }

  #heads(ids: readonly string[]): Promise<StoredHead[]> {
    return fetchAll(ids, QUERY_ITEMS, (some) => this.#shelf.withIds(some));
  }
}

function byArticle(places: readonly KnownPlace[]): Map<string, KnownPlace[]> {
  const holders = new Map<string, KnownPlace[]>();
  for (const place of places) {
    if (place.articleId === null) continue;
    const others = holders.get(place.articleId);
    if (others === undefined) holders.set(place.articleId, [place]);
    else others.push(place);
  }
  return holders;
}
