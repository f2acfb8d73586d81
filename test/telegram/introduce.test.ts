import { afterEach, describe, expect, it, vi } from 'vitest';
import { createLog } from '../../src/log.ts';
import { createApi } from '../../src/telegram/api.ts';
import { introduce } from '../../src/telegram/introduce.ts';
import { TOKEN, flood, hurry, json, no, ok, page, reset, serve, silence, type Reaction } from './loopback.ts';

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  vi.restoreAllMocks();
  for (const close of closing.splice(0)) await close();
});

const ME = { id: 123_456_789, is_bot: true, first_name: 'Điểm Tin', username: 'diemtin_bot' };

async function ask(
  reactions: Reaction[],
  cached: string | null = null,
  signal = new AbortController().signal,
) {
  const server = await serve(...reactions);
  const api = createApi(server.root, TOKEN);
  closing.push(
    () => api.close(),
    () => server.close(),
  );
  return { me: await introduce({ api, log: createLog('silent', []), signal, cached }), calls: server.calls };
}

describe('asking who the bot is', () => {
  it('gives its account', async () => {
    expect((await ask([ok(ME)])).me).toEqual(ME);
  });

  it.each([
    ['a refused token', no(401, 'Unauthorized')],
    ['a token of no bot', no(404, 'Not Found')],
  ])('ends with %s: the operator has to see to it', async (_, reaction) => {
    const { me, calls } = await ask([reaction], JSON.stringify(ME));
    expect(me).toBeNull();
    expect(calls).toHaveLength(1);
  });

  it.each([
    ['a 500', no(500, 'Internal Server Error: restart')],
    ["a proxy's page", page(502)],
    ['a reset', reset],
    ['an account without a name', ok({ id: 1 })],
    ['JSON that means nothing', json(200, null)],
  ])('asks again after %s', async (_, reaction) => {
    const { me, calls } = await ask([reaction, ok(ME)]);
    expect(me).toEqual(ME);
    expect(calls).toHaveLength(2);
  });

  it('does not ask in a loop when it is to wait for weeks, which no timer can', async () => {
    const stopping = new AbortController();
    setTimeout(() => stopping.abort(), 150);
    const server = await serve(flood(2_592_000));
    const api = createApi(server.root, TOKEN);
    closing.push(
      () => api.close(),
      () => server.close(),
    );
    const log = createLog('silent', []);
    await expect(introduce({ api, log, signal: stopping.signal, cached: null })).rejects.toThrow();
    expect(server.calls).toHaveLength(1);
  });

  it('waits as long as Telegram says', async () => {
    const began = Date.now();
    expect((await ask([flood(1), ok(ME)])).me).toEqual(ME);
    expect(Date.now() - began).toBeGreaterThanOrEqual(990);
  });

  it('ends when the program is to stop', async () => {
    const stop = new AbortController();
    const asking = ask([silence], null, stop.signal);
    setTimeout(() => stop.abort(), 30);
    await expect(asking).rejects.toThrow();
  });
});

describe('when Telegram does not say', () => {
  it('the name from an earlier run serves as well, after a few tries', async () => {
    hurry(8_000);
    const { me, calls } = await ask([silence], JSON.stringify(ME));
    expect(me).toEqual(ME);
    expect(calls).toHaveLength(3);
  });
});
