import { afterEach, describe, expect, it, vi } from 'vitest';
import { createLog } from '../../src/log.ts';
import { createApi, type Api } from '../../src/telegram/api.ts';
import { poll, type PollingEnd } from '../../src/telegram/polling.ts';
import {
  TOKEN,
  brokenOff,
  flood,
  halfSilence,
  hurry,
  json,
  no,
  nobody,
  ok,
  page,
  reset,
  serve,
  silence,
  truncated,
  type Call,
  type Loopback,
  type Reaction,
} from './loopback.ts';

const open: (Api | Loopback)[] = [];

afterEach(async () => {
  vi.restoreAllMocks();
  for (const one of open.splice(0)) await one.close();
});

const updates = (...ids: number[]): { update_id: number }[] => ids.map((update_id) => ({ update_id }));

interface Polled {
  end: PollingEnd;
  calls: Call[];
  /** The ids of each batch that was taken, in order. */
  batches: number[][];
  /** How long it waited each time, in milliseconds. */
  waits: number[];
  completed: number;
  log: string;
}

/** Polls a server that reacts so, until it has nothing left to react with, or the loop ends on its own. */
async function pollThrough(
  reactions: Reaction[],
  take: (ids: number[]) => Promise<void> | void = () => undefined,
): Promise<Polled> {
  const stop = new AbortController();
  const theEnd: Reaction = () => stop.abort();
  const server = await serve(...reactions, theEnd);
  const api = createApi(server.root, TOKEN);
  open.push(api, server);
  const polled: Omit<Polled, 'end'> = { calls: server.calls, batches: [], waits: [], completed: 0, log: '' };
  const end = await poll({
    api,
    log: createLog('debug', [], (line) => {
      polled.log += line;
    }),
    signal: stop.signal,
    take: async (batch) => {
      const ids = batch.map(({ update_id }) => update_id);
      await take(ids);
      polled.batches.push(ids);
    },
    room: () => Promise.resolve(),
    onPoll: () => {
      polled.completed += 1;
    },
    wait: (milliseconds) => {
      polled.waits.push(milliseconds);
      return Promise.resolve();
    },
  });
  return { ...polled, end };
}

const offsets = (calls: readonly Call[]): unknown[] =>
  calls.filter(({ method }) => method === 'getUpdates').map(({ body }) => body.offset);

describe('polling', () => {
  it('asks for what the bot handles, long enough and in batches', async () => {
    const { calls } = await pollThrough([ok([]), ok([])]);
    const asked = {
      offset: 0,
      limit: 100,
      allowed_updates: ['message', 'channel_post', 'callback_query', 'inline_query', 'my_chat_member'],
    };
    // At first only for what waits already.
    expect(calls.map(({ body }) => body)).toEqual([
      { ...asked, timeout: 0 },
      { ...asked, timeout: 25 },
      { ...asked, timeout: 25 },
    ]);
  });

  it('asks for what waits already until it has been told', async () => {
    const { calls } = await pollThrough([no(502, 'Bad Gateway'), ok([])]);
    expect(calls.map(({ body }) => body.timeout)).toEqual([0, 0, 25]);
  });

  it('confirms a batch with the next poll', async () => {
    const { calls, batches, completed } = await pollThrough([ok(updates(10, 11)), ok([]), ok(updates(12))]);
    expect(offsets(calls)).toEqual([0, 12, 12, 13]);
    expect(batches).toEqual([[10, 11], [], [12]]);
    expect(completed).toBe(3);
  });

  it('confirms a batch only after it was stored', async () => {
    const seen: unknown[] = [];
    const server = await serve(ok(updates(10)), silence);
    const api = createApi(server.root, TOKEN);
    open.push(api, server);
    const stop = new AbortController();
    let stored: () => void = () => undefined;
    const polling = poll({
      api,
      log: createLog('silent', []),
      signal: stop.signal,
      take: () =>
        new Promise((resolve) => {
          stored = resolve;
        }),
      room: () => Promise.resolve(),
      onPoll: () => seen.push('polled'),
    });
    await vi.waitFor(() => expect(seen).toEqual(['polled']));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(offsets(server.calls)).toEqual([0]);
    stored();
    await vi.waitFor(() => expect(offsets(server.calls)).toEqual([0, 11]));
    stop.abort();
    expect(await polling).toEqual({ reason: 'stopped' });
  });

  it('asks for the same updates again when they could not be stored, ever more slowly', async () => {
    let failures = 0;
    const { calls, batches, waits, log } = await pollThrough(
      [ok(updates(10)), ok(updates(10)), ok(updates(10, 11))],
      () => {
        if (failures++ < 2) throw new Error('the disk is full');
      },
    );
    expect(offsets(calls)).toEqual([0, 0, 0, 12]);
    expect(batches).toEqual([[10, 11]]);
    expect(waits).toHaveLength(2);
    expect(waits[0]).toBeLessThanOrEqual(500);
    expect(waits[1]).toBeGreaterThanOrEqual(500);
    expect(log).toContain('the disk is full');
  });

  it('passes over what is no update', async () => {
    const { calls, batches } = await pollThrough([ok([null, 'x', {}, { update_id: 'x' }, { update_id: 7 }])]);
    expect(batches).toEqual([[7]]);
    expect(offsets(calls)).toEqual([0, 8]);
  });

  it('does not ask while there is no room', async () => {
    const server = await serve(ok(updates(1)), silence);
    const api = createApi(server.root, TOKEN);
    open.push(api, server);
    const stop = new AbortController();
    let [asked, make] = [0, (): void => undefined];
    const polling = poll({
      api,
      log: createLog('silent', []),
      signal: stop.signal,
      take: () => Promise.resolve(),
      room: () => (asked++ === 0 ? Promise.resolve() : new Promise((resolve) => (make = resolve))),
      onPoll: () => undefined,
    });
    await vi.waitFor(() => expect(asked).toBe(2));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(server.calls).toHaveLength(1);
    make();
    await vi.waitFor(() => expect(server.calls).toHaveLength(2));
    stop.abort();
    await polling;
  });

  it('ends when it is stopped in the middle of a poll, taking nothing', async () => {
    const { end, batches } = await pollThrough([]);
    expect(end).toEqual({ reason: 'stopped' });
    expect(batches).toEqual([]);
  });
});

