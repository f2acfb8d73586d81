/**
 * A chat with the bot in the terminal, for whoever has no token yet: one person, whose lines are messages and whose
 * numbers press buttons. Refuses nothing and never ends the bot on its own: without a terminal it says so and leaves
 * the bot running.
 */
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { BotApi } from './botApi.ts';
import { startPayload, viewPost } from './consoleView.ts';
import type { ViewOptions } from './consoleView.ts';
import type { Person } from './person.ts';
import type { Post } from './post.ts';
import type { Press } from './queries.ts';

export interface ConsoleOptions {
  input: Readable & { isTTY?: boolean };
  output: Writable & { isTTY?: boolean };
  /** Who sits at the terminal. */
  person: Person;
  /** Where the same chats are shown in a browser. */
  page: { link: string; isElsewhere: boolean };
  /** How long a line that was piped in waits for the answer to the one before, in milliseconds. */
  scriptWaitMs?: number;
}

export interface ConsoleChat {
  /** Resolves when the person wants to leave: `/quit`, Ctrl-D or Ctrl-C at a terminal. */
  readonly left: Promise<void>;
  close(): void;
}

const ANSWER_WAIT_MS = 30_000;
const SCRIPT_WAIT_MS = 3_000;

/** Two short paragraphs with the link between them: what most people want is in the middle. */
function welcome({ link, isElsewhere }: ConsoleOptions['page']): string {
  return [
    'Đây là sân chơi: cả con bot, với một Telegram giả lập ngay trên máy này, không cần token.',
    'This is the playground: the whole bot, against a local double of Telegram, with no token.',
    ...(isElsewhere ? ['', 'PLAYGROUND_PORT: cổng này đang bận / that port is taken.'] : []),
    '',
    `  ▶  ${link}`,
    '',
    'Hoặc gõ tại đây / or type here: /latest · /search tong thong · /subscribe · 1 · open <code> · /quit',
    'Bot thật: nhắn @BotFather /newbot, ghi BOT_TOKEN=<token> vào tệp .env rồi chạy lại.',
    'Going live: send /newbot to @BotFather, put BOT_TOKEN=<token> into .env and start again.',
  ].join('\n');
}

const NO_ANSWER = '! Không có trả lời / no answer';
const UNATTENDED = [
  'Không có bàn phím để gõ (stdin đã đóng); bot vẫn chạy. Ctrl-C để dừng.',
  'There is no keyboard here (stdin is closed); the bot keeps running. Ctrl-C stops it.',
];

class TerminalChat implements ConsoleChat {
  readonly left: Promise<void>;
  readonly #api: BotApi;
  readonly #person: Person;
  readonly #options: ConsoleOptions;
  readonly #view: ViewOptions;
  readonly #reader: ReturnType<typeof createInterface>;
  readonly #unwatch: () => void;
  #latestWithButtons: Post | null = null;
  /** The last message that came; null once it was answered. */
  #latest: Post | null = null;
  /** Nothing more is read; what the bot says is still shown. */
  #isOver = false;
  /** How often something was shown so far. */
  #shown = 0;
  /** What was piped in is said line by line, each after the answer to the one before. */
  #script: Promise<void> = Promise.resolve();

