/** The page's server: who may ask it, what it streams, and what people can do through it. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Acting } from '../../src/playground/acting.ts';
import { Backstages } from '../../src/playground/backstages.ts';
import type { Behind } from '../../src/playground/behind.ts';
import { Feed } from '../../src/playground/feed.ts';
import { servePage, type PageServer } from '../../src/playground/pageServer.ts';
import type { ActName, Acts, Answer, Events, PostView } from '../../src/playground/protocol.ts';
import { CHANNEL, FORUM, GROUP, LAN, TOM } from '../../src/playground/scene.ts';
import { openStage, type Stage } from '../../src/playground/stage.ts';
import type { Update } from '../../src/playground/wire.ts';
import { callBotApi } from '../tools/botApiClient.ts';

let dir: string;
let stage: Stage;
let page: PageServer;
let port: number;

/** A bot that knows nothing and is never due. */
const idle: Behind = {
  memory: () =>
    Promise.resolve({
      articles: 0,
      newestArticle: null,
      refused: [],
      subscriptions: 0,
      nextSlot: null,
      counts: {},
      deliveries: [],
    }),
  nextSlot: () => Promise.resolve(null),
  beat: () => Promise.resolve(),
  startOver: () => {
    stage.startOver();
    return Promise.resolve();
  },
};

async function serve(wanted: number): Promise<PageServer> {
  const zone = 'Asia/Ho_Chi_Minh';
  const feed = new Feed(stage, new Backstages(stage, idle), zone);
  return servePage({
    stage,
    feed,
    acting: new Acting(stage, idle, zone),
    port: wanted,
    dir: `${dir}/files/`,
  });
}

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'diemtin-page-'));
  stage = await openStage({ dir, library: dir, onBug: (error) => expect.fail(String(error)) });
  page = await serve(0);
  port = Number(new URL(page.link).port);
});

afterEach(async () => {
  await page.close();
  await stage.close();
  rmSync(dir, { recursive: true, force: true });
});

interface Asked {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

function ask({
  method = 'GET',
  path = '/',
  headers = {},
  body,
}: Asked): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** As the page itself would ask for an act. */
const asPage = (): Record<string, string> => ({
  origin: `http://127.0.0.1:${port}`,
  'content-type': 'application/json',
});

async function act<K extends ActName>(name: K, body: Acts[K]['takes']): Promise<Answer<Acts[K]['gives']>> {
  const { text } = await ask({
    method: 'POST',
    path: `/do/${name}`,
    headers: asPage(),
    body: JSON.stringify(body),
  });
  return JSON.parse(text) as Answer<Acts[K]['gives']>;
}

const lan = { chatId: LAN, threadId: 0, personId: LAN, anonymous: false };
const write = (text: string, voice = lan, replyTo: number | null = null) =>
  act('send', { ...voice, text, replyTo });

async function updates(): Promise<Update[]> {
  return (await callBotApi(stage.api, 'getUpdates', {})).result as Update[];
}

describe('who may ask', () => {
  it.each([
    ['a foreign name that leads here', { headers: { host: 'evil.example:8787' } }, 421],
    ['this machine, but another port', { headers: { host: '127.0.0.1:1' } }, 421],
    [
      'a page of another site, reading',
      { path: '/posts?chat=1', headers: { 'sec-fetch-site': 'cross-site' } },
      403,
    ],
    [
      'another program of this machine’s browser',
      { path: '/events', headers: { 'sec-fetch-site': 'same-site' } },
      403,
    ],
  ])('not %s', async (_, asked, status) => {
    expect((await ask(asked)).status).toBe(status);
  });

  it.each([
    ['without an origin', {}, 403],
    ['from another origin', { origin: 'http://evil.example' }, 403],
    ['from nowhere', { origin: 'null' }, 403],
    ['as a form could send it', { origin: 'page', 'content-type': 'text/plain' }, 415],
  ])('nothing is done %s', async (_, headers, status) => {
    const sent = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        value === 'page' ? (asPage().origin ?? '') : value,
      ]),
    );
    const body = JSON.stringify({ ...lan, text: 'x', replyTo: null });
    expect((await ask({ method: 'POST', path: '/do/send', headers: sent, body })).status).toBe(status);
    expect(stage.api.posts(LAN)).toEqual([]);
  });

  it('no body may be larger than an act can be', async () => {
    const body = JSON.stringify({ text: 'x'.repeat(300_000) });
    const { status } = await ask({ method: 'POST', path: '/do/send', headers: asPage(), body });
    expect(status).toBe(413);
  });

  it.each(['/../package.json', '/..%2f..%2fetc%2fpasswd', '/.env', '/page/index.html', '/nothing.js'])(
    'nothing but the page’s own files is read: %s',
    async (path) => {
      expect((await ask({ path })).status).toBe(404);
    },
  );

  it('another method is none', async () => {
    expect((await ask({ method: 'DELETE' })).status).toBe(405);
  });

  it('the page may load nothing from elsewhere and run nothing inline', async () => {
    const response = await fetch(page.link);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe');
  });
});

