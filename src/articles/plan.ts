/**
 * Decides what the places that arrived in one round mean for the articles: which hold what was there already, which were
 * edited, renamed, copied, or overwritten by something else, and what is new.
 *
 * Pure. Contents decide before paths, and paths before likeness; the four steps stand in `planArrivals`.
 */
import type { ArticleContent } from './article.ts';
import { listedAt, type DayOf } from './dates.ts';
import { articleId, isEdit, type Likeness } from './identity.ts';
import { renameFinder } from './renames.ts';
import type { Change, KnownPlace, Place, StoredHead } from './shelf.ts';

/** A new or changed place whose content could be read. */
export interface Arrival {
  place: Place;
  content: ArticleContent;
  contentHash: string;
  /** Null when there is nothing that it could be like. */
  likeness: Likeness | null;
}

/** An article that the store has, removed or not. */
export interface KnownArticle extends StoredHead {
  /** Null when it was not loaded: then nothing is taken to be like it. */
  likeness: Likeness | null;
}

/** What the store knows of all that the round touches. */
export interface Knowledge {
  places: ReadonlyMap<string, KnownPlace>;
  articles: ReadonlyMap<string, KnownArticle>;
  /** All places of these articles, also those that the round does not touch. */
  holders: ReadonlyMap<string, readonly KnownPlace[]>;
  /** Articles that were removed so lately that their file may have been renamed and is only now whole. */
  lately: ReadonlySet<string>;
  /** The highest number given so far. */
  lastSeq: number;
}

export interface Arrived {
  /** In the order in which new articles are to be numbered. */
  arrivals: readonly Arrival[];
  /** Places that vanished, and those that are about to be given up. */
  gone: ReadonlySet<string>;
  /** Places that turned bad: they keep their article, but not its content. */
  refused: ReadonlySet<string>;
  /** Epoch milliseconds. */
  now: number;
  /** In the zone of the newsroom. */
  dayOf: DayOf;
}

type ArrivalChange = Extract<Change, { kind: 'add' | 'edit' | 'hold' }>;

/** One change for every arrival, so ordered that an article is added before a second place holds it. */
export function planArrivals(arrived: Arrived, known: Knowledge): ArrivalChange[] {
  const plan = new Plan(arrived, known);
  // 1. Content that an article has is that article, wherever it stands: a copy, a rename, a file that was put back.
  const changed = arrived.arrivals.filter((arrival) => !plan.holdsKnownContent(arrival));
  // 2. New content at a known path is an edit, unless another place still has the old content, or nothing connects the two.
  const others = changed.filter((arrival) => !plan.repeats(arrival) && !plan.edits(arrival));
  // 3. New content at a new path is an article whose last place went in this round or is about to be given up, when it looks like
  // it. Of one that was removed before, it must have the title as well.
  const sought = others.flatMap(({ likeness }) => likeness ?? []);
  const likest = renameFinder(plan.orphans(), sought);
  const likestLately = renameFinder(plan.removedLately(), sought);
  const fresh = others.filter(
    (arrival) =>
      !plan.repeats(arrival) && !plan.renames(arrival, likest) && !plan.returns(arrival, likestLately),
  );
  // 4. The rest is new.
  for (const arrival of fresh) if (!plan.repeats(arrival)) plan.add(arrival);
  return plan.changes;
}

class Plan {
  readonly changes: ArrivalChange[] = [];
  readonly #arrived: Arrived;
  readonly #known: Knowledge;
  readonly #paths: ReadonlySet<string>;
  readonly #there = new Map<string, string>();
  readonly #removed = new Map<string, string>();
  /** The articles that have a place after this round for certain, and by content what they are. */
  readonly #claimed = new Set<string>();
  readonly #decided = new Map<string, string>();
  readonly #edited = new Set<string>();

  constructor(arrived: Arrived, known: Knowledge) {
    this.#arrived = arrived;
    this.#known = known;
    this.#paths = new Set(arrived.arrivals.map(({ place }) => place.path));
    const oldestFirst = [...known.articles.values()].sort((a, b) => a.seq - b.seq);
    for (const { id, contentHash, removed } of oldestFirst) {
      const byHash = removed ? this.#removed : this.#there;
      if (!byHash.has(contentHash)) byHash.set(contentHash, id);
    }
  }

