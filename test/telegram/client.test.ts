import { inspect } from 'node:util';
import { TelegramError } from 'telegraf';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Outcome } from '../../src/delivery/outcome.ts';
import { createApi, type Api } from '../../src/telegram/api.ts';
import { HeldError, TelegramClient, UnansweredError } from '../../src/telegram/client.ts';
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

interface Bench {
  client: TelegramClient;
  calls: Call[];
  /** How long it waited each time, in milliseconds. */
  waits: number[];
  /** The chats for which a message asked for its turn. */
  turns: number[];
  /** What the lane was told afterwards. */
  settled: [number, Outcome['kind']][];
  stop: AbortController;
}

function benchAt(root: string, calls: Call[], mayLeave = true): Bench {
  const api = createApi(root, TOKEN);
  open.push(api);
  const [waits, turns, settled]: [number[], number[], [number, Outcome['kind']][]] = [[], [], []];
  const stop = new AbortController();
  const client = new TelegramClient({
    token: TOKEN,
    root,
    api,
    lane: {
      acquire: (chatId) => {
        turns.push(chatId);
        return Promise.resolve(mayLeave);
      },
      settled: (chatId, outcome) => void settled.push([chatId, outcome.kind]),
    },
    stopping: stop.signal,
    wait: (milliseconds) => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
  });
  return { client, calls, waits, turns, settled, stop };
}

async function bench(...reactions: Reaction[]): Promise<Bench> {
  const server = await serve(...reactions);
  open.push(server);
  return benchAt(server.root, server.calls);
}

const TIN = { chat_id: 7, text: 'Điểm tin sáng' };

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('it succeeded');
    },
    (error: unknown) => error,
  );
}

describe('a call', () => {
  it('gives what Telegram answered', async () => {
    const { client, calls } = await bench(ok({ message_id: 5 }));
    expect(await client.request('sendMessage', TIN)).toEqual({ message_id: 5 });
    expect(calls).toMatchObject([{ method: 'sendMessage', body: TIN }]);
  });

  it("is what telegraf's own methods become", async () => {
    const { client, calls } = await bench(ok({ id: 1, is_bot: true }), ok({ message_id: 5 }));
    expect(await client.getMe()).toEqual({ id: 1, is_bot: true });
    await client.sendMessage(7, 'Tin');
    expect(calls.map(({ method, body }) => [method, body.chat_id])).toEqual([
      ['getMe', undefined],
      ['sendMessage', 7],
    ]);
  });

  it('fails with what Telegram said, and with nothing that was sent', async () => {
    const { client } = await bench(no(400, "Bad Request: can't parse entities: Unclosed start tag"));
    const error = await failureOf(client.request('sendMessage', TIN));
    expect(error).toBeInstanceOf(TelegramError);
    expect(error).toMatchObject({
      code: 400,
      description: "Bad Request: can't parse entities: Unclosed start tag",
    });
    expect(inspect(error, { depth: null })).not.toContain('Điểm tin');
  });
});

describe('a flood limit', () => {
  it('is waited out as long as Telegram says', async () => {
    const { client, calls, waits } = await bench(flood(2), flood(3), ok(true));
    expect(await client.request('sendMessage', TIN)).toBe(true);
    expect(calls).toHaveLength(3);
    expect(waits).toEqual([2_000, 3_000]);
  });

  it.each([
    ['longer than a person waits', [flood(45)], 1],
    ['again and again', [flood(1)], 4],
  ])('is given up when it is %s', async (_, reactions, calls) => {
    const with429 = await bench(...reactions);
    expect(await failureOf(with429.client.request('sendMessage', TIN))).toMatchObject({ code: 429 });
    expect(with429.calls).toHaveLength(calls);
  });

  it('is told to the lane, so that digests to the chat wait as well', async () => {
    const { client, settled } = await bench(flood(2), ok(true));
    await client.request('sendMessage', TIN);
    expect(settled).toEqual([
      [7, 'retryAt'],
      [7, 'sent'],
    ]);
  });
});

/** After these nobody knows whether the call was accepted. */
const AMBIGUOUS: [string, Reaction][] = [
  ['a 500', no(500, 'Internal Server Error: restart')],
  ["a proxy's page", page(502)],
  ["a proxy's page that says yes", page(200)],
  ['an answer that was cut short', truncated],
  ['an answer that broke off', brokenOff],
  ['a reset', reset],
];

