/**
 * Which entities may overlap, nest and repeat: TDLib does not refuse entities that contradict one another, it repairs
 * them. This module is that repair. Source of the rules: tdlib/td, MessageEntity.cpp, `fix_entities` and around it.
 */
import type { Entity, EntityType } from './wire.ts';

/** Ties at the same place are broken by these: the lower one is the outer one. */
const PRIORITY: Record<EntityType, number> = {
  blockquote: 0,
  expandable_blockquote: 0,
  pre: 11,
  code: 20,
  text_link: 49,
  text_mention: 49,
  mention: 50,
  hashtag: 50,
  cashtag: 50,
  bot_command: 50,
  url: 50,
  email: 50,
  phone_number: 50,
  date_time: 50,
  bold: 90,
  italic: 91,
  underline: 92,
  strikethrough: 93,
  spoiler: 94,
  custom_emoji: 99,
};

const SPLITTABLE: readonly EntityType[] = ['bold', 'italic', 'underline', 'strikethrough', 'spoiler'];

/** More user entities than this are dropped, and nobody is told (TDLib, `MAX_USER_ENTITY_COUNT`). */
export const MAX_USER_ENTITIES = 100;

type Family = 'splittable' | 'quote' | 'pre' | 'continuous';

function family(type: EntityType): Family {
  switch (type) {
    case 'bold':
    case 'italic':
    case 'underline':
    case 'strikethrough':
    case 'spoiler':
      return 'splittable';
    case 'blockquote':
    case 'expandable_blockquote':
      return 'quote';
    case 'pre':
    case 'code':
      return 'pre';
    default:
      return 'continuous';
  }
}

const end = (entity: Entity): number => entity.offset + entity.length;

function priority(entity: Entity): number {
  return entity.type === 'pre' && entity.language !== undefined ? 10 : PRIORITY[entity.type];
}

export function sortEntities(entities: Entity[]): Entity[] {
  return entities.sort((a, b) => a.offset - b.offset || b.length - a.length || priority(a) - priority(b));
}

/** Whether sorted entities can stay as they are. */
function areValid(entities: readonly Entity[]): boolean {
  const lastEnd = new Map<EntityType, number>();
  const around: Entity[] = [];
  for (const entity of entities) {
    let parent = around.at(-1);
    while (parent !== undefined && entity.offset >= end(parent)) {
      around.pop();
      parent = around.at(-1);
    }
    const own = family(entity.type);
    if (parent !== undefined) {
      const families = around.map((outer) => family(outer.type));
      if (end(entity) > end(parent)) return false;
      if (around.some((outer) => outer.type === entity.type)) return false;
      if (family(parent.type) === 'pre') return false;
      if (own === 'pre' && families.some((outer) => outer !== 'quote')) return false;
      if ((own === 'continuous' || own === 'quote') && families.includes('continuous')) return false;
      if (own === 'quote' && families.includes('quote')) return false;
      if (families.includes('splittable')) return false;
    }
    if (own === 'splittable') {
      if ((lastEnd.get(entity.type) ?? -1) >= entity.offset) return false;
      lastEnd.set(entity.type, end(entity));
    }
    around.push(entity);
  }
  return true;
}

function withoutIntersections(sorted: readonly Entity[]): Entity[] {
  let last = 0;
  return sorted.filter((entity) => {
    if (entity.offset < last) return false;
    last = end(entity);
    return true;
  });
}

/** A quotation may contain a link, but not cut it. */
function insideOrOutside(entities: readonly Entity[], quotes: readonly Entity[]): Entity[] {
  return entities.filter((entity) => {
    const quote = quotes.find((candidate) => end(candidate) > entity.offset);
    if (quote === undefined) return true;
    const cutAtEnd = end(quote) < end(entity);
    const cutAtStart = entity.offset < quote.offset && quote.offset < end(entity);
    return !cutAtEnd && !cutAtStart;
  });
}

