/**
 * The double of Telegram's Bot API, whole: a server on loopback, the world behind it, and the means to act in it, to
 * make it fail and to see what was called. End-to-end tests start the real program against it; `npm start` without a
 * token does the same.
 */
import type { AddressInfo } from 'node:net';
import { Calls } from './calls.ts';
import { controlRoute } from './control.ts';
import { Faults } from './faults.ts';
import { Ledger } from './ledger.ts';
import { RateLimiter } from './limits.ts';
import type { RateLimits } from './limits.ts';
import { indexMethods } from './methods.ts';
import { People } from './people.ts';
import { chatAt } from './person.ts';
import type { Where } from './person.ts';
import type { Post } from './post.ts';
import { createProfile } from './profile.ts';
import type { Profile } from './profile.ts';
import { Queries } from './queries.ts';
import { createServer } from './server.ts';
import { Updates } from './updates.ts';
import { Bell } from './waiting.ts';
import type { User } from './wire.ts';
import { World } from './world.ts';
import type { ActionListener, PostListener } from './world.ts';

const DEFAULT_TOKEN = '777000123:PLAYGROUND_not_a_real_token_0000000';
const DEFAULT_USERNAME = 'diemtin_bot';
const DEFAULT_KEPT_MESSAGES = 1000;
const DEFAULT_KEPT_CALLS = 100_000;
const DEFAULT_WAIT_MS = 5000;

export interface BotApiOptions {
  token?: string;
  /** 0, the default, for any free port of 127.0.0.1. */
  port?: number;
  username?: string;
  /** Epoch milliseconds; the real clock unless told. */
  now?: () => number;
  /** Messages kept in each chat. */
  keepMessages?: number;
  /** Calls kept in the ledger; 0 for none. Counters stay. */
  keepCalls?: number;
  limits?: RateLimits;
  /** The bot can pay for more than the usual rate; otherwise `allow_paid_broadcast` is refused. */
  paidBroadcast?: boolean;
  /** Serves HTTPS with this key and certificate, in PEM. */
  tls?: { key: string; cert: string };
  /** Serves the control plane under /control/, for a double that runs in its own process. */
  control?: boolean;
  /** Told of mistakes of the double itself; they are collected in `bugs` as well. */
  onBug?: (error: unknown) => void;
}

export class BotApi {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  root = '';
  readonly token: string;
  readonly bot: User;
  /** Makes persons and chats. */
  readonly world: People;
  readonly ledger: Ledger;
  readonly faults = new Faults();
  readonly limiter: RateLimiter;
  readonly updates: Updates;
  /** Commands, names and descriptions that the bot has set. */
  readonly profile: Profile = createProfile();
  /** Mistakes of the double itself; empty in a healthy run. */
  readonly bugs: unknown[] = [];
  /** What is behind it all, for who shows or keeps it; to act in it there is `world`. */
  readonly state: World;
  readonly #bell = new Bell();
  /** How far `nextMessage` has read in each chat, by the message's number. */
  readonly #read = new Map<number, number>();
  readonly #server: ReturnType<typeof createServer>;
  readonly #scheme: 'http' | 'https';

