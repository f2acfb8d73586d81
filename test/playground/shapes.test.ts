/**
 * The double against the documented shapes of Bot API 10.1: it takes every parameter there is or refuses it aloud, misses
 * every one that must be there, and sends nothing that is not documented.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { METHOD_SHAPES, OBJECT_SHAPES } from '../../src/playground/botApiSpec.ts';
import { startBotApi } from '../../src/playground/botApi.ts';
import type { BotApi } from '../../src/playground/botApi.ts';
import { indexMethods } from '../../src/playground/methods.ts';
import { isObject, Params } from '../../src/playground/params.ts';
import type { JsonObject } from '../../src/playground/params.ts';
import { createProfile } from '../../src/playground/profile.ts';
import { Queries } from '../../src/playground/queries.ts';
import { fieldsOf, NOT_PLAYED } from '../../src/playground/shapes.ts';
import { callBotApi, refusalOf } from '../tools/botApiClient.ts';

let api: BotApi;
let chat: number;
let group: number;

beforeAll(async () => {
  api = await startBotApi();
  const reader = api.world.addUser({
    started: true,
    lastName: 'Nguyễn',
    username: 'lan_n',
    languageCode: 'vi',
  });
  chat = reader.id;
  const room = api.world.addSupergroup({
    owner: reader,
    bot: 'administrator',
    botRights: 'all',
    forum: true,
  });
  group = room.id;
  for (let number = 0; number < 12; number++) {
    await callBotApi(api, 'sendMessage', { chat_id: chat, text: `số ${number}` });
    await callBotApi(api, 'sendMessage', { chat_id: group, text: `số ${number}` });
  }
});
afterAll(async () => {
  await api.close();
  expect(api.bugs).toEqual([]);
});

const keyboard = { inline_keyboard: [[{ text: 'a', callback_data: 'b' }]] };
const entities = [{ type: 'bold', offset: 0, length: 1 }];

/** A right call of every method, with what it may be told; messages are made anew for those that end them. */
const CALLS: Record<string, () => JsonObject[]> = {
  answerCallbackQuery: () => [
    { callback_query_id: press(), text: 'x', show_alert: true, url: '', cache_time: 1 },
  ],
  answerInlineQuery: () => [
    {
      inline_query_id: api.world.person(chat).asks('x').id,
      results: [
        { type: 'article', id: '1', title: 'a', input_message_content: { message_text: 'x', entities } },
      ],
      cache_time: 1,
      is_personal: true,
      next_offset: '1',
      button: { text: 'x', start_parameter: 'x' },
    },
  ],
  close: () => [{}],
  copyMessage: () => [
    {
      chat_id: chat,
      from_chat_id: group,
      message_id: api.messages(group)[0]?.id,
      message_thread_id: 0,
      disable_notification: true,
      protect_content: true,
      allow_paid_broadcast: false,
      message_effect_id: '5',
      reply_parameters: { message_id: post().id },
      reply_markup: keyboard,
    },
  ],
  deleteMessage: () => [{ chat_id: chat, message_id: post().id }],
  deleteMessages: () => [{ chat_id: chat, message_ids: [post().id] }],
  deleteMyCommands: () => [{ scope: { type: 'default' }, language_code: 'vi' }],
  deleteWebhook: () => [{ drop_pending_updates: false }],
  editMessageReplyMarkup: () => [
    {
      chat_id: chat,
      message_id: post().id,
      reply_markup: { inline_keyboard: [[{ text: 'b', callback_data: 'c' }]] },
    },
    {
      inline_message_id: inlineName(),
      reply_markup: { inline_keyboard: [[{ text: 'd', callback_data: 'e' }]] },
    },
  ],
  editMessageText: () => [
    {
      chat_id: chat,
      message_id: post().id,
      text: `khác ${Math.random()}`,
      entities,
      link_preview_options: { is_disabled: true },
      reply_markup: keyboard,
    },
    { inline_message_id: inlineName(), text: `<b>${Math.random()}</b>`, parse_mode: 'HTML' },
  ],
  getChat: () => [{ chat_id: chat }],
  getChatAdministrators: () => [{ chat_id: group }],
  getChatMember: () => [{ chat_id: group, user_id: chat }],
  getChatMemberCount: () => [{ chat_id: group }],
  getMe: () => [{}],
  getMyCommands: () => [{ scope: { type: 'default' }, language_code: 'vi' }],
  getMyDescription: () => [{ language_code: 'vi' }],
  getMyName: () => [{ language_code: 'vi' }],
  getMyShortDescription: () => [{ language_code: 'vi' }],
  getUpdates: () => [{ offset: -1, limit: 1, timeout: 0, allowed_updates: [] }],
  getWebhookInfo: () => [{}],
  leaveChat: () => [{ chat_id: api.world.addSupergroup({ bot: 'member' }).id }],
  logOut: () => [{}],
  sendChatAction: () => [{ chat_id: chat, action: 'typing', message_thread_id: 0 }],
  sendMessage: () => [
    {
      chat_id: chat,
      text: 'x',
      entities,
      message_thread_id: 0,
      link_preview_options: { is_disabled: true },
      disable_notification: true,
      protect_content: true,
      allow_paid_broadcast: false,
      message_effect_id: '5',
      reply_parameters: { message_id: post().id, allow_sending_without_reply: true },
      reply_markup: keyboard,
    },
    { chat_id: chat, text: '<b>x</b>', parse_mode: 'HTML' },
  ],
  setMyCommands: () => [
    { commands: [{ command: 'a', description: 'b' }], scope: { type: 'default' }, language_code: 'vi' },
  ],
  setMyDescription: () => [{ description: 'x', language_code: 'vi' }],
  setMyName: () => [{ name: 'x', language_code: 'vi' }],
  setMyShortDescription: () => [{ short_description: 'x', language_code: 'vi' }],
  setWebhook: () => [
    { url: '', max_connections: 1, allowed_updates: [], drop_pending_updates: false, secret_token: 'x' },
  ],
};

