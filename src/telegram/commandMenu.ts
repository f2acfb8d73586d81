/**
 * The menus of commands that Telegram shows, for members, admins and private chats, in both languages; set only when it has changed since it was last set.
 */
import { createHash } from 'node:crypto';
import { catalogue, type CommandName, type Language } from '../i18n/catalogue.ts';
import type { TelegramClient } from './client.ts';

const READING: CommandName[] = ['latest', 'search', 'digest'];
const CHOOSING: CommandName[] = [
  ...(['follow', 'follows', 'subscribe', 'settings', 'schedule', 'pause', 'resume', 'unsubscribe'] as const),
];
const REST: CommandName[] = ['why', 'status', 'language', 'help'];

/** Members of groups may not choose anything there, and only in private is there a list of chats. */
const MENUS: { scope: string; names: CommandName[] }[] = [
  { scope: 'default', names: [...READING, 'follows', 'why', 'settings', 'status', 'help'] },
  { scope: 'all_private_chats', names: [...READING, ...CHOOSING, 'chats', ...REST] },
  { scope: 'all_chat_administrators', names: [...READING, ...CHOOSING, ...REST] },
];

function commands(
  names: readonly CommandName[],
  language: Language,
): { command: string; description: string }[] {
  const { commands: descriptions } = catalogue(language);
  return names.map((command) => ({ command, description: descriptions[command] }));
}

/**
 * @param remembered what the last call returned, from an earlier run; null for none
 * @returns what to remember; throws when Telegram refused
 */
export async function setCommandMenu(
  client: TelegramClient,
  defaultLanguage: Language,
  remembered: string | null,
): Promise<string> {
  const menus = MENUS.flatMap(({ scope, names }) => {
    const to = { scope: { type: scope } };
    return [
      { ...to, commands: commands(names, defaultLanguage) },
      { ...to, commands: commands(names, 'vi'), language_code: 'vi' },
      { ...to, commands: commands(names, 'en'), language_code: 'en' },
    ];
  });
  const state = createHash('sha256').update(JSON.stringify(menus)).digest('hex');
  if (state === remembered) return state;
  for (const menu of menus) await client.request('setMyCommands', menu);
  return state;
}
