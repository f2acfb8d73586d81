/** Trouble on request: what the caller sees, and whether the call was carried out all the same. */
import { Agent, fetch, type Response } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBotApi } from '../../src/playground/botApi.ts';
import type { BotApi } from '../../src/playground/botApi.ts';
import type { Fault, Selection } from '../../src/playground/faults.ts';
import type { Person } from '../../src/playground/person.ts';
import { callBotApi } from '../tools/botApiClient.ts';
import { LOOPBACK_TLS } from '../tools/loopbackCertificate.ts';

let api: BotApi;
let reader: Person;

beforeEach(async () => {
  api = await startBotApi();
  reader = api.world.addUser({ started: true });
});
afterEach(() => api.close());

/** Trusts the double, also over HTTPS. */
const trusting = new Agent({ connect: { ca: LOOPBACK_TLS.cert } });
/** Long enough for any answer that comes, on a busy machine too. */
const PATIENT_MS = 10_000;
const IMPATIENT_MS = 200;

/** What a caller with a deadline sees: a status with the kind of its body, or that nothing whole came. */
async function seen(chat_id: number = reader.id, deadlineMs = PATIENT_MS): Promise<string> {
  let response: Response;
  try {
    response = await fetch(`${api.root}/bot${api.token}/sendMessage`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ chat_id, text: 'a' }),
      signal: AbortSignal.timeout(deadlineMs),
      dispatcher: trusting,
    });
  } catch (error) {
    return error instanceof DOMException ? 'no answer' : 'connection lost';
  }
  try {
    const body = await response.text();
    const isJson = body.startsWith('{') && body.endsWith('}');
    return `${response.status} ${isJson ? 'JSON' : body.includes('<html>') ? 'page' : 'garbage'}`;
  } catch (error) {
    return error instanceof DOMException ? `${response.status} stalled` : `${response.status} cut off`;
  }
}

describe.each(['HTTP', 'HTTPS'])('each kind of trouble, over %s', (protocol) => {
  beforeEach(async () => {
    if (protocol === 'HTTP') return;
    await api.close();
    api = await startBotApi({ tls: LOOPBACK_TLS });
    reader = api.world.addUser({ started: true });
  });

  it.each<[fault: Fault, sees: string, accepted: number]>([
    [{ kind: 'error', status: 500, description: 'Internal Server Error: restart' }, '500 JSON', 0],
    [{ kind: 'too-many', retryAfterSeconds: 3 }, '429 JSON', 0],
    [{ kind: 'reset', after: false }, 'connection lost', 0],
    [{ kind: 'reset', after: true }, 'connection lost', 1],
    [{ kind: 'truncated', stall: false }, '200 cut off', 1],
    [{ kind: 'truncated', stall: true }, '200 stalled', 1],
    [{ kind: 'html', after: false }, '502 page', 0],
    [{ kind: 'html', after: true, status: 504 }, '504 page', 1],
    [{ kind: 'not-json' }, '200 garbage', 1],
    [{ kind: 'slow', after: false, ms: 50 }, '200 JSON', 1],
    [{ kind: 'slow', after: true, ms: 50 }, '200 JSON', 1],
    [{ kind: 'hang', after: false }, 'no answer', 0],
    [{ kind: 'hang', after: true }, 'no answer', 1],
  ])('%j: the caller sees "%s", accepted are %i', async (fault, sees, accepted) => {
    api.faults.add(fault);
    const neverEnds = sees === 'no answer' || sees.endsWith('stalled');
    expect(await seen(reader.id, neverEnds ? IMPATIENT_MS : PATIENT_MS)).toBe(sees);
    expect(api.accepted(reader)).toBe(accepted);
    const [call] = api.ledger.of('sendMessage');
    expect(call).toMatchObject({ fault: fault.kind, accepted: accepted === 1 });
    expect(call?.lost).toBe(!sees.endsWith('JSON'));
    expect(await seen()).toBe('200 JSON');
  });
});