  constructor(api: BotApi, options: ConsoleOptions) {
    this.#api = api;
    this.#options = options;
    this.#view = { ansi: options.output.isTTY === true, botUsername: api.bot.username ?? '' };
    this.#person = options.person;
    const isTerminal = options.input.isTTY === true && options.output.isTTY === true;
    this.#reader = createInterface({
      input: options.input,
      ...(isTerminal ? { output: options.output } : {}),
      terminal: isTerminal,
      prompt: '› ',
    });
    this.#print(welcome(options.page));
    this.#unwatch = api.watch((post, event) => {
      if (post.own && post.chatId === this.#person.id) this.#show(post, event);
    });
    this.left = new Promise((resolve) => {
      let hasLeft = false;
      const act = (line: string): void => {
        if (line !== '/quit') {
          this.#obey(line);
          return;
        }
        hasLeft = true;
        resolve();
      };
      this.#reader.on('line', (line) => {
        if (isTerminal) act(line.trim());
        else this.#script = this.#script.then(() => this.#actAndWait(line.trim(), act));
      });
      this.#reader.on('SIGINT', resolve);
      this.#reader.on('close', () => {
        if (this.#isOver) return;
        this.#isOver = true;
        if (isTerminal) resolve();
        else void this.#script.then(() => (hasLeft ? undefined : this.#print(UNATTENDED.join('\n'))));
      });
    });
    // A terminal that breaks must not take the bot with it.
    this.#reader.on('error', () => this.#reader.close());
    options.input.on('error', () => this.#reader.close());
    options.output.on('error', () => this.#unwatch());
    this.#prompt();
  }

  close(): void {
    this.#isOver = true;
    this.#unwatch();
    this.#reader.close();
  }

  async #actAndWait(line: string, act: (line: string) => void): Promise<void> {
    const before = this.#shown;
    act(line);
    if (line === '' || line === '/quit') return;
    // Without an answer the next line goes on all the same.
    await this.#api
      .waitFor(() => this.#shown > before, this.#options.scriptWaitMs ?? SCRIPT_WAIT_MS)
      .catch(() => undefined);
  }

  #obey(line: string): void {
    if (line === '') {
      this.#prompt();
      return;
    }
    const payload = /^open\s+([\w-]{1,64})$/iu.exec(line)?.[1] ?? startPayload(line, this.#view.botUsername);
    const inline = new RegExp(`^@${this.#view.botUsername}\\s+(.*)$`, 'iu').exec(line)?.[1];
    if (payload !== null) this.#say(`/start ${payload}`);
    else if (inline !== undefined) void this.#ask(inline);
    else if (/^\d{1,3}$/u.test(line) && this.#latestWithButtons !== null)
      this.#press(this.#latestWithButtons, Number(line));
    else this.#say(line);
  }

  #say(text: string): void {
    try {
      // As a client does: the field is open for a reply to the last message, if that asked for one.
      const last = this.#latest;
      this.#latest = null;
      this.#person.sends(this.#person.id, text, last?.asks == null ? {} : { replyTo: last });
    } catch (error) {
      this.#print(`! ${error instanceof Error ? error.message : String(error)}`);
    }
    this.#prompt();
  }

  #press(post: Post, number: number): void {
    const button = post.buttons[number - 1];
    if (button === undefined) {
      this.#print(`! [${number}]? 1–${post.buttons.length}`);
    } else if (button.url !== undefined) {
      const payload = startPayload(button.url, this.#view.botUsername);
      if (payload === null) this.#print(button.url);
      else this.#say(`/start ${payload}`);
    } else if (button.callback_data !== undefined) {
      void this.#awaitAnswer(this.#person.presses(post, number));
    } else {
      const query = button.switch_inline_query_current_chat ?? button.switch_inline_query ?? '';
      this.#print(button.copy_text?.text ?? `@${this.#view.botUsername} ${query}`);
    }
  }

  /** The little notice that a pressed button brings up. */
  async #awaitAnswer(press: Press): Promise<void> {
    try {
      const { text } = await this.#api.waitFor(() => press.answer, ANSWER_WAIT_MS);
      if (text !== '') this.#print(`(${text})`);
    } catch {
      this.#print(NO_ANSWER);
    }
  }

  async #ask(query: string): Promise<void> {
    const ask = this.#person.asks(query);
    try {
      const { results } = await this.#api.waitFor(() => ask.answer, ANSWER_WAIT_MS);
      const lines = results.map(
        (result) => `• ${result.title}${result.description === '' ? '' : ` — ${result.description}`}`,
      );
      this.#print(lines.length === 0 ? '(0)' : lines.join('\n'));
    } catch {
      this.#print(NO_ANSWER);
    }
  }

  #show(post: Post, event: 'new' | 'edited' | 'deleted'): void {
    if (event === 'deleted') {
      if (this.#latestWithButtons === post) this.#latestWithButtons = null;
      return;
    }
    if (event === 'new') this.#latest = post;
    if (post.buttons.length > 0) this.#latestWithButtons = post;
    else if (this.#latestWithButtons === post) this.#latestWithButtons = null;
    const heading = event === 'edited' ? `${this.#api.bot.first_name} ✎` : this.#api.bot.first_name;
    this.#print(`\n${viewPost(post, heading, this.#view)}`);
  }

  /** Writes above the line that is being typed. */
  #print(text: string): void {
    this.#shown += 1;
    if (!this.#options.output.writable) return;
    this.#options.output.write(this.#view.ansi ? `\r\u001b[K${text}\n` : `${text}\n`);
    this.#prompt();
  }

  #prompt(): void {
    if (this.#options.input.isTTY === true && this.#view.ansi && !this.#isOver) this.#reader.prompt(true);
  }
}

/** Begins the chat: says what this is, then reads and shows until closed. */
export function startConsole(api: BotApi, options: ConsoleOptions): ConsoleChat {
  return new TerminalChat(api, options);
}
