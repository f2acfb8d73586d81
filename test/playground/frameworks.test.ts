/**
 * Bots of the kinds that frameworks show in their guides, none of them ours, each in telegraf and in grammY: if they work
 * here as they do with Telegram, the double is Telegram's double and not our bot's.
 */
import { Bot, Composer, GrammyError, InlineKeyboard, session as grammySession } from 'grammy';
import type { Context as GrammyContext, SessionFlavor } from 'grammy';
import { Markup, Scenes, session, Telegraf, TelegramError } from 'telegraf';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBotApi } from '../../src/playground/botApi.ts';
import type { BotApi } from '../../src/playground/botApi.ts';
import type { Person } from '../../src/playground/person.ts';

let api: BotApi;
let lan: Person;
/** Ends whatever bot runs; its last words need not be heard, since Telegram would let it wait for them. */
let stop: () => Promise<unknown>;

beforeEach(async () => {
  api = await startBotApi();
  lan = api.world.addUser({ firstName: 'Lan', languageCode: 'vi' });
  stop = () => Promise.resolve();
});

afterEach(async () => {
  await api.settled();
  const stopped = stop().catch(() => undefined);
  await api.close();
  await stopped;
  expect(api.bugs).toEqual([]);
});

function telegraf(build: (bot: Telegraf<Scenes.WizardContext>) => void): void {
  const bot = new Telegraf<Scenes.WizardContext>(api.token, { telegram: { apiRoot: api.root } });
  build(bot);
  const running = bot.launch();
  stop = async () => {
    bot.stop();
    await running;
  };
}

function grammy<C extends GrammyContext = GrammyContext>(build: (bot: Bot<C>) => void): void {
  const bot = new Bot<C>(api.token, { client: { apiRoot: api.root } });
  build(bot);
  const running = bot.start();
  stop = async () => {
    await Promise.allSettled([bot.stop(), running]);
  };
}

const FRAMEWORKS = ['telegraf', 'grammY'] as const;

describe.each(FRAMEWORKS)('an echo in %s', (framework) => {
  it('copies what is said, with a button that takes it back', async () => {
    const keyboard = { inline_keyboard: [[{ text: 'Xoá', callback_data: 'delete' }]] };
    if (framework === 'telegraf') {
      telegraf((bot) => {
        bot.on('message', (ctx) => ctx.copyMessage(ctx.chat.id, { reply_markup: keyboard }));
        bot.action('delete', (ctx) => ctx.deleteMessage());
      });
    } else {
      grammy((bot) => {
        bot.on('message', (ctx) => ctx.copyMessage(ctx.chat.id, { reply_markup: keyboard }));
        bot.callbackQuery('delete', (ctx) => ctx.deleteMessage());
      });
    }
    lan.says('xin chào #tin');
    const echo = await api.nextMessage(lan);
    expect(echo.wire).toMatchObject({ text: 'xin chào #tin', entities: [{ type: 'hashtag' }] });
    lan.presses(echo, 'Xoá');
    await api.waitFor(() => echo.deleted);
    expect(api.messages(lan)).toEqual([]);
  });
});

describe.each(FRAMEWORKS)('keyboards in %s', (framework) => {
  it('are shown under a message or in the place of the letters, and presses are answered', async () => {
    if (framework === 'telegraf') {
      telegraf((bot) => {
        const drinks = [
          Markup.button.callback('Trà', 'tra'),
          Markup.button.callback('Cà phê', 'ca-phe', false),
        ];
        bot.command('inline', (ctx) =>
          ctx.replyWithHTML('<b>Trà</b> hay <i>cà phê</i>?', Markup.inlineKeyboard(drinks)),
        );
        bot.command('custom', (ctx) =>
          ctx.reply(
            'Chọn',
            Markup.keyboard([['🔍 Tìm', '📢 Tin']])
              .oneTime()
              .resize(),
          ),
        );
        bot.command('gone', (ctx) => ctx.reply('Thôi', Markup.removeKeyboard()));
        bot.hears('🔍 Tìm', (ctx) => ctx.reply('Tìm gì?', Markup.forceReply()));
        bot.action(/.+/u, (ctx) => ctx.answerCbQuery(`Đã chọn ${ctx.match[0]}`, { show_alert: true }));
      });
    } else {
      grammy((bot) => {
        const drinks = new InlineKeyboard().text('Trà', 'tra').text('Cà phê', 'ca-phe').row();
        bot.command('inline', (ctx) =>
          ctx.reply('<b>Trà</b> hay <i>cà phê</i>?', { parse_mode: 'HTML', reply_markup: drinks }),
        );
        bot.command('custom', (ctx) =>
          ctx.reply('Chọn', { reply_markup: { keyboard: [[{ text: '🔍 Tìm' }]], one_time_keyboard: true } }),
        );
        bot.command('gone', (ctx) => ctx.reply('Thôi', { reply_markup: { remove_keyboard: true } }));
        bot.hears('🔍 Tìm', (ctx) => ctx.reply('Tìm gì?', { reply_markup: { force_reply: true } }));
        bot.on('callback_query:data', (ctx) =>
          ctx.answerCallbackQuery({ text: `Đã chọn ${ctx.callbackQuery.data}`, show_alert: true }),
        );
      });
    }
    lan.says('/inline');
    const question = await api.nextMessage(lan);
    expect(question.entities.map(({ type }) => type)).toEqual(['bold', 'italic']);
    const press = lan.presses(question, 'Cà phê');
    expect(await api.waitFor(() => press.answer)).toMatchObject({ text: 'Đã chọn ca-phe', showAlert: true });
    lan.says('/custom');
    expect((await api.nextMessage(lan)).buttons).toEqual([]);
    lan.says('🔍 Tìm');
    expect((await api.nextMessage(lan)).text).toBe('Tìm gì?');
    lan.says('/gone');
    expect((await api.nextMessage(lan)).text).toBe('Thôi');
  });
});

