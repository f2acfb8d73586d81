/**
 * Whoever adds the bot to a channel or group gets its settings in private, so that the chat itself never sees commands.
 */
import type { User } from 'telegraf/types';
import { catalogue } from '../i18n/catalogue.ts';
import { errorFields } from '../log.ts';
import { isGone } from './answers.ts';
import type { TelegramClient } from './client.ts';
import { showPage } from './commands/settings.ts';
import type { ChatIdentity, Services } from './services.ts';
import { sendView, talkLanguage } from './talk.ts';
import { chatName } from './target.ts';
import { html } from './views/html.ts';
import { view } from './views/view.ts';

/** Never rejects: the person may never have written to the bot, and then it may not write to them. */
export async function greet(
  services: Services,
  client: TelegramClient,
  chat: ChatIdentity,
  by: User,
  canPost: boolean,
): Promise<void> {
  try {
    await rememberAdmins(services, client, chat, by);
    // Behind an anonymous admin nobody can be written to.
    if (by.is_bot) return;
    const t = catalogue(await talkLanguage(services, by.id, by.language_code));
    const name = chatName(chat);
    const target = { chatId: chat.id, threadId: 0 };
    const page = await showPage(services, t, { place: { chat, threadId: 0 }, target, name }, 'main');
    const added = canPost ? t.settings.added(name) : t.channelBotNotAdmin(name, `@${services.bot.username}`);
    const greeting = canPost
      ? { ...page, html: `${view(html`${added}`).html}\n\n${page.html}` }
      : view(html`${added}`);
    await sendView(client, by.id, greeting);
  } catch (error) {
    if (!isGone(error)) services.log.warn(errorFields(error), 'whoever added the bot could not be greeted');
  }
}

/** All of them, so that each finds the chat in their /chats; the bot may not be allowed to see the others. */
async function rememberAdmins(
  services: Services,
  client: TelegramClient,
  chat: ChatIdentity,
  by: User,
): Promise<void> {
  const admins = by.is_bot ? [] : [by.id];
  try {
    const members = await client.callApi('getChatAdministrators', { chat_id: chat.id });
    admins.push(
      ...members.filter(({ user }) => !user.is_bot && user.id !== by.id).map(({ user }) => user.id),
    );
  } catch (error) {
    services.log.debug({ error: String(error) }, 'the admins of a chat could not be asked for');
  }
  await services.chats.rememberAdmins(chat.id, admins, services.now());
}
