/**
 * Whether what goes in has the shape that the Bot API documents. Stricter than Telegram, which passes over what it does not
 * know in silence: a misspelt parameter, a field of another object, a feature that is not played here. The double refuses
 * them, and says which.
 */
import { badRequest, notPlayed } from './apiError.ts';
import { METHOD_SHAPES, OBJECT_SHAPES } from './botApiSpec.ts';
import { isObject } from './params.ts';
import type { JsonObject, Params } from './params.ts';

export interface Field {
  required: boolean;
  /** Alternatives, with `[]` for lists. */
  types: string[];
}

/**
 * Not documented, and taken all the same: what earlier versions of the Bot API called a parameter, which the official server
 * still takes, and what telegraf's Markup writes into buttons, which it passes over.
 */
const TOLERATED: Readonly<Record<string, readonly string[]>> = {
  sendMessage: ['disable_web_page_preview', 'reply_to_message_id', 'allow_sending_without_reply'],
  copyMessage: ['reply_to_message_id', 'allow_sending_without_reply'],
  editMessageText: ['disable_web_page_preview'],
  InlineKeyboardButton: ['hide'],
};

/** Documented, and not played: whoever uses it would believe in something that does not happen. */
export const NOT_PLAYED: Readonly<Record<string, readonly string[]>> = {
  sendMessage: ['direct_messages_topic_id', 'suggested_post_parameters'],
  copyMessage: [
    'direct_messages_topic_id',
    'suggested_post_parameters',
    'video_start_timestamp',
    'caption',
    'parse_mode',
    'caption_entities',
    'show_caption_above_media',
  ],
  editMessageText: ['rich_message'],
  getChatAdministrators: ['return_bots'],
  setWebhook: ['certificate', 'ip_address'],
  ReplyParameters: [
    'chat_id',
    'quote',
    'quote_parse_mode',
    'quote_entities',
    'quote_position',
    'checklist_task_id',
    'poll_option_id',
  ],
};

/** Of several objects only one is played. */
const PLAYED: Readonly<Record<string, string>> = {
  InlineQueryResult: 'InlineQueryResultArticle',
  InputMessageContent: 'InputTextMessageContent',
};

const PRIMITIVE: ReadonlySet<string> = new Set(['Boolean', 'Float', 'Integer', 'String']);

const parsed = new Map<string, ReadonlyMap<string, Field>>();

/** The fields of a shape, as `botApiSpec.ts` writes it; parsed once. */
export function fieldsOf(shape: string): ReadonlyMap<string, Field> {
  let fields = parsed.get(shape);
  if (fields === undefined) {
    const words = shape.split('->')[0]?.split(' ') ?? [];
    fields = new Map(
      words.flatMap((word): [string, Field][] => {
        const [name, types] = word.split(':');
        if (name === undefined || types === undefined) return [];
        return [[name.replace('?', ''), { required: !name.endsWith('?'), types: types.split('|') }]];
      }),
    );
    parsed.set(shape, fields);
  }
  return fields;
}

/** @throws ApiError naming the first parameter or field that the double does not know or play */
export function checkCall(method: string, params: Params): void {
  const fields = fieldsOf(METHOD_SHAPES[method] ?? '');
  for (const [name, value] of Object.entries(params.values)) {
    if (TOLERATED[method]?.includes(name) === true) continue;
    checkField(method, 'parameter', name, fields);
    const types = fields.get(name)?.types.filter((type) => !PRIMITIVE.has(type)) ?? [];
    if (types.length === 0) continue;
    const inner = structure(value);
    for (const type of types) checkValue(type, inner);
  }
}

function checkField(of: string, kind: string, name: string, fields: ReadonlyMap<string, Field>): void {
  if (!fields.has(name)) throw badRequest(`The playground knows no ${kind} "${name}" of ${of}`);
  if (NOT_PLAYED[of]?.includes(name) === true) {
    throw notPlayed(`the ${kind} "${name}" of ${of}`);
  }
}

/** Objects may come as text; what is no JSON is for the method to complain of. */
function structure(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/u.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** Where one of several objects may stand, the ones that are known are told apart by a field that only they have. */
function checkValue(type: string, value: unknown): void {
  if (Array.isArray(value)) {
    if (type.endsWith('[]')) for (const item of value) checkValue(type.slice(0, -2), item);
    return;
  }
  const name = PLAYED[type] ?? type;
  const shape = OBJECT_SHAPES[name];
  if (shape === undefined || !isObject(value) || !isMeant(name, value)) return;
  const fields = fieldsOf(shape);
  for (const [field, inner] of Object.entries(value)) {
    if (TOLERATED[name]?.includes(field) === true) continue;
    checkField(name, 'field', field, fields);
    for (const innerType of fields.get(field)?.types ?? []) checkValue(innerType, inner);
  }
}

const MARKS: Readonly<Record<string, string>> = {
  InlineKeyboardMarkup: 'inline_keyboard',
  ReplyKeyboardMarkup: 'keyboard',
  ReplyKeyboardRemove: 'remove_keyboard',
  ForceReply: 'force_reply',
};

function isMeant(name: string, value: JsonObject): boolean {
  const mark = MARKS[name];
  return mark === undefined || value[mark] !== undefined;
}
