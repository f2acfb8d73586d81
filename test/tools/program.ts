/**
 * The real program as a child process, in folders of its own, against a double of the Bot API.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import SQLite from 'better-sqlite3';
import type { BotApi } from '../../src/playground/botApi.ts';
import { trust } from './double.ts';

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface Program {
  process: ChildProcess;
  exited: Promise<Exit>;
  /** Everything that was written to standard output and error so far. */
  output(): string;
  /** Waits for a piece of the output. */
  says(text: string, timeoutMs?: number): Promise<void>;
  stop(signal?: NodeJS.Signals): Promise<Exit>;
}

export interface StartOptions {
  /** False does not wait until the bot is up. */
  ready?: boolean;
  /** Another program than the real one; a path from the project's root. */
  main?: string;
  /** Options of node itself. */
  node?: string[];
  /** False lets it trust nobody but the authorities of the world, which do not know the double. */
  trusting?: boolean;
  /** The program's own arguments. */
  args?: string[];
}

/** Folders for one newsroom; programs come and go in it. */
export class Newsroom {
  readonly dir = mkdtempSync(join(tmpdir(), 'diemtin-'));
  readonly articlesDir = join(this.dir, 'articles');
  readonly dataDir = join(this.dir, 'data');
  readonly databaseFile = join(this.dataDir, 'diemtin.db');
  readonly api: BotApi;
  readonly #running = new Set<Program>();

  constructor(api: BotApi) {
    this.api = api;
    mkdirSync(this.articlesDir);
  }

  /** Writes a file that counts as finished long ago. */
  write(name: string, content: string | Buffer): void {
    const file = join(this.articlesDir, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    const past = Date.now() / 1_000 - 60;
    utimesSync(file, past, past);
  }

  /** An article in the text format. */
  publish(
    name: string,
    title: string,
    options: { date?: string; body?: string; source?: string } = {},
  ): void {
    const { date = '2025-12-24', body = `Nội dung của ${title}.`, source = 'Báo Thử' } = options;
    this.write(
      `${name}.txt`,
      ` date ${date} ${title}\n\nTóm tắt: ${title}.\n\n${body}\n\nNguồn: ${source}.\n`,
    );
  }

  async start(env: Record<string, string> = {}, options: StartOptions = {}): Promise<Program> {
    const child = spawn(
      process.execPath,
      [...(options.node ?? []), join(process.cwd(), options.main ?? 'dist/main.js'), ...(options.args ?? [])],
      {
        cwd: this.dir,
        env: {
          PATH: process.env.PATH,
          BOT_TOKEN: this.api.token,
          TELEGRAM_API_ROOT: this.api.root,
          ...(options.trusting === false ? {} : trust(this.api, this.dir)),
          ARTICLES_DIR: this.articlesDir,
          DATA_DIR: this.dataDir,
          LOG_LEVEL: 'debug',
          ...env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const program = watch(child);
    this.#running.add(program);
    void program.exited.then(() => this.#running.delete(program));
    if (options.ready !== false) await program.says('the bot is up');
    return program;
  }

  /** The database, for looking and for making time pass. Only while no program runs, if it writes. */
  database<T>(use: (db: SQLite.Database) => T): T {
    const db = new SQLite(this.databaseFile);
    try {
      return use(db);
    } finally {
      db.close();
    }
  }

  /** Makes every subscription due, by default since a moment ago. */
  makeDue(agoMs = 1_000): void {
    this.database((db) => db.prepare('update subscriptions set next_at = ?').run(Date.now() - agoMs));
  }

  /** Kills whatever runs. */
  async stopAll(): Promise<void> {
    await Promise.all([...this.#running].map((program) => program.stop('SIGKILL')));
  }

  async close(): Promise<void> {
    await this.stopAll();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

function watch(child: ChildProcess): Program {
  let output = '';
  const listeners = new Set<() => void>();
  const take = (chunk: Buffer): void => {
    output += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  const exited = new Promise<Exit>((resolve) => {
    child.once('close', (code, signal) => {
      resolve({ code, signal });
      for (const listener of listeners) listener();
    });
  });
  return {
    process: child,
    exited,
    output: () => output,
    says: (text, timeoutMs = 20_000) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => end(new Error(`"${text}" was not said:\n${output}`)), timeoutMs);
        const end = (error: Error | null): void => {
          clearTimeout(timer);
          listeners.delete(look);
          if (error === null) resolve();
          else reject(error);
        };
        const look = (): void => {
          if (output.includes(text)) end(null);
          else if (child.exitCode !== null) end(new Error(`it ended with ${child.exitCode}:\n${output}`));
        };
        listeners.add(look);
        look();
      }),
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      return exited;
    },
  };
}