describe('the port', () => {
  it('is another one when it is taken, and that is told', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const wanted = (taken.address() as AddressInfo).port;
    const other = await serve(wanted);
    expect(other.isElsewhere).toBe(true);
    expect(other.link).not.toContain(`:${wanted}/`);
    await other.close();
    taken.close();
  });
});

/** The stream as the page reads it. */
async function stream(): Promise<{
  next: <K extends keyof Events>(name: K) => Promise<Events[K]>;
  end: () => void;
}> {
  const ending = new AbortController();
  const response = await fetch(`${page.link}events`, { signal: ending.signal });
  if (response.body === null) throw new Error('no stream');
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  const passed: { name: string; data: string }[] = [];
  const read = async (): Promise<void> => {
    const { value, done } = await reader.read();
    if (done) throw new Error('the stream ended');
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, name, data] = /^event: (\w+)\ndata: (.*)$/su.exec(block) ?? [];
      if (name !== undefined && data !== undefined) passed.push({ name, data });
    }
  };
  return {
    end: () => ending.abort(),
    async next(name) {
      for (;;) {
        const at = passed.findIndex((event) => event.name === name);
        const [event] = at < 0 ? [] : passed.splice(at, 1);
        if (event !== undefined) return JSON.parse(event.data) as Events[typeof name];
        await read();
      }
    },
  };
}

describe('the stream', () => {
  it('greets with everything, then tells each message, what it becomes, and who types', async () => {
    const { next, end } = await stream();
    const hello = await next('hello');
    expect(hello.people.map(({ name, language }) => [name, language])).toEqual([
      ['Lan', 'vi'],
      ['Tom', 'en'],
    ]);
    expect(hello.chats).toHaveLength(5);
    await write('chào');
    expect(await next('post')).toMatchObject({ text: 'chào', author: 'Lan', personId: LAN, own: false });
    await callBotApi(stage.api, 'sendChatAction', { chat_id: LAN, action: 'typing' });
    expect(await next('typing')).toEqual({ chatId: LAN, threadId: 0 });
    await callBotApi(stage.api, 'sendMessage', {
      chat_id: LAN,
      text: '<b>xin</b> chào',
      parse_mode: 'HTML',
      disable_notification: true,
    });
    const sent = await next('post');
    expect(sent.asks).toBeNull();
    expect(sent).toMatchObject({ own: true, silent: true, entities: [{ type: 'bold' }], edited: false });
    await callBotApi(stage.api, 'editMessageText', { chat_id: LAN, message_id: sent.id, text: 'x' });
    expect(await next('post')).toMatchObject({ id: sent.id, text: 'x', edited: true, version: 1 });
    await callBotApi(stage.api, 'deleteMessage', { chat_id: LAN, message_id: sent.id });
    expect(await next('post')).toMatchObject({ id: sent.id, deleted: true });
    expect((await next('chats'))[0]?.started).toBe(true);
    await callBotApi(stage.api, 'sendMessage', {
      chat_id: LAN,
      text: 'Mấy giờ?',
      reply_markup: { force_reply: true },
    });
    expect((await next('post')).asks).toEqual({ placeholder: '', personIds: null });
    end();
  });

  it('says nothing of single messages to the crowd', async () => {
    const { next, end } = await stream();
    await next('hello');
    await act('crowd', { count: 3 });
    await write('chào');
    expect((await next('post')).text).toBe('chào');
    expect((await next('backstage')).crowd.readers).toBe(3);
    end();
  });

  it('ends when the playground does', async () => {
    const { next } = await stream();
    await next('hello');
    const over = expect(next('typing')).rejects.toThrow();
    await page.close();
    await over;
  });
});

