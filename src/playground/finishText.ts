/**
 * What happens to every text on its way into a message: control characters become spaces, some vanish, the ends are
 * trimmed, entities are repaired and follow, too long or empty is refused. Source: tdlib/td, MessageEntity.cpp
 * `fix_formatted_text` and misc.cpp `clean_input_string`.
 */
import { badRequest } from './apiError.ts';
import { capEntities, fixEntities, mergeFound, sortEntities } from './entities.ts';
import { findEntities } from './findEntities.ts';
import type { FormattedText } from './html.ts';
import type { Entity } from './wire.ts';

/** In code points, after parsing. */
export const MAX_TEXT_LENGTH = 4096;

const LONE_SURROGATE = /\p{Surrogate}/u;
/** Combining lines and a ring, which TDLib takes out of every text. */
const REMOVED_MARKS: ReadonlySet<number> = new Set([0x30a, 0x333, 0x33f]);
const DIRECTION_MARKS = /[\u200e\u200f](?=[\u200e\u200f])/gu;
/** A character that is neither a kind of space nor invisible. */
const VISIBLE = /[^\s\0\u180e\u200b-\u200f\u202e\u2800\ufeff\ufffc\u{e0000}-\u{e007f}]/u;
const MAX_ENTITY_POSITION = 1_000_000;

function isRemoved(code: number): boolean {
  return code === 0x0d || (code >= 0x2028 && code <= 0x202e) || REMOVED_MARKS.has(code);
}

function isDirty(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if ((code < 0x20 && code !== 0x0a) || isRemoved(code)) return true;
    if (code === 0x200e || code === 0x200f) return true;
  }
  return false;
}

function isMiddleOfSymbol(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return index > 0 && code >= 0xdc00 && code <= 0xdfff;
}

function bytesBefore(text: string, index: number): number {
  return Buffer.byteLength(text.slice(0, index));
}

function checkEntities(text: string, entities: readonly Entity[]): void {
  for (const entity of entities) {
    const stop = entity.offset + entity.length;
    if (entity.offset > text.length || (entity.offset === text.length && entity.length > 0)) {
      throw badRequest(`Entity begins after the end of the text at UTF-16 offset ${entity.offset}`);
    }
    if (stop > text.length) {
      throw badRequest(
        `Entity beginning at UTF-16 offset ${entity.offset} ends after the end of the text at UTF-16 offset ${stop}`,
      );
    }
    if (isMiddleOfSymbol(text, entity.offset)) {
      const at = bytesBefore(text, entity.offset + 1);
      throw badRequest(`Entity begins in a middle of a UTF-16 symbol at byte offset ${at}`);
    }
    if (isMiddleOfSymbol(text, stop)) {
      throw badRequest(
        `Entity beginning at UTF-16 offset ${entity.offset} ends in a middle of a UTF-16 symbol at byte offset ${bytesBefore(text, stop + 1)}`,
      );
    }
  }
}

/** Removes and replaces characters; entities move along. */
function clean(text: string, entities: readonly Entity[]): FormattedText {
  if (!isDirty(text)) return { text, entities: [...entities] };
  let result = '';
  let removed = 0;
  const removedBefore = new Uint32Array(text.length + 1);
  for (let index = 0; index < text.length; index++) {
    removedBefore[index] = removed;
    const code = text.charCodeAt(index);
    if (isRemoved(code)) removed++;
    else result += code < 0x20 && code !== 0x0a ? ' ' : text.charAt(index);
  }
  removedBefore[text.length] = removed;
  const at = (index: number): number => index - (removedBefore[index] ?? 0);
  return {
    text: result.replace(DIRECTION_MARKS, '\u200c'),
    entities: entities.map((entity) => ({
      ...entity,
      offset: at(entity.offset),
      length: at(entity.offset + entity.length) - at(entity.offset),
    })),
  };
}

const isBlank = (character: string): boolean => character === ' ' || character === '\n';

/** Cuts spaces and line breaks off the ends, at the front only up to the first entity. */
function trim(text: string, entities: readonly Entity[]): FormattedText {
  let stop = text.length;
  while (stop > 0 && isBlank(text.charAt(stop - 1))) stop--;
  const cut = entities
    .filter((entity) => entity.offset < stop)
    .map((entity) => ({ ...entity, length: Math.min(entity.length, stop - entity.offset) }));
  const limit = cut[0]?.offset ?? stop;
  let start = 0;
  while (start < limit && isBlank(text.charAt(start))) start++;
  for (const entity of cut) entity.offset -= start;
  return { text: text.slice(start, stop), entities: sortEntities(cut) };
}

export function codePoints(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0xdc00 || code > 0xdfff) count++;
  }
  return count;
}

/**
 * @param given as parsed, offsets into `text`
 * @returns the text and entities of the message, those that Telegram finds on its own among them
 * @throws ApiError when there is nothing to see, when it is too long, or when an entity points outside
 */
export function finishText(text: string, given: readonly Entity[]): FormattedText {
  if (LONE_SURROGATE.test(text)) throw badRequest('Strings must be encoded in UTF-8');
  for (const { offset, length } of given) {
    if (offset < 0 || offset > MAX_ENTITY_POSITION) {
      throw badRequest(`Receive an entity with incorrect offset ${offset}`);
    }
    if (length < 0 || length > MAX_ENTITY_POSITION) {
      throw badRequest(`Receive an entity with incorrect length ${length}`);
    }
  }
  const present = given.length === 0 ? [] : fixEntities(given.filter((entity) => entity.length > 0));
  checkEntities(text, present);
  const cleaned = clean(text, present);
  const remaining = cleaned.entities.filter((entity) => entity.length > 0);
  const trimmed = trim(cleaned.text, remaining.length === 0 ? [] : fixEntities(remaining));
  if (!VISIBLE.test(trimmed.text)) throw badRequest('Text must be non-empty');
  if (trimmed.text.length > MAX_TEXT_LENGTH && codePoints(trimmed.text) > MAX_TEXT_LENGTH) {
    throw badRequest('Message is too long');
  }
  return {
    text: trimmed.text,
    entities: mergeFound(capEntities(trimmed.entities), findEntities(trimmed.text)),
  };
}
