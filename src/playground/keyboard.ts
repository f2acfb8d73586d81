/**
 * `reply_markup`: which keyboards Telegram takes, and in which words it refuses the others. Stricter in one place:
 * of two action fields in one button Telegram silently takes the first, although the documentation demands exactly
 * one; the double refuses such a button.
 */
import { badRequest } from './apiError.ts';
import { checkLink } from './links.ts';
import { isObject, optionalBoolean, optionalText, requiredText } from './params.ts';
import type { JsonObject, Params } from './params.ts';
import type { ReplyAsk } from './post.ts';
import type { Button, InlineKeyboard } from './wire.ts';

/** Telegram says how many only by refusing more; a hundred is what many have found. */
export const MAX_BUTTONS = 100;
/** In bytes of UTF-8. */
export const MAX_CALLBACK_DATA = 64;
const MAX_COPY_TEXT = 256;
/** Of the field that a reply is typed into (Bot API, ForceReply). */
const MAX_PLACEHOLDER = 64;
const PREFIX = "Can't parse inline keyboard button: ";
const STYLES: readonly string[] = ['danger', 'success', 'primary'];
const ACTIONS = [
  'url',
  'login_url',
  'callback_data',
  'callback_game',
  'pay',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'web_app',
  'copy_text',
] as const;

/** What only the server behind the Bot API refuses: a host that cannot exist. */
function isPlausibleHost(url: string): boolean {
  if (!url.startsWith('http')) return true;
  const host = /^https?:\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/?#]*)/u.exec(url)?.[1] ?? '';
  if (host.startsWith('[')) return true;
  const labels = host.split('.');
  if (labels.some((label) => label === '')) return false;
  if (labels.length === 4 && labels.every((label) => /^\d{1,3}$/u.test(label))) return true;
  return /^(?:xn--.+|[^\d\s]{2,})$/u.test(labels.at(-1) ?? '');
}

function urlOf(text: string, name: string, only: 'any' | 'https'): string {
  const checked = checkLink(text, only);
  if (!checked.ok) throw badRequest(`Inline keyboard button ${name} '${text}' is invalid: ${checked.reason}`);
  if (!isPlausibleHost(checked.url)) throw badRequest('BUTTON_URL_INVALID');
  return checked.url;
}

function action(button: JsonObject): Partial<Button> {
  const present = ACTIONS.filter((name) => button[name] !== undefined && button[name] !== '');
  // An empty query is an action of its own: it opens the list of chats.
  if (button.switch_inline_query === '') present.push('switch_inline_query');
  if (button.switch_inline_query_current_chat === '') present.push('switch_inline_query_current_chat');
  const [name, ...others] = present;
  if (name === undefined) throw badRequest(`${PREFIX}Text buttons are unallowed in the inline keyboard`);
  if (others.length > 0) throw badRequest(`${PREFIX}Exactly one action field must be specified`);
  switch (name) {
    case 'url':
      return { url: urlOf(requiredText(button, 'url', PREFIX), 'URL', 'any') };
    case 'callback_data': {
      const data = requiredText(button, 'callback_data', PREFIX);
      if (Buffer.byteLength(data) > MAX_CALLBACK_DATA) throw badRequest('BUTTON_DATA_INVALID');
      return { callback_data: data };
    }
    case 'switch_inline_query':
    case 'switch_inline_query_current_chat':
      return { [name]: requiredText(button, name, PREFIX) };
    case 'copy_text': {
      if (!isObject(button.copy_text)) throw badRequest(`${PREFIX}Field "copy_text" must be of type Object`);
      const text = requiredText(button.copy_text, 'text', PREFIX);
      if (text === '' || text.length > MAX_COPY_TEXT) throw badRequest('BUTTON_COPY_TEXT_INVALID');
      return { copy_text: { text } };
    }
    case 'web_app': {
      if (!isObject(button.web_app)) throw badRequest(`${PREFIX}Field "web_app" must be of type Object`);
      return { web_app: { url: urlOf(requiredText(button.web_app, 'url', PREFIX), 'Web App URL', 'https') } };
    }
    case 'login_url':
    case 'switch_inline_query_chosen_chat': {
      const value = button[name];
      if (!isObject(value)) throw badRequest(`${PREFIX}Field "${name}" must be of type Object`);
      return { [name]: value };
    }
    case 'pay':
    case 'callback_game':
      throw badRequest('BUTTON_TYPE_INVALID');
  }
}

function inlineButton(value: unknown): Button {
  if (!isObject(value)) throw badRequest(`${PREFIX}InlineKeyboardButton must be an Object`);
  const text = requiredText(value, 'text', PREFIX);
  const style = optionalText(value, 'style', PREFIX);
  const icon = optionalText(value, 'icon_custom_emoji_id', PREFIX);
  if (style !== '' && !STYLES.includes(style)) throw badRequest(`${PREFIX}invalid button style specified`);
  const what = action(value);
  if (text.trim() === '') throw badRequest('Inline keyboard button text must be non-empty');
  return {
    text,
    ...what,
    ...(style === '' ? {} : { style }),
    ...(icon === '' ? {} : { icon_custom_emoji_id: icon }),
  };
}

function inlineKeyboard(rows: unknown): InlineKeyboard | null {
  if (!Array.isArray(rows)) throw badRequest('Field "inline_keyboard" must be of type Array');
  const keyboard = rows
    .map((row: unknown) => {
      if (!Array.isArray(row)) throw badRequest('Field "inline_keyboard" must be an Array of Arrays');
      return row.map(inlineButton);
    })
    .filter((row) => row.length > 0);
  if (keyboard.flat().length > MAX_BUTTONS) throw badRequest('Reply markup is too long');
  return keyboard.length === 0 ? null : { inline_keyboard: keyboard };
}

/**
 * @param only `inline` where nothing else can stand: channels, edits, inline results
 * @returns the keyboard under the message; null for none. Keyboards that replace the user's own are checked for
 *   their outline and then forgotten: they belong to no message.
 */
export function readReplyMarkup(params: Params, only: 'any' | 'inline'): InlineKeyboard | null {
  return checkReplyMarkup(params.json('reply_markup', 'reply keyboard markup'), only);
}

/** How `reply_markup` opens the field for a reply; null when it does not. It was checked before. */
export function replyAsk(value: unknown): ReplyAsk | null {
  if (!isObject(value) || value.force_reply !== true) return null;
  return {
    placeholder: optionalText(value, 'input_field_placeholder'),
    selective: optionalBoolean(value, 'selective'),
  };
}

export function checkReplyMarkup(value: unknown, only: 'any' | 'inline'): InlineKeyboard | null {
  if (value === undefined) return null;
  if (!isObject(value)) throw badRequest('Object expected as reply markup');
  if (value.inline_keyboard !== undefined) return inlineKeyboard(value.inline_keyboard);
  const isOther = ['keyboard', 'remove_keyboard', 'force_reply'].some((field) => value[field] !== undefined);
  if (isOther && only === 'inline') throw badRequest('Inline keyboard expected');
  optionalBoolean(value, 'remove_keyboard');
  optionalBoolean(value, 'force_reply');
  if (optionalText(value, 'input_field_placeholder').length > MAX_PLACEHOLDER) {
    throw badRequest('BUTTON_PLACEHOLDER_INVALID');
  }
  if (value.keyboard !== undefined && !Array.isArray(value.keyboard)) {
    throw badRequest('Field "keyboard" must be of type Array');
  }
  return null;
}
