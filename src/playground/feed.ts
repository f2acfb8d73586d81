/**
 * The stream of events to every open page (server-sent events): a greeting with everything, then what changes, messages
 * one by one and the rest gathered, so that a digest to a thousand chats is a handful of events.
 */
import type { ServerResponse } from 'node:http';
import type { Backstages } from './backstages.ts';
import type { Events, Hello, PersonView } from './protocol.ts';
import { CHATS, LAN, TOM } from './scene.ts';
import { currentChat, showChat, showPost } from './show.ts';
import type { Stage } from './stage.ts';

/** Each open tab is one; more are a mistake. */
const MAX_PAGES = 24;
/** A page that does not read for so long is cut off; it comes back and gets everything anew. */
const MAX_UNREAD_BYTES = 8 * 1_048_576;
const CHATS_EVERY_MS = 60;
const BACKSTAGE_EVERY_MS = 400;
/** What the bot does on its own (an article arrives) shows within this. */
const LOOK_EVERY_MS = 1_500;
/** Keeps the connection from being taken for dead. */
const PING_EVERY_MS = 20_000;
/** The browser's pause before it tries again. */
const RETRY_MS = 1_000;

export class Feed {
  readonly #stage: Stage;
  readonly #backstages: Backstages;
  readonly #zone: string;
  readonly #pages = new Set<ServerResponse>();
  readonly #stops: (() => void)[] = [];
  #chatsTimer: NodeJS.Timeout | null = null;
  #backstageTimer: NodeJS.Timeout | null = null;
  /** What was told last, so that nothing is told twice. */
  readonly #told = new Map<keyof Events, string>();

  constructor(stage: Stage, backstages: Backstages, zone: string) {
    this.#stage = stage;
    this.#backstages = backstages;
    this.#zone = zone;
    const { api } = stage;
    this.#stops.push(
      api.watch((post) => {
        if (this.#pages.size > 0 && this.#isShown(post.chatId)) this.#tell('post', showPost(api.state, post));
      }),
      api.watchActions((chatId, threadId) => {
        if (this.#isShown(chatId)) this.#tell('typing', { chatId, threadId: threadId ?? 0 });
      }),
      api.watchChanges(() => this.#changed()),
    );
    const look = setInterval(() => this.#lookBehind(), LOOK_EVERY_MS);
    const ping = setInterval(() => this.#write(': here\n\n'), PING_EVERY_MS);
    this.#stops.push(
      () => clearInterval(look),
      () => clearInterval(ping),
    );
  }

  get isFull(): boolean {
    return this.#pages.size >= MAX_PAGES;
  }

  /** Greets a page, then keeps it informed until it goes. The headers are written. */
  async attach(response: ServerResponse): Promise<void> {
    const hello = await this.hello();
    if (response.destroyed) return;
    response.write(`retry: ${RETRY_MS}\n\n${message('hello', hello)}`);
    this.#pages.add(response);
    response.on('close', () => this.#pages.delete(response));
  }

  /** Everything anew to every page: after the playground has started over. */
  async greetAll(): Promise<void> {
    this.#told.clear();
    this.#tell('hello', await this.hello());
  }

  async hello(): Promise<Hello> {
    const { api, clock } = this.#stage;
    const { bot, profile } = api;
    return {
      bot: {
        id: bot.id,
        name: bot.first_name,
        username: bot.username ?? '',
        description: profile.texts.get('description|') ?? '',
      },
      zone: this.#zone,
      people: [LAN, TOM].map((id) => personView(this.#stage, id)),
      chats: this.#chats(),
      commands: [...profile.commands],
      clockOffsetMs: clock.offsetMs,
      backstage: await this.#backstages.look(),
    };
  }

  close(): void {
    for (const stop of this.#stops) stop();
    for (const timer of [this.#chatsTimer, this.#backstageTimer]) if (timer !== null) clearTimeout(timer);
    for (const page of this.#pages) page.end();
    this.#pages.clear();
  }

  #isShown(chatId: number): boolean {
    return CHATS.some((id) => id === chatId || currentChat(this.#stage.api.state, id)?.id === chatId);
  }

  #chats(): Hello['chats'] {
    const { state } = this.#stage.api;
    return CHATS.map((id) => currentChat(state, id))
      .filter((chat) => chat !== null)
      .map((chat) => showChat(state, chat));
  }

  #changed(): void {
    if (this.#pages.size === 0) return;
    this.#chatsTimer ??= setTimeout(() => {
      this.#chatsTimer = null;
      this.#tellNews('chats', this.#chats());
      this.#tellNews('commands', [...this.#stage.api.profile.commands]);
      this.#tellNews('clock', { offsetMs: this.#stage.clock.offsetMs });
    }, CHATS_EVERY_MS);
    this.#backstageTimer ??= setTimeout(() => {
      this.#backstageTimer = null;
      this.#lookBehind();
    }, BACKSTAGE_EVERY_MS);
  }

  #lookBehind(): void {
    if (this.#pages.size === 0) return;
    // While the bot starts over there is nothing to look at.
    this.#backstages.look().then(
      (backstage) => this.#tellNews('backstage', backstage),
      () => undefined,
    );
  }

  #tellNews<K extends keyof Events>(name: K, data: Events[K]): void {
    const text = message(name, data);
    if (this.#told.get(name) === text) return;
    this.#told.set(name, text);
    this.#write(text);
  }

  #tell<K extends keyof Events>(name: K, data: Events[K]): void {
    this.#write(message(name, data));
  }

  #write(text: string): void {
    for (const page of this.#pages) {
      if (page.writableLength > MAX_UNREAD_BYTES) page.destroy();
      else page.write(text);
    }
  }
}

function message<K extends keyof Events>(name: K, data: Events[K]): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

function personView({ api }: Stage, id: number): PersonView {
  const { user } = api.world.person(id);
  return { id, name: user.first_name, language: user.language_code === 'vi' ? 'vi' : 'en' };
}
