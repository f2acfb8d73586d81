/**
 * The tags of Telegram's HTML mode: which there are, which of their attributes matter, and which entity each becomes
 * when it closes. How they are found in the text is the reader's business (`html.ts`).
 */
import { badRequest } from './apiError.ts';
import type { ApiError } from './apiError.ts';
import { checkLink, linkedUser } from './links.ts';
import type { Entity, EntityType } from './wire.ts';

const SIMPLE_TAGS: ReadonlyMap<string, EntityType> = new Map([
  ['b', 'bold'],
  ['strong', 'bold'],
  ['i', 'italic'],
  ['em', 'italic'],
  ['s', 'strikethrough'],
  ['strike', 'strikethrough'],
  ['del', 'strikethrough'],
  ['u', 'underline'],
  ['ins', 'underline'],
  ['tg-spoiler', 'spoiler'],
  ['span', 'spoiler'],
]);
const OTHER_TAGS: ReadonlySet<string> = new Set(['a', 'tg-emoji', 'tg-time', 'pre', 'code', 'blockquote']);

export interface OpenTag {
  name: string;
  /** The one attribute that matters for this tag: a URL, a language, an identifier. Empty for none. */
  argument: string;
  /** `format` of `tg-time`. */
  format: string;
  /** UTF-16 offset into the text without markup. */
  offset: number;
}

export function isTag(name: string): boolean {
  return SIMPLE_TAGS.has(name) || OTHER_TAGS.has(name);
}

export function cannotParse(detail: string): ApiError {
  return badRequest(`Can't parse entities: ${detail}`);
}

/** Attributes that no tag asks for are read and forgotten. An attribute without a value comes with an empty one. */
export function keepAttribute(tag: OpenTag, attribute: string, value: string): void {
  switch (`${tag.name} ${attribute}`) {
    case 'a href':
    case 'tg-emoji emoji-id':
    case 'tg-time unix':
      tag.argument = value;
      break;
    case 'tg-time format':
      tag.format = value;
      break;
    case 'code class':
      if (value.startsWith('language-')) tag.argument = value.slice('language-'.length);
      break;
    case 'span class':
      if (value.startsWith('tg-')) tag.argument = value.slice('tg-'.length);
      break;
    case 'blockquote expandable':
      tag.argument = '1';
      break;
  }
}

function isInt64(text: string): boolean {
  if (!/^-?\d{1,19}$/u.test(text)) return false;
  const value = BigInt(text);
  return value !== 0n && value === BigInt.asIntN(64, value);
}

/** A URL that Telegram does not take leaves plain text, without an error. */
function link(url: string, offset: number, length: number): Entity[] {
  const user = linkedUser(url);
  if (user !== null) return [{ type: 'text_mention', offset, length, user: { id: user } }];
  const checked = checkLink(url);
  return checked.ok ? [{ type: 'text_link', offset, length, url: checked.url }] : [];
}

/**
 * Adds what a tag marks, from its beginning to the end of the text so far.
 *
 * @throws ApiError when an identifier is none
 */
export function closeTag(tag: OpenTag, text: string, entities: Entity[]): void {
  const { offset, argument } = tag;
  const length = text.length - offset;
  const simple = SIMPLE_TAGS.get(tag.name);
  if (simple !== undefined) {
    entities.push({ type: simple, offset, length });
    return;
  }
  const last = entities.at(-1);
  const isCoextensive = last?.offset === offset && last.length === length;
  switch (tag.name) {
    case 'a':
      entities.push(...link(argument === '' ? text.slice(offset) : argument, offset, length));
      break;
    case 'pre':
      if (isCoextensive && last.type === 'code' && last.language !== undefined) last.type = 'pre';
      else entities.push({ type: 'pre', offset, length });
      break;
    case 'code':
      // A language makes sense inside pre only; `html.ts` takes it off again where there is none.
      if (isCoextensive && last.type === 'pre' && last.language === undefined && argument !== '') {
        last.language = argument;
      } else {
        entities.push({ type: 'code', offset, length, ...(argument === '' ? {} : { language: argument }) });
      }
      break;
    case 'blockquote':
      entities.push({ type: argument === '' ? 'blockquote' : 'expandable_blockquote', offset, length });
      break;
    case 'tg-emoji':
      if (!isInt64(argument)) throw cannotParse('Invalid custom emoji identifier specified');
      entities.push({ type: 'custom_emoji', offset, length, custom_emoji_id: argument });
      break;
    case 'tg-time':
      // How Telegram words this one is not known from any source.
      if (!/^-?\d{1,12}$/u.test(argument)) throw cannotParse('Invalid Unix time specified');
      entities.push({
        type: 'date_time',
        offset,
        length,
        unix_time: Number(argument),
        ...(tag.format === '' ? {} : { date_time_format: tag.format }),
      });
  }
}