describe('what trouble says', () => {
  it('an error may carry parameters', async () => {
    const description = 'Bad Request: group chat was upgraded to a supergroup chat';
    api.faults.add({ kind: 'error', status: 400, description, parameters: { migrate_to_chat_id: -1001 } });
    expect(await callBotApi(api, 'sendMessage', { chat_id: reader.id, text: 'a' })).toMatchObject({
      status: 400,
      description,
      parameters: { migrate_to_chat_id: -1001 },
    });
  });

  it('429 says how long in the body and in the header', async () => {
    api.failNext429(reader, 7);
    const answer = await callBotApi(api, 'sendMessage', { chat_id: reader.id, text: 'a' });
    expect(answer).toMatchObject({
      status: 429,
      description: 'Too Many Requests: retry after 7',
      parameters: { retry_after: 7 },
    });
    expect(answer.headers.get('retry-after')).toBe('7');
  });

  it('a slow call waits on the side it was told: before, the message is not there yet', async () => {
    api.faults.add({ kind: 'slow', after: false, ms: 5000 });
    expect(await seen(reader.id, IMPATIENT_MS)).toBe('no answer');
    expect(api.accepted(reader)).toBe(0);
    api.faults.add({ kind: 'slow', after: true, ms: 5000 });
    expect(await seen(reader.id, IMPATIENT_MS)).toBe('no answer');
    expect(api.accepted(reader)).toBe(1);
  });
});

describe('which call is hit', () => {
  const pattern = async (count: number, chatId?: number): Promise<string> => {
    let hits = '';
    for (let index = 0; index < count; index++) hits += (await seen(chatId)) === '200 JSON' ? '.' : 'x';
    return hits;
  };
  const refused = { kind: 'error', status: 500, description: 'x' } as const;

  it.each<[selection: Selection, expected: string]>([
    [{}, 'x....'],
    [{ times: 2 }, 'xx...'],
    [{ nth: 3 }, '..x..'],
    [{ nth: 2, times: 2 }, '.xx..'],
    [{ times: Infinity }, 'xxxxx'],
    [{ method: 'sendMessage' }, 'x....'],
    [{ method: 'getMe' }, '.....'],
    [{ chatId: 4 }, '.....'],
  ])('%j: %s', async (selection, expected) => {
    api.faults.add({ ...refused, ...selection });
    expect(await pattern(5)).toBe(expected);
  });

  it('only those of one chat, if one is named', async () => {
    const other = api.world.addUser({ started: true });
    api.faults.add({ ...refused, chatId: other.id, nth: 2 });
    expect(await pattern(3)).toBe('...');
    expect(await pattern(3, other.id)).toBe('.x.');
  });

  it('no poll, unless polls are named', async () => {
    api.faults.add(refused);
    expect((await callBotApi(api, 'getUpdates')).status).toBe(200);
    api.faults.clear();
    api.faults.add({ ...refused, method: 'getUpdates' });
    expect((await callBotApi(api, 'getUpdates')).status).toBe(500);
  });

  it('none, after the fault was taken back', async () => {
    const takeBack = api.faults.add(refused);
    expect(api.faults.waiting).toBe(1);
    takeBack();
    expect(await pattern(1)).toBe('.');
  });
});

describe('calls during a pause that Telegram asked for', () => {
  it('are noted, for the chat or for the whole bot', async () => {
    let now = Date.now();
    const timed = await startBotApi({ now: () => now });
    const [one, two] = [timed.world.addUser({ started: true }), timed.world.addUser({ started: true })];
    const send = (chat: Person): Promise<unknown> =>
      callBotApi(timed, 'sendMessage', { chat_id: chat.id, text: 'a' });
    timed.failNext429(one, 5);
    await send(one);
    now += 4999;
    await send(two);
    await send(one);
    now += 1;
    await send(one);
    expect(timed.ledger.duringHolds.map((call) => call.chatId)).toEqual([one.id]);
    timed.faults.add({ kind: 'too-many', retryAfterSeconds: 5, whole: 'bot' });
    await send(one);
    await send(two);
    expect(timed.ledger.counters('sendMessage')).toMatchObject({ calls: 6, tooMany: 2, duringHold: 2 });
    await timed.close();
  });
});