  /** The article that a path held until now; undefined for a path that held none. */
  #ownOf(arrival: Arrival): KnownArticle | undefined {
    const id = this.#known.places.get(arrival.place.path)?.articleId;
    return id === null || id === undefined ? undefined : this.#known.articles.get(id);
  }

  holdsKnownContent(arrival: Arrival): boolean {
    const own = this.#ownOf(arrival);
    if (own?.contentHash === arrival.contentHash) return this.#hold(arrival, own.id);
    const id =
      this.#there.get(arrival.contentHash) ??
      (own === undefined ? this.#removed.get(arrival.contentHash) : undefined);
    return id !== undefined && this.#hold(arrival, id);
  }

  /** The same content was decided on in this round already, or belonged to an article that was removed. */
  repeats(arrival: Arrival): boolean {
    const decided = this.#decided.get(arrival.contentHash);
    return decided !== undefined && this.#hold(arrival, decided);
  }

  edits(arrival: Arrival): boolean {
    const own = this.#ownOf(arrival);
    if (own === undefined || this.#edited.has(own.id) || this.#keepsContent(own.id)) return false;
    const [before, after] = [own.likeness, arrival.likeness];
    const isAnother = before !== null && after !== null && !isEdit(before, after);
    return !isAnother && this.#edit(arrival, own);
  }

  /** Whether some place goes on holding the content that the article had before the round. */
  #keepsContent(id: string): boolean {
    if (this.#claimed.has(id)) return true;
    return (this.#known.holders.get(id) ?? []).some(
      ({ path, refusal }) => refusal === null && !this.#isTouched(path),
    );
  }

  #isTouched(path: string): boolean {
    return this.#paths.has(path) || this.#arrived.gone.has(path) || this.#arrived.refused.has(path);
  }

  removedLately(): KnownArticle[] {
    return [...this.#known.articles.values()].filter(
      ({ id, removed }) => removed && this.#known.lately.has(id) && !this.#claimed.has(id),
    );
  }

  /** Articles that have lost all their places in this round, or are about to. */
  orphans(): KnownArticle[] {
    return [...this.#known.articles.values()].filter(({ id, removed }) => {
      if (removed || this.#claimed.has(id)) return false;
      const holders = this.#known.holders.get(id) ?? [];
      return holders.every(({ path }) => this.#paths.has(path) || this.#arrived.gone.has(path));
    });
  }

  renames(arrival: Arrival, likest: (likeness: Likeness) => KnownArticle | null): boolean {
    const before = arrival.likeness === null ? null : likest(arrival.likeness);
    if (before === null || this.#edited.has(before.id)) return false;
    return this.#edit(arrival, before);
  }

  returns(arrival: Arrival, likest: (likeness: Likeness) => KnownArticle | null): boolean {
    return this.renames(arrival, (likeness) => {
      const before = likest(likeness);
      return before?.likeness?.title === likeness.title ? before : null;
    });
  }

  add(arrival: Arrival): void {
    const returning = this.#removed.get(arrival.contentHash);
    if (returning !== undefined && !this.#edited.has(returning)) return void this.#hold(arrival, returning);
    const { now, dayOf } = this.#arrived;
    const { place, content, contentHash } = arrival;
    const first = articleId(contentHash);
    // The id is taken when another article began with this content and was edited since. Numbers are given once, and
    // contents once a round, so that the two together have not been used before.
    const id = this.#known.articles.has(first) ? articleId(contentHash, String(this.#known.lastSeq)) : first;
    this.#decided.set(contentHash, id);
    const listed = listedAt(content.publishedAt, now, dayOf);
    this.changes.push({ kind: 'add', id, place, content, contentHash, listedAt: listed });
  }

  #hold({ place, contentHash }: Arrival, id: string): true {
    this.#claimed.add(id);
    this.#decided.set(contentHash, id);
    this.changes.push({ kind: 'hold', id, place });
    return true;
  }

  #edit({ place, content, contentHash }: Arrival, { id, firstSeenAt }: KnownArticle): true {
    this.#claimed.add(id);
    this.#edited.add(id);
    this.#decided.set(contentHash, id);
    const listed = listedAt(content.publishedAt, firstSeenAt, this.#arrived.dayOf);
    this.changes.push({ kind: 'edit', id, place, content, contentHash, listedAt: listed });
    return true;
  }
}