/** Telegram's own affair: a client keeps answers for so long, or a business account speaks; the double has neither. */
const WITHOUT_EFFECT: Record<string, string[]> = {
  answerCallbackQuery: ['cache_time'],
  editMessageReplyMarkup: ['business_connection_id'],
  editMessageText: ['business_connection_id'],
  sendChatAction: ['business_connection_id'],
};

function press(): string {
  const last = api.messages(chat).findLast(({ buttons }) => buttons[0]?.callback_data !== undefined);
  if (last === undefined) throw new Error('there is no button');
  return api.world.person(chat).presses(last, 1).id;
}

function post(): { id: number } {
  const last = api.messages(chat).at(-1);
  if (last === undefined) throw new Error('there is no message');
  return last;
}

/** The name of a message that was sent through inline mode. */
function inlineName(): string {
  const person = api.world.person(chat);
  const ask = person.asks('x');
  ask.answer = {
    results: [
      {
        id: '1',
        type: 'article',
        title: 'x',
        description: '',
        content: { text: 'x', entities: [] },
        keyboard: { inline_keyboard: [[{ text: 'a', callback_data: 'b' }]] },
        wire: {},
      },
    ],
    nextOffset: '',
    cacheTime: 0,
    isPersonal: false,
    button: null,
  };
  return api.state.inlineIdOf(person.chooses(ask, '1', chat)) ?? '';
}

const methods = Object.keys(METHOD_SHAPES);
const parametersOf = (method: string) => fieldsOf(METHOD_SHAPES[method] ?? '');

