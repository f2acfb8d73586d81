/** The HTTP side: paths, tokens, the four ways to write parameters, the form of answers. */
import { get as httpsGet } from 'node:https';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBotApi } from '../../src/playground/botApi.ts';
import type { BotApi } from '../../src/playground/botApi.ts';
import { answerOf, callBotApi } from '../tools/botApiClient.ts';
import type { RawAnswer } from '../tools/botApiClient.ts';
import { LOOPBACK_TLS } from '../tools/loopbackCertificate.ts';

let api: BotApi;
let chatId: number;

beforeAll(async () => {
  api = await startBotApi();
  chatId = api.world.addUser({ started: true }).id;
});
afterAll(() => api.close());

async function get(path: string, init?: RequestInit): Promise<RawAnswer> {
  return await answerOf(await fetch(`${api.root}${path}`, init));
}

describe('paths and tokens', () => {
  it.each<[path: string, status: number, description: string]>([
    ['/', 404, 'Not Found'],
    ['/bot', 404, 'Not Found'],
    ['/file/bot1:x/y', 404, 'Not Found'],
    ['/bot1:wrong/getMe', 401, 'Unauthorized'],
    ['/botnonsense/getMe', 401, 'Unauthorized: invalid token specified'],
    ['/bot01:x/getMe', 401, 'Unauthorized: invalid token specified'],
    [`/bot1:${'x'.repeat(80)}/getMe`, 401, 'Unauthorized: invalid token specified'],
    ['/botTOKEN/', 404, 'Not Found: method not found'],
    ['/botTOKEN/sendNothing', 404, 'Not Found: method not found'],
    ['/botTOKEN/GETME', 200, ''],
    ['/botTOKEN/test/getMe', 200, ''],
  ])('%s answers %i %s', async (path, status, description) => {
    const answer = await get(path.replace('TOKEN', api.token));
    expect([answer.status, answer.description]).toEqual([status, description]);
  });

  it('takes a token that was encoded', async () => {
    expect((await get(`/bot${encodeURIComponent(api.token)}/getMe`)).status).toBe(200);
  });

  it('says the status in the body as well', async () => {
    const response = await fetch(`${api.root}/bot${api.token}/nothing`);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual({
      ok: false,
      error_code: 404,
      description: 'Not Found: method not found',
    });
  });
});

describe('parameters', () => {
  const markup = JSON.stringify({ inline_keyboard: [[{ text: 'ạ', callback_data: '1' }]] });
  const expected = { text: 'tin mới & hay', chat: { id: 0 }, reply_markup: JSON.parse(markup) as unknown };

  function form(): Record<string, string> {
    return { chat_id: String(chatId), text: 'tin mới & hay', reply_markup: markup };
  }
  const multipart = (): FormData => {
    const data = new FormData();
    for (const [name, value] of Object.entries(form())) data.set(name, value);
    return data;
  };
  const JSON_TYPE = { 'Content-Type': 'application/json' };

  it.each<[way: string, init: () => RequestInit | undefined]>([
    ['in the query', () => undefined],
    ['urlencoded', () => ({ method: 'POST', body: new URLSearchParams(form()) })],
    ['multipart', () => ({ method: 'POST', body: multipart() })],
    [
      'as JSON',
      () => ({ method: 'POST', headers: JSON_TYPE, body: JSON.stringify({ ...form(), chat_id: chatId }) }),
    ],
    [
      'as JSON with nested objects',
      () => ({
        method: 'POST',
        headers: JSON_TYPE,
        body: JSON.stringify({ ...form(), reply_markup: JSON.parse(markup) as unknown }),
      }),
    ],
  ])('may come %s', async (_way, init) => {
    const request = init();
    const query = request === undefined ? `?${new URLSearchParams(form()).toString()}` : '';
    const { result } = await get(`/bot${api.token}/sendMessage${query}`, request);
    expect(result).toMatchObject({ ...expected, chat: { id: chatId } });
  });

  it.each<[body: string, type: string, description: string]>([
    ['[1]', 'application/json', 'Bad Request: JSON object expected'],
    ['{"a":', 'application/json', "Bad Request: can't parse JSON object"],
    ['x', 'text/plain', 'Bad Request: unsupported content-type'],
  ])('%j as %s is refused', async (body, type, description) => {
    const answer = await get(`/bot${api.token}/getMe`, {
      method: 'POST',
      headers: { 'Content-Type': type },
      body,
    });
    expect([answer.status, answer.description]).toEqual([400, description]);
  });

  it('beyond a megabyte never reach the API: its front proxy answers with a page', async () => {
    const response = await fetch(`${api.root}/bot${api.token}/sendMessage`, {
      method: 'POST',
      headers: JSON_TYPE,
      body: JSON.stringify({ chat_id: chatId, text: 'x'.repeat(1024 * 1024) }),
    });
    expect(response.status).toBe(413);
    expect(response.headers.get('content-type')).toBe('text/html');
  });
});

