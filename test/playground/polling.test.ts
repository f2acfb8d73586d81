/** getUpdates and the webhook that excludes it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBotApi } from '../../src/playground/botApi.ts';
import type { BotApi } from '../../src/playground/botApi.ts';
import type { Person } from '../../src/playground/person.ts';
import type { Update } from '../../src/playground/wire.ts';
import { callBotApi, refusalOf } from '../tools/botApiClient.ts';

let api: BotApi;
let reader: Person;
let now: number;

beforeEach(async () => {
  now = Date.UTC(2025, 0, 1);
  api = await startBotApi({ now: () => now });
  reader = api.world.addUser();
});
afterEach(() => api.close());

async function take(params: object = {}, signal?: AbortSignal): Promise<Update[]> {
  const { result, description } = await callBotApi(api, 'getUpdates', params, signal);
  if (result === undefined) throw new Error(description);
  return result as Update[];
}

const texts = (updates: Update[]): (string | undefined)[] => updates.map((update) => update.message?.text);
const idOf = (update: Update | undefined): number => update?.update_id ?? 0;

describe('taking updates', () => {
  it('returns what is waiting, again and again, until an offset confirms it', async () => {
    reader.says('a');
    reader.says('b');
    const first = await take();
    expect(texts(first)).toEqual(['a', 'b']);
    expect(idOf(first[1])).toBe(idOf(first[0]) + 1);
    expect(texts(await take({ offset: idOf(first[1]) }))).toEqual(['b']);
    expect(api.updates.pending).toBe(1);
    expect(await take({ offset: idOf(first[1]) + 1 })).toEqual([]);
    expect(api.updates.pending).toBe(0);
  });

  it('waits for the next update and returns at once when it comes, several of one moment together', async () => {
    const polled = take({ timeout: 30 });
    await api.waitFor(() => api.updates.isPolled);
    reader.says('a');
    reader.says('b');
    expect(texts(await polled)).toEqual(['a', 'b']);
  });

  it('clamps the limit to 1–100', async () => {
    for (let index = 0; index < 120; index++) reader.says(String(index));
    expect(await take({ offset: -200, limit: 1000 })).toHaveLength(100);
    expect(await take({ offset: -300, limit: 0 })).toHaveLength(1);
    expect(await take({ offset: -400, limit: 7 })).toHaveLength(7);
  });

  it('gives a poll that repeats the last offset at once one update only', async () => {
    reader.says('a');
    reader.says('b');
    await take({ offset: 1 });
    expect(texts(await take({ offset: 1 }))).toEqual(['a']);
  });

  it('lets a poll that repeats the offset of one just begun wait a little, even if it would not', async () => {
    await take({ offset: 1 });
    let isAnswered = false;
    const repeated = take({ offset: 1, timeout: 0 }).then((updates) => {
      isAnswered = true;
      return updates;
    });
    await api.waitFor(() => api.updates.isPolled);
    expect(isAnswered).toBe(false);
    reader.says('a');
    expect(texts(await repeated)).toEqual(['a']);
  });

  it('counts a negative offset from the end and forgets everything before', async () => {
    for (const text of ['a', 'b', 'c']) reader.says(text);
    expect(texts(await take({ offset: -2 }))).toEqual(['b', 'c']);
    expect(api.updates.pending).toBe(2);
  });

  it('forgets what nobody fetched for a day', async () => {
    reader.says('yesterday');
    now += 24 * 60 * 60 * 1000;
    reader.says('today');
    expect(texts(await take())).toEqual(['today']);
  });

  it('keeps updates that went to somebody who hung up', async () => {
    const gone = new AbortController();
    const polled = take({ timeout: 30 }, gone.signal).catch(() => 'hung up');
    await api.waitFor(() => api.updates.isPolled);
    gone.abort();
    expect(await polled).toBe('hung up');
    await api.waitFor(() => !api.updates.isPolled);
    reader.says('a');
    expect(texts(await take())).toEqual(['a']);
  });
});

describe('allowed_updates', () => {
  it('is remembered, and decides what is queued from then on', async () => {
    await take({ allowed_updates: ['callback_query'] });
    reader.says('unseen');
    await take({ offset: 1 });
    expect(api.updates.pending).toBe(0);
    await take({ offset: 2, allowed_updates: ['message'] });
    reader.says('seen');
    expect(texts(await take({ offset: 3 }))).toEqual(['seen']);
  });

  it('leaves out chat_member unless it is named', async () => {
    const group = api.world.addSupergroup({ bot: 'administrator' });
    group.setMember(reader, 'member');
    expect(await take()).toEqual([]);
    await take({ offset: 2, allowed_updates: '["chat_member"]' });
    group.setMember(reader, 'administrator');
    expect((await take({ offset: 3 }))[0]?.chat_member?.new_chat_member.status).toBe('administrator');
  });
});

describe('two polls', () => {
  const CONFLICT =
    'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running';

  it('the older one ends with 409, the younger one gets the updates', async () => {
    const older = callBotApi(api, 'getUpdates', { timeout: 30 });
    await api.waitFor(() => api.updates.isPolled);
    const younger = take({ timeout: 30, offset: 1 });
    expect(await older).toMatchObject({ status: 409, description: CONFLICT });
    reader.says('a');
    expect(texts(await younger)).toEqual(['a']);
  });
});

describe('a webhook', () => {
  it('excludes polling, ends a poll that waits, and is seen in getWebhookInfo', async () => {
    const polled = callBotApi(api, 'getUpdates', { timeout: 30 });
    await api.waitFor(() => api.updates.isPolled);
    const url = 'https://bot.example.vn/hook';
    expect(await refusalOf(api, 'setWebhook', { url, allowed_updates: ['message'] })).toBe('ok');
    expect(await polled).toMatchObject({
      status: 409,
      description: 'Conflict: terminated by setWebhook request',
    });
    expect(await refusalOf(api, 'getUpdates', {})).toBe(
      "409 Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
    expect((await callBotApi(api, 'getWebhookInfo')).result).toEqual({
      url,
      has_custom_certificate: false,
      pending_update_count: 0,
      max_connections: 40,
      allowed_updates: ['message'],
    });
    reader.says('kept');
    expect(await refusalOf(api, 'deleteWebhook', {})).toBe('ok');
    expect(texts(await take())).toEqual(['kept']);
  });

  it('can drop what is waiting', async () => {
    reader.says('a');
    await callBotApi(api, 'deleteWebhook', { drop_pending_updates: true });
    expect(api.updates.pending).toBe(0);
  });

  it.each<[params: object, description: string]>([
    [{ url: 'http://a.vn' }, 'bad webhook: An HTTPS URL must be provided for webhook'],
    [{ url: 'https://a.vn:444' }, 'bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443'],
    [{ url: 'https://a.vn', secret_token: 'x'.repeat(257) }, 'secret token is too long'],
    [{ url: 'https://a.vn', secret_token: 'a b' }, 'secret token contains unallowed characters'],
  ])('%j is refused', async (params, description) => {
    expect(await refusalOf(api, 'setWebhook', params)).toBe(`400 Bad Request: ${description}`);
  });
});
