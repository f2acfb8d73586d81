/**
 * The bot without a token: the local double of Telegram, a chat with the bot in the terminal, and the real app between them.
 */
import { join } from 'node:path';
import { startApp, type App } from './app.ts';
import type { Config } from './config.ts';
import { systemClock } from './delivery/clock.ts';
import type { Log } from './log.ts';
import { startBotApi } from './playground/botApi.ts';
import { addConsolePerson, startConsole } from './playground/console.ts';

/** @throws like `startApp` */
export async function startPlayground(config: Config, log: Log, signal: AbortSignal): Promise<App> {
  const api = await startBotApi();
  // Before the app, which may have a digest for this person at once.
  addConsolePerson(api, config.defaultLanguage);
  const app = await startApp({
    config,
    token: api.token,
    apiRoot: api.root,
    // Its chats are not Telegram's: they must never be written to by the real bot.
    dataDir: join(config.dataDir, 'playground'),
    clock: systemClock,
    log,
    signal,
  });
  await app.ready;
  const chat = startConsole(api, {
    input: process.stdin,
    output: process.stdout,
    language: config.defaultLanguage,
  });
  return {
    ready: app.ready,
    over: Promise.race([app.over, chat.left]),
    async stop() {
      chat.close();
      await app.stop();
      await api.close();
    },
  };
}