describe('the ledger', () => {
  it('notes every call with its answer, and counts', async () => {
    api.ledger.clear();
    await callBotApi(api, 'SENDMESSAGE', { chat_id: chatId, text: 'a' });
    await callBotApi(api, 'sendMessage', { chat_id: 1, text: 'a' });
    expect(api.ledger.of('sendMessage')).toMatchObject([
      { method: 'sendMessage', chatId, accepted: true, lost: false, params: { text: 'a' } },
      { chatId: 1, accepted: false, answer: { status: 400, result: 'Bad Request: chat not found' } },
    ]);
    expect(api.ledger.counters('sendMessage')).toMatchObject({ calls: 2, accepted: 1, refused: 1 });
  });

  it('keeps no more calls than it was told to, and counts on', async () => {
    const small = await startBotApi({ keepCalls: 2, keepMessages: 3 });
    const reader = small.world.addUser({ started: true });
    for (let index = 0; index < 40; index++) {
      await callBotApi(small, 'sendMessage', { chat_id: reader.id, text: String(index) });
    }
    expect(small.ledger.calls.length).toBeLessThanOrEqual(4);
    expect(small.ledger.counters('sendMessage').calls).toBe(40);
    expect(small.messages(reader).length).toBeLessThan(40);
    expect(small.messages(reader).at(-1)?.text).toBe('39');
    expect(small.accepted(reader)).toBe(40);
    await small.close();
  });
});

describe('the network', () => {
  it('can be gone and come back, with the world as it was', async () => {
    const { root } = api;
    const polled = callBotApi(api, 'getUpdates', { timeout: 30 }).catch(() => 'cut off');
    await api.waitFor(() => api.updates.isPolled);
    await api.goDown();
    expect(await polled).not.toMatchObject({ status: 409 });
    await expect(callBotApi(api, 'getMe')).rejects.toThrow();
    await api.comeBack();
    expect(api.root).toBe(root);
    expect((await callBotApi(api, 'sendMessage', { chat_id: chatId, text: 'a' })).status).toBe(200);
  });

  it('brings a poll its updates at once, also after it was cut off while one was on its way', async () => {
    const reader = api.world.addUser();
    const polled = callBotApi(api, 'getUpdates', { timeout: 30 }).catch(() => 'cut off');
    await api.waitFor(() => api.updates.isPolled);
    reader.says('a');
    await api.goDown();
    await polled;
    await api.comeBack();
    const next = callBotApi(api, 'getUpdates', { timeout: 30, offset: 9e15 });
    await api.waitFor(() => api.updates.isPolled);
    reader.says('b');
    expect((await next).result).toMatchObject([{ message: { text: 'b' } }]);
  });

  it('can be TLS', async () => {
    const secure = await startBotApi({ tls: LOOPBACK_TLS });
    expect(secure.root).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/u);
    const status = await new Promise((resolve, reject) => {
      const url = `${secure.root}/bot${secure.token}/getMe`;
      httpsGet(url, { ca: LOOPBACK_TLS.cert }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on('error', reject);
    });
    expect(status).toBe(200);
    await secure.close();
  });
});
