import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BotApi } from '../../src/playground/botApi.ts';
import type { Post } from '../../src/playground/post.ts';
import { startDouble } from '../tools/double.ts';
import { Newsroom, type Program } from '../tools/program.ts';

let api: BotApi;
let room: Newsroom;
let program: Program;

beforeAll(async () => {
  api = await startDouble();
  room = new Newsroom(api);
  for (let day = 1; day <= 12; day++) {
    const date = `2025-12-${String(day).padStart(2, '0')}`;
    room.publish(`bai-${day}`, `Bài số ${day} về hội nghị`, { date });
  }
  room.publish('hostile', 'Giá <b>vàng</b> & "đô la" </b><script>', { date: '2025-12-20' });
  room.publish('thuong-dinh', 'Tổng thống Mỹ tới hội nghị thượng đỉnh', { date: '2025-12-24' });
  program = await room.start();
  await program.says('articles changed');
});

afterAll(async () => {
  await room.close();
  await api.close();
});

describe('in a private chat', () => {
  it('/start says what the bot does, in the language of the person, with buttons', async () => {
    const lan = api.world.addUser({ languageCode: 'vi' });
    lan.says('/start');
    const welcome = await api.nextMessage(lan);
    expect(welcome.text).toContain('Xin chào');
    const tom = api.world.addUser({ languageCode: 'en-GB' });
    tom.says('/help');
    expect((await api.nextMessage(tom)).text).toContain('How to use the bot');
    tom.presses(welcomeOf(api, tom), '📰 Latest');
    expect((await api.nextMessage(tom)).text).toContain('Latest');
  });

  it('/language changes the language of the chat', async () => {
    const tom = api.world.addUser({ languageCode: 'en' });
    tom.says('/language');
    tom.presses(await api.nextMessage(tom), '🇻🇳 Tiếng Việt');
    expect((await api.nextMessage(tom)).text).toContain('tiếng Việt');
    tom.says('/status');
    expect((await api.nextMessage(tom)).text).toContain('Trạng thái');
  });

  it('/latest lists five to a page, newest first, and turns pages in place', async () => {
    const lan = api.world.addUser({ languageCode: 'vi' });
    lan.says('/latest');
    const list = await api.nextMessage(lan);
    expect(list.text).toContain('1–5 trong 14 bài');
    expect(list.text.indexOf('Tổng thống Mỹ')).toBeLessThan(
      list.text.indexOf('Giá <b>vàng</b> & "đô la" </b><script>'),
    );
    lan.presses(list, 'Sau ▶️');
    await api.edited(list);
    expect(list.text).toContain('6–10 trong 14 bài');
    lan.presses(list, '◀️ Trước');
    await api.edited(list, 1);
    expect(list.text).toContain('1–5 trong 14 bài');
    expect(api.messages(lan)).toHaveLength(1);
  });

  it('/latest n lists so many; what is no number is explained', async () => {
    const lan = api.world.addUser({ languageCode: 'vi' });
    lan.says('/latest 3');
    expect((await api.nextMessage(lan)).text).toContain('1–3 trong 3 bài');
    lan.says('/latest nhiều');
    expect((await api.nextMessage(lan)).text).toContain('“nhiều” không phải là số bài');
  });

  it('opens an article, shows all of its text in pages, and shares it', async () => {
    const body = Array.from(
      { length: 60 },
      (_, i) => `Đoạn ${i} của bài dài, ${'chữ '.repeat(30)}hết ${i}.`,
    ).join('\n\n');
    room.publish('bai-dai', 'Một bài rất dài', { date: '2025-12-25', body });
    await program.says('"added":1,');
    const lan = api.world.addUser({ languageCode: 'vi' });
    lan.says('/latest 1');
    lan.presses(await api.nextMessage(lan), '1');
    const page = await api.nextMessage(lan);
    let all = page.text;
    expect(all).toContain('Một bài rất dài');
    for (let turned = 0; ; turned++) {
      const next = page.buttons.find((button) => button.text === 'Sau ▶️');
      if (next === undefined) break;
      lan.presses(page, 'Sau ▶️');
      await api.edited(page, turned);
      all += page.text;
    }
    for (let i = 0; i < 60; i++) expect(all).toContain(`hết ${i}.`);
    expect(page.buttons.some((button) => button.url?.startsWith('https://t.me/share/url?') ?? false)).toBe(
      true,
    );
  });

  it('/search finds without diacritics, counts, marks what matched, and opens', async () => {
    const lan = api.world.addUser({ languageCode: 'vi' });
    lan.says('/search tong thong my');
    const found = await api.nextMessage(lan);
    expect(found.text).toContain('Tổng thống Mỹ tới hội nghị thượng đỉnh');
    const bold = found.entities
      .filter(({ type }) => type === 'bold')
      .map((e) => found.text.slice(e.offset, e.offset + e.length));
    expect(bold.join(' ')).toContain('Tổng thống Mỹ');
    lan.presses(found, '1');
    expect((await api.nextMessage(lan)).text).toContain('Nội dung của Tổng thống Mỹ');
  });

  it('/search turns pages in place, also after a restart', async () => {
    const lan = api.world.addUser({ languageCode: 'vi' });
    lan.says('/search hoi nghi');
    const found = await api.nextMessage(lan);
    lan.presses(found, 'Sau ▶️');
    await api.edited(found);
    await program.stop();
    program = await room.start();
    lan.presses(found, '◀️ Trước');
    await api.edited(found, 1);
    expect(found.text).toContain('1–5 trong');
  });

  it('/search without words explains itself; without hits it offers what exists', async () => {
    const lan = api.world.addUser({ languageCode: 'vi' });
    lan.says('/search');
    expect((await api.nextMessage(lan)).text).toContain('/search tong thong my');
    lan.says('/search zzzz\u202eqqqq\u0007');
    const none = await api.nextMessage(lan);
    expect(none.text).toContain('Không có bài nào khớp');
    expect(none.text, 'nothing that turns the line around').toContain('zzzzqqqq');
    expect(none.buttons.length).toBeGreaterThan(0);
  });

  it('/search says how a query was understood, and what was not taken as it was written', async () => {
    const lan = api.world.addUser({ languageCode: 'vi' });
    lan.says('/search hoi nghi từ:1/1/2020');
    expect((await api.nextMessage(lan)).text).toContain('Hiểu là: hoi nghi after:2020-01-01');
    lan.says('/search hoi nghi after:2025-99-01');
    expect((await api.nextMessage(lan)).text).toContain('không phải là ngày');
    lan.says('/search on:1/1/1999 hoi "nghi');
    const none = await api.nextMessage(lan);
    expect(none.text).toContain('Hiểu là: on:1999-01-01');
    expect(none.text).toContain('dấu ngoặc kép không có cặp');
    lan.says(`/search hoi nghi ${'khongcotrongbai '.repeat(30)}`);
    expect((await api.nextMessage(lan)).text).toContain('Câu tìm quá dài');
  });

  it('searches for words without a command', async () => {
    const lan = api.world.addUser({ languageCode: 'vi' });
    lan.says('thượng đỉnh');
    expect((await api.nextMessage(lan)).text).toContain('Tổng thống Mỹ tới');
  });

  it('opens an article by its link, and says when it is gone', async () => {
    const lan = api.world.addUser({ languageCode: 'vi' });
    lan.says('/digest');
    const digest = await api.nextMessage(lan);
    const link = digest.entities.find(({ type }) => type === 'text_link')?.url ?? '';
    const payload = new URL(link).searchParams.get('start') ?? '';
    lan.says(`/start ${payload}`);
    expect((await api.nextMessage(lan)).text).toContain('Báo Thử');
    lan.says('/start a_AAAAAAAAAAAA');
    expect((await api.nextMessage(lan)).text).toContain('không còn nữa');
  });

  it('answers an unknown command with the way to the help', async () => {
    const lan = api.world.addUser({ languageCode: 'vi' });
    lan.says('/constructor');
    expect((await api.nextMessage(lan)).text).toContain('/help');
  });

  it('a button of long ago or of another bot says that it expired', async () => {
    const lan = api.world.addUser({ languageCode: 'vi' });
    lan.says('/search hoi nghi');
    const found = await api.nextMessage(lan);
    const [button] = found.buttons;
    if (button !== undefined) button.callback_data = 's:unknown000:0:r';
    const press = lan.presses(found, '1');
    await api.waitFor(() => press.answer);
    expect(press.answer?.text).toContain('quá cũ');
  });

  it('every press is acknowledged', async () => {
    const lan = api.world.addUser({ languageCode: 'vi' });
    lan.says('/latest');
    const list = await api.nextMessage(lan);
    const press = lan.presses(list, '1/3');
    await api.waitFor(() => press.answer);
    expect(press.answer).not.toBeNull();
  });
});

