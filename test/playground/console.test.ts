/** The chat in the terminal, through streams instead of a terminal. */
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBotApi } from '../../src/playground/botApi.ts';
import type { BotApi } from '../../src/playground/botApi.ts';
import { startConsole } from '../../src/playground/console.ts';
import type { ConsoleChat } from '../../src/playground/console.ts';
import { viewPost } from '../../src/playground/consoleView.ts';
import type { Person } from '../../src/playground/person.ts';
import type { Update } from '../../src/playground/wire.ts';
import { callBotApi } from '../tools/botApiClient.ts';

let api: BotApi;
let input: PassThrough & { isTTY?: boolean };
let output: PassThrough & { isTTY?: boolean };
let shown: string;
let chat: ConsoleChat;
let person: Person;

const PAGE = { link: 'http://127.0.0.1:8787/', isElsewhere: false };

function open(isTTY: boolean, page = PAGE): void {
  input = Object.assign(new PassThrough(), { isTTY });
  output = Object.assign(new PassThrough(), { isTTY });
  shown = '';
  output.on('data', (chunk: Buffer) => (shown += chunk.toString()));
  // Nothing answers some lines; the next one need not wait long for that.
  chat = startConsole(api, { input, output, person, page, scriptWaitMs: 100 });
}

beforeEach(async () => {
  api = await startBotApi();
  person = api.world.addUser({ languageCode: 'vi', started: true });
  open(false);
});
afterEach(async () => {
  chat.close();
  await api.close();
});

/** Types a line and returns what the bot gets of it. */
async function type(line: string): Promise<Update> {
  input.write(`${line}\n`);
  await api.waitFor(() => api.updates.pending > 0);
  const { result } = await callBotApi(api, 'getUpdates', { offset: -1 });
  api.updates.clear();
  return (result as Update[])[0] ?? { update_id: 0 };
}

/** Waits until the screen shows something. */
async function see(text: string): Promise<void> {
  while (!shown.includes(text)) await once(output, 'data');
}

const send = (text: string, params: object = {}): Promise<unknown> =>
  callBotApi(api, 'sendMessage', { chat_id: person.id, text, parse_mode: 'HTML', ...params });

const row = (...buttons: object[]): object => ({ reply_markup: { inline_keyboard: [buttons] } });

