/** The playground as the real program: the page's server, the bot behind it, and the ways it begins and ends. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBotApi, type BotApi } from '../../src/playground/botApi.ts';
import type { ActName, Acts, Answer, PostView } from '../../src/playground/protocol.ts';
import { LAN } from '../../src/playground/scene.ts';
import { Newsroom, type Program } from '../tools/program.ts';

let api: BotApi;
let room: Newsroom;
let program: Program;
let link: string;

// One program for all: each test leaves it running, on the world that it goes on with.
beforeAll(async () => {
  // Only to see that the playground leaves it alone, although its token is set.
  api = await startBotApi();
  room = new Newsroom(api);
  room.publish('mot', 'Bài thứ nhất');
  await open();
});

afterAll(async () => {
  await room.close();
  await api.close();
});

async function open(): Promise<void> {
  program = await room.start({ PLAYGROUND_PORT: '0' }, { args: ['demo'] });
  await program.says('▶');
  link = /http:\/\/127\.0\.0\.1:\d+/u.exec(program.output())?.[0] ?? '';
}

async function act<K extends ActName>(name: K, takes: Acts[K]['takes']): Promise<Acts[K]['gives']> {
  const response = await fetch(`${link}/do/${name}`, {
    method: 'POST',
    headers: { origin: link, 'content-type': 'application/json' },
    body: JSON.stringify(takes),
  });
  const answer = (await response.json()) as Answer<Acts[K]['gives']>;
  if (!answer.ok) throw new Error(answer.error);
  return answer.result;
}

const lan = { chatId: LAN, threadId: 0, personId: LAN, anonymous: false };

const posts = async (): Promise<PostView[]> =>
  (await (await fetch(`${link}/posts?chat=${LAN}`)).json()) as PostView[];

async function says(text: string, answer: string): Promise<void> {
  await act('send', { ...lan, text, replyTo: null });
  await sees(answer);
}

async function sees(text: string): Promise<void> {
  await expect.poll(async () => (await posts()).at(-1)?.text ?? '', { timeout: 10_000 }).toContain(text);
}

describe('the playground', () => {
  it('leaves the folder to the process that has it', async () => {
    await says('/latest', 'Bài thứ nhất');
    const second = await room.start({ PLAYGROUND_PORT: '0' }, { args: ['demo'], ready: false });
    expect((await second.exited).code).toBe(75);
    await says('/status', 'chưa đăng ký');
  });

  it('answers, moves its clock to a digest, keeps both over a restart, and starts over', async () => {
    await says('/subscribe', 'Đã đăng ký');
    expect(await act('time', { days: 0 })).toEqual({ moved: true });
    await sees('1. Bài thứ nhất');
    const before = await posts();
    const digest = before.at(-1);
    expect(digest?.date).toBeGreaterThan(Date.now() / 1_000);

    expect(await program.stop()).toEqual({ code: 0, signal: null });
    await open();
    expect(await posts()).toEqual(before);
    await says('/status', 'đã gửi');

    await act('write', { title: 'Bài thứ hai', text: 'Tóm tắt.', source: '' });
    await program.says('"added":1,');
    // The next day has it, the day after has nothing.
    await act('time', { days: 2 });
    await sees('1. Bài thứ hai');
    expect((await posts()).filter(({ text }) => text.startsWith('🗞'))).toHaveLength(2);

    await act('startOver', {});
    expect(await posts()).toEqual([]);
    await says('/latest', '1–1 trong 1 bài');
    await says('/status', 'chưa đăng ký');
    expect(api.ledger.calls).toEqual([]);
  });
});