describe('when nobody knows whether it was accepted', () => {
  it.each(AMBIGUOUS)('a message is not repeated: %s', async (_, reaction) => {
    const { client, calls } = await bench(reaction, ok({ message_id: 5 }));
    expect(await failureOf(client.request('sendMessage', TIN))).toBeInstanceOf(Error);
    expect(calls).toHaveLength(1);
  });

  it.each(AMBIGUOUS)('an edit is repeated, since a second one changes nothing: %s', async (_, reaction) => {
    const { client, calls, waits } = await bench(reaction, ok(true));
    expect(await client.request('editMessageText', { ...TIN, message_id: 5 })).toBe(true);
    expect(calls).toHaveLength(2);
    expect(waits).toEqual([250]);
  });

  it.each(['getChatMember', 'setMyCommands', 'deleteMessage', 'answerCallbackQuery'])(
    '%s is repeated',
    async (method) => {
      const { client, calls } = await bench(reset, ok(true));
      expect(await client.request(method, {})).toBe(true);
      expect(calls).toHaveLength(2);
    },
  );

  it('it is given up in the end', async () => {
    const { client, calls, waits } = await bench(reset);
    expect(await failureOf(client.request('getMe', {}))).toBeInstanceOf(UnansweredError);
    expect(calls).toHaveLength(5);
    expect(waits).toEqual([250, 1_000, 3_000, 8_000]);
  });

  it.each([
    ['silence', silence],
    ['an answer that stops in the middle', halfSilence],
  ])('a message is not repeated after %s', async (_, reaction) => {
    hurry(15_000);
    const { client, calls } = await bench(reaction);
    const error = await failureOf(client.request('sendMessage', TIN));
    expect(error).toBeInstanceOf(UnansweredError);
    expect(String(error)).toContain('sendMessage got no answer: deadline');
    expect(calls).toHaveLength(1);
  });
});

describe('when it certainly was not accepted', () => {
  it('a message is repeated: nobody listened', async () => {
    const { client, waits } = benchAt(await nobody(), []);
    const error = await failureOf(client.request('sendMessage', TIN));
    expect(error).toBeInstanceOf(UnansweredError);
    expect(String(error)).toContain('ECONNREFUSED');
    expect(waits).toEqual([250, 1_000, 3_000, 8_000]);
  });

  it('a message goes to the new id of a group that became a supergroup, once', async () => {
    const moved = no(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: -1_001_234_567_890,
    });
    const { client, calls, waits } = await bench(moved, ok(true));
    expect(await client.request('sendMessage', { ...TIN, chat_id: -5 })).toBe(true);
    expect(calls.map(({ body }) => body.chat_id)).toEqual([-5, -1_001_234_567_890]);
    expect(waits).toEqual([]);

    const circular = await bench(moved);
    expect(await failureOf(circular.client.request('sendMessage', { ...TIN, chat_id: -5 }))).toMatchObject({
      code: 400,
    });
    expect(circular.calls).toHaveLength(2);
  });

  it.each([
    ['a no', no(403, 'Forbidden: bot was blocked by the user')],
    ['a no to what was sent', no(400, 'Bad Request: message is too long')],
  ])('%s is not asked again', async (_, reaction) => {
    const { client, calls } = await bench(reaction);
    await failureOf(client.request('sendMessage', TIN));
    expect(calls).toHaveLength(1);
  });
});

describe('the turn of a message', () => {
  it.each(['sendMessage', 'editMessageText', 'copyMessage', 'forwardMessage'])(
    '%s waits for it',
    async (method) => {
      const { client, turns, settled } = await bench(ok(true));
      await client.request(method, TIN);
      expect(turns).toEqual([7]);
      expect(settled).toEqual([[7, 'sent']]);
    },
  );

  it.each(['getChat', 'getChatMember', 'answerCallbackQuery', 'setMyCommands', 'deleteMessage'])(
    '%s does not',
    async (method) => {
      const { client, turns, settled } = await bench(ok(true));
      await client.request(method, TIN);
      expect([turns, settled]).toEqual([[], []]);
    },
  );

  it('that does not come in time leaves the message unsent', async () => {
    const server = await serve(ok(true));
    open.push(server);
    const { client, calls } = benchAt(server.root, server.calls, false);
    expect(await failureOf(client.request('sendMessage', TIN))).toBeInstanceOf(HeldError);
    expect(calls).toEqual([]);
  });
});

describe('when the program stops', () => {
  it('what is under way is given up at once', async () => {
    const { client, calls, stop } = await bench(silence);
    const failure = failureOf(client.request('sendMessage', TIN));
    await vi.waitFor(() => expect(calls).toHaveLength(1));
    stop.abort();
    expect(await failure).toBeInstanceOf(UnansweredError);
  });

  it('nothing is tried again', async () => {
    const { client, calls, stop } = await bench((response) => {
      stop.abort();
      flood(1)(response, response.req);
    });
    await failureOf(client.request('sendMessage', TIN));
    expect(calls.length).toBeLessThanOrEqual(1);
  });
});

describe('the token, and what was sent', () => {
  it.each<[string, Reaction]>([
    ...AMBIGUOUS,
    ['a page that nothing is there', page(404)],
    ['a page that it is too long', page(413)],
    ['a no', no(400, 'Bad Request: message is too long')],
    ['a 401', no(401, 'Unauthorized')],
    ['a no without words', json(403, { ok: false })],
    ['JSON that means nothing', json(200, [])],
  ])('are not in the error after %s', async (_, reaction) => {
    const { client } = await bench(reaction);
    for (const method of ['sendMessage', 'getChat']) {
      const error = await failureOf(client.request(method, TIN));
      const shown = [
        String(error),
        error instanceof Error ? error.stack : '',
        inspect(error, { depth: null, showHidden: true }),
        JSON.stringify(error),
      ].join('\n');
      expect(shown).not.toContain('AAFake');
      expect(shown).not.toContain('Điểm tin sáng');
    }
  });

  it('are not in the error when nobody listens', async () => {
    const { client } = benchAt(await nobody(), []);
    const error = await failureOf(client.request('sendMessage', TIN));
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain('AAFake');
  });
});
