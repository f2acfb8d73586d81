/**
 * The text of a message as a call gives it: `text` with `parse_mode` or `entities`. Owns the order in which Telegram
 * looks for mistakes, which decides which one the caller hears of.
 */
import { badRequest, notPlayed } from './apiError.ts';
import { parseHtml } from './html.ts';
import type { FormattedText } from './html.ts';
import { checkLink } from './links.ts';
import { isObject, optionalText, requiredInteger, requiredText } from './params.ts';
import type { JsonObject, Params } from './params.ts';
import type { Entity, EntityType, LinkPreviewOptions } from './wire.ts';

/** Markup included, in bytes of UTF-8 (telegram-bot-api, Client.cpp). */
export const MAX_RAW_TEXT_BYTES = 32_768;
const PREFIX = "Can't parse MessageEntity: ";

const PLAIN_TYPES: ReadonlySet<string> = new Set<EntityType>([
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'blockquote',
  'expandable_blockquote',
  'code',
]);
/** Taken, and then ignored: Telegram looks for these itself. */
const AUTOMATIC_TYPES: ReadonlySet<string> = new Set<EntityType>([
  'mention',
  'hashtag',
  'cashtag',
  'bot_command',
  'url',
  'email',
  'phone_number',
]);

function isPlain(type: string): type is EntityType {
  return PLAIN_TYPES.has(type);
}

function readEntity(value: unknown): Entity | null {
  if (!isObject(value)) throw badRequest(`${PREFIX}MessageEntity must be an Object`);
  const type = requiredText(value, 'type', PREFIX);
  const place = {
    offset: requiredInteger(value, 'offset', PREFIX),
    length: requiredInteger(value, 'length', PREFIX),
  };
  if (AUTOMATIC_TYPES.has(type)) return null;
  if (isPlain(type)) return { type, ...place };
  switch (type) {
    case 'pre': {
      const language = optionalText(value, 'language', PREFIX);
      return { type, ...place, ...(language === '' ? {} : { language }) };
    }
    case 'text_link': {
      const url = requiredText(value, 'url', PREFIX);
      const checked = checkLink(url);
      if (!checked.ok) throw badRequest(`Entity URL '${url}' is invalid: ${checked.reason}`);
      return { type, ...place, url: checked.url };
    }
    case 'text_mention':
      return { type, ...place, user: { id: mentionedUser(value) } };
    case 'custom_emoji':
      return { type, ...place, custom_emoji_id: requiredText(value, 'custom_emoji_id', PREFIX) };
    case 'date_time': {
      const format = optionalText(value, 'date_time_format', PREFIX);
      return {
        type,
        ...place,
        unix_time: requiredInteger(value, 'unix_time', PREFIX),
        ...(format === '' ? {} : { date_time_format: format }),
      };
    }
    default:
      throw badRequest(`${PREFIX}Unsupported type specified`);
  }
}

function mentionedUser(entity: JsonObject): number {
  if (entity.user === undefined) throw badRequest(`${PREFIX}Can't find field "user"`);
  if (!isObject(entity.user)) throw badRequest(`${PREFIX}Field "user" must be of type Object`);
  const id = requiredInteger(entity.user, 'id', PREFIX);
  if (id <= 0) throw badRequest('User not found');
  return id;
}

/** Parses the markup; the result still has to go through `finishText`. */
export function parseText(text: string, parseMode: string, entities: unknown): FormattedText {
  if (Buffer.byteLength(text) > MAX_RAW_TEXT_BYTES) throw badRequest('Text is too long');
  switch (parseMode.toLowerCase()) {
    case '':
    case 'none':
      break;
    case 'html':
      return parseHtml(text);
    case 'markdown':
    case 'markdownv2':
      throw notPlayed('Markdown, only HTML');
    default:
      throw badRequest('Unsupported parse_mode');
  }
  if (entities === undefined) return { text, entities: [] };
  if (!Array.isArray(entities)) throw badRequest("Can't parse entities JSON object");
  return { text, entities: entities.map(readEntity).filter((entity) => entity !== null) };
}

/** @throws ApiError when there is no text at all or its markup is wrong */
export function readText(params: Params): FormattedText {
  const text = params.text('text');
  if (text === '') throw badRequest('Message text is empty');
  return parseText(text, params.text('parse_mode'), params.json('entities', 'entities'));
}

const PREVIEW_FLAGS = ['is_disabled', 'prefer_small_media', 'prefer_large_media', 'show_above_text'] as const;

/** @returns what the message will say of its preview; undefined when nothing was asked for */
export function readLinkPreview(params: Params): LinkPreviewOptions | undefined {
  if (params.boolean('disable_web_page_preview')) return { is_disabled: true };
  const value = params.json('link_preview_options', 'link preview options');
  if (value === undefined) return undefined;
  if (!isObject(value)) throw badRequest('Object expected as link preview options');
  const options: LinkPreviewOptions = {};
  for (const flag of PREVIEW_FLAGS) {
    if (value[flag] === undefined) continue;
    if (typeof value[flag] !== 'boolean') throw badRequest(`Field "${flag}" must be of type Boolean`);
    options[flag] = value[flag];
  }
  const url = optionalText(value, 'url');
  if (url !== '') {
    const checked = checkLink(url);
    if (!checked.ok) throw badRequest('WEBPAGE_URL_INVALID');
    options.url = checked.url;
  }
  return options;
}