describe('every method', () => {
  it('is in the table and among the calls', () => {
    const played = [...indexMethods().values()].map(({ name }) => name).sort();
    expect(methods.toSorted()).toEqual(played);
    expect(Object.keys(CALLS).sort()).toEqual(played);
  });

  it('takes a right call', async () => {
    // The first one has the button that others press.
    for (const method of ['sendMessage', ...methods.filter((name) => name !== 'sendMessage')]) {
      for (const params of CALLS[method]?.() ?? []) {
        expect(`${method}: ${await refusalOf(api, method, params)}`).toBe(`${method}: ok`);
      }
    }
  });

  it('misses what must be there', async () => {
    for (const method of methods) {
      for (const [name, { required }] of parametersOf(method)) {
        // An empty address takes a webhook away, and counts as none given.
        if (!required || (method === 'setWebhook' && name === 'url')) continue;
        const { [name]: _, ...rest } = CALLS[method]?.()[0] ?? {};
        expect(`${method} without ${name}: ${await refusalOf(api, method, rest)}`).toMatch(/: 400 /u);
      }
    }
  });

  it('reads every documented parameter, or refuses it aloud', async () => {
    for (const method of methods) {
      const read = new Set<string>();
      for (const params of CALLS[method]?.() ?? []) run(method, params, read);
      const silent = [...parametersOf(method).keys()].filter(
        (name) =>
          !read.has(name) &&
          NOT_PLAYED[method]?.includes(name) !== true &&
          WITHOUT_EFFECT[method]?.includes(name) !== true,
      );
      expect(silent, method).toEqual([]);
      for (const name of NOT_PLAYED[method] ?? []) {
        const call = { ...CALLS[method]?.()[0], [name]: 'x' };
        expect(await refusalOf(api, method, call)).toContain('400 Bad Request: the playground does not play');
      }
    }
  });

  /** Runs a method by itself and notes what it looks at. */
  function run(method: string, params: JsonObject, read: Set<string>): void {
    const values = new Proxy(params, {
      get(target, name) {
        read.add(String(name));
        return target[String(name)];
      },
    });
    const queries = new Queries(Date.now);
    const button = { text: 'x' };
    queries.callbacks.add({ id: String(params.callback_query_id), button, answer: null });
    queries.inlines.add({ id: String(params.inline_query_id), query: '', answer: null });
    const backend = { world: api.state, queries, profile: createProfile(), paidBroadcast: false };
    try {
      const result = indexMethods()
        .get(method.toLowerCase())
        ?.run(backend, new Params(values), () => undefined);
      if (result instanceof Promise) result.catch(() => undefined);
    } catch {
      // What it has read before it refused, it has read.
    }
  }

  it.each<[method: string, params: object, refusal: string]>([
    ['sendMessage', { txt: 'x' }, '400 Bad Request: the playground knows no parameter "txt" of sendMessage'],
    [
      'sendMessage',
      { link_preview_options: { is_disable: true } },
      '400 Bad Request: the playground knows no field "is_disable" of LinkPreviewOptions',
    ],
    [
      'sendMessage',
      { reply_markup: JSON.stringify({ inline_keyboard: [[{ text: 'a', callback: 'b' }]] }) },
      '400 Bad Request: the playground knows no field "callback" of InlineKeyboardButton',
    ],
    [
      'answerInlineQuery',
      { results: [{ type: 'article', id: '1', title: 'a', input_message_content: { text: 'x' } }] },
      '400 Bad Request: the playground knows no field "text" of InputTextMessageContent',
    ],
    ['sendPhoto', {}, '400 Bad Request: the playground does not play sendPhoto'],
    ['SENDPHOTO', {}, '400 Bad Request: the playground does not play sendPhoto'],
    ['sendPhotograph', {}, '404 Not Found: method not found'],
  ])('%s %j: %s', async (method, params, refusal) => {
    const right = CALLS[method]?.()[0] ?? {};
    expect(await refusalOf(api, method, { ...right, ...params })).toBe(refusal);
  });

  it('takes what earlier versions called otherwise, as the official server does', async () => {
    const params = {
      chat_id: chat,
      text: 'x',
      disable_web_page_preview: true,
      reply_to_message_id: post().id,
    };
    expect(await refusalOf(api, 'sendMessage', params)).toBe('ok');
  });
});