describe.each(FRAMEWORKS)('a calculator with a session in %s', (framework) => {
  it('edits its own message, each person with a number of their own', async () => {
    const rows = [['+1', '+10'], ['xoá']];
    const keyboard = {
      inline_keyboard: rows.map((row) => row.map((text) => ({ text, callback_data: text }))),
    };
    const show = (value: number): string => `Kết quả: <b>${value}</b>`;
    const next = (value: number, key: string): number => (key === 'xoá' ? 0 : value + Number(key));
    const more = { parse_mode: 'HTML', reply_markup: keyboard } as const;
    if (framework === 'telegraf') {
      interface Counting extends Scenes.WizardContext {
        session: Scenes.WizardContext['session'] & { value?: number };
      }
      telegraf((plain) => {
        const bot = plain as unknown as Telegraf<Counting>;
        bot.use(session({ defaultSession: () => ({}) }));
        bot.start((ctx) => ctx.reply(show(0), more));
        bot.action(/.+/u, async (ctx) => {
          ctx.session.value = next(ctx.session.value ?? 0, ctx.match[0]);
          await ctx.editMessageText(show(ctx.session.value), more).catch(() => undefined);
          await ctx.answerCbQuery();
        });
      });
    } else {
      type Counting = GrammyContext & SessionFlavor<{ value: number }>;
      grammy<Counting>((bot) => {
        bot.use(grammySession({ initial: () => ({ value: 0 }) }));
        const calculator = new Composer<Counting>();
        calculator.command('start', (ctx) => ctx.reply(show(0), more));
        calculator.on('callback_query:data', async (ctx) => {
          ctx.session.value = next(ctx.session.value, ctx.callbackQuery.data);
          await ctx.editMessageText(show(ctx.session.value), more).catch(() => undefined);
          await ctx.answerCallbackQuery();
        });
        bot.use(calculator);
      });
    }
    const tom = api.world.addUser({ firstName: 'Tom' });
    lan.says('/start');
    tom.says('/start');
    const hers = await api.nextMessage(lan);
    const his = await api.nextMessage(tom);
    for (const key of ['+10', '+1', '+1']) {
      const press = lan.presses(hers, key);
      await api.waitFor(() => press.answer);
    }
    const press = tom.presses(his, 'xoá');
    await api.waitFor(() => press.answer);
    expect([hers.text, hers.edits]).toEqual(['Kết quả: 12', 3]);
    // An edit that changes nothing is refused, and the bot lives with it.
    expect([his.text, his.edits]).toEqual(['Kết quả: 0', 0]);
  });
});

describe.each(FRAMEWORKS)('inline mode in %s', (framework) => {
  it('offers cards, is told which one was chosen, and edits the message that it became', async () => {
    const card = (query: string) => ({
      type: 'article' as const,
      id: '1',
      title: query,
      input_message_content: { message_text: `Món ${query}` },
      reply_markup: { inline_keyboard: [[{ text: 'Ăn', callback_data: 'eat' }]] },
    });
    const chosen: string[] = [];
    if (framework === 'telegraf') {
      telegraf((bot) => {
        bot.on('inline_query', (ctx) =>
          ctx.answerInlineQuery([card(ctx.inlineQuery.query)], { cache_time: 0 }),
        );
        bot.on(
          'chosen_inline_result',
          (ctx) => void chosen.push(ctx.chosenInlineResult.inline_message_id ?? ''),
        );
        bot.action('eat', (ctx) => ctx.editMessageText('Hết rồi'));
      });
    } else {
      grammy((bot) => {
        bot.on('inline_query', (ctx) =>
          ctx.answerInlineQuery([card(ctx.inlineQuery.query)], { cache_time: 0 }),
        );
        bot.on('chosen_inline_result', (ctx) => void chosen.push(ctx.inlineMessageId ?? ''));
        bot.callbackQuery('eat', (ctx) => ctx.editMessageText('Hết rồi'));
      });
    }
    const group = api.world.addGroup({ owner: lan });
    const ask = lan.asks('phở');
    await api.waitFor(() => ask.answer);
    const post = lan.chooses(ask, '1', group);
    expect(post.text).toBe('Món phở');
    lan.presses(post, 'Ăn');
    await api.edited(post);
    expect(post.text).toBe('Hết rồi');
    expect(chosen).toEqual([api.state.inlineIdOf(post)]);
  });
});

