import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BotApi } from '../../src/playground/botApi.ts';
import type { Person } from '../../src/playground/person.ts';
import type { Post } from '../../src/playground/post.ts';
import { startDouble } from '../tools/double.ts';
import { Newsroom, type Program } from '../tools/program.ts';

let api: BotApi;
let room: Newsroom;
let program: Program;
let lan: Person;

beforeEach(async () => {
  api = await startDouble();
  room = new Newsroom(api);
  room.publish('vang', 'Giá vàng lập đỉnh', { date: '2025-12-01' });
  room.publish('bong', 'Bóng đá nữ vào chung kết', { date: '2025-12-02' });
  program = await room.start();
  await program.says('articles changed');
  lan = api.world.addUser({ firstName: 'Lan', languageCode: 'vi', started: true });
});

afterEach(async () => {
  expect(program.output()).not.toContain('"level":"error"');
  await room.close();
  await api.close();
  expect(api.bugs).toEqual([]);
});

async function press(post: Post, which: string): Promise<void> {
  const pressed = lan.presses(post, which);
  await api.waitFor(() => pressed.answer);
}

async function follow(query: string, mode: string): Promise<Post> {
  lan.says(`/follow ${query}`);
  const post = await api.nextMessage(lan);
  await press(post, mode);
  return post;
}

const texts = (): string[] => api.messages(lan).map(({ text }) => text);

describe('a follow', () => {
  it('is previewed, kept over a kill, told at once, no news in the digest, and explained', async () => {
    const post = await follow('gia vang', '🔔 Báo ngay');
    expect(post.text).toContain('Có bài mới là bot báo ngay: gia vang');
    await follow('"bóng đá"', '🎯 Chỉ những bài này');
    room.publish('bac', 'Giá vàng giảm, giá bạc tăng', { date: '2025-12-03' });
    room.publish('mua', 'Mưa lớn ở miền Trung', { date: '2025-12-03' });
    const alert = await api.nextMessage(lan);
    expect(alert.text).toContain('Vì đang theo dõi “gia vang”');
    expect(alert.text).toContain('Giá vàng giảm, giá bạc tăng');
    expect(alert.silent).toBe(false);

    await program.stop('SIGKILL');
    room.publish('da', 'Bóng đá trẻ khởi tranh', { date: '2025-12-04' });
    room.database((db) => db.prepare('update subscriptions set cursor = 2').run());
    room.makeDue();
    program = await room.start();
    const digest = await api.nextMessage(lan);
    expect(digest.text).toContain('1. Bóng đá trẻ khởi tranh');
    expect(digest.text).not.toContain('Mưa lớn');
    expect(digest.text).not.toContain('giá bạc');
    expect(texts().filter((text) => text.includes('giá bạc'))).toHaveLength(1);

    // Outcomes are committed a moment after they are known.
    const isSettled = (): unknown =>
      room.database((db) => db.prepare('select 1 from deliveries where message_id = ?').get(digest.id));
    await expect.poll(isSettled, { timeout: 5_000 }).toBeTruthy();
    lan.sends(lan, '/why', { replyTo: digest });
    const why = await api.nextMessage(lan);
    expect(why.text).toContain('1 bài có trong bản tin, 2 bài mới khác thì không.');
    expect(why.text).toMatch(/Bóng đá trẻ khởi tranh\n.*\nCó: vì đang theo dõi “"bóng đá"”/u);
    expect(why.text).toMatch(/Mưa lớn ở miền Trung\n.*\nKhông: không khớp mục theo dõi nào/u);
    expect(why.text).toMatch(/giá bạc tăng\n.*\nKhông: đã báo ngay trước đó/u);
  });
});
