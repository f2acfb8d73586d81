/**
 * answerCallbackQuery and answerInlineQuery.
 */
import { badRequest, notPlayed } from './apiError.ts';
import { finishText } from './finishText.ts';
import type { FormattedText } from './html.ts';
import { checkReplyMarkup } from './keyboard.ts';
import { checkLink } from './links.ts';
import type { Method } from './method.ts';
import { isObject, optionalText, requiredText } from './params.ts';
import type { JsonObject, Params } from './params.ts';
import type { InlineAnswer, InlineResult } from './queries.ts';
import { parseText } from './readText.ts';

/** In UTF-16 units. */
const MAX_CALLBACK_TEXT = 200;
const MAX_RESULTS = 50;
/** In bytes, like the next offset. */
const MAX_RESULT_ID = 64;
const MAX_START_PARAMETER = 64;
const DEFAULT_CACHE_SECONDS = 300;
const PREFIX = "Can't parse InlineQueryResult: ";

export const answerCallbackQuery: Method = ({ world, queries }, params) => {
  const press = queries.callbacks.find(params.text('callback_query_id'));
  const text = params.text('text');
  const url = params.text('url');
  if (text.length > MAX_CALLBACK_TEXT) throw badRequest('MESSAGE_TOO_LONG');
  if (url !== '' && !isOwnDeepLink(url, world.bot.username ?? '')) throw badRequest('URL_INVALID');
  press.answer = { text, showAlert: params.boolean('show_alert'), url };
  queries.callbacks.close(press.id);
  world.changed();
  return true;
};

/** Without a game, a pressed button can only open a link to the bot itself. */
function isOwnDeepLink(url: string, username: string): boolean {
  const checked = checkLink(url);
  return checked.ok && checked.url.toLowerCase().startsWith(`https://t.me/${username.toLowerCase()}?start=`);
}

/** What choosing the result sends. */
function resultContent(result: JsonObject): FormattedText {
  const content = result.input_message_content;
  if (content === undefined) throw badRequest(`${PREFIX}Can't find field "input_message_content"`);
  if (!isObject(content)) throw badRequest('Invalid inline message content specified');
  const text = requiredText(content, 'message_text', PREFIX);
  if (text === '') throw badRequest('Message text is empty');
  const parsed = parseText(text, optionalText(content, 'parse_mode', PREFIX), content.entities);
  return finishText(parsed.text, parsed.entities);
}

function readResult(value: unknown): InlineResult {
  if (!isObject(value)) throw badRequest(`${PREFIX}InlineQueryResult must be an Object`);
  const type = requiredText(value, 'type', PREFIX);
  if (type !== 'article') throw notPlayed(`inline results of type ${type}`);
  const id = requiredText(value, 'id', PREFIX);
  if (id === '') throw badRequest('RESULT_ID_EMPTY');
  if (Buffer.byteLength(id) > MAX_RESULT_ID) throw badRequest('RESULT_ID_INVALID');
  const title = requiredText(value, 'title', PREFIX);
  if (title.trim() === '') throw badRequest('ARTICLE_TITLE_EMPTY');
  return {
    id,
    type,
    title,
    description: optionalText(value, 'description', PREFIX),
    content: resultContent(value),
    keyboard: checkReplyMarkup(value.reply_markup, 'inline'),
    wire: value,
  };
}

function readButton(params: Params): InlineAnswer['button'] {
  const value = params.json('button', 'button');
  if (value === undefined) return null;
  if (!isObject(value)) throw badRequest('Object expected as button');
  const text = requiredText(value, 'text');
  if (value.web_app !== undefined) return { text, startParameter: '' };
  const startParameter = optionalText(value, 'start_parameter');
  if (startParameter === '') throw badRequest("Can't use empty start_parameter");
  if (startParameter.length > MAX_START_PARAMETER) throw badRequest('Too long start_parameter specified');
  if (!/^[\w-]+$/u.test(startParameter)) throw badRequest('Unallowed characters in start_parameter are used');
  return { text, startParameter };
}

export const answerInlineQuery: Method = ({ world, queries }, params) => {
  const button = readButton(params);
  const list = params.json('results', 'inline query results');
  // The documentation demands them; an empty list says that there are none.
  if (list === undefined)
    throw badRequest('The playground misses the parameter "results" of answerInlineQuery');
  if (!Array.isArray(list)) throw badRequest('Expected an Array of InlineQueryResult');
  if (list.length > MAX_RESULTS) throw badRequest('Too many inline query results specified');
  const results = list.map(readResult);
  const ask = queries.inlines.find(params.text('inline_query_id'));
  if (new Set(results.map((result) => result.id)).size < results.length)
    throw badRequest('RESULT_ID_DUPLICATE');
  const nextOffset = params.text('next_offset');
  if (Buffer.byteLength(nextOffset) > MAX_RESULT_ID) throw badRequest('NEXT_OFFSET_INVALID');
  ask.answer = {
    results,
    nextOffset,
    cacheTime: params.integer('cache_time', DEFAULT_CACHE_SECONDS),
    isPersonal: params.boolean('is_personal'),
    button,
  };
  queries.inlines.close(ask.id);
  world.changed();
  return true;
};
