import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import type { Happening } from '../../src/delivery/courier.ts';
import { createApi, type Api } from '../../src/telegram/api.ts';
import {
  TOKEN,
  brokenOff,
  halfSilence,
  json,
  no,
  nobody,
  ok,
  page,
  reset,
  serve,
  silence,
  truncated,
  type Loopback,
  type Reaction,
} from './loopback.ts';

const open: (Api | Loopback)[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function apiWith(...reactions: Reaction[]): Promise<{ api: Api; server: Loopback }> {
  const server = await serve(...reactions);
  const api = createApi(server.root, TOKEN);
  open.push(api, server);
  return { api, server };
}

/** One call that is given up after `patience` milliseconds. */
async function observe(reaction: Reaction, patience = 10_000): Promise<Happening> {
  const { api } = await apiWith(reaction);
  return api.call('sendMessage', { chat_id: 1, text: 'Tin' }, AbortSignal.timeout(patience));
}

const forever = new AbortController().signal;

describe('a call', () => {
  it('is a POST of JSON to the method, under the token', async () => {
    const { api, server } = await apiWith(ok(true));
    await api.call(
      'sendMessage',
      { chat_id: 1, text: 'Điểm tin', reply_markup: { inline_keyboard: [] } },
      forever,
    );
    expect(server.calls).toEqual([
      {
        method: 'sendMessage',
        path: `/bot${TOKEN}/sendMessage`,
        body: { chat_id: 1, text: 'Điểm tin', reply_markup: { inline_keyboard: [] } },
      },
    ]);
  });

  it.each(['/api', '/api/'])('keeps a path in the root (%s)', async (path) => {
    const server = await serve(ok(true));
    const api = createApi(server.root + path, TOKEN);
    open.push(api, server);
    await api.call('getMe', {}, forever);
    expect(server.calls[0]?.path).toBe(`/api/bot${TOKEN}/getMe`);
  });

  it('goes on over the same API after one that failed', async () => {
    const { api } = await apiWith(reset, truncated, ok('here'));
    await api.call('getMe', {}, forever);
    await api.call('getMe', {}, forever);
    expect(await api.call('getMe', {}, forever)).toMatchObject({ kind: 'answer', status: 200 });
  });
});

describe('what is observed', () => {
  it.each<[string, Reaction, Happening]>([
    [
      'a yes',
      ok({ message_id: 5 }),
      { kind: 'answer', status: 200, body: { ok: true, result: { message_id: 5 } } },
    ],
    [
      'a no, with its status',
      no(403, 'Forbidden: bot was blocked by the user'),
      {
        kind: 'answer',
        status: 403,
        body: { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' },
      },
    ],
    [
      'a 5xx, with its body',
      no(500, 'restart'),
      {
        kind: 'answer',
        status: 500,
        body: { ok: false, error_code: 500, description: 'restart' },
      },
    ],
    ['JSON that is no object', json(200, 'what'), { kind: 'answer', status: 200, body: 'what' }],
    ["a proxy's page", page(502), { kind: 'garbled', status: 502 }],
    ["a proxy's page that says yes", page(200), { kind: 'garbled', status: 200 }],
    ['an empty answer', (response) => response.writeHead(204).end(), { kind: 'garbled', status: 204 }],
    [
      'a redirect, which is not followed',
      (response) => response.writeHead(302, { location: '/x' }).end(),
      {
        kind: 'garbled',
        status: 302,
      },
    ],
    ['an answer that was cut short', truncated, { kind: 'garbled', status: 200 }],
    ['an answer that broke off', brokenOff, { kind: 'garbled', status: 200 }],
    [
      'more than an answer can be',
      (response) => response.end('x'.repeat(17 * 1024 * 1024)),
      {
        kind: 'garbled',
        status: 200,
      },
    ],
  ])('%s', async (_, reaction, expected) => {
    expect(await observe(reaction)).toEqual(expected);
  });

  it('a connection that was reset after the request: nobody knows what became of it', async () => {
    expect(await observe(reset)).toMatchObject({ kind: 'network', written: true });
  });

  it.each(['127.0.0.1', 'localhost'])(
    'a refused connection to %s: nothing can have been accepted',
    async (host) => {
      const api = createApi(await nobody(host), TOKEN);
      open.push(api);
      const happening = await api.call('sendMessage', { chat_id: 1 }, forever);
      expect(happening).toEqual({ kind: 'network', code: 'ECONNREFUSED', written: false });
    },
  );

  it.each([
    ['a server that says nothing', silence],
    ['a server that stops in the middle', halfSilence],
  ])('%s, until the patience ends', async (_, reaction) => {
    expect(await observe(reaction, 100)).toEqual({ kind: 'aborted', written: true });
  });

  it('nothing, when the patience had ended before', async () => {
    const { api, server } = await apiWith(ok(true));
    expect(await api.call('getMe', {}, AbortSignal.abort())).toEqual({ kind: 'aborted', written: false });
    expect(server.calls).toEqual([]);
  });
});

describe('the token', () => {
  it.each([
    ['a page', page(404)],
    ['a page that is too long', page(413)],
    ['an answer cut short', truncated],
    ['an answer that broke off', brokenOff],
    ['a reset', reset],
    ['silence', silence],
  ])('is not in what is observed of %s', async (_, reaction) => {
    const happening = await observe(reaction, 200);
    expect(inspect(happening, { depth: null, showHidden: true })).not.toContain('AAFake');
  });
});
