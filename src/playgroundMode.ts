/**
 * The bot without Telegram: the double, the page and the terminal around it, and the real app between them. Owns what none
 * of them can do alone: starting over, which ends the app, forgets both worlds and starts it again in the same process.
 */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startApp, type App } from './app.ts';
import { beginSearch } from './beginSearch.ts';
import type { Config } from './config.ts';
import { errorFields, type Log } from './log.ts';
import { Acting } from './playground/acting.ts';
import { Backstages } from './playground/backstages.ts';
import type { Behind } from './playground/behind.ts';
import { startConsole } from './playground/console.ts';
import { Feed } from './playground/feed.ts';
import { servePage, type PageServer } from './playground/pageServer.ts';
import { personAtTerminal } from './playground/scene.ts';
import { openStage, type Stage } from './playground/stage.ts';

const PAGE_DIR = fileURLToPath(new URL('./playground/page/', import.meta.url));

/** @throws like `startApp` */
export async function startPlayground(
  config: Config,
  log: Log,
  signal: AbortSignal,
): Promise<Pick<App, 'over' | 'stop'>> {
  if (!existsSync(config.articlesDir)) log.warn({ dir: config.articlesDir }, 'ARTICLES_DIR is not there');
  const stage = await openStage({
    // Its chats are not Telegram's: they must never be written to by the real bot.
    dir: join(config.dataDir, 'playground'),
    library: config.articlesDir,
    onBug: (error) => log.error(errorFields(error), 'the playground made a mistake'),
  });
  const playground = new Playground(config, stage, log, signal);
  try {
    await playground.open();
  } catch (error) {
    await playground.stop();
    throw error;
  }
  return { over: playground.over, stop: () => playground.stop() };
}

class Playground implements Behind {
  readonly over: Promise<void>;
  readonly #config: Config;
  readonly #stage: Stage;
  readonly #log: Log;
  readonly #signal: AbortSignal;
  readonly #dataDir: string;
  #app: App | null = null;
  #feed: Feed | null = null;
  #page: PageServer | null = null;
  #closeConsole: () => void = () => undefined;
  readonly #end: { leave: () => void; fail: (error: unknown) => void };

  constructor(config: Config, stage: Stage, log: Log, signal: AbortSignal) {
    this.#config = config;
    this.#stage = stage;
    this.#log = log;
    this.#signal = signal;
    this.#dataDir = join(config.dataDir, 'playground');
    let leave = (): void => undefined;
    let fail: (error: unknown) => void = leave;
    this.over = new Promise((resolve, reject) => {
      leave = resolve;
      fail = reject;
    });
    this.#end = { leave, fail };
  }

  async open(): Promise<void> {
    const { api, isContinued } = this.#stage;
    // What the bot remembers of a world that is gone would only mislead it.
    if (!isContinued) this.#forget();
    const app = await this.#startApp();
    this.#stage.begin();
    const { timezone: zone, playgroundPort: port, defaultLanguage: language } = this.#config;
    this.#feed = new Feed(this.#stage, new Backstages(this.#stage, this), zone);
    const acting = new Acting(this.#stage, this, zone);
    this.#page = await servePage({ stage: this.#stage, feed: this.#feed, acting, port, dir: PAGE_DIR });
    if (this.#page.isElsewhere) {
      this.#log.warn(
        { wanted: port, link: this.#page.link },
        'PLAYGROUND_PORT is taken; the page is elsewhere',
      );
    }
    await app.ready;
    const chat = startConsole(api, {
      input: process.stdin,
      output: process.stdout,
      person: personAtTerminal(api, language),
      page: this.#page,
    });
    this.#closeConsole = () => chat.close();
    void chat.left.then(this.#end.leave);
  }

  async stop(): Promise<void> {
    this.#closeConsole();
    await this.#page?.close();
    await this.#app?.stop();
    await this.#stage.close();
  }

  memory(): ReturnType<App['memory']> {
    return this.#running().memory();
  }

  nextSlot(): Promise<number | null> {
    return this.#running().nextSlot();
  }

  beat(): Promise<void> {
    return this.#running().beat();
  }

  async startOver(): Promise<void> {
    const app = this.#running();
    this.#app = null;
    await app.stop();
    this.#stage.startOver();
    this.#forget();
    const next = await this.#startApp();
    await next.ready;
    await this.#feed?.greetAll();
  }

  #running(): App {
    if (this.#app === null) throw new Error('the bot is starting');
    return this.#app;
  }

  async #startApp(): Promise<App> {
    const { api, clock, newsdesk } = this.#stage;
    const app = await startApp({
      config: { ...this.#config, articlesDir: newsdesk.dir },
      token: api.token,
      apiRoot: api.root,
      dataDir: this.#dataDir,
      clock,
      searcher: await beginSearch(this.#log),
      log: this.#log,
      signal: this.#signal,
    });
    this.#app = app;
    app.over.then(this.#end.leave, this.#end.fail);
    return app;
  }

  /** The bot's database and index, not the lock. */
  #forget(): void {
    for (const name of ['diemtin.db', 'search.db']) {
      for (const ending of ['', '-wal', '-shm']) rmSync(join(this.#dataDir, name + ending), { force: true });
    }
  }
}
