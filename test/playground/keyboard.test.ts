/** Which keyboards are taken, and in which words the others are refused. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBotApi } from '../../src/playground/botApi.ts';
import type { BotApi } from '../../src/playground/botApi.ts';
import type { Message } from '../../src/playground/wire.ts';
import { callBotApi, refusalOf } from '../tools/botApiClient.ts';

let api: BotApi;
let chatId: number;

beforeAll(async () => {
  api = await startBotApi();
  chatId = api.world.addUser({ started: true }).id;
});
afterAll(() => api.close());

async function withButton(button: unknown): Promise<string> {
  return await withMarkup({ inline_keyboard: [[button]] });
}

async function withMarkup(reply_markup: unknown): Promise<string> {
  return await refusalOf(api, 'sendMessage', { chat_id: chatId, text: 'a', reply_markup });
}

const PARSE = "400 Bad Request: can't parse inline keyboard button: ";

describe('a button', () => {
  it.each<[button: unknown, expected: string]>([
    [{ text: 'a', callback_data: 'x'.repeat(64) }, 'ok'],
    [{ text: 'a', callback_data: 'ạ'.repeat(21) }, 'ok'],
    [{ text: 'a', callback_data: 'ạ'.repeat(22) }, '400 Bad Request: BUTTON_DATA_INVALID'],
    [{ text: 'a', callback_data: '' }, `${PARSE}Text buttons are unallowed in the inline keyboard`],
    [{ text: 'a' }, `${PARSE}Text buttons are unallowed in the inline keyboard`],
    [{ callback_data: 'x' }, `${PARSE}Can't find field "text"`],
    [{ text: '', callback_data: 'x' }, '400 Bad Request: inline keyboard button text must be non-empty'],
    [{ text: ['a'], callback_data: 'x' }, `${PARSE}Field "text" must be of type String`],
    ['a', `${PARSE}InlineKeyboardButton must be an Object`],
    [{ text: 'a', callback_data: 'x', url: 'a.vn' }, `${PARSE}Exactly one action field must be specified`],
    [{ text: 'a', url: 'https://vnexpress.net/tin?a=1' }, 'ok'],
    [{ text: 'a', url: 'tg://user?id=1' }, 'ok'],
    [{ text: 'a', url: 'http://127.0.0.1:8080/x' }, 'ok'],
    [
      { text: 'a', url: 'not-a-url' },
      "400 Bad Request: inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL",
    ],
    [
      { text: 'a', url: 'http://localhost/x' },
      "400 Bad Request: inline keyboard button URL 'http://localhost/x' is invalid: Wrong HTTP URL",
    ],
    [
      { text: 'a', url: 'ftp://example.com' },
      "400 Bad Request: inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol",
    ],
    [
      { text: 'a', url: 'https://a b.vn/' },
      "400 Bad Request: inline keyboard button URL 'https://a b.vn/' is invalid: Wrong URL host",
    ],
    [
      { text: 'a', url: 'https://a.vn:99999/' },
      "400 Bad Request: inline keyboard button URL 'https://a.vn:99999/' is invalid: Wrong port number specified in the URL",
    ],
    [{ text: 'a', url: 'https://example.' }, '400 Bad Request: BUTTON_URL_INVALID'],
    [{ text: 'a', url: 'https://a..vn/' }, '400 Bad Request: BUTTON_URL_INVALID'],
    [{ text: 'a', switch_inline_query: '' }, 'ok'],
    [{ text: 'a', switch_inline_query_current_chat: 'tin' }, 'ok'],
    [{ text: 'a', copy_text: { text: 'x' } }, 'ok'],
    [{ text: 'a', copy_text: { text: 'x'.repeat(257) } }, '400 Bad Request: BUTTON_COPY_TEXT_INVALID'],
    [
      { text: 'a', web_app: { url: 'http://a.vn' } },
      "400 Bad Request: inline keyboard button Web App URL 'http://a.vn' is invalid: Only HTTPS links are allowed",
    ],
    [{ text: 'a', pay: true }, '400 Bad Request: BUTTON_TYPE_INVALID'],
    [{ text: 'a', callback_data: 'x', style: 'success' }, 'ok'],
    [{ text: 'a', callback_data: 'x', style: 'loud' }, `${PARSE}invalid button style specified`],
  ])('%j: %s', async (button, expected) => {
    expect(await withButton(button)).toBe(expected);
  });
});

describe('a keyboard', () => {
  const button = { text: 'a', callback_data: 'x' };

  it.each<[markup: unknown, expected: string]>([
    [null, '400 Bad Request: object expected as reply markup'],
    [[], '400 Bad Request: object expected as reply markup'],
    [{ inline_keyboard: 'bad' }, '400 Bad Request: field "inline_keyboard" must be of type Array'],
    [{ inline_keyboard: [button] }, '400 Bad Request: field "inline_keyboard" must be an Array of Arrays'],
    [{ force_reply: 'yes' }, '400 Bad Request: field "force_reply" must be of type Boolean'],
    [{ remove_keyboard: true }, 'ok'],
    [{ keyboard: [[{ text: 'A' }]] }, 'ok'],
    ['{', "400 Bad Request: can't parse reply keyboard markup JSON object"],
  ])('%j: %s', async (markup, expected) => {
    expect(await withMarkup(markup)).toBe(expected);
  });

  it('has a hundred buttons at most', async () => {
    const rows = (count: number): unknown[] => Array.from({ length: count }, () => [button]);
    expect(await withMarkup({ inline_keyboard: rows(100) })).toBe('ok');
    expect(await withMarkup({ inline_keyboard: rows(101) })).toBe(
      '400 Bad Request: reply markup is too long',
    );
  });

  it('may come as JSON text, loses empty rows, and is shown with URLs as Telegram writes them', async () => {
    const reply_markup = JSON.stringify({ inline_keyboard: [[], [{ text: 'a', url: 'VnExpress.net' }]] });
    const { result } = await callBotApi(api, 'sendMessage', { chat_id: chatId, text: 'a', reply_markup });
    expect((result as Message).reply_markup).toEqual({
      inline_keyboard: [[{ text: 'a', url: 'http://vnexpress.net/' }]],
    });
  });

  it('that has no buttons is none', async () => {
    const { result } = await callBotApi(api, 'sendMessage', {
      chat_id: chatId,
      text: 'a',
      reply_markup: { inline_keyboard: [] },
    });
    expect(result).not.toHaveProperty('reply_markup');
  });

  it('is inline in a channel', async () => {
    const channel = api.world.addChannel({ bot: 'administrator', botRights: { can_post_messages: true } });
    const params = { chat_id: channel.id, text: 'a', reply_markup: { remove_keyboard: true } };
    expect(await refusalOf(api, 'sendMessage', params)).toBe('400 Bad Request: inline keyboard expected');
  });
});
