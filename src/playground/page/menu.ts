/**
 * Which of the bot's commands a person is offered: Telegram's clients look from the narrowest scope to the widest, in the
 * person's language first, and take the first list there is. Pure. Source: Bot API, "Determining list of commands".
 */
import type { ChatView, Command, Hello } from '../protocol.ts';

export interface Reader {
  personId: number;
  language: string;
  isAdmin: boolean;
}

export function commandsFor(
  all: Hello['commands'],
  chat: Pick<ChatView, 'id' | 'kind'>,
  { personId, language, isAdmin }: Reader,
): Command[] {
  const lists = new Map(all);
  for (const scope of scopes(chat, personId, isAdmin)) {
    for (const key of [`${scope}|${language}`, `${scope}|`]) {
      const list = lists.get(key);
      if (list !== undefined && list.length > 0) return list;
    }
  }
  return [];
}

function scopes(chat: Pick<ChatView, 'id' | 'kind'>, personId: number, isAdmin: boolean): string[] {
  if (chat.kind === 'private') return [`chat:${chat.id}:0`, 'all_private_chats', 'default'];
  return [
    `chat_member:${chat.id}:${personId}`,
    ...(isAdmin ? [`chat_administrators:${chat.id}:0`] : []),
    `chat:${chat.id}:0`,
    ...(isAdmin ? ['all_chat_administrators'] : []),
    'all_group_chats',
    'default',
  ];
}
