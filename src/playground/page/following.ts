/**
 * What following a link does: it opens a chat, begins one, asks where to share something or where to add the bot, or leaves
 * the page.
 */
import type { ChatView } from '../protocol.ts';
import type { Context } from './context.ts';
import { destinationOf } from './links.ts';
import { act } from './server.ts';

/** @param from the chat that the link stands in */
export async function follow(url: string, from: ChatView, context: Context): Promise<void> {
  const { store: known, texts, dialogs } = context;
  const destination = destinationOf(url, known.hello.bot.username);
  const nameOf = (chat: ChatView): string =>
    chat.personId === null ? chat.title : `${chat.title} · ${known.person(chat.personId)?.name ?? ''}`;
  switch (destination.kind) {
    case 'start': {
      const { personId } = known.persona(from);
      if (destination.payload !== '' || known.chat(personId)?.started !== true) {
        known.starts.set(personId, destination.payload);
      }
      known.openPlace({ chatId: personId, threadId: 0 });
      return;
    }
    case 'share': {
      const chat = await dialogs.choose(texts.share, known.hello.chats, nameOf);
      if (chat === null) return;
      known.openPlace({ chatId: chat.id, threadId: 0 });
      context.suggest(destination.text);
      return;
    }
    case 'add':
      return add(destination, known.persona(from).personId, context);
    case 'chat': {
      const chat = known.hello.chats.find(({ username }) => username?.toLowerCase() === destination.username);
      if (chat !== undefined && chat.kind !== 'private') known.openPlace({ chatId: chat.id, threadId: 0 });
      return;
    }
    case 'out':
      window.open(destination.url, '_blank', 'noopener,noreferrer');
      return;
    case 'nowhere':
  }
}

/** Adds the bot to a channel or group: channels take it from their admins, groups from every member. */
async function add(
  { to, asAdmin }: { to: 'channel' | 'group'; asAdmin: boolean },
  personId: number,
  context: Context,
): Promise<void> {
  const { store: known, texts, dialogs } = context;
  const rooms = known.hello.chats.filter(({ kind, bot, members }) => {
    const role = members.find((member) => member.personId === personId)?.role;
    if (to === 'channel')
      return kind === 'channel' && bot !== 'admin' && role !== undefined && role !== 'member';
    return (kind === 'group' || kind === 'forum') && bot === 'out' && role !== undefined;
  });
  if (rooms.length === 0) {
    dialogs.toast(texts.nowhereToAdd(known.person(personId)?.name ?? ''));
    return;
  }
  const chat = await dialogs.choose(texts.addWhere, rooms, ({ title }) => title);
  if (chat === null) return;
  await act('place', { chatId: chat.id, bot: asAdmin ? 'admin' : 'member', personId }).catch(context.fail);
  known.openPlace({ chatId: chat.id, threadId: 0 });
}
