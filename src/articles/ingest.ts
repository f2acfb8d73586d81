/**
 * Takes what a source found in one round into the store: lets `learn.ts` find out what is known about it and `plan.ts` decide, and
 * commits in chunks. Rounds of several sources are taken one after another.
 *
 * What it cannot commit it throws; the round can then be offered again, since every chunk leaves the store in order.
 */
import type { Log } from '../log.ts';
import { dayFinder } from './dates.ts';
import { contentHash } from './identity.ts';
import { Learner } from './learn.ts';
import { planArrivals, type Arrival, type Knowledge } from './plan.ts';
import type { ArticleShelf, Change } from './shelf.ts';
import { charsOf, inSlices } from './slices.ts';
import type { Found, Refusal, Round } from './source.ts';

/** Changes in one transaction: few enough that it does not hold up the event loop for long. */
const CHUNK_CHANGES = 50;
/** Articles that are hashed between two turns of the event loop. */
const SLICE_ITEMS = 25;

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
  const learner = new Learner(options.shelf);
  return (round, now) => {
    const turn = last.then(() => takeIn(round, now, options, learner));
    // A failed round is its caller's to know; the next one starts from the store as it is.
    last = turn.catch(() => undefined);
    return turn;
  };
}

async function takeIn(
  round: Round,
  now: number,
  { shelf, log, zone }: IngestOptions,
  learner: Learner,
): Promise<Outcome> {
  const arrivals = await readArrivals(round.found);
  const refusals = round.found.flatMap(({ reading, ...place }) =>
    reading.ok ? [] : [{ place, refusal: reading.refusal }],
  );
  const known = await learner.about(round, arrivals, now);
  for (const { place, refusal } of refusals) {
    if (!isSame(known.places.get(place.path)?.refusal ?? null, refusal)) {
      log.warn({ file: place.path, ...refusal }, 'a file was refused');
    }
  }
  const refused = new Set(refusals.map(({ place }) => place.path));
  const arrived = {
    arrivals,
    gone: new Set([...round.vanished, ...round.missing]),
    refused,
    now,
    dayOf: dayFinder(zone),
  };
  const planned = planArrivals(arrived, known);
  const changes: Change[] = [
    ...planned,
    ...refusals.map(({ place, refusal }) => ({ kind: 'refuse' as const, place, refusal })),
    ...[...round.vanished, ...left(round, planned, known)].map((path) => ({ kind: 'drop' as const, path })),
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
    learner.committed(chunk, removed, now);
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

/**
 * The old places of articles that are elsewhere now under new content: when a file is there again, it is to be read as if it were
 * new, also after a restart.
 */
function left(
  { missing }: Round,
  planned: ReturnType<typeof planArrivals>,
  { holders }: Knowledge,
): string[] {
  const gone = new Set(missing);
  return planned.flatMap((change) => {
    const places = change.kind === 'edit' ? (holders.get(change.id) ?? []) : [];
    return places.flatMap(({ path }) => (gone.has(path) ? [path] : []));
  });
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

function isSame(one: Refusal | null, other: Refusal): boolean {
  return one !== null && one.reason === other.reason && one.detail === other.detail;
}
