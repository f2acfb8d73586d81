/** Commands by scope and language, names, and answers to inline queries. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startBotApi } from '../../src/playground/botApi.ts';
import type { BotApi } from '../../src/playground/botApi.ts';
import type { InlineAsk } from '../../src/playground/queries.ts';
import type { Person } from '../../src/playground/person.ts';
import type { Update } from '../../src/playground/wire.ts';
import { callBotApi, refusalOf } from '../tools/botApiClient.ts';

let api: BotApi;
let reader: Person;

beforeAll(async () => {
  api = await startBotApi();
  reader = api.world.addUser({ started: true });
});
afterAll(() => api.close());

const commands = [{ command: 'latest', description: 'Tin mới nhất' }];

describe('commands', () => {
  const got = async (params: object = {}): Promise<unknown> =>
    (await callBotApi(api, 'getMyCommands', params)).result;

  it('are kept for each scope and language, and nowhere else', async () => {
    const scope = { type: 'chat', chat_id: reader.id };
    await callBotApi(api, 'setMyCommands', { commands, language_code: 'vi' });
    await callBotApi(api, 'setMyCommands', { commands: JSON.stringify(commands), scope });
    expect(await got()).toEqual([]);
    expect(await got({ language_code: 'vi' })).toEqual(commands);
    expect(await got({ scope: JSON.stringify(scope) })).toEqual(commands);
    await callBotApi(api, 'deleteMyCommands', { language_code: 'vi' });
    expect(await got({ language_code: 'vi' })).toEqual([]);
  });

  it.each<[command: unknown, description: string]>([
    [{ command: 'x'.repeat(32), description: 'a' }, 'ok'],
    [{ command: '/start', description: 'a' }, 'ok'],
    [{ command: 'x'.repeat(33), description: 'a' }, 'command length must not exceed 32'],
    [{ command: 'Latest', description: 'a' }, 'BOT_COMMAND_INVALID'],
    [{ command: 'tin-moi', description: 'a' }, 'BOT_COMMAND_INVALID'],
    [{ command: '', description: 'a' }, 'command must be non-empty'],
    [{ command: 'a', description: '' }, 'command description must be non-empty'],
    [{ command: 'a', description: 'x'.repeat(257) }, 'command description length must not exceed 256'],
    [{ command: 'a' }, 'can\'t parse BotCommand: Can\'t find field "description"'],
  ])('%j: %s', async (command, description) => {
    const answer = await refusalOf(api, 'setMyCommands', { commands: [command] });
    expect(answer).toBe(description === 'ok' ? 'ok' : `400 Bad Request: ${description}`);
  });

  it.each<[params: () => object, description: string]>([
    [() => ({ language_code: 'vie' }), 'invalid language code specified'],
    [() => ({ scope: { type: 'everyone' } }), "can't parse BotCommandScope: Unsupported type specified"],
    [() => ({ scope: { type: 'chat' } }), 'can\'t parse BotCommandScope: Can\'t find field "chat_id"'],
    [() => ({ scope: { type: 'chat', chat_id: 4 } }), 'chat not found'],
    [
      () => ({ scope: { type: 'chat_administrators', chat_id: reader.id } }),
      "can't use specified scope in private chats",
    ],
    [
      () => ({ scope: { type: 'chat', chat_id: api.world.addChannel().id } }),
      "can't change commands in channel chats",
    ],
    [
      () => ({ scope: { type: 'chat_member', chat_id: reader.id, user_id: 0 } }),
      "can't parse BotCommandScope: Invalid user_id specified",
    ],
    [() => ({ commands: Array.from({ length: 101 }, () => commands[0]) }), 'BOT_COMMANDS_TOO_MUCH'],
  ])('%o: %s', async (params, description) => {
    expect(await refusalOf(api, 'setMyCommands', { commands, ...params() })).toBe(
      `400 Bad Request: ${description}`,
    );
  });
});

describe('names and descriptions', () => {
  it.each([
    ['Name', 'name', 64, 'Điểm Tin'],
    ['Description', 'description', 512, ''],
    ['ShortDescription', 'short_description', 120, ''],
  ])('setMy%s is limited and kept by language', async (method, field, max, fallback) => {
    const get = async (params: object): Promise<unknown> =>
      (await callBotApi(api, `getMy${method}`, params)).result;
    expect(await get({})).toEqual({ [field]: fallback });
    expect(await refusalOf(api, `setMy${method}`, { [field]: 'ạ'.repeat(max), language_code: 'vi' })).toBe(
      'ok',
    );
    expect(await refusalOf(api, `setMy${method}`, { [field]: 'ạ'.repeat(max + 1) })).toContain('is too long');
    expect(await get({ language_code: 'vi' })).toEqual({ [field]: 'ạ'.repeat(max) });
    expect(await get({ language_code: 'en' })).toEqual({ [field]: fallback });
    await callBotApi(api, `setMy${method}`, { [field]: '', language_code: 'vi' });
    expect(await get({ language_code: 'vi' })).toEqual({ [field]: fallback });
  });
});

describe('an inline query', () => {
  let ask: InlineAsk;
  const article = (id: string, more: object = {}): object => ({
    type: 'article',
    id,
    title: 'Tin',
    input_message_content: { message_text: '<b>Tin</b>', parse_mode: 'HTML' },
    ...more,
  });

  beforeEach(() => {
    ask = reader.asks('tong thong');
  });

  const answer = (params: object): Promise<string> =>
    refusalOf(api, 'answerInlineQuery', { inline_query_id: ask.id, ...params });

  it('is asked, answered once, and a result can be chosen', async () => {
    const { result } = await callBotApi(api, 'getUpdates', { offset: -1 });
    expect(result).toMatchObject([
      { inline_query: { id: ask.id, query: 'tong thong', offset: '', from: { id: reader.id } } },
    ]);
    const results = [article('1', { description: 'một' }), article('2')];
    expect(await answer({ results, next_offset: '2', cache_time: 5 })).toBe('ok');
    expect(ask.answer).toMatchObject({
      nextOffset: '2',
      cacheTime: 5,
      results: [{ id: '1', content: { text: 'Tin' } }, {}],
    });
    expect(await answer({ results })).toContain('query is too old');
    const post = reader.chooses(ask, '1', reader);
    expect(post.wire).toMatchObject({
      text: 'Tin',
      entities: [{ type: 'bold', offset: 0, length: 3 }],
      via_bot: { id: api.bot.id },
    });
  });

  it('leaves a message whose buttons ask by its own name, under which it is edited', async () => {
    const keyboard = { inline_keyboard: [[{ text: 'Đọc', callback_data: 'read' }]] };
    await answer({ results: [article('1', { reply_markup: keyboard })] });
    const post = reader.chooses(ask, '1', reader);
    const press = reader.presses(post, 'Đọc');
    const { result } = await callBotApi(api, 'getUpdates', { offset: -1 });
    const [{ callback_query: query } = {}] = result as Update[];
    expect(query).toMatchObject({ id: press.id, data: 'read' });
    expect(query).not.toHaveProperty('message');
    const edit = { inline_message_id: query?.inline_message_id, text: 'Đã đọc' };
    expect((await callBotApi(api, 'editMessageText', edit)).result).toBe(true);
    expect(post.text).toBe('Đã đọc');
    expect(post.buttons).toEqual([]);
    expect(await refusalOf(api, 'editMessageText', { ...edit, inline_message_id: 'inline0' })).toContain(
      'MESSAGE_ID_INVALID',
    );
  });

  it.each<[params: object, description: string]>([
    [
      { results: Array.from({ length: 51 }, (_, id) => article(String(id))) },
      'too many inline query results specified',
    ],
    [{ results: [article('')] }, 'RESULT_ID_EMPTY'],
    [{ results: [article('x'.repeat(65))] }, 'RESULT_ID_INVALID'],
    [{ results: [article('1'), article('1')] }, 'RESULT_ID_DUPLICATE'],
    [{ results: [article('1', { title: '' })] }, 'ARTICLE_TITLE_EMPTY'],
    [
      { results: [{ type: 'article', id: '1', title: 'a' }] },
      'can\'t parse InlineQueryResult: Can\'t find field "input_message_content"',
    ],
    [
      { results: [article('1', { input_message_content: { message_text: 'x'.repeat(4097) } })] },
      'message is too long',
    ],
    [
      { results: [article('1', { input_message_content: { message_text: '<p>', parse_mode: 'HTML' } })] },
      'can\'t parse entities: Unsupported start tag "p" at byte offset 0',
    ],
    [
      {
        results: [
          article('1', {
            reply_markup: { inline_keyboard: [[{ text: 'a', callback_data: 'x'.repeat(65) }]] },
          }),
        ],
      },
      'BUTTON_DATA_INVALID',
    ],
    [{ results: [], next_offset: 'x'.repeat(65) }, 'NEXT_OFFSET_INVALID'],
    [{ results: [], button: { text: 'a', start_parameter: '' } }, "can't use empty start_parameter"],
    [
      { results: [], button: { text: 'a', start_parameter: 'x'.repeat(65) } },
      'too long start_parameter specified',
    ],
    [
      { results: [], button: { text: 'a', start_parameter: 'a b' } },
      'unallowed characters in start_parameter are used',
    ],
    [{ results: 'x' }, "can't parse inline query results JSON object"],
  ])('%j is refused', async (params, description) => {
    expect(await answer(params)).toBe(`400 Bad Request: ${description}`);
  });
});
