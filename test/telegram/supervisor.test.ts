import type { Update } from 'telegraf/types';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLog } from '../../src/log.ts';
import { openDatabase, type Db } from '../../src/store/database.ts';
import { createInbox } from '../../src/store/inbox.ts';
import { createApi, type Api } from '../../src/telegram/api.ts';
import { startSupervisor, type Supervisor, type SupervisorOptions } from '../../src/telegram/supervisor.ts';
import { TOKEN, no, ok, serve, silence, type Loopback, type Reaction } from './loopback.ts';

let db: Db;
const closing: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  db = await openDatabase(':memory:');
});

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await db.destroy();
});

const said = (update_id: number, chatId: number): Update =>
  ({
    update_id,
    message: { message_id: update_id, chat: { id: chatId, type: 'private' } },
  }) as unknown as Update;

/** An update that is not for the bot. */
const TALK = 99;

interface Hearing {
  supervisor: Supervisor;
  server: Loopback;
  log: () => string;
}

async function hear(
  handle: (update: Update) => Promise<void>,
  reactions: Reaction[],
  options: Partial<SupervisorOptions> = {},
): Promise<Hearing> {
  const server = await serve(...reactions);
  const api = createApi(server.root, TOKEN);
  let lines = '';
  const supervisor = startSupervisor({
    api,
    bot: { handle, hears: ({ update_id }) => update_id !== TALK },
    inbox: createInbox<Update>(db),
    log: createLog('info', [], (line) => {
      lines += line;
    }),
    now: () => 0,
    ...options,
  });
  closing.push(
    () => server.close(),
    () => api.close(),
    () => supervisor.stop(),
  );
  return { supervisor, server, log: () => lines };
}

/** Updates that a kill now would leave for the next start. */
async function waiting(): Promise<number[]> {
  const rows = await db.selectFrom('inbox').select('update_id').execute();
  return rows.map((row) => row.update_id);
}

describe('catching up', () => {
  it('takes until those who waited at the start are answered', async () => {
    const answers: (() => void)[] = [];
    const { supervisor } = await hear(
      () => new Promise((resolve) => answers.push(resolve)),
      [ok([said(1, 7), said(2, 8)]), silence],
    );
    let isOver = false;
    void supervisor.caughtUp.then(() => (isOver = true));
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    answers[0]?.();
    await vi.waitFor(async () => expect(await waiting()).toEqual([2]));
    expect(isOver).toBe(false);
    answers[1]?.();
    await supervisor.caughtUp;
  });

  it('takes until what an earlier run had left is answered', async () => {
    await createInbox<Update>(db).take([said(1, 7)], 0);
    let answer: () => void = () => undefined;
    const { supervisor, server } = await hear(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
      [ok([]), silence],
    );
    let isOver = false;
    void supervisor.caughtUp.then(() => (isOver = true));
    await vi.waitFor(() => expect(server.calls).toHaveLength(2));
    expect(isOver).toBe(false);
    answer();
    await supervisor.caughtUp;
  });

  it('takes no time where nobody waits', async () => {
    const { supervisor } = await hear(() => Promise.resolve(), [ok([]), silence]);
    await supervisor.caughtUp;
  });
});

