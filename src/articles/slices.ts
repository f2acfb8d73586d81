/**
 * Work on many items in slices, with a turn of the event loop after each, so that answers are not held up by a hundred
 * thousand files.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ArticleContent } from './article.ts';

/** Characters of text in a slice: an article may be as long as two hundred usual ones. */
const SLICE_CHARS = 200_000;

/**
 * One slice after the other, in their order.
 *
 * @param size items in a slice at most
 * @param chars of an item; a slice with several that have any has `SLICE_CHARS` at most
 * @throws what `work` throws; the slices after it are not begun
 */
export async function inSlices<T>(
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

/** What there is for each of the keys, of which each is asked for once. */
export async function fetchAll<T>(
  keys: readonly string[],
  size: number,
  fetch: (some: readonly string[]) => Promise<T[]>,
): Promise<T[]> {
  const result: T[] = [];
  await inSlices([...new Set(keys)], size, async (some) => {
    for (const item of await fetch(some)) result.push(item);
  });
  return result;
}

/** How much there is to read of an article. */
export function charsOf({ body, summary }: Pick<ArticleContent, 'body' | 'summary'>): number {
  return body.length + (summary?.length ?? 0);
}
