/**
 * The menu of commands that Telegram shows, in both languages; set only when it has changed since it was last set.
 */
import { createHash } from 'node:crypto';
import { catalogue, type CommandName, type Language } from '../i18n/catalogue.ts';
import type { TelegramClient } from './client.ts';

const EVERYWHERE: CommandName[] = [
  'latest',
  'search',
  'digest',
  'subscribe',
  'unsubscribe',
  'status',
  'language',
  'help',
];

function commands(language: Language): { command: string; description: string }[] {
  const { commands: descriptions } = catalogue(language);
  return EVERYWHERE.map((command) => ({ command, description: descriptions[command] }));
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
  const menus = [
    { commands: commands(defaultLanguage) },
    { commands: commands('vi'), language_code: 'vi' },
    { commands: commands('en'), language_code: 'en' },
  ];
  const state = createHash('sha256').update(JSON.stringify(menus)).digest('hex');
  if (state === remembered) return state;
  for (const menu of menus) await client.request('setMyCommands', menu);
  return state;
}