/** Bold and its kin, merged where they touch and cut where another entity begins or ends; none is left inside code. */
function split(sorted: readonly Entity[], others: readonly Entity[]): Entity[] {
  const begins = [0, 0, 0, 0, 0];
  const ends = [0, 0, 0, 0, 0];
  const result: Entity[] = [];
  let next = 0;

  const flush = (offset: number): void => {
    SPLITTABLE.forEach((type, index) => {
      const from = begins[index] ?? 0;
      const to = ends[index] ?? 0;
      if (to === 0 || from >= offset) return;
      if (to <= offset) {
        result.push({ type, offset: from, length: to - from });
        begins[index] = 0;
        ends[index] = 0;
      } else {
        result.push({ type, offset: from, length: offset - from });
        begins[index] = offset;
      }
    });
  };
  const addUntil = (offset: number): void => {
    for (let entity = sorted[next]; entity !== undefined && entity.offset < offset; entity = sorted[++next]) {
      const index = SPLITTABLE.indexOf(entity.type);
      const to = ends[index] ?? 0;
      if (to !== 0 && entity.offset <= to) {
        ends[index] = Math.max(to, end(entity));
      } else {
        flush(entity.offset);
        begins[index] = entity.offset;
        ends[index] = end(entity);
      }
    }
    flush(offset);
  };
  const around: Entity[] = [];
  const advance = (offset: number): void => {
    for (let outer = around.at(-1); outer !== undefined && offset >= end(outer); outer = around.at(-1)) {
      const before = result.length;
      addUntil(end(outer));
      if (family(outer.type) === 'pre') result.length = before;
      around.pop();
    }
    addUntil(offset);
  };
  for (const other of others) {
    advance(other.offset);
    around.push(other);
  }
  advance(Number.MAX_SAFE_INTEGER);
  return sortEntities(result);
}

/** Repairs entities; the result is sorted. */
export function fixEntities(given: readonly Entity[]): Entity[] {
  const entities = sortEntities(given.map((entity) => ({ ...entity })));
  if (areValid(entities)) return entities;
  const of = (wanted: (own: Family) => boolean): Entity[] =>
    entities.filter((entity) => wanted(family(entity.type)));
  const quotes = withoutIntersections(of((own) => own === 'quote'));
  const others = insideOrOutside(
    withoutIntersections(of((own) => own === 'continuous' || own === 'pre')),
    quotes,
  );
  const fixed = sortEntities([...others, ...quotes]);
  return sortEntities([
    ...fixed,
    ...split(
      of((own) => own === 'splittable'),
      fixed,
    ),
  ]);
}

/** Adds what Telegram found on its own (links, mentions, commands) wherever nothing of the sender's is in the way. */
export function mergeFound(own: readonly Entity[], found: readonly Entity[]): Entity[] {
  if (found.length === 0) return [...own];
  const blocking = own.filter(
    (entity) => family(entity.type) === 'continuous' || family(entity.type) === 'pre',
  );
  const free = found.filter((entity) =>
    blocking.every((other) => end(other) <= entity.offset || other.offset >= end(entity)),
  );
  return fixEntities([...own, ...free]);
}

const AUTOMATIC: ReadonlySet<EntityType> = new Set([
  'mention',
  'hashtag',
  'cashtag',
  'bot_command',
  'url',
  'email',
  'phone_number',
]);

/**
 * Keeps the first hundred user entities: links, code and quotations in the order of the text, then bold and its kin,
 * counted as merged, in what room is left. Custom emoji are not counted, nor is what Telegram finds on its own.
 */
export function capEntities(sorted: Entity[]): Entity[] {
  if (sorted.length <= MAX_USER_ENTITIES) return sorted;
  let room = MAX_USER_ENTITIES;
  const kept = sorted.filter((entity) => {
    if (family(entity.type) === 'splittable') return false;
    if (AUTOMATIC.has(entity.type) || entity.type === 'custom_emoji') return true;
    return room-- > 0;
  });
  const styles = split(
    sorted.filter((entity) => family(entity.type) === 'splittable'),
    [],
  );
  return fixEntities([...kept, ...styles.slice(0, Math.max(0, room))]);
}