describe.each(FRAMEWORKS)('a bot that listens to what happens in %s', (framework) => {
  it('learns of links that lead to it, of its place in chats, and of topics', async () => {
    const seen: string[] = [];
    if (framework === 'telegraf') {
      telegraf((bot) => {
        bot.start((ctx) => ctx.reply(`Từ liên kết: ${ctx.payload}`));
        bot.on('my_chat_member', (ctx) => void seen.push(ctx.myChatMember.new_chat_member.status));
        bot.command('topic', (ctx) =>
          ctx.reply('đây', { message_thread_id: ctx.message.message_thread_id ?? 0 }),
        );
      });
    } else {
      grammy((bot) => {
        bot.command('start', (ctx) => ctx.reply(`Từ liên kết: ${ctx.match}`));
        bot.on('my_chat_member', (ctx) => void seen.push(ctx.myChatMember.new_chat_member.status));
        bot.command('topic', (ctx) => ctx.reply('đây'));
      });
    }
    lan.says('/start bai_7');
    expect((await api.nextMessage(lan)).text).toBe('Từ liên kết: bai_7');
    const forum = api.world.addSupergroup({ owner: lan, forum: true });
    forum.setBot('administrator', { rights: { can_manage_topics: true } });
    const topic = forum.createTopic('Tin', lan);
    lan.sends(forum, '/topic', { threadId: topic });
    expect((await api.nextMessage(forum)).threadId).toBe(topic);
    lan.blocks();
    lan.unblocks();
    await api.settled();
    await expect.poll(() => seen).toEqual(['administrator', 'kicked', 'member']);
  });

  it('reads refusals as its framework reads those of Telegram', async () => {
    const stranger = api.world.addUser();
    let refusal: unknown;
    const note = (error: unknown): void => {
      refusal = error;
    };
    if (framework === 'telegraf') {
      telegraf((bot) => bot.on('message', (ctx) => ctx.telegram.sendMessage(stranger.id, 'x').catch(note)));
    } else
      grammy((bot) =>
        bot.on('message', (ctx) => ctx.api.sendMessage(stranger.id, 'x').then(() => undefined, note)),
      );
    api.failNext429(stranger, 9);
    lan.says('một');
    expect(await api.waitFor(() => refusal)).toMatchObject({ parameters: { retry_after: 9 } });
    refusal = undefined;
    lan.says('hai');
    const second = await api.waitFor(() => refusal);
    expect(second).toBeInstanceOf(framework === 'telegraf' ? TelegramError : GrammyError);
    expect(second).toMatchObject({ description: "Forbidden: bot can't initiate conversation with a user" });
  });
});

it('a wizard of telegraf goes from step to step', async () => {
  telegraf((bot) => {
    const wizard = new Scenes.WizardScene<Scenes.WizardContext>(
      'hỏi',
      async (ctx) => {
        await ctx.reply('Tên bạn?');
        ctx.wizard.next();
      },
      async (ctx) => {
        await ctx.reply(`Chào ${ctx.text ?? ''}`);
        await ctx.scene.leave();
      },
    );
    bot.use(session());
    bot.use(new Scenes.Stage([wizard]).middleware());
    bot.command('begin', (ctx) => ctx.scene.enter('hỏi'));
  });
  lan.says('/begin');
  expect((await api.nextMessage(lan)).text).toBe('Tên bạn?');
  lan.says('Lan');
  expect((await api.nextMessage(lan)).text).toBe('Chào Lan');
});

it('what is not played is refused aloud, whoever asks', async () => {
  const { telegram } = new Telegraf(api.token, { telegram: { apiRoot: api.root } });
  await expect(telegram.sendDice(lan.id)).rejects.toThrow('the playground does not play sendDice');
  const bot = new Bot(api.token, { client: { apiRoot: api.root } });
  await expect(bot.api.sendPhoto(lan.id, 'id')).rejects.toThrow('the playground does not play sendPhoto');
  await expect(bot.api.sendMessage(lan.id, '*x*', { parse_mode: 'MarkdownV2' })).rejects.toThrow(
    'does not play Markdown',
  );
});
