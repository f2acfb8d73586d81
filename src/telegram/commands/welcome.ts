/**
 * /start, /help and /language.
 */
import type { TelegramClient } from '../client.ts';
import { decodeStart } from '../callbackData.ts';
import { mayManage } from '../members.ts';
import type { Services } from '../services.ts';
import type { Talk } from '../talk.ts';
import { html, join } from '../views/html.ts';
import { LANGUAGE_NAMES } from '../views/settingsPages.ts';
import { addButtons } from '../views/settingsView.ts';
import { pressButton, view, type Button, type View } from '../views/view.ts';
import { catalogue, type Language } from '../../i18n/catalogue.ts';
import { editionPage, openArticle, storyPage } from './reading.ts';
import { searchByToken } from './searching.ts';
import { openSettings } from './settings.ts';
import { siftedPage } from './why.ts';

export async function startCommand(
  services: Services,
  client: TelegramClient,
  talk: Talk,
  payload: string,
): Promise<void> {
  const target = decodeStart(payload);
  if (target?.open === 'settings') return openSettings(services, client, talk, target);
  if (target?.open === 'article') return openArticle(services, talk, target.id);
  if (target?.open === 'story') {
    return talk.answer(await storyPage(services, talk, { id: target.id, page: 0 }));
  }
  if (target?.open === 'sifted' || target?.open === 'search') {
    const page =
      target.open === 'sifted'
        ? await siftedPage(services, talk, target)
        : await searchByToken(services, talk, { token: target.token, page: 0, order: 'relevance' });
    return talk.answer(page ?? view(html`${talk.t.expired}`));
  }
  if (target?.open === 'edition') {
    return talk.answer(await editionPage(services, talk, target));
  }
  const { t } = talk;
  const lines = t.welcomeLines.map((line) => html`${line}`);
  const content = html`${t.welcome(`@${services.bot.username}`)}\n\n${join(lines, '\n')}`;
  return talk.answer(view(content, firstButtons(talk, services.bot.username)));
}

export async function helpCommand(services: Services, talk: Talk): Promise<void> {
  const { t } = talk;
  const lines = t.welcomeLines.map((line) => html`${line}`);
  const searching = t.helpSearch.map((line) => html`• ${line}`);
  const content = join(
    [
      html`<b>${t.helpTitle}</b>`,
      join(lines, '\n'),
      join(searching, '\n'),
      html`${t.helpFollow}`,
      html`${t.helpGroups}`,
      html`${t.helpChannel(`@${services.bot.username}`)}`,
    ],
    '\n\n',
  );
  await talk.answer(view(content, firstButtons(talk, services.bot.username)));
}

function firstButtons({ t, language, place }: Talk, bot: string): Button[][] {
  // A channel's readers cannot be answered where they are.
  if (place.chat.type === 'channel') return [];
  const other: Language = language === 'vi' ? 'en' : 'vi';
  return [
    [
      pressButton(t.latestButton, { do: 'command', name: 'latest' }),
      pressButton(t.searchButton, { do: 'command', name: 'search' }),
    ],
    [
      pressButton(t.subscribeButton, { do: 'command', name: 'subscribe' }),
      pressButton(t.digestButton, { do: 'command', name: 'digest' }),
    ],
    [
      pressButton(t.settings.openButton, { do: 'command', name: 'settings' }),
      ...(place.chat.type === 'private'
        ? [pressButton(t.settings.chatsButton, { do: 'command', name: 'chats' })]
        : []),
    ],
    ...(place.chat.type === 'private' ? [addButtons(t, bot)] : []),
    [pressButton(LANGUAGE_NAMES[other], { do: 'language', language: other })],
  ];
}

export async function languageCommand(
  services: Services,
  client: TelegramClient,
  talk: Talk,
  args: string,
): Promise<void> {
  const wanted = args.toLowerCase();
  if (wanted === 'vi' || wanted === 'en') {
    await talk.answer(await chooseLanguage(services, client, talk, wanted));
    return;
  }
  const buttons = (['vi', 'en'] as const).map((language) =>
    pressButton(LANGUAGE_NAMES[language], { do: 'language', language }),
  );
  await talk.answer(view(html`${talk.t.chooseLanguage}`, [buttons]));
}

/** Changes the language of the chat, if the person may, and says so in the language it is now. */
export async function chooseLanguage(
  services: Services,
  client: TelegramClient,
  talk: Talk,
  language: Language,
): Promise<View> {
  if (!(await mayManage(client, talk.place.chat, talk.speaker))) return view(html`${talk.t.adminsOnly}`);
  await services.chats.chooseLanguage(talk.place.chat.id, language);
  return view(html`${catalogue(language).languageChosen}`);
}
