/**
 * The real program as a new user starts it, without a token, and a real browser in front of it. Whatever the page's console
 * complains of, and whatever it asks of anybody but its own server, fails the test.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { expect } from 'vitest';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const START_MS = 40_000;

export class Stand {
  readonly dir = mkdtempSync(join(tmpdir(), 'diemtin-browser-'));
  /** The newsroom's folder: the examples, and one article of several pages. */
  readonly library = join(this.dir, 'library');
  link = '';
  browser!: Browser;
  #program: ChildProcess | null = null;
  #log = '';
  readonly #complaints: string[] = [];

  static async open(env: Record<string, string> = {}): Promise<Stand> {
    const stand = new Stand();
    cpSync('seeds', stand.library, { recursive: true });
    writeFileSync(join(stand.library, 'dai.txt'), LONG_ARTICLE);
    // A file that was written just now is left alone for a moment: it may not be whole yet.
    const past = Date.now() / 1_000 - 60;
    for (const name of readdirSync(stand.library)) utimesSync(join(stand.library, name), past, past);
    await stand.start(env);
    if (!existsSync(CHROMIUM)) {
      throw new Error(
        `there is no browser at ${CHROMIUM}: apt-get install chromium, or name one in CHROMIUM`,
      );
    }
    stand.browser = await chromium.launch({ executablePath: CHROMIUM, headless: true, args: FLAGS });
    return stand;
  }

  /** Starts the program, again in the same folders after `stop`. */
  async start(env: Record<string, string> = {}): Promise<void> {
    const program = spawn(process.execPath, [join(process.cwd(), 'dist/main.js')], {
      cwd: this.dir,
      env: {
        PATH: process.env.PATH,
        ARTICLES_DIR: this.library,
        DATA_DIR: join(this.dir, 'data'),
        // The same after a restart, so that an open page finds its server again.
        PLAYGROUND_PORT: this.link === '' ? '0' : new URL(this.link).port,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#program = program;
    program.stderr.on('data', (chunk: Buffer) => (this.#log += chunk.toString()));
    this.link = await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no link was printed:\n${this.#log}`)), START_MS);
      program.once('exit', () => reject(new Error(`the program ended:\n${this.#log}`)));
      let said = '';
      program.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const link = /http:\/\/127\.0\.0\.1:\d+\//u.exec(said)?.[0];
        if (link === undefined) return;
        clearTimeout(timer);
        resolve(link);
      });
    });
  }

  async stop(): Promise<void> {
    const program = this.#program;
    this.#program = null;
    if (program === null || program.exitCode !== null) return;
    const ended = new Promise((resolve) => program.once('close', resolve));
    program.kill('SIGTERM');
    await ended;
  }

  /** A fresh visitor: nothing is remembered from another page. */
  async visit(options: BrowserContextOptions = {}, hash = ''): Promise<Page> {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.#complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.#complaints.push(String(error.stack)));
    page.on('request', (request) => {
      if (!request.url().startsWith(this.link)) this.#complaints.push(`a request to ${request.url()}`);
    });
    await page.goto(this.link + hash);
    await page.locator('.brand').waitFor({ state: 'attached' });
    return page;
  }

  /** Takes the complaints that a test provoked on purpose. */
  forgive(pattern: RegExp): void {
    const left = this.#complaints.filter((complaint) => !pattern.test(complaint));
    this.#complaints.splice(0, this.#complaints.length, ...left);
  }

  expectNoComplaints(): void {
    expect(this.#complaints.splice(0)).toEqual([]);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.stop();
    rmSync(this.dir, { recursive: true, force: true });
    expect(this.#log).not.toContain('the playground made a mistake');
  }
}

const LONG_ARTICLE = ` date 2025-12-30 Một phóng sự dài về dòng sông

Phóng sự nhiều trang.

${Array.from({ length: 60 }, (_, number) => `Đoạn ${number}: ${'nước chảy qua làng, '.repeat(9)}hết ${number}.`).join('\n\n')}

Nguồn: Báo Thử.
`;

/** The bot's newest message in the open conversation. */
export const newest = (page: Page) => page.locator('.message.bot').last();

/** Presses a button under the newest message of the bot. */
export async function press(page: Page, text: string | RegExp): Promise<void> {
  await newest(page).locator('.key', { hasText: text }).first().click();
}

export async function openChat(page: Page, name: string | RegExp): Promise<void> {
  await page.locator('.chat', { hasText: name }).first().click();
}

/** What the page suggests to write. */
export const chip = (page: Page, text: string) => page.locator('.suggestion', { hasText: text });

/** Begins the private chat if that was not done before. */
export async function begin(page: Page): Promise<void> {
  const start = page.getByRole('button', { name: 'START', exact: true });
  await page.locator('.bar:visible, .barrier > *:visible').first().waitFor();
  if (await start.isVisible()) await start.click();
  await begun(page);
}

/** A chat has begun: the bot has answered, and one may write. Either may be seen first. */
export async function begun(page: Page): Promise<void> {
  await newest(page).waitFor();
  await page.locator('.field').waitFor();
}
