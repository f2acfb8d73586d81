/**
 * One person's turn in one chat: whom the bot speaks to, in which language, and how an answer gets there.
 */
import { TelegramError } from 'telegraf';
import { catalogue, languageOf, type Catalogue, type Language } from '../i18n/catalogue.ts';
import type { TelegramClient } from './client.ts';
import type { Place, Speaker } from './incoming.ts';
import type { Services } from './services.ts';
import { keyboard, type View } from './views/view.ts';

export interface Talk {
  place: Place;
  speaker: Speaker;
  language: Language;
  t: Catalogue;
  /** Sends a message into the chat, and into the topic that the person spoke in. */
  answer(view: View): Promise<void>;
  /** Puts the view in the place of the message whose button was pressed; a new message where that cannot be. */
  replace(view: View): Promise<void>;
  /** Text that Telegram shows over the chat after a button was pressed, at most 200 characters. */
  toast: string | null;
}

export interface TalkOptions {
  client: TelegramClient;
  place: Place;
  speaker: Speaker;
  /** The message that is answered: in groups the answer refers to it. */
  messageId: number | null;
  /** The message whose button was pressed, and which it may change; null for none. */
  pressedId: number | null;
}

/** The chat's choice, then the person's language, then the default. */
export async function talkLanguage(
  services: Services,
  chatId: number,
  languageCode: string | undefined,
): Promise<Language> {
  const chosen = await services.chats.language(chatId);
  return chosen ?? languageOf(languageCode) ?? services.settings.defaultLanguage;
}

export async function openTalk(services: Services, options: TalkOptions): Promise<Talk> {
  const { client, place, speaker, messageId, pressedId } = options;
  const chatId = place.chat.id;
  const language = await talkLanguage(services, chatId, speaker.languageCode);
  const inGroup = place.chat.type === 'group' || place.chat.type === 'supergroup';
  const reply =
    inGroup && messageId !== null
      ? { reply_parameters: { message_id: messageId, allow_sending_without_reply: true } }
      : {};

  async function answer(view: View): Promise<void> {
    await client.request('sendMessage', {
      chat_id: chatId,
      ...(place.threadId === 0 ? {} : { message_thread_id: place.threadId }),
      ...reply,
      ...message(view),
    });
  }

  return {
    place,
    speaker,
    language,
    t: catalogue(language),
    toast: null,
    answer,
    async replace(view) {
      if (pressedId === null) return answer(view);
      try {
        await client.request('editMessageText', { chat_id: chatId, message_id: pressedId, ...message(view) });
      } catch (error) {
        if (!(error instanceof TelegramError)) throw error;
        if (error.description.includes('message is not modified')) return;
        // Gone, too old, or not ours to edit: the answer still has to reach the person.
        if (/not found|can't be edited/u.test(error.description)) return answer(view);
        throw error;
      }
    },
  };
}

/** Into a chat in which nobody has just spoken. */
export async function sendView(client: TelegramClient, chatId: number, view: View): Promise<void> {
  await client.request('sendMessage', { chat_id: chatId, ...message(view) });
}

function message(view: View): object {
  const markup =
    view.ask === undefined
      ? keyboard(view.buttons)
      : {
          force_reply: true,
          selective: view.ask.selective,
          input_field_placeholder: view.ask.placeholder,
        };
  return {
    text: view.html,
    parse_mode: 'HTML',
    link_preview_options: { is_disabled: true },
    ...(markup === undefined ? {} : { reply_markup: markup }),
  };
}