describe('hearing', () => {
  it('hands every update to the bot, in order for each chat, and forgets it then', async () => {
    const handled: number[] = [];
    await hear(
      (update) => {
        handled.push(update.update_id);
        return Promise.resolve();
      },
      [ok([said(1, 7), said(2, 8), said(3, 7)]), ok([said(4, 7)]), silence],
    );
    await vi.waitFor(() => expect(handled).toHaveLength(4));
    expect(handled.filter((id) => id !== 2)).toEqual([1, 3, 4]);
    await vi.waitFor(async () => expect(await waiting()).toEqual([]));
  });

  it('holds up only the chat that is slow', async () => {
    const handled: number[] = [];
    let finishSlow: () => void = () => undefined;
    await hear(
      (update) => {
        handled.push(update.update_id);
        return update.update_id === 1 ? new Promise((resolve) => (finishSlow = resolve)) : Promise.resolve();
      },
      [ok([said(1, 7), said(2, 7), said(3, 8)]), silence],
    );
    await vi.waitFor(() => expect(handled).toEqual([1, 3]));
    finishSlow();
    await vi.waitFor(() => expect(handled).toEqual([1, 3, 2]));
  });

  it('handles an update once, though Telegram repeats it', async () => {
    const handled: number[] = [];
    const { server } = await hear(
      (update) => {
        handled.push(update.update_id);
        return Promise.resolve();
      },
      [ok([said(1, 7)]), ok([said(1, 7), said(2, 7)]), silence],
    );
    await vi.waitFor(() => expect(server.calls).toHaveLength(3));
    await vi.waitFor(() => expect(handled).toEqual([1, 2]));
  });

  it('neither handles nor keeps what is not for the bot, and has Telegram forget it', async () => {
    const handled: number[] = [];
    const { server } = await hear(
      (update) => {
        handled.push(update.update_id);
        return Promise.resolve();
      },
      [ok([said(98, 7), said(TALK, 7)]), silence],
    );
    await vi.waitFor(() => expect(server.calls.at(1)?.body).toMatchObject({ offset: 100 }));
    await vi.waitFor(() => expect(handled).toEqual([98]));
    const known = await db.selectFrom('updates').select('update_id').execute();
    expect(known).toEqual([{ update_id: 98 }]);
  });

  it('begins with what an earlier run did not finish', async () => {
    await createInbox<Update>(db).take([said(1, 7)], 0);
    const handled: number[] = [];
    await hear(
      (update) => {
        handled.push(update.update_id);
        return Promise.resolve();
      },
      [ok([said(2, 7)]), silence],
    );
    await vi.waitFor(() => expect(handled).toEqual([1, 2]));
  });

  it('goes on when an update cannot be marked as handled: it is handled again at the next start', async () => {
    const inbox = createInbox<Update>(db);
    const broken = { ...inbox, finish: () => Promise.reject(new Error('the disk is full')) };
    const { log } = await hear(() => Promise.resolve(), [ok([said(1, 7)]), silence], { inbox: broken });
    await vi.waitFor(() => expect(log()).toContain('the disk is full'));
    expect(await waiting()).toEqual([1]);
  });

  it('begins anew when polling itself breaks, which it never should', async () => {
    const handled: number[] = [];
    const server = await serve(ok([said(1, 7)]), silence);
    const api = createApi(server.root, TOKEN);
    let calls = 0;
    const breaking: Api = {
      ...api,
      call: (...args) => (calls++ === 0 ? Promise.reject(new Error('a bug')) : api.call(...args)),
    };
    const handle = (update: Update): Promise<void> => {
      handled.push(update.update_id);
      return Promise.resolve();
    };
    const { log } = await hear(handle, [silence], { api: breaking });
    closing.push(
      () => server.close(),
      () => api.close(),
    );
    await vi.waitFor(() => expect(handled).toEqual([1]), 5_000);
    expect(log()).toContain('a bug');
  });

  it('fails when the inbox cannot be read', async () => {
    const broken = { ...createInbox<Update>(db), unfinished: () => Promise.reject(new Error('malformed')) };
    const { supervisor } = await hear(() => Promise.resolve(), [silence], { inbox: broken });
    await expect(supervisor.done).rejects.toThrow('malformed');
  });
});

describe('what keeps the bot from hearing', () => {
  it('is nothing while polls complete', async () => {
    let now = 0;
    const { supervisor, server } = await hear(() => Promise.resolve(), [ok([]), silence], { now: () => now });
    await vi.waitFor(() => expect(server.calls).toHaveLength(2));
    now = 90_000;
    expect(supervisor.problem()).toBeNull();
    now = 90_001;
    expect(supervisor.problem()).toBe('no completed poll for 90 s');
  });

  it('is a token that is not accepted; the program stays up', async () => {
    const { supervisor, log } = await hear(() => Promise.resolve(), [no(401, 'Unauthorized')]);
    await vi.waitFor(() => expect(supervisor.problem()).toBe('Telegram does not accept BOT_TOKEN'));
    expect(log()).toContain('BotFather');
    await supervisor.stop();
    expect(await supervisor.done).toEqual({ reason: 'stopped' });
  });
});

describe('stopping', () => {
  it('waits for the handler under way; what has not begun is there for the next start', async () => {
    const handled: number[] = [];
    let finish: () => void = () => undefined;
    const { supervisor } = await hear(
      (update) => {
        handled.push(update.update_id);
        return new Promise((resolve) => (finish = resolve));
      },
      [ok([said(1, 7), said(2, 7)]), silence],
    );
    await vi.waitFor(() => expect(handled).toEqual([1]));
    let stopped = false;
    const stop = supervisor.stop().then(() => {
      stopped = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(stopped).toBe(false);
    finish();
    await stop;
    expect(handled).toEqual([1]);
    expect(await waiting()).toEqual([2]);
  });

  it('waits until a batch that was fetched is stored, and handles none of it', async () => {
    const inbox = createInbox<Update>(db);
    let [asked, store] = [false, (): void => undefined];
    const slow = {
      ...inbox,
      take: async (updates: Update[], now: number): Promise<Update[]> => {
        asked = true;
        await new Promise<void>((resolve) => (store = resolve));
        return inbox.take(updates, now);
      },
    };
    const handle = vi.fn(() => Promise.resolve());
    const { supervisor } = await hear(handle, [ok([said(1, 7)]), silence], { inbox: slow });
    await vi.waitFor(() => expect(asked).toBe(true));
    const stop = supervisor.stop();
    store();
    await stop;
    expect(handle).not.toHaveBeenCalled();
    expect(await waiting()).toEqual([1]);
  });
});
