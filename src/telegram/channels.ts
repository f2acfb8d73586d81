/**
 * Subscribes the channels that the operator names in the settings. A channel that cannot be subscribed yet (the bot is no
 * admin there, Telegram does not answer) is tried again later.
 */
import { TelegramError } from 'telegraf';
import type { ChannelRef } from '../settingReaders.ts';
import { errorFields } from '../log.ts';
import type { TelegramClient } from './client.ts';
import { subscribePlace } from './commands/subscribing.ts';
import { placeOf } from './incoming.ts';
import type { Services } from './services.ts';

export interface OperatorChannels {
  /** Tries those that are not subscribed yet. Never rejects. */
  subscribe(): Promise<void>;
}

export function createOperatorChannels(
  refs: readonly ChannelRef[],
  services: Services,
  client: TelegramClient,
): OperatorChannels {
  const open = new Set(refs);
  return {
    async subscribe() {
      for (const ref of open) {
        try {
          const place = placeOf(await client.callApi('getChat', { chat_id: ref }));
          // An admin's /unsubscribe in the channel stands, whatever the settings say.
          if (!(await services.subscriptions.wasStopped(place.chat.id))) {
            const language =
              (await services.chats.language(place.chat.id)) ?? services.settings.defaultLanguage;
            const { created } = await subscribePlace(services, place, language);
            if (created)
              services.log.info({ channel: ref, chatId: place.chat.id }, 'a channel was subscribed');
          } else
            services.log.warn(
              { channel: ref },
              'the channel of DIGEST_CHANNELS unsubscribed itself; left so',
            );
          open.delete(ref);
        } catch (error) {
          const fields = error instanceof TelegramError ? { error: error.description } : errorFields(error);
          services.log.warn(
            { channel: ref, ...fields },
            'a channel of DIGEST_CHANNELS cannot be subscribed yet: is the bot an admin there?',
          );
        }
      }
    },
  };
}
