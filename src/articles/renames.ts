/**
 * Finds, among articles that lost their last place, the one that new content is most like. Pure.
 */
import { renameScore, type Likeness } from './identity.ts';

interface Orphan {
  seq: number;
  likeness: Likeness | null;
}

/** What more articles than this have in common ("Mời bạn đọc xem thêm…") says nothing about any of them. */
const MAX_SHARERS = 50;

/**
 * Looks up the likest orphan; null when none is like enough. Of equals, the first seen.
 *
 * @param sought all that will be looked up
 */
export function renameFinder<T extends Orphan>(
  orphans: readonly T[],
  sought: readonly Likeness[],
): (likeness: Likeness) => T | null {
  // Of tens of thousands of orphans only what is asked about is put in order.
  const asked = new Set(sought.flatMap((likeness) => [...traits(likeness)]));
  const byTrait = new Map<string, T[]>();
  for (const orphan of orphans) {
    if (orphan.likeness === null) continue;
    for (const trait of traits(orphan.likeness)) {
      if (!asked.has(trait)) continue;
      const sharers = byTrait.get(trait);
      if (sharers === undefined) byTrait.set(trait, [orphan]);
      else if (sharers.length <= MAX_SHARERS) sharers.push(orphan);
    }
  }
  return (likeness) => {
    let best: { orphan: T; score: number } | null = null;
    const scored = new Set<T>();
    for (const trait of traits(likeness)) {
      const sharers = byTrait.get(trait) ?? [];
      if (sharers.length > MAX_SHARERS) continue;
      for (const orphan of sharers) {
        if (scored.has(orphan)) continue;
        scored.add(orphan);
        const score = orphan.likeness === null ? 0 : renameScore(orphan.likeness, likeness);
        const isBetter =
          best === null || score > best.score || (score === best.score && orphan.seq < best.orphan.seq);
        if (score > 0 && isBetter) best = { orphan, score };
      }
    }
    return best?.orphan ?? null;
  };
}

function* traits({ title, paragraphs }: Likeness): Generator<string> {
  yield `title ${title}`;
  for (const paragraph of paragraphs) yield paragraph;
}
