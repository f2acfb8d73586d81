/** Following, end to end inside the Telegram room: private chats, groups, channels; admins and others; both languages. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BotApi } from '../../src/playground/botApi.ts';
import type { Person } from '../../src/playground/person.ts';
import type { Post } from '../../src/playground/post.ts';
import { DAY, HOUR, SEVEN } from '../digest/newsroom.ts';
import { startRig, type Rig } from './rig.ts';

let rig: Rig;
let api: BotApi;
let lan: Person;
let tom: Person;

beforeEach(async () => {
  rig = await startRig();
  api = rig.double;
  lan = api.world.addUser({ firstName: 'Lan', languageCode: 'vi', started: true });
  tom = api.world.addUser({ firstName: 'Tom', languageCode: 'en', started: true });
  for (const topic of ['giá vàng lên', 'lãi suất giảm', 'bóng đá', 'vàng và quảng cáo', 'vang đỏ'])
    await rig.room.publish(1, (name) => `${name} ${topic}`);
  await rig.room.db
    .updateTable('articles')
    .set({ first_seen_at: SEVEN - DAY })
    .execute();
});

afterEach(async () => {
  await rig.close();
  expect(api.bugs).toEqual([]);
  expect(rig.log()).not.toContain('"level":"error"');
});

async function answerTo(text: string, person = lan): Promise<Post> {
  person.says(text);
  return api.nextMessage(person);
}

async function press(post: Post, which: string, person = lan): Promise<string> {
  const pressed = person.presses(post, which);
  const { text } = await api.waitFor(() => pressed.answer);
  return text;
}

const labels = (post: Post): string[] => post.buttons.map(({ text }) => text);

describe('/follow', () => {
  it('shows what it would have matched, what nearly, and asks', async () => {
    const post = await answerTo('/follow lãi suất OR vàng -quảng cáo');
    expect(post.text).toBe(
      [
        '⭐ Theo dõi: "lãi suất" OR vàng -"quảng cáo"',
        '',
        '7 ngày qua có 2 bài khớp:',
        '• Tin 2. lãi suất giảm 23/11/2026',
        '• Tin 1. giá vàng lên 23/11/2026',
        '',
        'Suýt khớp:',
        '• Tin 5. vang đỏ 23/11/2026',
        '  “lãi suất / vàng” viết khác dấu hoặc không đứng liền nhau',
        '• Tin 4. vàng và quảng cáo 23/11/2026',
        '  có “quảng cáo”',
        '',
        'Bạn muốn nhận những bài này thế nào?',
      ].join('\n'),
    );
    expect(labels(post)).toEqual([
      '🎯 Chỉ những bài này',
      '⬆️ Đưa lên đầu',
      '🔔 Báo ngay',
      'Hay ý bạn là: lãi suất OR vàng -quảng cáo',
    ]);
    expect(await press(post, '🎯 Chỉ những bài này')).toBe('');
    expect(post.text).toContain('Từ nay bản tin chỉ có những bài được theo dõi');
    expect(post.text).toContain('Bản tin gửi mỗi ngày lúc 07:00');
    expect(await rig.room.follows.list(lan.id, 0)).toMatchObject([
      { text: '"lãi suất" OR vàng -"quảng cáo"', mode: 'only' },
    ]);
    const digest = await answerTo('/digest');
    expect(digest.text).toContain('Tin 1. giá vàng lên');
    expect(digest.text).not.toContain('bóng đá');
  });

  it('reads so in English, says which days it left out, and offers the other reading', async () => {
    const post = await answerTo('/follow vàng OR bóng đá today', tom);
    expect(post.text).toContain('Follow: vàng OR "bóng đá');
    await press(post, 'Or did you mean: vàng OR bóng đá', tom);
    expect(post.text).toContain('1 article in the last 7 days');
    const dated = await answerTo('/follow vàng after:2026-01-01', tom);
    expect(dated.text).toContain('The days (2026-01-01) were left out');
  });

  it.each([
    ['/follow', 'Write what to follow after the command'],
    ['/follow !!!', 'There is no word to follow'],
    ['/follow today', 'A follow is about new articles'],
    ['/follow -ads', 'Add at least one word'],
    [`/follow ${'a'.repeat(201)}`, 'too long'],
    ['/follow chưa ai viết về điều này', 'No article of the last 7 days matches.'],
  ])('%s → %s', async (text, expected) => {
    expect((await answerTo(text, tom)).text).toContain(expected);
  });

  it('keeps a hostile query text', async () => {
    const post = await answerTo('/follow <b>vàng</b> & "a<i>b"', tom);
    await press(post, '⬆️ These first', tom);
    const list = await answerTo('/follows', tom);
    expect(list.text).toContain('b>vàng</b');
  });
});

describe('/follows', () => {
  it('lists, changes, edits and removes', async () => {
    await press(await answerTo('/follow vàng', tom), '⬆️ These first', tom);
    await press(await answerTo('/follow bóng đá', tom), '🔔 Tell me at once', tom);
    const list = await answerTo('/follows', tom);
    expect(list.text).toContain('1. ⬆️ vàng\n2. 🔔 bóng đá');
    await press(list, '2', tom);
    expect(labels(list)).toContain('✅ 🔔 Tell me at once');
    await press(list, '🎯 Only these', tom);
    await press(list, '◀️ List', tom);
    expect(list.text).toContain('2. 🎯 bóng đá');
    expect(list.text).toContain('nothing but what is followed');
    await press(list, '1', tom);
    await press(list, '✏️ Edit', tom);
    const question = await api.nextMessage(tom);
    expect(question.text).toContain('in place of: vàng');
    await rig.restart();
    tom.sends(tom, '-vàng', { replyTo: question });
    const again = await api.nextMessage(tom);
    expect(again.text).toContain('Add at least one word');
    tom.sends(tom, 'bạc OR kim cương', { replyTo: again });
    expect((await api.nextMessage(tom)).text).toContain('bạc OR "kim cương"');
    await press(list, '◀️ List', tom);
    await press(list, '1', tom);
    await press(list, '🗑 Unfollow', tom);
    expect((await rig.room.follows.list(tom.id, 0)).map(({ text }) => text)).toEqual(['bạc OR "kim cương"']);
  });

  it('does no harm by old buttons', async () => {
    await press(await answerTo('/follow vàng', tom), '⬆️ These first', tom);
    const [one, other] = [await answerTo('/follows', tom), await answerTo('/follows', tom)];
    await press(one, '1', tom);
    await press(one, '🗑 Unfollow', tom);
    expect(await press(other, '1', tom)).toBe('That one is no longer followed.');
  });
});

describe('in a group', () => {
  it('admins follow, and everybody reads', async () => {
    const group = api.world.addSupergroup({ owner: lan, bot: 'member' });
    group.setMember(tom, 'member');
    tom.sends(group, '/follow vàng');
    expect((await api.nextMessage(group)).text).toContain('Only admins');
    lan.sends(group, '/follow vàng');
    const post = await api.nextMessage(group);
    expect(await press(post, '⬆️ Đưa lên đầu', tom)).toContain('Only admins');
    expect(await rig.room.follows.list(group.id, 0)).toEqual([]);
    await press(post, '⬆️ Đưa lên đầu');
    expect(await rig.room.follows.list(group.id, 0)).toHaveLength(1);
    tom.sends(group, '/follows');
    const list = await api.nextMessage(group);
    expect(list.text).toContain('1. ⬆️ vàng');
    expect(list.buttons).toEqual([]);
  });
});

describe('a channel', () => {
  it('is told about from private, by name or from its settings', async () => {
    const channel = api.world.addChannel({
      ...{ owner: lan, username: 'kenh_tin', title: 'Kênh Tin' },
      ...{ bot: 'administrator' as const, botRights: 'all' as const },
    });
    await press(await answerTo('/follow @kenh_tin vàng'), '🎯 Chỉ những bài này');
    expect(await rig.room.follows.list(channel.id, 0)).toMatchObject([{ text: 'vàng', mode: 'only' }]);
    const settings = await answerTo('/settings @kenh_tin');
    await press(settings, '⭐ Theo dõi');
    expect(settings.text).toContain('Kênh Tin đang theo dõi');
    await press(settings, '➕ Theo dõi thêm');
    const question = await api.nextMessage(lan);
    lan.sends(lan, 'bóng đá', { replyTo: question });
    const preview = await api.nextMessage(lan);
    expect(preview.text).toContain('Theo dõi cho Kênh Tin: bóng đá');
    await press(preview, '🔔 Báo ngay');
    expect(await rig.room.follows.list(channel.id, 0)).toHaveLength(2);
    expect((await answerTo('/follow @kenh_tin mưa', tom)).text).toContain('does not confirm');
    expect(api.messages(channel)).toEqual([]);
  });
});

describe('/why', () => {
  it('explains the last digest, or the one that it replies to, page by page', async () => {
    expect((await answerTo('/why', tom)).text).toContain('no digest here to explain');
    await rig.room.subscribe(tom.id, { language: 'en' });
    await rig.room.tick(SEVEN);
    await rig.room.send(tom.id, SEVEN);
    const first = (await answerTo('/why', tom)).text;
    expect(first).toContain('This was the first digest');
    expect(first).toMatch(/✅ Tin \d.*\n.*\nIn: among the newest/u);
    expect(first).not.toContain('the digest before');
    await rig.room.follows.add(tom.id, 0, { text: 'vàng', mode: 'only' }, SEVEN);
    await rig.room.follows.add(tom.id, 0, { text: 'bạc', mode: 'alert' }, SEVEN);
    for (const topic of ['vàng', 'bạc', 'mưa', 'vàng', 'vàng', 'nắng'])
      await rig.room.publish(1, (name) => `${name} ${topic}`);
    await rig.room.tell(SEVEN + HOUR);
    await rig.room.tick(SEVEN + DAY, 2);
    await rig.room.send(tom.id, SEVEN + DAY);
    const why = await answerTo('/why', tom);
    expect(why.text).toContain('2 articles in the digest; 4 other new ones are not.');
    expect(why.text).toMatch(/✅ Tin 10\. vàng\n.*\nIn: “vàng” is followed/u);
    expect(why.text).toMatch(/▫️ Tin 11\. nắng\n.*\nOut: matches nothing/u);
    await press(why, 'Next ▶️', tom);
    expect(why.text).toMatch(/Tin 6\. vàng\n.*\nOut: more than a digest may have/u);
    const told = why.text.includes('told at once') || (await press(why, '◀️ Back', tom)) === '';
    expect(told).toBe(true);
    expect(why.text).toMatch(/Tin 7\. bạc\n.*\nOut: you were told at once/u);
  });

  it('opens the rest of a digest in which follows had a say', async () => {
    await press(await answerTo('/follow vàng OR suất', tom), '🎯 Only these', tom);
    await rig.room.db.updateTable('subscriptions').set({ cursor: 0, max_items: 1 }).execute();
    const digest = await answerTo('/digest', tom);
    expect(digest.text).toContain('Tin 4.');
    await press(digest, '2 more', tom);
    const rest = await api.nextMessage(tom);
    expect(rest.text).toContain('1–3 of 3');
    expect(rest.text).not.toContain('bóng đá');
  });
});
