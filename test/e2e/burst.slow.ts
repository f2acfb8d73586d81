import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBotApi, type BotApi } from '../../src/playground/botApi.ts';
import { Newsroom } from '../tools/program.ts';

let api: BotApi;
let room: Newsroom;

beforeEach(async () => {
  api = await startBotApi();
  room = new Newsroom(api);
  room.publish('mot', 'Bài thứ nhất', { date: '2025-12-01' });
});

afterEach(async () => {
  await room.close();
  await api.close();
});

describe('many people at once', () => {
  it('are answered, each in order, when the bot comes back to two thousand updates', async () => {
    const readers = Array.from({ length: 200 }, () =>
      api.world.addUser({ languageCode: 'vi', started: true }),
    );
    for (let i = 0; i < 10; i++) for (const reader of readers) reader.says(`/search từ số ${i}`);
    const program = await room.start({ BROADCAST_RATE: '1000', LOG_LEVEL: 'info' });
    await api.settled(60_000);
    await api.waitFor(() => readers.every((reader) => api.accepted(reader) >= 10), 60_000);
    expect(readers.map((reader) => api.accepted(reader))).toEqual(readers.map(() => 10));
    expect(program.output()).not.toContain('"level":"error"');
  }, 120_000);
});
