/**
 * The real program in a process of its own, a double of Telegram in another one, HTTP between them: everybody is due at
 * the start. Meanwhile some readers ask for /latest.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startBotApiProcess, type BotApiProcess } from '../../test/tools/botApiProcess.ts';
import { FIRST_GROUP, FIRST_PERSON, prepare, shares } from './prepare.ts';
import type { Stall } from './probe.ts';

const PROBE = fileURLToPath(new URL('./probe.js', import.meta.url));
const READERS = 20;
const READER_PAUSE_MS = 150;
const LONGEST_ANSWER_MS = 20_000;
/** Beyond this nothing is waited for any more. */
const LONGEST_RUN_MS = 15 * 60_000;

export interface ProgramResult {
  /** From the first look at who is due until all are planned. */
  planningSeconds: number;
  /** From the first message to the last. */
  seconds: number;
  perSecond: number;
  /** The most that was resident at any time. */
  rssMb: number;
  databaseMb: number;
  latestMs: { asked: number; p50: number; p95: number; max: number };
  /** Of the main thread, while planning and while sending: by the clock, and of the program's own doing. */
  stallMs: { planning: Longest; sending: Longest };
  processorSeconds: { program: number; double: number };
}

interface Longest {
  longest: number;
  longestOwn: number;
}

function longest(stalls: readonly Stall[]): Longest {
  const most = (of: (stall: Stall) => number): number =>
    stalls.reduce((max, one) => Math.max(max, of(one)), 0);
  return { longest: most((stall) => stall.ms), longestOwn: most((stall) => stall.ownMs) };
}