describe('the console', () => {
  it('says in both languages what it is, where the page is, what to type, and how to go live', () => {
    const lines = shown.trimEnd().split('\n');
    expect(lines[0]).toMatch(/giả lập.*không cần token/u);
    expect(lines[1]).toMatch(/local double/u);
    expect(lines).toContain('  ▶  http://127.0.0.1:8787/');
    expect(shown).toMatch(/\/latest.*\/search tong thong.*\/subscribe/u);
    expect(lines.filter((line) => /BotFather.*BOT_TOKEN.*\.env/u.test(line))).toHaveLength(2);
    expect(shown).not.toContain('PLAYGROUND_PORT');
  });

  it('says when the page is not where it was wanted', () => {
    chat.close();
    open(false, { link: 'http://127.0.0.1:9000/', isElsewhere: true });
    expect(shown).toMatch(/PLAYGROUND_PORT.*taken[\s\S]*:9000/u);
  });

  it('replies to what asks for a reply, once', async () => {
    await send('Giờ nào?', { reply_markup: { force_reply: true, input_field_placeholder: '06:30' } });
    await see('Giờ nào?');
    expect((await type('6h45')).message).toMatchObject({
      text: '6h45',
      reply_to_message: { text: 'Giờ nào?' },
    });
    expect((await type('6h45')).message?.reply_to_message).toBeUndefined();
    await send('Một câu hỏi thường?');
    await see('câu hỏi thường');
    expect((await type('vâng')).message?.reply_to_message).toBeUndefined();
  });

  it('sends lines as messages of one person with the chosen language', async () => {
    const { message } = await type('/search tổng thống');
    expect(message).toMatchObject({
      text: '/search tổng thống',
      entities: [{ type: 'bot_command', offset: 0, length: 7 }],
      from: { id: person.id, language_code: 'vi' },
    });
  });

  it('shows messages with their links and numbered buttons, and what an edit makes of them', async () => {
    await send(
      '<b>Tin</b>: <a href="https://t.me/diemtin_bot?start=a_1">một</a>, <a href="https://e.vn/2">hai</a>',
      {
        ...row({ text: 'Trước', callback_data: 'p:1' }, { text: 'Sau', callback_data: 'p:2' }),
      },
    );
    expect(shown).toContain('-- Điểm Tin\nTin: một (open a_1), hai (https://e.vn/2)\n[1] Trước  [2] Sau\n');
    const [post] = api.messages(person.id);
    await callBotApi(api, 'editMessageText', {
      chat_id: person.id,
      message_id: post?.id,
      text: 'trang 2',
    });
    expect(shown).toContain('-- Điểm Tin ✎\ntrang 2\n');
  });

  it('presses a button of the latest message that has some, and shows the notice that comes back', async () => {
    await send('a', row({ text: '‹', callback_data: 'p:1' }, { text: '›', callback_data: 'p:2' }));
    await send('no buttons');
    const { callback_query } = await type('2');
    expect(callback_query).toMatchObject({ data: 'p:2', message: { text: 'a' } });
    await callBotApi(api, 'answerCallbackQuery', { callback_query_id: callback_query?.id, text: 'Xong' });
    await see('(Xong)\n');
    input.write('3\n');
    await see('! [3]? 1–2');
  });

  it('shows where a button with a link leads, and follows it when it leads back to the bot', async () => {
    const link = 'https://t.me/diemtin_bot?start=a_7';
    await send('a', row({ text: 'Nguồn', url: 'https://e.vn/7' }, { text: 'Đọc', url: link }));
    input.write('1\n');
    expect((await type('2')).message?.text).toBe('/start a_7');
    expect(shown).toContain('\nhttps://e.vn/7\n');
    expect((await type('open a_9')).message?.text).toBe('/start a_9');
    expect((await type(link)).message?.text).toBe('/start a_7');
  });

  it('takes a number for a message as long as there is nothing to press', async () => {
    expect((await type('2025')).message?.text).toBe('2025');
    expect((await type('7')).message?.text).toBe('7');
  });

  it('asks inline and lists what comes back', async () => {
    const { inline_query } = await type('@diemtin_bot tong thong');
    expect(inline_query?.query).toBe('tong thong');
    const results = [
      {
        type: 'article',
        id: '1',
        title: 'Tin',
        description: 'một',
        input_message_content: { message_text: 'x' },
      },
    ];
    await callBotApi(api, 'answerInlineQuery', { inline_query_id: inline_query?.id, results });
    await see('• Tin — một\n');
  });

  it('ends with /quit', async () => {
    input.end('/quit\n');
    await expect(chat.left).resolves.toBeUndefined();
    await once(input, 'close');
    await new Promise(setImmediate);
    expect(shown, 'though the keyboard is gone as well').not.toContain('keeps running');
  });

  it('says so when there is no keyboard, and the bot can still speak', async () => {
    input.end();
    await see('stdin đã đóng');
    await see('the bot keeps running');
    expect((await callBotApi(api, 'sendMessage', { chat_id: person.id, text: 'vẫn đây' })).status).toBe(200);
    expect(shown).toContain('vẫn đây');
    expect(await Promise.race([chat.left.then(() => 'left'), Promise.resolve('here')])).toBe('here');
  });

  it('survives a keyboard and a screen that break', async () => {
    input.destroy(new Error('EIO'));
    output.destroy(new Error('EPIPE'));
    await new Promise(setImmediate);
    expect((await callBotApi(api, 'sendMessage', { chat_id: person.id, text: 'a' })).status).toBe(200);
  });
});

describe('at a terminal', () => {
  beforeEach(() => {
    chat.close();
    open(true);
  });

  it('bold is bold, and the line that is being typed stays below', async () => {
    await send('<b>Tin</b> <u>mới</u>');
    expect(shown).toContain('\u001b[1mTin\u001b[22m \u001b[4mmới\u001b[24m');
    expect(shown.lastIndexOf('› ')).toBeGreaterThan(shown.lastIndexOf('mới'));
  });

  it('Ctrl-D leaves', async () => {
    input.end();
    await expect(chat.left).resolves.toBeUndefined();
  });
});

describe('a message as text', () => {
  it('cannot command the terminal', async () => {
    await send('a\u009b31mb');
    const [post] = api.messages(person.id);
    if (post === undefined) throw new Error('nothing was sent');
    expect(viewPost(post, 'x', { ansi: true, botUsername: 'b' })).not.toContain('\u009b');
  });
});
