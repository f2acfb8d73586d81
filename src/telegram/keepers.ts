/**
 * Tells the person who added the bot to a channel or group that it can no longer post there: nobody else would notice
 * until the readers do.
 */
import { catalogue } from '../i18n/catalogue.ts';
import { errorFields } from '../log.ts';
import { isGone } from './answers.ts';
import type { TelegramClient } from './client.ts';
import { talkLanguage } from './talk.ts';
import type { Services } from './services.ts';
import { html } from './views/html.ts';

/** Never rejects: the person may have blocked the bot, or never written to it. */
export async function tellKeeper(services: Services, client: TelegramClient, chatId: number): Promise<void> {
  try {
    const keeper = await services.chats.keeper(chatId);
    if (keeper === null) return;
    const t = catalogue(await talkLanguage(services, keeper.userId, undefined));
    await client.request('sendMessage', {
      chat_id: keeper.userId,
      text: html`⚠️ ${t.chatLost(keeper.name)}`.html,
      parse_mode: 'HTML',
    });
  } catch (error) {
    if (!isGone(error)) services.log.warn(errorFields(error), 'the keeper of a chat could not be told');
  }
}