export async function broadcastForReal(chats: number, rate: number): Promise<ProgramResult> {
  const dir = mkdtempSync(join(tmpdir(), 'diemtin-bench-'));
  const api = await startBotApiProcess({ keepMessages: 8, keepCalls: 0 });
  const program = new Program();
  try {
    const data = join(dir, 'data');
    const file = join(data, 'diemtin.db');
    mkdirSync(data);
    mkdirSync(join(dir, 'articles'));
    const { people, groups } = shares(chats);
    await prepare(file, { people, groups }, Date.now() - 1_000);
    await populate(api, people, groups);
    program.start(dir, {
      BOT_TOKEN: api.token,
      TELEGRAM_API_ROOT: api.root,
      ARTICLES_DIR: join(dir, 'articles'),
      DATA_DIR: data,
      BROADCAST_RATE: String(rate),
    });
    // From the start on: the first message leaves while the last chats are still being planned.
    const broadcast = watch(api, chats);
    // Should the start fail, that is what is to be told.
    broadcast.catch(() => undefined);
    const up = await program.says('the bot is up');
    const planned = await program.says('digests were planned');
    const asking = new AbortController();
    const latest = askAround(api, people + groups, asking.signal);
    const seconds = await broadcast;
    asking.abort();
    const answers = await latest;
    const probe = await program.probe();
    const status = readFileSync(`/proc/${program.pid}/status`, 'utf8');
    return {
      planningSeconds: (planned - up) / 1_000,
      seconds,
      perSecond: chats / seconds,
      rssMb: Number(/VmHWM:\s+(\d+)/u.exec(status)?.[1]) / 1_024,
      databaseMb: (sizeOf(file) + sizeOf(`${file}-wal`)) / 2 ** 20,
      latestMs: summary(answers),
      // Loading the modules holds up nobody yet.
      stallMs: {
        planning: longest(probe.stalls.filter(({ at, ms }) => at > up && at - ms < planned)),
        sending: longest(probe.stalls.filter(({ at }) => at > planned)),
      },
      processorSeconds: { program: probe.processorMs / 1_000, double: processorSeconds(api.pid) },
    };
  } finally {
    await program.end();
    await api.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

class Program {
  private child: ChildProcess | null = null;
  private readonly lines: string[] = [];

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  start(cwd: string, env: Record<string, string>): void {
    const main = join(process.cwd(), 'dist/main.js');
    this.child = spawn(process.execPath, ['--import', PROBE, main], {
      cwd,
      env: { PATH: process.env.PATH, LOG_LEVEL: 'info', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (this.child.stdout !== null) {
      createInterface({ input: this.child.stdout }).on('line', (line) => this.lines.push(line));
    }
  }

  /** Waits for a line of the log; returns its time, epoch milliseconds. */
  async says(text: string): Promise<number> {
    const line = await this.line(text);
    return Date.parse((JSON.parse(line) as { time: string }).time);
  }

  /** What the probe has seen. */
  async probe(): Promise<{ stalls: Stall[]; processorMs: number }> {
    const before = this.lines.length;
    this.child?.kill('SIGUSR2');
    return JSON.parse(await this.line('"probe":true', before)) as { stalls: Stall[]; processorMs: number };
  }

  async end(): Promise<void> {
    const { child } = this;
    if (child === null || child.exitCode !== null) return;
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await exited;
  }

  private async line(text: string, from = 0): Promise<string> {
    const end = performance.now() + LONGEST_RUN_MS;
    for (;;) {
      const found = this.lines.slice(from).find((line) => line.includes(text));
      if (found !== undefined) return found;
      if (this.child?.exitCode !== null || performance.now() > end) {
        throw new Error(`"${text}" was not said:\n${this.lines.slice(-20).join('\n')}`);
      }
      await sleep(5);
    }
  }
}

async function populate(api: BotApiProcess, people: number, groups: number): Promise<void> {
  await api.control('add-private-chats', { count: people, firstId: FIRST_PERSON });
  for (let group = 0; group < groups; group += 1) {
    await api.control('add-supergroup', { id: FIRST_GROUP - group, bot: 'member' });
  }
}

/** Seconds from the first accepted message to the last, those to readers not counted. */
async function watch(api: BotApiProcess, chats: number): Promise<number> {
  let first: number | null = null;
  const end = performance.now() + LONGEST_RUN_MS;
  for (;;) {
    const { accepted } = (await api.control('counters', { method: 'sendMessage' })) as { accepted: number };
    const now = performance.now();
    if (accepted > 0) first ??= now;
    if (first !== null && accepted >= chats) {
      // Answers are among them: only now it is worth counting chats.
      if ((await digestsSent(api, chats)) >= chats) return (performance.now() - first) / 1_000;
    }
    if (now > end)
      throw new Error(`${accepted} of ${chats} messages after ${LONGEST_RUN_MS / 60_000} minutes`);
    await sleep(20);
  }
}

/** Chats that got something. Readers get answers from others than these. */
async function digestsSent(api: BotApiProcess, chats: number): Promise<number> {
  const { people, groups } = shares(chats);
  const reached = async (firstId: number, count: number): Promise<number> => {
    const byCount = (await api.control('accepted-in-range', { firstId, count })) as Record<string, number>;
    return count - (byCount['0'] ?? 0);
  };
  return (await reached(FIRST_PERSON, people)) + (await reached(FIRST_GROUP - groups + 1, groups));
}

/** Readers, who are subscribed to nothing, ask one after the other; returns how long each waited, in milliseconds. */
async function askAround(api: BotApiProcess, chats: number, signal: AbortSignal): Promise<number[]> {
  const firstReader = FIRST_PERSON + chats + 1;
  await api.control('add-private-chats', { count: READERS, firstId: firstReader });
  const waits: number[] = [];
  for (let turn = 0; !signal.aborted; turn += 1) {
    const userId = firstReader + (turn % READERS);
    const before = await api.control('accepted', { chatId: userId });
    const began = performance.now();
    await api.control('sends', { userId, text: '/latest' });
    const isWaiting = async (): Promise<boolean> =>
      (await api.control('accepted', { chatId: userId })) === before;
    while (await isWaiting()) {
      // Nobody waits for longer; it counts as it is.
      if (performance.now() - began > LONGEST_ANSWER_MS) break;
      await sleep(3);
    }
    waits.push(performance.now() - began);
    await sleep(READER_PAUSE_MS);
  }
  return waits;
}

function summary(waits: number[]): ProgramResult['latestMs'] {
  const sorted = [...waits].sort((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { asked: sorted.length, p50: at(0.5), p95: at(0.95), max: sorted.at(-1) ?? 0 };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** User and system time of a process, from the kernel (in hundredths of a second, proc(5)). */
function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
