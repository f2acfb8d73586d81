/**
 * From a text and its entities to a tree: pieces of text inside the entities that hold them. Pure. The double has repaired
 * what cannot nest; should something still stick out of what holds it, it is cut there.
 */
import type { Entity } from '../wire.ts';

export type Segment = string | { entity: Entity; children: Segment[] };

/** @param entities in any order; offsets in UTF-16 units, as JavaScript counts too */
export function segmentsOf(text: string, entities: readonly Entity[]): Segment[] {
  const sorted = entities
    .filter(({ offset, length }) => length > 0 && offset >= 0 && offset < text.length)
    .toSorted((a, b) => a.offset - b.offset || b.length - a.length);
  let next = 0;

  const within = (from: number, until: number): Segment[] => {
    const found: Segment[] = [];
    let at = from;
    for (let entity = sorted[next]; entity !== undefined && entity.offset < until; entity = sorted[next]) {
      next += 1;
      const start = Math.max(at, entity.offset);
      const end = Math.min(until, entity.offset + entity.length);
      if (end <= start) continue;
      if (start > at) found.push(text.slice(at, start));
      found.push({ entity, children: within(start, end) });
      at = end;
    }
    if (at < until) found.push(text.slice(at, until));
    return found;
  };
  return within(0, text.length);
}

/** The text of a segment, without its markup. */
export function textOf(segment: Segment): string {
  return typeof segment === 'string' ? segment : segment.children.map(textOf).join('');
}
