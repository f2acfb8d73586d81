/**
 * The real program with a folder of articles, over HTTP: how fast it takes them in, how soon after a start it answers, and
 * what it weighs.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import SQLite from 'better-sqlite3';
import { startBotApi, type BotApi } from '../../src/playground/botApi.ts';
import type { Person } from '../../src/playground/person.ts';
import { Newsroom, type Program } from '../../test/tools/program.ts';
import type { BenchArticle } from './corpus.ts';

const LONGEST_MS = 20 * 60_000;
/** One start takes a fifth more or less than another. */
const STARTS = 5;

/** A person types no faster. */
const PAUSE_MS = 50;

export interface ProgramResult {
  /** From the first start with a full folder and no data until everything is found. */
  importSeconds: number;
  importRssMb: number;
  /** From a later start of the process to the answer that has the article; of titles as they are, and with a slip. The medians. */
  firstAnswerMs: number;
  typoAnswerMs: number;
  /** Resident after the searches, and the most since that start. */
  rssMb: number;
  peakRssMb: number;
  /** Milliseconds from the message to its answer, ascending. */
  searchMs: number[];
}

/** @param slip a query that needs typo tolerance, and the title that answers it */
export async function askTheProgram(
  articles: readonly BenchArticle[],
  exact: { q: string; title: string },
  slip: { q: string; title: string },
  queries: readonly string[],
): Promise<ProgramResult> {
  const api = await startBotApi({ keepMessages: 50 });
  const room = new Newsroom(api);
  try {
    articles.forEach((article, i) => room.write(...asFile(article, i)));
    let started = performance.now();
    let program = await room.start({ LOG_LEVEL: 'info' });
    await until(() => indexed(room) === articles.length, LONGEST_MS);
    const importSeconds = (performance.now() - started) / 1_000;
    const importRssMb = memory(program, 'VmHWM');

    const firstAnswers: number[] = [];
    const typoAnswers: number[] = [];
    for (let start = 0; start < STARTS; start += 1) {
      await program.stop();
      const [one, other] = [0, 1].map(() => api.world.addUser({ languageCode: 'vi', started: true }));
      if (one === undefined || other === undefined) throw new Error('nobody there');
      started = performance.now();
      program = await room.start({ LOG_LEVEL: 'info' }, { ready: false });
      const firstAnswer = ask(api, one, exact).then(() => firstAnswers.push(performance.now() - started));
      const typoAnswer = ask(api, other, slip).then(() => typoAnswers.push(performance.now() - started));
      await Promise.all([firstAnswer, typoAnswer]);
    }
    const searchMs: number[] = [];
    for (const query of queries) {
      const reader = api.world.addUser({ languageCode: 'vi', started: true });
      await sleep(PAUSE_MS);
      const asked = performance.now();
      reader.says(`/search ${query}`);
      await api.nextMessage(reader);
      searchMs.push(performance.now() - asked);
    }
    return {
      importSeconds,
      importRssMb,
      firstAnswerMs: median(firstAnswers),
      typoAnswerMs: median(typoAnswers),
      rssMb: memory(program, 'VmRSS'),
      peakRssMb: memory(program, 'VmHWM'),
      searchMs: searchMs.sort((a, b) => a - b),
    };
  } finally {
    await room.close();
    await api.close();
  }
}

/** In the text format, a thousand to a folder. */
function asFile({ id, title, summary, body }: BenchArticle, i: number): [string, string] {
  const line = (text: string): string => text.replace(/\s+/gu, ' ').trim();
  const day = new Date(Date.parse('2021-01-01') + (i % 1_000) * 86_400_000).toISOString().slice(0, 10);
  const paragraphs = [line(summary), ...body.split('\n').map(line)].filter((text) => text !== '');
  const name = `${Math.floor(i / 1_000)}/${id.replace(/[^A-Za-z0-9]/gu, '-')}.txt`;
  return [name, ` date ${day} ${line(title)}\n\n${paragraphs.join('\n\n')}\n\nNguồn: Báo Thử.\n`];
}

/** Asks again and again, as people do, until the title is in the answer. */
async function ask(api: BotApi, person: Person, { q, title }: { q: string; title: string }): Promise<void> {
  const end = performance.now() + LONGEST_MS;
  for (;;) {
    person.says(`/search ${q}`);
    if ((await api.nextMessage(person, undefined, LONGEST_MS)).text.includes(title)) return;
    if (performance.now() > end) throw new Error(`"${title}" is not in the answer to "${q}"`);
    await sleep(100);
  }
}

/** Articles that are in the index and committed; 0 when there is none yet. */
function indexed(room: Newsroom): number {
  const file = join(room.dataDir, 'search.db');
  if (!existsSync(file)) return 0;
  const db = new SQLite(file, { readonly: true, timeout: 5_000 });
  try {
    return db.prepare('select count(*) from d').pluck().get() as number;
  } catch {
    return 0;
  } finally {
    db.close();
  }
}

async function until(test: () => boolean, timeoutMs: number): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!test()) {
    if (performance.now() > end) throw new Error('it took too long');
    await sleep(250);
  }
}

function memory(program: Program, field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${program.process.pid ?? 0}/status`, 'utf8');
  return Number(new RegExp(`${field}:\\s+(\\d+)`, 'u').exec(status)?.[1]) / 1_024;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
