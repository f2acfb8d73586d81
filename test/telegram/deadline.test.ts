import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it } from 'vitest';
import { createApi, type Api } from '../../src/telegram/api.ts';
import { callWithin, within } from '../../src/telegram/deadline.ts';
import { TOKEN, ok, serve, silence, type Loopback, type Reaction } from './loopback.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const program = new AbortController();
let server: Loopback | null = null;

async function apiOf(reaction: Reaction): Promise<Api> {
  server = await serve(reaction);
  return createApi(server.root, TOKEN);
}

afterEach(async () => {
  await server?.close();
  server = null;
});

/** What the garbage collector can take is gone by then. */
async function passTime(ms: number): Promise<void> {
  const end = performance.now() + ms;
  while (performance.now() < end) {
    collectGarbage();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('a call that nobody answers', () => {
  it('ends in time, also when there was garbage to collect meanwhile', async () => {
    const api = await apiOf(silence);
    let ended: unknown = null;
    void callWithin(200, program.signal, api, 'getUpdates', {}).then((happening) => {
      ended = happening;
    });
    await passTime(400);
    expect(ended).toEqual({ kind: 'aborted', written: true });
    await api.close();
  });

  it('ends when the program does', async () => {
    const api = await apiOf(silence);
    const stopping = new AbortController();
    const call = callWithin(60_000, stopping.signal, api, 'getUpdates', {});
    await passTime(50);
    stopping.abort();
    expect(await call).toMatchObject({ kind: 'aborted' });
    expect(await callWithin(60_000, stopping.signal, api, 'getUpdates', {})).toEqual({
      kind: 'aborted',
      written: false,
    });
    await api.close();
  });

  it('ends a second later even when the HTTP client does not obey', async () => {
    const deaf: Api = { call: () => new Promise(() => undefined), close: () => Promise.resolve() };
    const began = performance.now();
    expect(await callWithin(30, program.signal, deaf, 'getMe', {})).toEqual({
      kind: 'aborted',
      written: true,
    });
    expect(performance.now() - began).toBeGreaterThan(1_000);
  });
});

it('a hundred calls at a time are no leak to warn of', async () => {
  const warnings: Error[] = [];
  const warn = (warning: Error): void => void warnings.push(warning);
  process.on('warning', warn);
  const { signal } = new AbortController();
  const brief = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
  await Promise.all(Array.from({ length: 100 }, () => within(1_000, signal, brief)));
  process.off('warning', warn);
  expect(warnings).toEqual([]);
});

describe('a call that is answered', () => {
  it('gives the answer, and leaves nothing waiting', async () => {
    const api = await apiOf(ok(true));
    let seen: AbortSignal | null = null;
    const watched: Api = {
      ...api,
      call(method, payload, signal) {
        seen = signal;
        return api.call(method, payload, signal);
      },
    };
    expect(await callWithin(30, program.signal, watched, 'getMe', {})).toMatchObject({ kind: 'answer' });
    await passTime(60);
    expect(seen).toMatchObject({ aborted: false });
    await api.close();
  });

  it('fails as it fails', async () => {
    await expect(within(1_000, program.signal, () => Promise.reject(new Error('ours')))).rejects.toThrow(
      'ours',
    );
  });
});