describe('/status', () => {
  it('shows operators articles, sources, rejected files, chats and the queue', async () => {
    const boss = api.world.addUser({ languageCode: 'en' });
    room.write('empty.txt', '');
    await program.says('empty.txt');
    await program.stop();
    program = await room.start({ ADMIN_IDS: String(boss.id) });
    boss.says('/status');
    const status = await api.nextMessage(boss);
    expect(status.text).toContain('Articles: 15');
    expect(status.text).toContain('Sources: 1');
    expect(status.text).toContain('Rejected files: 1');
    expect(status.text).toContain('empty.txt');
    expect(status.text).toContain('Queue: 0');
  });

  it('does not show them to others', async () => {
    const tom = api.world.addUser({ languageCode: 'en' });
    tom.says('/status');
    expect((await api.nextMessage(tom)).text).not.toContain('Articles:');
  });
});

describe('the menu of commands', () => {
  it('is set for both languages', () => {
    const languages = api.ledger.of('setMyCommands').map(({ params }) => params.language_code ?? '');
    expect(new Set(languages)).toEqual(new Set(['', 'en', 'vi']));
  });
});

function welcomeOf(double: BotApi, person: { id: number }): Post {
  const [welcome] = double.messages(person);
  if (welcome === undefined) throw new Error('no welcome');
  return welcome;
}
