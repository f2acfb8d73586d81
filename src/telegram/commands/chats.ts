/**
 * /chats: the channels and groups that a person administers, as the way to their settings. Telegram has no such list, so
 * those are asked about in which the person was an admin once; what Telegram does not confirm is not shown.
 */
import type { TelegramClient } from '../client.ts';
import { isAdminOf } from '../members.ts';
import type { ChatIdentity, Services } from '../services.ts';
import type { Talk } from '../talk.ts';
import { chatName } from '../target.ts';
import { html, shorten } from '../views/html.ts';
import { addButtons } from '../views/settingsView.ts';
import { pager, pressButton, view, type Button, type View } from '../views/view.ts';

/** Chats that are asked about; whoever has more opens the others by name. */
const MOST_CHATS = 40;
/** Questions to Telegram at one time. */
const AT_ONCE = 8;
const PAGE_SIZE = 8;
const MAX_NAME_UNITS = 40;

export async function chatsCommand(services: Services, client: TelegramClient, talk: Talk): Promise<void> {
  // In a group the list would be everybody's to read.
  if (talk.place.chat.type === 'private') await talk.answer(await chatsPage(services, client, talk, 0));
}

export async function chatsPage(
  services: Services,
  client: TelegramClient,
  { t, speaker }: Talk,
  page: number,
): Promise<View> {
  const chats = speaker.userId === null ? [] : await administered(services, client, speaker.userId);
  const pages = Math.max(1, Math.ceil(chats.length / PAGE_SIZE));
  const shown = Math.min(page, pages - 1);
  const rows = chats.slice(shown * PAGE_SIZE, (shown + 1) * PAGE_SIZE).map((chat): Button[] => {
    const kind = chat.type === 'channel' ? '📢' : '👥';
    const name = `${kind} ${shorten(chatName(chat), MAX_NAME_UNITS)}${chat.subscribed ? ' 🔔' : ''}`;
    const target = { chatId: chat.id, threadId: 0 };
    return [pressButton(name, { do: 'settings', target, page: 'main' })];
  });
  const help = chats.length === 0 ? t.settings.chatsNone : t.settings.chatsHelp;
  return view(html`<b>${t.settings.chatsTitle}</b>\n${help}`, [
    ...rows,
    pager(shown, pages, { previous: t.previous, next: t.next }, (to) => ({ do: 'chats', page: to })),
    addButtons(t, services.bot.username),
  ]);
}

async function administered(
  services: Services,
  client: TelegramClient,
  userId: number,
): Promise<(ChatIdentity & { subscribed: boolean })[]> {
  const { chats, adminships } = services;
  const now = services.now();
  const candidates = await chats.administered(userId, MOST_CHATS);
  const unknown = candidates.filter(({ id }) => adminships.recall(userId, id, now) === null);
  for (let n = 0; n < unknown.length; n += AT_ONCE) {
    await Promise.all(
      unknown.slice(n, n + AT_ONCE).map(async ({ id }) => {
        const isAdmin = await isAdminOf(client, id, userId);
        adminships.remember(userId, id, isAdmin, now);
        if (!isAdmin) await chats.forgetAdmin(id, userId);
      }),
    );
  }
  return candidates.filter(({ id }) => adminships.recall(userId, id, now) === true);
}
