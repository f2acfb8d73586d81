/**
 * Takes what a source found in one round into the store: learns what is known about it, lets `plan.ts` decide, and commits
 * in chunks. Rounds of several sources are taken one after another.
 *
 * It gives the event loop a turn between steps, so that answers are not held up by a hundred thousand files. What it cannot
 * commit it throws; the round can then be offered again, since every chunk leaves the store in order.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Log } from '../log.ts';
import type { ArticleContent } from './article.ts';
import { dayFinder } from './dates.ts';
import { articleId, contentHash, likenessOf, type Likeness } from './identity.ts';
import { planArrivals, type Arrival, type KnownArticle, type Knowledge } from './plan.ts';
import type { ArticleShelf, Change, KnownPlace, StoredArticle, StoredHead } from './shelf.ts';
import type { Found, Refusal, Round } from './source.ts';

/** Changes in one transaction: few enough that it does not hold up the event loop for long. */
const CHUNK_CHANGES = 50;
/** Paths, ids and hashes in one query; fewer ids where the texts of the articles are wanted. */
const QUERY_ITEMS = 200;
const QUERY_TEXTS = 5;
/** Articles that are hashed and folded between two turns of the event loop. */
const SLICE_ITEMS = 25;
/** Characters of text in a chunk or a slice: an article may be as long as two hundred usual ones. */
const SLICE_CHARS = 200_000;
/** Renames together with an edit are recognised among so many articles that lost their places in one round. */
const MAX_VANISHED_READ = 20_000;

/**
 * A file that is renamed and then saved again and again is not read before it stands still, and its article is removed
 * meanwhile. For so long, and among so many that were removed last, new content is compared with it all the same.
 */
const RENAMED_WITHIN_MS = 10 * 60_000;
const MAX_LATELY = 200;

/** Articles that were removed lately, by id, in the order in which they were; what they are like once it was asked. */
type Lately = Map<string, { at: number; likeness: Likeness | null }>;

/** How many articles a round changed. */
export interface Outcome {
  added: number;
  edited: number;
  /** Removed ones that are there again. */
  returned: number;
  removed: number;
  /** Places that were refused, whether or not that is news. */
  refused: number;
}

/** @throws when the store fails; what was committed stays */
export type Ingest = (round: Round, now: number) => Promise<Outcome>;

export interface IngestOptions {
  shelf: ArticleShelf;
  log: Log;
  /** IANA: the newsroom's, whose today is no future. */
  zone: string;
}

export function createIngest(options: IngestOptions): Ingest {
  let last: Promise<unknown> = Promise.resolve();
  const lately: Lately = new Map();
  return (round, now) => {
    const turn = last.then(() => takeIn(round, now, options, lately));
    // A failed round is its caller's to know; the next one starts from the store as it is.
    last = turn.catch(() => undefined);
    return turn;
  };
}

async function takeIn(
  round: Round,
  now: number,
  { shelf, log, zone }: IngestOptions,
  lately: Lately,
): Promise<Outcome> {
  for (const [id, { at }] of lately) {
    if (lately.size > MAX_LATELY || Math.abs(now - at) > RENAMED_WITHIN_MS) lately.delete(id);
  }
  const arrivals = await readArrivals(round.found);
  const refusals = round.found.flatMap(({ reading, ...place }) =>
    reading.ok ? [] : [{ place, refusal: reading.refusal }],
  );
  const known = await learn(shelf, round, arrivals, lately);
  for (const { place, refusal } of refusals) {
    if (!isSame(known.places.get(place.path)?.refusal ?? null, refusal)) {
      log.warn({ file: place.path, ...refusal }, 'a file was refused');
    }
  }
  const refused = new Set(refusals.map(({ place }) => place.path));
  const arrived = { arrivals, vanished: new Set(round.vanished), refused, now, dayOf: dayFinder(zone) };
  const planned = planArrivals(arrived, known);
  const changes: Change[] = [
    ...planned,
    ...refusals.map(({ place, refusal }) => ({ kind: 'refuse' as const, place, refusal })),
    ...round.vanished.map((path) => ({ kind: 'drop' as const, path })),
  ];
  const count = (kind: Change['kind']): number => planned.filter((change) => change.kind === kind).length;
  const outcome = {
    added: count('add'),
    edited: count('edit'),
    returned: 0,
    removed: 0,
    refused: refused.size,
  };
  const commit = async (chunk: readonly Change[]): Promise<void> => {
    const { returned, removed } = await shelf.commit(chunk, now);
    outcome.returned += returned;
    outcome.removed += removed.length;
    for (const change of chunk) if ('id' in change) lately.delete(change.id);
    for (const id of removed) lately.set(id, { at: now, likeness: null });
  };
  await inSlices(changes, CHUNK_CHANGES, commit, (change) =>
    'content' in change ? charsOf(change.content) : 0,
  );
  const { added, edited, returned, removed } = outcome;
  if (added + edited + returned + removed > 0) {
    log.info({ added, edited, returned, removed }, 'articles changed');
  }
  return outcome;
}