describe('people', () => {
  it('write, also in reply, and read it', async () => {
    expect(await write('một')).toEqual({ ok: true, result: null });
    const [first] = stage.api.posts(LAN);
    await write('hai', lan, first?.id ?? 0);
    const posts = JSON.parse((await ask({ path: `/posts?chat=${LAN}&limit=1` })).text) as PostView[];
    expect(posts).toMatchObject([{ text: 'hai', reply: { id: first?.id, author: 'Lan', text: 'một' } }]);
    expect((await updates()).map(({ message }) => message?.text)).toEqual(['một', 'hai']);
  });

  it('are asked to reply, some of them or everybody', async () => {
    const question = async (chat_id: number, text: string, params: object) => {
      const more = { parse_mode: 'HTML', ...params };
      await callBotApi(stage.api, 'sendMessage', { chat_id, text, ...more });
      const { text: shown } = await ask({ path: `/posts?chat=${chat_id}&limit=1` });
      return (JSON.parse(shown) as PostView[])[0]?.asks;
    };
    await write('/start');
    const everybody = { force_reply: true, input_field_placeholder: '06:30' };
    expect(await question(LAN, 'Mấy giờ?', { reply_markup: everybody })).toEqual({
      placeholder: '06:30',
      personIds: null,
    });
    expect(await question(LAN, 'Thôi', {})).toBeNull();
    const some = { reply_markup: { force_reply: true, selective: true } };
    const called = `<a href="tg://user?id=${LAN}">Lan</a> và @tom_reads, mấy giờ?`;
    expect((await question(GROUP, called, some))?.personIds).toEqual([LAN, TOM]);
    await write('/settings', { ...lan, chatId: GROUP, personId: TOM });
    const answered = { ...some, reply_parameters: { message_id: stage.api.posts(GROUP).at(-1)?.id } };
    expect((await question(GROUP, 'Mấy giờ?', answered))?.personIds).toEqual([TOM]);
    expect((await question(GROUP, 'Ai?', some))?.personIds).toEqual([]);
  });

  it('send a place, also in reply', async () => {
    await write('/start');
    const [first] = stage.api.posts(LAN);
    const berlin = { latitude: 52.52, longitude: 13.4 };
    await act('locate', { ...lan, ...berlin, replyTo: first?.id ?? 0 });
    expect((await updates()).at(-1)?.message).toMatchObject({
      location: berlin,
      reply_to_message: { text: '/start' },
    });
    const posts = JSON.parse((await ask({ path: `/posts?chat=${LAN}&limit=1` })).text) as PostView[];
    expect(posts).toMatchObject([{ text: '', point: berlin, reply: { id: first?.id } }]);
    expect(await act('locate', { ...lan, latitude: 91, longitude: 0, replyTo: null })).toEqual({
      ok: false,
      error: '"latitude" must be a number from -90 to 90',
    });
  });

  it('press a button and get the bot’s answer', async () => {
    await write('/start');
    const keyboard = {
      inline_keyboard: [[{ text: 'a', callback_data: '1' }], [{ text: 'b', callback_data: '2' }]],
    };
    await callBotApi(stage.api, 'sendMessage', { chat_id: LAN, text: 'x', reply_markup: keyboard });
    const messageId = stage.api.posts(LAN).at(-1)?.id ?? 0;
    const pressed = act('press', { ...lan, messageId, button: 1 });
    await stage.api.waitFor(() => stage.api.updates.pending > 1);
    const query = (await updates()).at(-1)?.callback_query;
    expect(query?.data).toBe('2');
    await callBotApi(stage.api, 'answerCallbackQuery', {
      callback_query_id: query?.id,
      text: 'Xong',
      show_alert: true,
    });
    expect(await pressed).toEqual({ ok: true, result: { text: 'Xong', alert: true, url: '' } });
  });

  it('ask inline and send the card that they choose', async () => {
    const asked = act('ask', { ...lan, query: 'tin', offset: '' });
    await stage.api.waitFor(() => stage.api.updates.pending > 0);
    const [update] = await updates();
    await callBotApi(stage.api, 'answerInlineQuery', {
      inline_query_id: update?.inline_query?.id,
      results: [
        {
          type: 'article',
          id: '7',
          title: 'Tin',
          description: 'mô tả',
          input_message_content: { message_text: '<i>Tin</i>', parse_mode: 'HTML' },
        },
      ],
    });
    const answer = await asked;
    if (!answer.ok || answer.result === null) throw new Error('no cards');
    expect(answer.result.cards).toEqual([{ id: '7', title: 'Tin', description: 'mô tả' }]);
    const group = { ...lan, chatId: GROUP };
    await act('choose', { ...group, askId: answer.result.askId, cardId: '7' });
    expect(stage.api.posts(GROUP).at(-1)?.wire).toMatchObject({
      text: 'Tin',
      entities: [{ type: 'italic' }],
    });
    expect(await act('choose', { ...group, askId: '0', cardId: '7' })).toMatchObject({ ok: false });
  });

  it('choose who they are in a group, but not where they are not', async () => {
    await write('/subscribe', { ...lan, chatId: GROUP, anonymous: true });
    expect(stage.api.posts(GROUP).at(-1)?.wire.sender_chat?.id).toBe(GROUP);
    await write('x', { ...lan, chatId: GROUP, personId: TOM, anonymous: true });
    expect(stage.api.posts(GROUP).at(-1)?.wire.from?.id).toBe(TOM);
    expect(await write('x', { ...lan, personId: TOM })).toEqual({
      ok: false,
      error: 'Tom is not in this chat',
    });
    expect(await write('x', { ...lan, chatId: CHANNEL, personId: TOM })).toMatchObject({ ok: false });
  });

  it('block the bot, place it, close a topic, upgrade a group; the bot is told', async () => {
    await write('/start');
    await act('block', { personId: LAN, blocked: true });
    await act('place', { chatId: CHANNEL, bot: 'admin', personId: null });
    await act('place', { chatId: CHANNEL, bot: 'mute', personId: null });
    await act('place', { chatId: GROUP, bot: 'out', personId: null });
    const topic = [...(stage.api.state.chats.get(FORUM)?.topics?.keys() ?? [])][0] ?? 0;
    await act('topic', { chatId: FORUM, threadId: topic, closed: true });
    await act('topic', { chatId: FORUM, threadId: 0, closed: true });
    const kinds = (await updates()).map((update) => Object.keys(update)[1]);
    expect(kinds).toEqual([
      'message',
      'my_chat_member',
      'my_chat_member',
      'my_chat_member',
      'my_chat_member',
      'message',
    ]);
    const closed = { ...lan, chatId: FORUM, threadId: topic, personId: TOM };
    expect(await write('x', closed)).toMatchObject({
      ok: false,
      error: expect.stringContaining('closed') as string,
    });
    const upgraded = await act('upgrade', { chatId: GROUP });
    expect(upgraded.ok && upgraded.result.chatId).toBeLessThan(-1_000_000_000_000);
    // The old id still names the chat.
    expect((await write('x', { ...lan, chatId: GROUP })).ok).toBe(true);
    expect(await act('upgrade', { chatId: GROUP })).toMatchObject({ ok: false });
  });

  it('write an article or drop a file', async () => {
    expect(await act('write', { title: ' ', text: 'x', source: '' })).toMatchObject({ ok: false });
    expect(await act('write', { title: 'Tin', text: ' ', source: '' })).toMatchObject({ ok: false });
    expect(await act('write', { title: 'Tin', text: 'x', source: '' })).toMatchObject({ ok: true });
    const headers = { ...asPage(), 'content-type': 'application/octet-stream' };
    const drop = (name: string, body: string | Buffer) =>
      ask({ method: 'POST', path: `/drop?name=${encodeURIComponent(name)}`, headers, body });
    expect((await drop('bài.md', '# x')).text).toBe('{"ok":true,"result":{"file":"bai.md"}}');
    expect((await drop('bài.exe', '# x')).status).toBe(400);
    expect((await drop('dài.txt', Buffer.alloc(1_100_000))).status).toBe(413);
    expect(readdirSync(join(stage.newsdesk.dir, 'page'))).toHaveLength(2);
  });

  it('change Telegram’s mood and its mind', async () => {
    await write('/start');
    const send = () => callBotApi(stage.api, 'sendMessage', { chat_id: LAN, text: 'x' });
    await act('mood', { mood: 'refuse', seconds: 30 });
    expect(await send()).toMatchObject({ status: 429, parameters: { retry_after: 30 } });
    await act('mood', { mood: 'limits', seconds: 0 });
    const statuses = [];
    for (let sent = 0; sent < 5; sent++) statuses.push((await send()).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    await act('mood', { mood: 'noLimits', seconds: 0 });
    expect((await send()).status).toBe(200);
    await act('mood', { mood: 'outage', seconds: 0 });
    await expect(send()).rejects.toThrow();
    await act('mood', { mood: 'recover', seconds: 0 });
    expect((await send()).status).toBe(200);
  });

  it('start over', async () => {
    await write('/start');
    await act('startOver', {});
    expect(stage.api.posts(LAN)).toEqual([]);
  });

  it.each([
    ['fly', '{}', 'there is no act "fly"'],
    ['toString', '{}', 'there is no act "toString"'],
    ['send', '[]', 'a JSON object is expected'],
    ['send', '{', 'JSON'],
    ['send', '{"chatId":"1"}', '"chatId" must be an integer'],
    ['send', JSON.stringify({ ...lan, text: 'x'.repeat(4_097), replyTo: null }), 'message is too long'],
    ['block', JSON.stringify({ personId: LAN, blocked: 1 }), '"blocked" must be true or false'],
    ['place', JSON.stringify({ chatId: CHANNEL, bot: 'king', personId: null }), '"bot" must be one of'],
    ['time', '{"days":61}', 'from 0 to 60'],
    ['crowd', '{"count":5001}', 'from 1 to 5000'],
  ])('%s %s is explained', async (name, body, sentence) => {
    const { status, text } = await ask({ method: 'POST', path: `/do/${name}`, headers: asPage(), body });
    expect(status).toBe(400);
    expect((JSON.parse(text) as { error: string }).error).toContain(sentence);
  });
});

describe('a file', () => {
  it('is served with its type', async () => {
    mkdirSync(join(dir, 'files'));
    writeFileSync(join(dir, 'files', 'main.js'), 'export {};\n');
    const response = await fetch(`${page.link}main.js`);
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await response.text()).toBe('export {};\n');
  });
});
