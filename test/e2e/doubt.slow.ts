import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BotApi } from '../../src/playground/botApi.ts';
import type { Person } from '../../src/playground/person.ts';
import type { Post } from '../../src/playground/post.ts';
import { startDouble } from '../tools/double.ts';
import { Newsroom, type Program } from '../tools/program.ts';

let api: BotApi;
let room: Newsroom;
let lan: Person;

beforeEach(async () => {
  api = await startDouble();
  room = new Newsroom(api);
  room.publish('mot', 'Bài thứ nhất', { date: '2025-12-01' });
});

afterEach(async () => {
  await room.close();
  await api.close();
});

const isDigest = ({ text }: Post): boolean => text.startsWith('🗞');
const digests = (): Post[] => api.messages(lan).filter((post) => isDigest(post) || post.text.includes('\n🗞'));

/** A digest that Telegram takes without saying so. */
async function loseAnAnswer(env: Record<string, string> = {}): Promise<Program> {
  const first = await room.start(env);
  lan = api.world.addUser({ languageCode: 'vi' });
  lan.says('/subscribe');
  await api.nextMessage(lan);
  await first.stop();
  room.makeDue();
  api.faults.add({ method: 'sendMessage', chatId: lan.id, kind: 'reset', after: true });
  const program = await room.start(env);
  await api.nextMessage(lan, isDigest);
  return program;
}

describe('a digest whose arrival Telegram did not confirm', () => {
  it('is not sent again on its own; the next answer says so and offers it at one tap, once', async () => {
    const program = await loseAnAnswer();
    await program.says('Telegram did not say whether');
    lan.says('/status');
    const status = await api.nextMessage(lan);
    expect(status.text).toContain('Telegram không xác nhận');
    const notice = await api.nextMessage(lan);
    expect(notice.text).toContain('có thể đã không tới');
    lan.presses(notice, 1);
    await api.nextMessage(lan, isDigest);
    const again = lan.presses(notice, 1);
    await api.waitFor(() => again.answer);
    expect(again.answer?.text).toContain('đã được gửi lại rồi');
    lan.says('/latest');
    await api.nextMessage(lan, ({ text }) => text.includes('Tin mới nhất'));
    expect(digests()).toHaveLength(2);
    expect(api.messages(lan).filter(({ text }) => text.includes('có thể đã không tới'))).toHaveLength(1);
  });

  it('is mentioned above the next digest when nobody asked before', async () => {
    const program = await loseAnAnswer();
    await program.says('Telegram did not say whether');
    await program.stop();
    room.publish('hai', 'Bài thứ hai', { date: '2025-12-02' });
    room.makeDue();
    await room.start();
    const next = await api.nextMessage(lan, ({ text }) => text.includes('Bài thứ hai'));
    expect(next.text).toContain('có thể đã không tới');
    expect(next.text).toContain('🗞');
  });

  it('is sent again with UNKNOWN_DELIVERY=resend', async () => {
    await loseAnAnswer({ UNKNOWN_DELIVERY: 'resend' });
    await api.nextMessage(lan, isDigest, 20_000);
    expect(digests()).toHaveLength(2);
  });
});

describe('trouble while digests go out', () => {
  it('answers people while a broadcast runs', async () => {
    const program = await room.start();
    const readers = Array.from({ length: 60 }, () => api.world.addUser({ languageCode: 'vi' }));
    for (const reader of readers) reader.says('/subscribe');
    await api.waitFor(() => readers.every((reader) => api.accepted(reader) === 1), 20_000);
    await program.stop();
    room.makeDue();
    await room.start({ BROADCAST_RATE: '5' });
    lan = api.world.addUser({ languageCode: 'vi' });
    lan.says('/latest');
    await api.nextMessage(lan, undefined, 3_000);
    expect(readers.some((reader) => api.accepted(reader) === 1)).toBe(true);
  });

  it('never writes the token to its log or its data, whatever Telegram answers', async () => {
    const program = await room.start();
    lan = api.world.addUser({ languageCode: 'vi' });
    for (const fault of [
      { kind: 'html', after: false, status: 404 },
      { kind: 'html', after: false, status: 413 },
      { kind: 'truncated', stall: false },
      { kind: 'reset', after: false },
      { kind: 'not-json' },
    ] as const) {
      api.faults.add({ method: 'sendMessage', ...fault });
      lan.says('/latest');
    }
    await api.nextMessage(lan, undefined, 20_000);
    await program.stop();
    const secret = api.token.split(':')[1] ?? '';
    expect(program.output()).toContain('an update could not be answered');
    expect(program.output()).not.toContain(secret);
    const files = readdirSync(room.dataDir);
    expect(files).toContain('diemtin.db');
    for (const name of files) {
      const content = readFileSync(join(room.dataDir, name));
      expect(content.includes(secret), `the token in ${name}`).toBe(false);
    }
  });
});
