/** A real client against the double: what telegraf sends is understood, and what it gets it understands. */
import { Telegraf, Telegram, TelegramError } from 'telegraf';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBotApi } from '../../src/playground/botApi.ts';
import type { BotApi } from '../../src/playground/botApi.ts';

let api: BotApi;
let telegram: Telegram;

beforeEach(async () => {
  api = await startBotApi();
  telegram = new Telegram(api.token, { apiRoot: api.root });
});

afterEach(async () => {
  await api.close();
  expect(api.bugs).toEqual([]);
});

describe('the double under telegraf', () => {
  it('knows the bot', async () => {
    expect(await telegram.getMe()).toMatchObject({
      username: 'diemtin_bot',
      is_bot: true,
      first_name: 'Điểm Tin',
    });
  });

  it('takes a formatted message with buttons and returns it parsed', async () => {
    const reader = api.world.addUser({ started: true });
    const sent = await telegram.sendMessage(reader.id, '<b>Tin</b> mới', {
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
      reply_markup: { inline_keyboard: [[{ text: 'Đọc', callback_data: 'read:1' }]] },
    });
    expect(sent).toMatchObject({ text: 'Tin mới', entities: [{ type: 'bold', offset: 0, length: 3 }] });
    expect(api.messages(reader)[0]?.buttons).toEqual([{ text: 'Đọc', callback_data: 'read:1' }]);
  });

  it('refuses in the form that telegraf turns into its error', async () => {
    const stranger = api.world.addUser();
    const error = await telegram.sendMessage(stranger.id, 'hi').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TelegramError);
    expect(error).toMatchObject({
      code: 403,
      description: "Forbidden: bot can't initiate conversation with a user",
    });
  });

  it('runs a whole bot: a command, a button, an edit', async () => {
    const bot = new Telegraf(api.token, { telegram: { apiRoot: api.root } });
    bot.command('start', (ctx) =>
      ctx.reply('page 1', { reply_markup: { inline_keyboard: [[{ text: '›', callback_data: 'page:2' }]] } }),
    );
    bot.action('page:2', async (ctx) => {
      await ctx.editMessageText('page 2');
      await ctx.answerCbQuery('turned');
    });
    const running = bot.launch();
    const reader = api.world.addUser({ firstName: 'Lan', languageCode: 'vi' });
    reader.says('/start');
    const page = await api.nextMessage(reader);
    expect(page.text).toBe('page 1');
    const press = reader.presses(page, '›');
    await api.edited(page);
    expect(page.text).toBe('page 2');
    expect(page.buttons).toEqual([]);
    expect(await api.waitFor(() => press.answer)).toMatchObject({ text: 'turned', showAlert: false });
    bot.stop();
    await running;
  });
});
