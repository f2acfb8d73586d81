/**
 * The bot: every update goes through here, to the command or button that it asks for. One of the program's three error
 * boundaries: what a handler throws is logged, and the person reads one calm sentence.
 */
import { Composer, Context, TelegramError } from 'telegraf';
import type { CallbackQuery, ChatMemberUpdated, Message, Update, UserFromGetMe } from 'telegraf/types';
import { errorFields } from '../log.ts';
import { isGone } from './answers.ts';
import type { TelegramClient } from './client.ts';
import { createFloodGate } from './flood.ts';
import { answerQuestion, placeCommand } from './commands/answering.ts';
import { answerFollow } from './commands/follows.ts';
import { greet } from './greeting.ts';
import {
  askerOf,
  concerns,
  hasButton,
  placeOf,
  speakerOf,
  textOf,
  wishOf,
  type Speaker,
} from './incoming.ts';
import { answerInline } from './inline.ts';
import { canPost } from './members.ts';
import { announceUnknown } from './notices.ts';
import { runCommand, runPress } from './routes.ts';
import type { Services } from './services.ts';
import { openTalk, type Talk } from './talk.ts';
import { html } from './views/html.ts';
import { view } from './views/view.ts';

export interface Bot {
  /** Whether there is anything to handle; what is not for the bot, as talk in a group, is not kept. Never throws. */
  hears(update: Update): boolean;
  /** Never rejects. */
  handle(update: Update): Promise<void>;
}

export function createBot(services: Services, client: TelegramClient, me: UserFromGetMe): Bot {
  const flood = createFloodGate();
  const keeping = createFloodGate();
  const composer = new Composer<Context>();
  composer.on('message', (ctx) => onMessage(ctx.message));
  composer.on('channel_post', (ctx) => onMessage(ctx.channelPost));
  composer.on('callback_query', (ctx) => onPress(ctx.callbackQuery));
  composer.on('my_chat_member', (ctx) => onMembership(ctx.myChatMember));
  composer.on('inline_query', async (ctx) => {
    if (!services.settings.inlineMode) return;
    const { id, query, offset, from } = ctx.inlineQuery;
    await answerInline(services, client, {
      ...{ id, query, offset, languageCode: from.language_code },
      mayKeep: () => keeping.check(from.id, services.now()) === 'pass',
    });
  });
  const run = composer.middleware();

  async function onMessage(message: Message): Promise<void> {
    const { log, events, chats } = services;
    const wish = wishOf(message, me);
    if (wish === null) return;
    if (wish.kind === 'moved') return events.moved(wish.from, wish.to);
    const { text, point, command, question } = wish;
    const place = placeOf(message.chat, message);
    const speaker = speakerOf(message);
    const isPrivate = place.chat.type === 'private';
    const talk = await openTalk(services, {
      client,
      place,
      speaker,
      messageId: message.message_id,
      pressedId: null,
    });
    if (!(await passes(askerOf(message), talk))) return;
    await chats.meet(place.chat, services.now());
    // Who writes in private can be written to; elsewhere only an answer that went out shows it.
    if (isPrivate) await events.back(place.chat.id);
    await guarded(talk, async () => {
      const quoted = 'reply_to_message' in message && message.reply_to_message;
      if (question?.asked === 'follow') await answerFollow(services, client, talk, question, text ?? '');
      else if (question !== null) await answerQuestion(services, client, talk, question, { text, point });
      else if (text === null) await placeCommand(services, client, talk, point);
      else
        await runCommand(services, client, talk, {
          // Words without a command are what one looks for; "/tìm" was meant as a command.
          name: command?.name ?? (text.trimStart().startsWith('/') ? '' : 'search'),
          args: command?.args ?? text,
          quoted: quoted ? textOf(quoted) : null,
          repliedTo: quoted ? quoted.message_id : null,
        });
      await events.back(place.chat.id);
      await announceUnknown(services, talk);
    });
    log.debug({ command: command?.name ?? 'words', type: place.chat.type }, 'a command was answered');
  }

  async function onPress(query: CallbackQuery): Promise<void> {
    const { message } = query;
    if (message === undefined) return acknowledge(query.id, null);
    const place = placeOf(
      message.chat,
      'date' in message && message.date !== 0 ? (message as Message) : undefined,
    );
    const speaker: Speaker = {
      userId: query.from.id,
      firstName: query.from.first_name,
      languageCode: query.from.language_code,
      speaksForChat: false,
    };
    const data = 'data' in query ? query.data : '';
    const talk = await openTalk(services, {
      client,
      place,
      speaker,
      messageId: null,
      // Otherwise a digest, or whatever the bot wrote, could be replaced by anything that some button asks for.
      pressedId: hasButton(message, data) ? message.message_id : null,
    });
    if (flood.check(query.from.id, services.now()) !== 'pass') return acknowledge(query.id, talk.t.tooFast);
    await services.chats.meet(place.chat, services.now());
    await guarded(talk, () => runPress(services, client, talk, data));
    await acknowledge(query.id, talk.toast);
    await guarded(talk, () => announceUnknown(services, talk));
  }

  /** Ends the spinner on the button. A press that waited too long cannot be answered any more. */
  async function acknowledge(id: string, text: string | null): Promise<void> {
    try {
      await client.request('answerCallbackQuery', {
        callback_query_id: id,
        ...(text === null ? {} : { text }),
      });
    } catch (error) {
      services.log.debug({ error: String(error) }, 'a press could not be acknowledged');
    }
  }

  async function onMembership(change: ChatMemberUpdated): Promise<void> {
    const { events, chats } = services;
    const { chat } = placeOf(change.chat);
    const { status } = change.new_chat_member;
    if (chat.type === 'private') {
      return status === 'kicked' ? events.gone(chat.id, 'blocked') : events.back(chat.id);
    }
    await chats.meet(chat, services.now());
    if (status === 'kicked' || status === 'left') return events.gone(chat.id, status);
    const wasInside = !['kicked', 'left'].includes(change.old_chat_member.status);
    if (!wasInside || status === 'administrator') await chats.addedBy(chat.id, change.from.id);
    const writes = canPost(change.new_chat_member, chat.type);
    await (writes ? events.back(chat.id) : events.gone(chat.id, 'no-rights'));
    const wrote = canPost(change.old_chat_member, chat.type);
    if (!wasInside || (writes && !wrote)) await greet(services, client, chat, change.from, writes);
  }

  async function passes(asker: number | null, talk: Talk): Promise<boolean> {
    if (asker === null) return true;
    const verdict = flood.check(asker, services.now());
    if (verdict === 'notice') await guarded(talk, () => talk.answer(view(html`${talk.t.tooFast}`)));
    return verdict === 'pass';
  }

  /** Runs a handler; when it fails, says so to the person, if they can be reached at all. */
  async function guarded(talk: Talk, handler: () => Promise<void>): Promise<void> {
    try {
      await handler();
    } catch (error) {
      if (isGone(error)) return;
      services.log.error(errorFields(error), 'an update could not be answered');
      await talk.answer(view(html`${talk.t.failed}`)).catch((again: unknown) => {
        services.log.debug({ error: String(again) }, 'nor could the apology');
      });
    }
  }

  return {
    hears: (update) => concerns(update, me),
    async handle(update) {
      try {
        await run(new Context(update, client, me), () => Promise.resolve());
      } catch (error) {
        const level = error instanceof TelegramError && isGone(error) ? 'debug' : 'error';
        services.log[level](errorFields(error), 'an update could not be handled');
      }
    },
  };
}
