import { afterEach, beforeEach, expect, it } from 'vitest';
import { startBotApi, type BotApi } from '../../src/playground/botApi.ts';
import { LOOPBACK_TLS } from '../tools/loopbackCertificate.ts';
import { Newsroom } from '../tools/program.ts';

let api: BotApi;
let room: Newsroom;

beforeEach(async () => {
  api = await startBotApi({ tls: LOOPBACK_TLS });
  room = new Newsroom(api);
  room.publish('mot', 'Bài thứ nhất');
});

afterEach(async () => {
  await room.close();
  await api.close();
});

it('speaks HTTPS, as it does with Telegram', async () => {
  const program = await room.start();
  await program.says('articles changed');
  const lan = api.world.addUser({ languageCode: 'vi' });
  lan.says('/latest');
  expect((await api.nextMessage(lan)).text).toContain('Bài thứ nhất');
});

it('sends nothing to a server whose certificate it does not trust', async () => {
  const program = await room.start({}, { ready: false, trusting: false });
  await program.says('asking again');
  expect(api.ledger.counters('getMe').calls).toBe(0);
  expect((await program.stop()).code).toBe(0);
});
