import { readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BotApi } from '../../src/playground/botApi.ts';
import { startDouble } from '../tools/double.ts';
import { Newsroom } from '../tools/program.ts';

let api: BotApi;
let room: Newsroom;

beforeEach(async () => {
  api = await startDouble();
  room = new Newsroom(api);
  room.publish('mot', 'Bài thứ nhất');
});

afterEach(async () => {
  await room.close();
  await api.close();
});

function fetchHealth(port: number): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    get({ port, path: '/healthz', host: '127.0.0.1' }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    }).on('error', reject);
  });
}

describe('the program', () => {
  it('ends with 78 and every problem by name when settings are wrong, without the token', async () => {
    const program = await room.start(
      { TIMEZONE: 'Hanoi', DIGEST_CRON: 'daily', BOT_TOKEN: 'SECRET' },
      { ready: false },
    );
    expect((await program.exited).code).toBe(78);
    for (const name of ['BOT_TOKEN', 'TIMEZONE', 'DIGEST_CRON']) expect(program.output()).toContain(name);
    expect(program.output()).not.toContain('SECRET');
  });

  it('ends with 78 when Telegram does not accept the token, which is not printed', async () => {
    const program = await room.start({ BOT_TOKEN: '123456:wrong-token' }, { ready: false });
    expect((await program.exited).code).toBe(78);
    expect(program.output()).toContain('BOT_TOKEN');
    expect(program.output()).not.toContain('wrong-token');
  });

  it('ends with 78 when a deployed bot has no token, and says which setting is missing', async () => {
    const env = { BOT_TOKEN: '', TELEGRAM_API_ROOT: '', NODE_ENV: 'production' };
    const program = await room.start(env, { ready: false });
    expect((await program.exited).code).toBe(78);
    expect(program.output()).toContain('BOT_TOKEN: saw nothing');
  });

  it('lets no second process onto the same data', async () => {
    await room.start();
    const second = await room.start({}, { ready: false });
    expect((await second.exited).code).toBe(75);
    expect(second.output()).toContain('another Điểm Tin process');
  });

  it.each([
    ['from its middle on', null],
    // What a crash left in flight is looked for long after the file was opened.
    ['where it is read late', 'deliveries_inflight'],
  ])('ends with 74 and leaves the database as it is when that is damaged %s', async (_, index) => {
    const first = await room.start();
    await first.says('articles changed');
    await first.stop();
    const from = room.database((db) => {
      const half = Math.floor(Number(db.pragma('page_count', { simple: true })) / 2);
      const page = db.prepare('select rootpage from sqlite_master where name = ?').pluck().get(index);
      // Pages count from 1.
      return typeof page === 'number' ? page - 1 : half;
    });
    const damaged = readFileSync(room.databaseFile);
    damaged.fill(0xaa, from * 4_096, index === null ? undefined : (from + 1) * 4_096);
    writeFileSync(room.databaseFile, damaged);
    const second = await room.start({}, { ready: false });
    expect((await second.exited).code).toBe(74);
    expect(second.output()).toContain(room.databaseFile);
    expect(readFileSync(room.databaseFile).equals(damaged)).toBe(true);
  });

  it('ends calmly at SIGTERM and SIGINT', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const program = await room.start();
      const began = Date.now();
      expect(await program.stop(signal)).toEqual({ code: 0, signal: null });
      expect(Date.now() - began).toBeLessThan(10_000);
    }
  });

  it('starts while Telegram is away, and ends calmly then too', async () => {
    api.faults.add({ method: 'getMe', kind: 'html', after: false, times: 3 });
    const program = await room.start();
    const lan = api.world.addUser({ languageCode: 'vi' });
    lan.says('/latest');
    expect((await api.nextMessage(lan)).text).toContain('Bài thứ nhất');
    await program.stop();
    api.faults.add({ method: 'getMe', kind: 'reset', after: false, times: Infinity });
    const waiting = await room.start({}, { ready: false });
    await waiting.says('asking again');
    expect((await waiting.stop()).code).toBe(0);
  });

  it('hears on after errors, resets and rubbish in polling', async () => {
    await room.start();
    api.faults.add({
      method: 'getUpdates',
      kind: 'error',
      status: 500,
      description: 'Internal Server Error',
    });
    api.faults.add({ method: 'getUpdates', kind: 'reset', after: false });
    api.faults.add({ method: 'getUpdates', kind: 'not-json' });
    api.faults.add({ method: 'getUpdates', kind: 'error', status: 400, description: 'Bad Request: strange' });
    const lan = api.world.addUser({ languageCode: 'vi' });
    lan.says('/latest');
    expect((await api.nextMessage(lan, undefined, 20_000)).text).toContain('Bài thứ nhất');
  });

  it('says who takes its updates, and ends, when another program polls', async () => {
    const program = await room.start();
    api.faults.add({
      method: 'getUpdates',
      kind: 'error',
      status: 409,
      description:
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
      times: Infinity,
    });
    const lan = api.world.addUser({ languageCode: 'vi' });
    lan.says('/latest');
    expect((await program.exited).code).toBe(69);
    expect(program.output()).toContain("another program is using this bot's token");
  });

  it('answers GET /healthz', async () => {
    const program = await room.start({ HTTP_PORT: '0' });
    const port = Number(/"port":(\d+)/u.exec(program.output())?.[1]);
    await api.waitFor(() => api.ledger.counters('getUpdates').calls > 0);
    const health = await fetchHealth(port);
    expect(health.status).toBe(200);
    expect(JSON.parse(health.body)).toMatchObject({ status: 'ok', problems: [] });
  });

  it('keeps the articles when their folder is not there', async () => {
    const program = await room.start();
    await program.says('articles changed');
    await program.stop();
    await room.start({ ARTICLES_DIR: '/nowhere/at/all' });
    const lan = api.world.addUser({ languageCode: 'vi' });
    lan.says('/latest');
    expect((await api.nextMessage(lan)).text).toContain('Bài thứ nhất');
  });
});
