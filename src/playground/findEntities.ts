/**
 * What Telegram marks in a text without being asked: commands, mentions, hashtags, e-mail addresses, links. Commands
 * follow TDLib's rule exactly (a bot depends on them); the others are close enough to look right.
 */
import type { Entity, EntityType } from './wire.ts';

const COMMAND =
  /(?<![\p{L}\p{M}\p{N}_/<>])\/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\p{L}\p{M}\p{N}_/<>])/gu;
const URL_WITH_SCHEME = /https?:\/\/[^\s<>"«»“”]*[^\s<>"«»“”.,:;!?'()[\]{}`]/giu;
const BARE_DOMAIN =
  /(?<![\w@./-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|net|org|vn|me|info|io|gov|edu)(?:\/[^\s<>"]*[^\s<>".,:;!?'()[\]{}])?(?![\w@-])/giu;
const EMAIL = /(?<![\w.+-])[\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?![\w-])/giu;
const MENTION = /(?<![\w@/])@[A-Za-z]\w{2,31}(?![\w@])/gu;
const HASHTAG = /(?<![\p{L}\p{N}_#/])#(?=[\p{N}_]*\p{L})[\p{L}\p{M}\p{N}_]{1,256}/gu;

/** Each pattern is tried only where its sign occurs, so that plain prose costs one pass over it. */
const FINDERS: readonly { type: EntityType; sign: string; pattern: RegExp }[] = [
  { type: 'url', sign: '://', pattern: URL_WITH_SCHEME },
  { type: 'email', sign: '@', pattern: EMAIL },
  { type: 'bot_command', sign: '/', pattern: COMMAND },
  { type: 'url', sign: '.', pattern: BARE_DOMAIN },
  { type: 'mention', sign: '@', pattern: MENTION },
  { type: 'hashtag', sign: '#', pattern: HASHTAG },
];

/** @returns entities that do not touch one another, in the order of the text */
export function findEntities(text: string): Entity[] {
  const found: Entity[] = [];
  for (const { type, sign, pattern } of FINDERS) {
    if (!text.includes(sign)) continue;
    for (const match of text.matchAll(pattern)) {
      const offset = match.index;
      const length = match[0].length;
      const isFree = found.every(
        (other) => other.offset + other.length <= offset || other.offset >= offset + length,
      );
      if (isFree) found.push({ type, offset, length });
    }
  }
  return found.length > 1 ? found.sort((a, b) => a.offset - b.offset) : found;
}