const ALTERNATIVES: Record<string, string[]> = {
  MaybeInaccessibleMessage: ['Message', 'InaccessibleMessage'],
};

/** What of a value is not as documented: `message.from: no first_name`. */
function misfits(value: unknown, types: readonly string[], path: string): string[] {
  const known = types
    .flatMap((type) => ALTERNATIVES[type] ?? [type])
    .filter((type) => type in OBJECT_SHAPES || type.endsWith('[]'));
  if (Array.isArray(value)) {
    const inner = known.filter((type) => type.endsWith('[]')).map((type) => type.slice(0, -2));
    return value.flatMap((item, at) => misfits(item, inner, `${path}[${at}]`));
  }
  if (!isObject(value)) return [];
  const fits = known.map((type) => misfitsOf(value, type, path));
  return (
    fits.toSorted((a, b) => a.length - b.length)[0] ?? [
      `${path}: an object of an unknown type, ${types.join('|')}`,
    ]
  );
}

function misfitsOf(value: JsonObject, type: string, path: string): string[] {
  const fields = fieldsOf(OBJECT_SHAPES[type] ?? '');
  const found: string[] = [];
  for (const [name, { required }] of fields)
    if (required && !(name in value)) found.push(`${path}: no ${name}`);
  for (const [name, inner] of Object.entries(value)) {
    const field = fields.get(name);
    if (field === undefined) found.push(`${path}: ${name} is no field of ${type}`);
    else found.push(...misfits(inner, field.types, `${path}.${name}`));
  }
  return found;
}

describe('what the double sends', () => {
  it('has the documented shape: every answer', async () => {
    for (const method of methods) {
      const [, answer = ''] = METHOD_SHAPES[method]?.split('-> ') ?? [];
      for (const params of CALLS[method]?.() ?? []) {
        const { result } = await callBotApi(api, method, params);
        expect(misfits(result, answer.split('|'), method)).toEqual([]);
      }
    }
  });

  it('has the documented shape: every update', async () => {
    const kinds = [
      'message',
      'channel_post',
      'callback_query',
      'inline_query',
      'chosen_inline_result',
      'my_chat_member',
      'chat_member',
    ];
    await callBotApi(api, 'getUpdates', { offset: -1, allowed_updates: kinds });
    api.updates.clear();
    const { world } = api;
    const lan = world.person(chat);
    const tom = world.addUser();
    const forum = world.room(group);
    const topic = forum.createTopic('Tin', lan);
    forum.setMember(tom, 'member');
    lan.sends(forum, '/latest', { threadId: topic });
    lan.sends(forum, 'ẩn danh', { anonymous: true });
    forum.closeTopic(topic);
    forum.reopenTopic(topic);
    world.addChannel({ owner: lan, bot: 'administrator', botRights: 'all' });
    const channel = world.addChannel({ owner: lan });
    channel.setBot('administrator', { rights: 'all' });
    lan.sends(channel, 'bài đăng');
    const basic = world.addGroup({ owner: lan });
    basic.setBot('member');
    basic.migrate();
    lan.says('xem https://e.vn, @kenh và #tin');
    const last = api.messages(lan).at(-1);
    if (last !== undefined) lan.sends(lan, 'trả lời', { replyTo: last });
    press();
    const name = inlineName();
    const inlinePost = api.state.inlinePost(name);
    if (inlinePost !== undefined) lan.presses(inlinePost, 1);
    lan.blocks();
    lan.unblocks();
    const { result } = await callBotApi(api, 'getUpdates', {});
    const updates = result as JsonObject[];
    expect(new Set(updates.map((update) => Object.keys(update)[1]))).toEqual(new Set(kinds));
    expect(misfits(updates, ['Update[]'], 'update')).toEqual([]);
  });
});