async function readArrivals(found: readonly Found[]): Promise<Arrival[]> {
  const arrivals: Arrival[] = [];
  const read = (slice: readonly Found[]): void => {
    for (const { reading, ...place } of slice) {
      if (!reading.ok) continue;
      const { content } = reading;
      arrivals.push({ place, content, contentHash: contentHash(content), likeness: null });
    }
  };
  await inSlices(found, SLICE_ITEMS, read, ({ reading }) => (reading.ok ? charsOf(reading.content) : 0));
  return arrivals;
}

/** What the store knows of everything that a round touches. Gives their likeness to the arrivals that could be like some of it. */
async function learn(
  shelf: ArticleShelf,
  round: Round,
  arrivals: readonly Arrival[],
  lately: Lately,
): Promise<Knowledge> {
  const paths = [...round.found.map(({ path }) => path), ...round.vanished];
  const found = await fetchAll(paths, (some) => shelf.places(some));
  const places = new Map(found.map((place) => [place.path, place]));
  const hashes = arrivals.map((arrival) => arrival.contentHash);
  const sameContent = await fetchAll(hashes, async (some) => (await shelf.withHashes(some)).map(unread));
  const there = new Set(sameContent.flatMap(({ contentHash: hash, removed }) => (removed ? [] : hash)));
  const news = arrivals.filter((arrival) => !there.has(arrival.contentHash));
  const firstIds = news.map((arrival) => articleId(arrival.contentHash));
  const taken = await fetchAll(firstIds, async (some) => (await shelf.withIds(some)).map(unread));

  const touched = [...arrivals.map(({ place }) => place.path), ...round.vanished.slice(0, MAX_VANISHED_READ)];
  const held = touched.flatMap((path) => places.get(path)?.articleId ?? []);
  const compared =
    news.length === 0 ? [] : [...(await withLikenesses(shelf, held)), ...(await learnLately(shelf, lately))];
  if (compared.length > 0) {
    const compare = (slice: readonly Arrival[]): void => {
      for (const arrival of slice) arrival.likeness = likenessOf(arrival.content);
    };
    await inSlices(news, SLICE_ITEMS, compare, ({ content }) => charsOf(content));
  }
  const articles = new Map([...sameContent, ...taken, ...compared].map((article) => [article.id, article]));
  const holders = byArticle(await fetchAll([...articles.keys()], (some) => shelf.holders(some)));
  return { places, articles, holders, lately: new Set(lately.keys()), lastSeq: await shelf.lastSeq() };
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

/** Those that still are removed. Each text is read once: it does not change meanwhile. */
async function learnLately(shelf: ArticleShelf, lately: Lately): Promise<KnownArticle[]> {
  const unknown = [...lately].flatMap(([id, { likeness }]) => (likeness === null ? [id] : []));
  for (const { id, likeness } of await withLikenesses(shelf, unknown)) {
    const entry = lately.get(id);
    if (entry !== undefined) entry.likeness = likeness;
  }
  const heads = await fetchAll([...lately.keys()], (some) => shelf.withIds(some));
  return heads.flatMap((head) =>
    head.removed ? [{ ...head, likeness: lately.get(head.id)?.likeness ?? null }] : [],
  );
}

function withLikenesses(shelf: ArticleShelf, ids: readonly string[]): Promise<KnownArticle[]> {
  const fetch = async (some: readonly string[]): Promise<KnownArticle[]> =>
    (await shelf.textsOf(some)).map(withLikeness);
  return fetchAll(ids, fetch, QUERY_TEXTS);
}

function unread(head: StoredHead): KnownArticle {
  return { ...head, likeness: null };
}

function withLikeness(article: StoredArticle): KnownArticle {
  const { id, seq, contentHash: hash, firstSeenAt, removed } = article;
  return { id, seq, contentHash: hash, firstSeenAt, removed, likeness: likenessOf(article) };
}

function isSame(one: Refusal | null, other: Refusal): boolean {
  return one !== null && one.reason === other.reason && one.detail === other.detail;
}

async function fetchAll<T>(
  keys: readonly string[],
  fetch: (some: readonly string[]) => Promise<T[]>,
  size = QUERY_ITEMS,
): Promise<T[]> {
  const result: T[] = [];
  await inSlices([...new Set(keys)], size, async (some) => {
    for (const item of await fetch(some)) result.push(item);
  });
  return result;
}

function charsOf({ body, summary }: ArticleContent): number {
  return body.length + (summary?.length ?? 0);
}

/**
 * One slice after the other, with a turn of the event loop after each.
 *
 * @param size items in a slice at most
 * @param chars of an item; a slice with several that have any has `SLICE_CHARS` at most
 */
async function inSlices<T>(
  items: readonly T[],
  size: number,
  work: (slice: readonly T[]) => Promise<void> | void,
  chars: (item: T) => number = () => 0,
): Promise<void> {
  let slice: T[] = [];
  let held = 0;
  for (const item of items) {
    const more = chars(item);
    if (slice.length === size || (held > 0 && held + more > SLICE_CHARS)) {
      await work(slice);
      await nextTurn();
      slice = [];
      held = 0;
    }
    slice.push(item);
    held += more;
  }
  if (slice.length === 0) return;
  await work(slice);
  await nextTurn();
}
