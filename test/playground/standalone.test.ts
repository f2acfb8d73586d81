/** The double in a process of its own, driven through its control plane. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callBotApi, refusalOf } from '../tools/botApiClient.ts';
import { startBotApiProcess } from '../tools/botApiProcess.ts';
import type { BotApiProcess } from '../tools/botApiProcess.ts';

let api: BotApiProcess;

beforeAll(async () => {
  api = await startBotApiProcess({ keepMessages: 10 });
});
afterAll(() => api.stop());

describe('a double of its own', () => {
  it('answers like any other, and says afterwards who got how many', async () => {
    await api.control('add-private-chats', { count: 3, firstId: 1000 });
    for (const chat_id of [1000, 1000, 1001]) {
      expect(await refusalOf(api, 'sendMessage', { chat_id, text: 'a' })).toBe('ok');
    }
    expect(await api.control('accepted-in-range', { firstId: 1000, count: 3 })).toEqual({ 0: 1, 1: 1, 2: 1 });
    expect(await api.control('accepted', { chatId: 1000 })).toBe(2);
    expect(await api.control('counters', { method: 'sendMessage' })).toMatchObject({ calls: 3, accepted: 3 });
    expect(await api.control('messages', { chatId: 1001 })).toMatchObject([{ text: 'a' }]);
  });

  it('has rooms, people who write, faults and limits', async () => {
    const group = (await api.control('add-group', { bot: 'administrator' })) as { id: number };
    const user = (await api.control('add-user', { firstName: 'Lan' })) as { id: number };
    await api.control('sends', { userId: user.id, text: '/start' });
    await api.control('sends', { userId: user.id, chatId: group.id, text: '/latest' });
    expect(await api.control('pending')).toBe(2);
    await api.control('fault', { kind: 'too-many', retryAfterSeconds: 2, method: 'sendMessage' });
    expect((await callBotApi(api, 'sendMessage', { chat_id: user.id, text: 'a' })).status).toBe(429);
    await api.control('limits', { perChatPerSecond: 1 });
    expect(await refusalOf(api, 'sendMessage', { chat_id: user.id, text: 'a' })).toBe('ok');
    expect(await refusalOf(api, 'sendMessage', { chat_id: user.id, text: 'a' })).toContain('429');
    expect(await api.control('calls', { method: 'sendMessage' })).toContainEqual(
      expect.objectContaining({ chatId: user.id, duringHold: true }),
    );
  });

  it('says what is wrong with an order', async () => {
    await expect(api.control('dance')).rejects.toThrow('there is no such verb');
    await expect(api.control('accepted', { chatId: 'x' })).rejects.toThrow('\\"chatId\\" must be an integer');
  });
});
