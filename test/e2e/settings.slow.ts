import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BotApi } from '../../src/playground/botApi.ts';
import type { Person } from '../../src/playground/person.ts';
import type { Post } from '../../src/playground/post.ts';
import type { Room } from '../../src/playground/room.ts';
import { startDouble } from '../tools/double.ts';
import { Newsroom, type Program } from '../tools/program.ts';

let api: BotApi;
let room: Newsroom;
let program: Program;

beforeEach(async () => {
  api = await startDouble();
  room = new Newsroom(api);
  room.publish('mot', 'Bài thứ nhất', { date: '2025-12-01' });
  program = await room.start();
});

afterEach(async () => {
  expect(program.output()).not.toContain('"level":"error"');
  await room.close();
  await api.close();
  expect(api.bugs).toEqual([]);
});

async function press(post: Post, which: string, person: Person): Promise<string> {
  const pressed = person.presses(post, which);
  const { text } = await api.waitFor(() => pressed.answer);
  return text;
}

interface Subscribed {
  cron: string;
  zone: string;
  style: string;
  paused_until: number | null;
}

const subscriptionOf = (chatId: number): Subscribed =>
  room.database(
    (db) => db.prepare('select * from subscriptions where chat_id = ?').get(chatId) as Subscribed,
  );

describe('the buttons of the settings', () => {
  it('work after a restart, here and for a channel', async () => {
    const owner = api.world.addUser({ firstName: 'Lan', languageCode: 'vi', started: true });
    const channel = api.world.addChannel({
      owner,
      username: 'kenh_tin',
      bot: 'administrator',
      botRights: 'all',
    });
    const opened: [{ id: number }, Post][] = [];
    for (const [where, text] of [
      [owner, '/settings'],
      [channel, '/settings @kenh_tin'],
    ] as const) {
      owner.says(text);
      opened.push([where, await api.nextMessage(owner)]);
    }
    await program.stop();
    program = await room.start();
    for (const [where, post] of opened) {
      for (const which of ['06:30', '🕒 Giờ gửi', '18:00', '◀️ Quay lại', '✍️ Kiểu', 'Gọn: chỉ có tiêu đề']) {
        expect(await press(post, which, owner), which).toBe('');
      }
      expect(subscriptionOf(where.id)).toMatchObject({ cron: '30 6 * * *; 0 18 * * *', style: 'short' });
    }
    await program.stop();
    program = await room.start();
    for (const [where, post] of opened) {
      expect(await press(post, '⏸ Tạm dừng', owner)).toBe('');
      expect(await press(post, '3 ngày', owner)).toBe('');
      expect(subscriptionOf(where.id).paused_until).toBeGreaterThan(Date.now() + 2 * 86_400_000);
    }
    expect(api.messages(channel)).toEqual([]);
  });
});

describe('a new user', () => {
  it('subscribes a channel for weekdays at 06:30 Hanoi time with eight taps, and has the digest then', async () => {
    const lan = api.world.addUser({ firstName: 'Lan', languageCode: 'vi' });
    const channel: Room = api.world.addChannel({ owner: lan, title: 'Tin nóng' });
    let taps = 0;
    // 1: Start, as Telegram shows it to whoever opens a bot.
    taps += 1;
    lan.says('/start');
    const welcome = await api.nextMessage(lan);
    // 2: add to a channel; 3: the channel; 4: confirm the right to post. The last two are Telegram's own pages.
    expect(welcome.buttons.find(({ text }) => text === '➕ Thêm vào kênh')?.url).toBe(
      'https://t.me/diemtin_bot?startchannel&admin=post_messages',
    );
    taps += 3;
    channel.setBot('administrator', { rights: { can_post_messages: true }, by: lan });
    // 5: back to the bot, which has written.
    taps += 1;
    const greeting = await api.nextMessage(lan);
    expect(greeting.text).toContain('Bot đã có mặt trong Tin nóng.');
    for (const which of ['06:30', '📅 Ngày gửi', 'T2–T6']) {
      taps += 1;
      expect(await press(greeting, which, lan)).toBe('');
    }
    expect(taps).toBe(8);
    expect(greeting.text).toContain('Gửi từ thứ Hai đến thứ Sáu lúc 06:30, giờ Hà Nội.\nLần tới: 06:30');
    expect(subscriptionOf(channel.id)).toMatchObject({ cron: '30 6 * * 1-5', zone: 'Asia/Ho_Chi_Minh' });
    await program.stop();
    room.makeDue();
    program = await room.start();
    expect((await api.nextMessage(channel)).text).toContain('1. Bài thứ nhất');
  });
});

describe('a question', () => {
  it('is answered after a restart, in private and in a group with privacy mode', async () => {
    const owner = api.world.addUser({ firstName: 'Tom', languageCode: 'en', started: true });
    const group = api.world.addSupergroup({ owner, bot: 'member' });
    const questions: [{ id: number }, Post][] = [];
    for (const where of [owner, group]) {
      owner.sends(where, '/schedule 7:00');
      const post = await api.nextMessage(where);
      await press(post, '🌏 Time zone', owner);
      await press(post, '⌨️ Other place', owner);
      questions.push([where, await api.nextMessage(where)]);
    }
    await program.stop();
    program = await room.start();
    for (const [where, question] of questions) {
      owner.sends(where, 'Berlin', { replyTo: question });
      expect((await api.nextMessage(where)).text).toContain('every day at 07:00, Berlin time');
      expect(subscriptionOf(where.id).zone).toBe('Europe/Berlin');
    }
  });
});

describe('quiet hours', () => {
  it('are kept by what is really sent', async () => {
    const [loud, quiet] = ['en', 'en'].map((languageCode) =>
      api.world.addUser({ languageCode, started: true }),
    );
    if (loud === undefined || quiet === undefined) throw new Error('nobody there');
    for (const person of [loud, quiet]) {
      person.says('/subscribe');
      await api.nextMessage(person);
    }
    await program.stop();
    // All day but for the minute before midnight, so that the test may run at any time.
    room.database((db) =>
      db.prepare("update subscriptions set quiet = '00:00-23:59' where chat_id = ?").run(quiet.id),
    );
    room.database((db) =>
      db.prepare("update subscriptions set quiet = '23:59-00:00' where chat_id = ?").run(loud.id),
    );
    room.makeDue();
    program = await room.start();
    expect((await api.nextMessage(quiet)).silent).toBe(true);
    expect((await api.nextMessage(loud)).silent).toBe(false);
  });
});