  constructor(options: BotApiOptions) {
    const now = options.now ?? Date.now;
    const changed = (): void => this.#bell.ring();
    this.token = options.token ?? DEFAULT_TOKEN;
    this.bot = {
      id: Number(this.token.split(':')[0]),
      is_bot: true,
      first_name: 'Điểm Tin',
      username: options.username ?? DEFAULT_USERNAME,
    };
    this.updates = new Updates(now, changed);
    const keepMessages = options.keepMessages ?? DEFAULT_KEPT_MESSAGES;
    this.state = new World(this.bot, this.updates, now, keepMessages, changed);
    const queries = new Queries(now);
    this.world = new People(this.state, queries);
    this.ledger = new Ledger(options.keepCalls ?? DEFAULT_KEPT_CALLS);
    this.limiter = new RateLimiter(options.limits ?? {});
    const backend = {
      world: this.state,
      queries,
      profile: this.profile,
      paidBroadcast: options.paidBroadcast === true,
    };
    const onBug = (error: unknown): void => {
      this.bugs.push(error);
      options.onBug?.(error);
    };
    this.#scheme = options.tls === undefined ? 'http' : 'https';
    this.#server = createServer({
      token: this.token,
      calls: new Calls(backend, this.ledger, this.faults, this.limiter, onBug),
      methods: indexMethods(),
      tls: options.tls ?? null,
      routes: options.control === true ? [controlRoute(this)] : [],
    });
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    const { port: actual } = this.#server.address() as AddressInfo;
    this.root = `${this.#scheme}://127.0.0.1:${actual}`;
  }

  /** The kept messages of a chat, oldest first, the deleted included. */
  posts(where: Where): readonly Post[] {
    return chatAt(this.state, where).posts;
  }

  /** The bot's messages in a chat that a reader can see now, oldest first. */
  messages(where: Where): Post[] {
    return this.posts(where).filter((post) => post.own && !post.deleted);
  }

  /** Messages of the bot that were accepted in a chat, those whose answer was lost and the forgotten included. */
  accepted(where: Where): number {
    return chatAt(this.state, where).accepted;
  }

  /** Groups show the bot only what is meant for it; true unless changed, as with a new bot. */
  setPrivacyMode(on: boolean): void {
    this.state.privacyMode = on;
  }

  /**
   * The next message of the bot in a chat that satisfies the predicate. Each call goes on where the one before
   * stopped, so that a message that came early is not missed and none is seen twice.
   */
  async nextMessage(
    where: Where,
    predicate: (post: Post) => boolean = () => true,
    timeoutMs: number = DEFAULT_WAIT_MS,
  ): Promise<Post> {
    const chat = chatAt(this.state, where);
    const unread = (): Post[] =>
      chat.posts.filter((post) => post.own && post.id > (this.#read.get(chat.id) ?? 0));
    const post = await this.#bell.wait(
      () => unread().find(predicate),
      timeoutMs,
      () => `chat ${chat.id} has ${JSON.stringify(unread().map((other) => other.text))}`,
    );
    this.#read.set(chat.id, post.id);
    return post;
  }

  /** Tells what the bot is doing in a chat while it prepares an answer; returns the way to stop. */
  watchActions(listener: ActionListener): () => void {
    this.state.actionListeners.add(listener);
    return () => this.state.actionListeners.delete(listener);
  }

  /** Tells that something has changed, whatever it was, once a turn; returns the way to stop. */
  watchChanges(listener: () => void): () => void {
    return this.#bell.listen(listener);
  }

  /** Forgets the world, what is on its way, the ledger and every trouble. */
  clear(): void {
    this.world.clear();
    this.updates.clear();
    this.ledger.clear();
    this.faults.clear();
    this.limiter.limits = {};
    this.profile.commands.clear();
    this.profile.texts.clear();
    this.#read.clear();
  }

  /** Tells of every message that is written, edited or deleted, whoever wrote it; returns the way to stop. */
  watch(listener: PostListener): () => void {
    this.state.listeners.add(listener);
    return () => this.state.listeners.delete(listener);
  }

  /** Waits until a message has been edited more often than `after` times. */
  async edited(post: Post, after = 0, timeoutMs: number = DEFAULT_WAIT_MS): Promise<Post> {
    await this.waitFor(
      () => post.edits > after,
      timeoutMs,
      () => `message ${post.id} says "${post.text}"`,
    );
    return post;
  }

  /** Resolves with the first value that is neither undefined, null nor false; looks again after every change. */
  waitFor<T>(
    look: () => T | undefined | null | false,
    timeoutMs: number = DEFAULT_WAIT_MS,
    describe: () => string = () => 'the condition never held',
  ): Promise<T> {
    return this.#bell.wait(look, timeoutMs, describe);
  }

  /** Waits until every update has been taken and confirmed by the bot. */
  async settled(timeoutMs: number = DEFAULT_WAIT_MS): Promise<void> {
    await this.waitFor(
      () => this.updates.pending === 0,
      timeoutMs,
      () => `${this.updates.pending} updates are waiting`,
    );
  }

  /** The next message to this chat is refused with 429. */
  failNext429(where: Where, retryAfterSeconds: number): void {
    this.faults.add({
      kind: 'too-many',
      method: 'sendMessage',
      chatId: chatAt(this.state, where).id,
      retryAfterSeconds,
    });
  }

  /** Whether it can be reached. */
  get isUp(): boolean {
    return this.#server.listening;
  }

  /** Cuts every connection and takes no new one, as if the network were gone; the world stays. */
  async goDown(): Promise<void> {
    this.updates.close();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  /** Listens again at the same root. */
  async comeBack(): Promise<void> {
    await this.listen(Number(new URL(this.root).port));
  }

  /** Ends waiting polls and open connections. */
  async close(): Promise<void> {
    if (this.#server.listening) await this.goDown();
  }
}

/** Starts a double on loopback. */
export async function startBotApi(options: BotApiOptions = {}): Promise<BotApi> {
  const api = new BotApi(options);
  await api.listen(options.port ?? 0);
  return api;
}