describe('what does not make the bot deaf', () => {
  it.each([
    ['a 500', no(500, 'Internal Server Error: restart')],
    ["a proxy's page", page(502)],
    ["a proxy's page that says yes", page(200)],
    ['a yes without updates', ok({})],
    ['JSON that means nothing', json(200, null)],
    ['a no that means nothing', json(400, { ok: false })],
    ['an answer that was cut short', truncated],
    ['an answer that broke off', brokenOff],
    ['a reset', reset],
  ])('%s: it asks again after a moment', async (_, reaction) => {
    const { calls, batches, waits, end } = await pollThrough([reaction, ok(updates(10))]);
    expect(offsets(calls)).toEqual([0, 0, 11]);
    expect(batches).toEqual([[10]]);
    expect(waits).toHaveLength(1);
    expect(waits[0]).toBeGreaterThanOrEqual(250);
    expect(waits[0]).toBeLessThanOrEqual(500);
    expect(end.reason).toBe('stopped');
  });

  it('a 429: it waits as long as Telegram says', async () => {
    expect((await pollThrough([flood(7), ok([])])).waits).toEqual([7_000]);
  });

  it('a 429 of a day: it asks again within the hour', async () => {
    expect((await pollThrough([flood(86_400), ok([])])).waits).toEqual([3_600_000]);
  });

  it('failures in a row: it waits longer each time, up to fifteen seconds, and begins anew after a success', async () => {
    const { waits } = await pollThrough([...Array.from({ length: 8 }, () => page(502)), ok([]), page(502)]);
    for (const [index, most] of [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000, 500].entries()) {
      expect(waits[index]).toBeGreaterThanOrEqual(most / 2);
      expect(waits[index]).toBeLessThanOrEqual(most);
    }
  });

  it.each([
    ['says nothing', silence],
    ['stops in the middle of an answer', halfSilence],
  ])('a server that %s: it gives up the poll after its time, and asks again', async (_, reaction) => {
    hurry(40_000);
    const { calls, batches, log } = await pollThrough([reaction, ok(updates(10))]);
    expect(offsets(calls)).toEqual([0, 0, 11]);
    expect(batches).toEqual([[10]]);
    expect(log).toContain('deadline');
  });

  it('nobody at the other end', async () => {
    const api = createApi(await nobody(), TOKEN);
    open.push(api);
    const stop = new AbortController();
    const waits: number[] = [];
    const end = await poll({
      api,
      log: createLog('silent', []),
      signal: stop.signal,
      take: () => Promise.resolve(),
      room: () => Promise.resolve(),
      onPoll: () => undefined,
      wait: (milliseconds) => {
        if (waits.push(milliseconds) === 3) stop.abort();
        return Promise.resolve();
      },
    });
    expect(end).toEqual({ reason: 'stopped' });
    expect(waits).toHaveLength(3);
  });
});

describe('what the operator has to see to', () => {
  it('a token that is not accepted ends it', async () => {
    const { end, waits } = await pollThrough([ok(updates(1)), no(401, 'Unauthorized')]);
    expect(end).toEqual({ reason: 'unauthorized' });
    expect(waits).toEqual([]);
  });

  const TERMINATED =
    'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running';

  it('another program with the same token ends it, when it does not go away', async () => {
    const { end, calls, waits } = await pollThrough(Array.from({ length: 6 }, () => no(409, TERMINATED)));
    expect(end).toEqual({ reason: 'conflict', description: TERMINATED });
    expect(calls).toHaveLength(5);
    expect(waits).toEqual([1_000, 2_000, 3_000, 4_000]);
  });

  it("the program's own last poll, which is remembered for a moment, does not", async () => {
    const conflict = no(409, TERMINATED);
    const fine = [conflict, conflict, conflict, conflict, ok(updates(1))];
    const { end, batches } = await pollThrough([...fine, ...fine]);
    expect(end).toEqual({ reason: 'stopped' });
    expect(batches).toEqual([[1], [1]]);
  });

  it('a webhook that was left behind is removed', async () => {
    const left =
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";
    const { calls } = await pollThrough([no(409, left), ok(true), ok(updates(1))]);
    expect(calls.map(({ method }) => method)).toEqual([
      'getUpdates',
      'deleteWebhook',
      'getUpdates',
      'getUpdates',
    ]);
  });

  it('a webhook that somebody sets at this moment is not', async () => {
    const { calls } = await pollThrough([no(409, 'Conflict: terminated by setWebhook request'), ok([])]);
    expect(calls.map(({ method }) => method)).toEqual(['getUpdates', 'getUpdates', 'getUpdates']);
  });
});

describe('the log of polling', () => {
  it('never has the token', async () => {
    const { log } = await pollThrough([reset, truncated, page(404), page(413), no(500, 'restart'), flood(1)]);
    expect(log).toContain('polling failed');
    expect(log).not.toContain('AAFake');
  });
});
