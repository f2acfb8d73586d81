/**
 * Which story an article belongs to. A story is the reports of one event and of what followed from it within days. Pure;
 * `store/stories.ts` fetches what is asked about and keeps the answer.
 *
 * An article joins the story of the report that is most like it, or begins its own. Stories are never joined or split
 * afterwards: they may have been sent.
 */
import type { Report } from './report.ts';
import { sameEvent, type Likeness } from './sameEvent.ts';

/** From the first report on: a story that goes on for longer is begun anew, so that no chain leads from event to event. */
export const STORY_DAYS = 7;
/** More reports than this are of a topic. */
export const MAX_STORY_REPORTS = 50;

/** By these a newsroom of any size finds the few articles that may be reports of the same event. */
export interface Marks {
  /** Of names, the most prominent first. */
  names: number[];
  /** A sample of the pieces of text, the same for every text: what two texts share, their samples share. */
  words: number[];
}

const MAX_NAME_MARKS = 32;
const MAX_WORD_MARKS = 40;
/** One piece of 32 and one pair of 8. */
const PIECE_SAMPLE = 31;
const PAIR_SAMPLE = 7;

export function marksOf({ names, pieces, head, isRoundup }: Report): Marks {
  if (isRoundup) return { names: [], words: [] };
  // In the order of the text, so from the title on.
  const words = [
    ...[...head].filter((pair) => (pair & PAIR_SAMPLE) === 0),
    ...[...pieces].filter((piece) => (piece & PIECE_SAMPLE) === 0),
  ];
  return {
    names: [...names.keys()].slice(0, MAX_NAME_MARKS),
    words: [...new Set(words)].slice(0, MAX_WORD_MARKS),
  };
}

/** An article that shares marks with the one to be placed. */
export interface Neighbour {
  story: number;
  /** Of the first report of its story, in days since 1970. */
  storyDay: number;
  /** How many reports its story has. */
  storySize: number;
  report: Report;
}

/** The stories that are known by a name, by its hash; undefined when there are too many to tell. */
export type StoriesOf = (name: number) => ReadonlySet<number> | undefined;

/** A name may have been in one other story and still be this one's: a town has had news before. */
const MAX_OTHER_STORIES = 1;

/** The story to join; null when the article begins one. */
export function chooseStory(
  report: Report,
  neighbours: readonly Neighbour[],
  storiesOf: StoriesOf,
): number | null {
  let best: { story: number; likeness: Likeness } | null = null;
  for (const { story, storyDay, storySize, report: other } of neighbours) {
    if (storySize >= MAX_STORY_REPORTS || Math.abs(report.day - storyDay) > STORY_DAYS) continue;
    const likeness = sameEvent(report, other, (name) => isOwn(storiesOf(name), story));
    if (likeness === null) continue;
    const isBetter =
      best === null ||
      likeness.strength > best.likeness.strength ||
      (likeness.strength === best.likeness.strength && story < best.story);
    if (isBetter) best = { story, likeness };
  }
  return best?.story ?? null;
}

function isOwn(stories: ReadonlySet<number> | undefined, story: number): boolean {
  if (stories === undefined) return false;
  return stories.size - Number(stories.has(story)) <= MAX_OTHER_STORIES;
}

/** More articles than this with one mark, and it tells nothing of any. */
export const MAX_SHARERS = 64;
/** Comparing costs a few hundredths of a millisecond, reading an article ten times that. */
const MAX_NEIGHBOURS = 12;
/**
 * What is further away is never compared. Of two articles that share one mark with nobody else it is 1; of 20,000 articles
 * this spares nine comparisons in ten and loses one pair in fifty.
 */
const MIN_CLOSENESS = 1.5;

/**
 * Which articles to compare with: those that share the rarest marks, at most a few.
 *
 * @param sharers for each mark the articles that have it, by number, without those outside of the window
 */
export function nearest(sharers: Iterable<readonly number[]>): number[] {
  const closeness = new Map<number, number>();
  for (const seqs of sharers) {
    for (const seq of seqs) closeness.set(seq, (closeness.get(seq) ?? 0) + 1 / Math.sqrt(seqs.length));
  }
  return [...closeness]
    .filter(([, near]) => near >= MIN_CLOSENESS)
    .sort(([a, near], [b, nearer]) => nearer - near || a - b)
    .slice(0, MAX_NEIGHBOURS)
    .map(([seq]) => seq);
}
