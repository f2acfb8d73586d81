/**
 * Which handler a command or a button leads to.
 */
import { decodePress } from './callbackData.ts';
import type { TelegramClient } from './client.ts';
import { chatsCommand, chatsPage } from './commands/chats.ts';
import { followCommand } from './commands/following.ts';
import { followsCommand, pressFollows } from './commands/follows.ts';
import {
  articlePage,
  editionPage,
  latestCommand,
  latestPage,
  openArticle,
  storyPage,
} from './commands/reading.ts';
import { pauseCommand, resumeCommand, scheduleCommand } from './commands/scheduling.ts';
import { searchByToken, searchCommand } from './commands/searching.ts';
import { sentCommand, turnSent } from './commands/sent.ts';
import { pressSettings, settingsCommand } from './commands/settings.ts';
import { digestCommand, statusCommand } from './commands/status.ts';
import { subscribeCommand, unsubscribeCommand } from './commands/subscribing.ts';
import { siftedPage, whyCommand, whyPage } from './commands/why.ts';
import { chooseLanguage, helpCommand, languageCommand, startCommand } from './commands/welcome.ts';
import type { Services } from './services.ts';
import type { Talk } from './talk.ts';
import { html } from './views/html.ts';
import { view, type View } from './views/view.ts';

export interface Order {
  /** In lower case. */
  name: string;
  args: string;
  /** The text of the message that is replied to; null for none. */
  quoted: string | null;
  /** The id of that message. */
  repliedTo: number | null;
}

export async function runCommand(
  services: Services,
  client: TelegramClient,
  talk: Talk,
  order: Order,
): Promise<void> {
  const { args } = order;
  switch (order.name) {
    case 'start':
      return startCommand(services, client, talk, args);
    case 'help':
      return helpCommand(services, talk);
    case 'latest':
      return latestCommand(services, talk, args);
    case 'search':
      return searchCommand(services, talk, args, order.quoted);
    case 'digest':
      return args === ''
        ? digestCommand(services, talk, talk.place)
        : sentCommand(services, client, talk, args);
    case 'subscribe':
      return subscribeCommand(services, client, talk, args);
    case 'unsubscribe':
      return unsubscribeCommand(services, client, talk, args);
    case 'status':
      return statusCommand(services, talk);
    case 'language':
      return languageCommand(services, client, talk, args);
    case 'settings':
      return settingsCommand(services, client, talk, args);
    case 'follow':
      return followCommand(services, client, talk, args);
    case 'follows':
      return followsCommand(services, client, talk, args);
    case 'why':
      return whyCommand(services, talk, order.repliedTo);
    case 'chats':
      return chatsCommand(services, client, talk);
    case 'schedule':
      return scheduleCommand(services, client, talk, args);
    case 'pause':
      return pauseCommand(services, client, talk, args);
    case 'resume':
      return resumeCommand(services, client, talk, args);
    default:
      // In a group it may have been meant for another bot.
      if (talk.place.chat.type === 'private') await talk.answer(view(html`${talk.t.unknownCommand}`));
  }
}

export async function runPress(
  services: Services,
  client: TelegramClient,
  talk: Talk,
  data: string,
): Promise<void> {
  const { t } = talk;
  const press = decodePress(data);
  // A program of one's own can send any data. In a channel the answer would stand before all readers, or in the place of
  // a digest, so there only what our own posts offer is done.
  const isShut = talk.place.chat.type === 'channel' && press?.do !== 'redeliver' && press?.do !== 'nothing';
  if (press === null || isShut) {
    talk.toast = t.expired;
    return;
  }
  switch (press.do) {
    case 'latest':
      return talk.replace(await latestPage(services, talk, press));
    case 'edition':
      // A message of its own: the digest with the button stays.
      return talk.answer(await editionPage(services, talk, press));
    case 'turnEdition':
      return talk.replace(await editionPage(services, talk, press));
    case 'story':
      return talk.answer(await storyPage(services, talk, press));
    case 'turnStory':
      return talk.replace(await storyPage(services, talk, press));
    case 'sent':
      return turnSent(services, client, talk, press);
    case 'search':
      return turnOrExpire(await searchByToken(services, talk, press), t.expired);
    case 'open':
      return openArticle(services, talk, press.id);
    case 'turn':
      return turnOrExpire(await articlePage(services, talk, press), t.articleGone);
    case 'command':
      return runCommand(services, client, talk, {
        name: press.name,
        args: '',
        quoted: null,
        repliedTo: null,
      });
    case 'language':
      return talk.answer(await chooseLanguage(services, client, talk, press.language));
    case 'redeliver': {
      const again = await services.deliveries.redeliver(talk.place.chat.id, press.deliveryId);
      talk.toast = again ? t.redelivering : t.redelivered;
      return;
    }
    case 'chats':
      // Somebody's own list, and nobody else's.
      if (talk.place.chat.type === 'private') {
        return talk.replace(await chatsPage(services, client, talk, press.page));
      }
      return;
    case 'nothing':
      return;
    case 'sifted': {
      // A message of its own: the digest with the button stays.
      const page = await siftedPage(services, talk, press);
      return talk.answer(page ?? view(html`${t.expired}`));
    }
    case 'turnSifted':
      return turnOrExpire(await siftedPage(services, talk, press), t.expired);
    case 'why':
      return turnOrExpire(await whyPage(services, talk, press), t.expired);
    case 'follows':
    case 'follow':
    case 'keep':
    case 'consider':
    case 'mode':
    case 'unfollow':
    case 'askFollow':
      return pressFollows(services, client, talk, press);
    default:
      return pressSettings(services, client, talk, press);
  }

  async function turnOrExpire(page: View | null, otherwise: string): Promise<void> {
    if (page === null) talk.toast = otherwise;
    else await talk.replace(page);
  }
}
