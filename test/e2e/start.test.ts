/** The first moments of the real program. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BotApi } from '../../src/playground/botApi.ts';
import { startDouble } from '../tools/double.ts';
import { Newsroom } from '../tools/program.ts';

let api: BotApi;
let room: Newsroom;

beforeAll(async () => {
  api = await startDouble();
  room = new Newsroom(api);
});

afterAll(async () => {
  await room.close();
  await api.close();
});

it('who waited is answered before the articles are looked at', async () => {
  room.publish('hoi-nghi', 'Bài về hội nghị');
  const lan = api.world.addUser({ languageCode: 'vi', started: true });
  lan.says('/help');
  // Long enough to take in an article meanwhile, and not as long as the articles may have to wait.
  api.faults.add({ kind: 'slow', after: false, ms: 600, method: 'sendMessage' });
  const program = await room.start();
  await api.nextMessage(lan);
  expect(program.output()).not.toContain('articles changed');
  await program.says('articles changed');
});
