/**
 * A newsroom with some hundred subscribed chats: their accounts at the double of the Bot API, their subscriptions in the
 * database of a real program that comes and goes. Articles and slots are written into the database while no program
 * runs; everything else goes the way it goes in production.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import SQLite from 'better-sqlite3';
import { startBotApi, type BotApi } from '../../src/playground/botApi.ts';
import type { Person } from '../../src/playground/person.ts';
import type { Room } from '../../src/playground/room.ts';
import { openDatabase } from '../../src/store/database.ts';
import { Newsroom, type Program, type StartOptions } from '../tools/program.ts';

export interface Size {
  people: number;
  groups: number;
  supergroups: number;
  channels: number;
}

/** 500 chats, 5 % of them not private. */
export const FIVE_HUNDRED: Size = { people: 475, groups: 10, supergroups: 10, channels: 5 };

/** Without a call for so long, the double has read everything that was on the wire. */
const QUIET_MS = 60;

const FIRST_PERSON = 6_000_000_001;
const FIRST_GROUP = -400_000_001;
const FIRST_SUPERGROUP = -1_002_000_000_001;
const FIRST_CHANNEL = -1_003_000_000_001;
const FIRST_UPGRADED = -1_004_000_000_001;

interface Kind {
  type: 'private' | 'group' | 'supergroup' | 'channel';
  first: number;
  step: 1 | -1;
  count: number;
}

/** One run of the program, from its start to its death. Call numbers are the ledger's. */
export interface Run {
  /** Calls after this one were made by it. */
  after: number;
  /** ... up to this one. */
  upTo: number;
  /** Deliveries in flight in the database when it died. */
  inFlight: number;
  /** Waits that were committed when it died: the next run knows of them. Epoch milliseconds. */
  held: Map<number, number>;
  /** Chats that were committed as gone when it died. */
  gone: Set<number>;
  output: string;
}

export class Stage {
  readonly api: BotApi;
  readonly room: Newsroom;
  readonly runs: Run[] = [];
  readonly people: number[];
  readonly groups: Room[] = [];
  readonly others: Room[] = [];
  /** New ids of groups that were upgraded. */
  readonly aliases = new Map<number, number>();
  /** People who came back: the ledger's last call at that time. */
  readonly returned = new Map<number, number>();
  /** Articles are numbered from 1. */
  articles = 0;
  private readonly owners = new Map<number, Person>();
  /** The last that was started. */
  program: Program | null = null;
  private readonly template: Buffer;
  private reader: SQLite.Database;
  /** Prepared once: they are asked every few milliseconds. */
  private readonly counters = new Map<string, SQLite.Statement<unknown[], number>>();

  private constructor(api: BotApi, size: Size, template: Buffer) {
    this.api = api;
    this.room = new Newsroom(api);
    this.template = template;
    mkdirSync(this.room.dataDir);
    this.reader = this.furnish();
    api.world.addPrivateChats(size.people, FIRST_PERSON);
    this.people = Array.from({ length: size.people }, (_, index) => FIRST_PERSON + index);
    for (let index = 0; index < size.groups; index += 1) {
      const owner = api.world.addUser();
      this.groups.push(
        this.owned(api.world.addGroup({ id: FIRST_GROUP - index, owner, bot: 'member' }), owner),
      );
    }
    for (let index = 0; index < size.supergroups; index += 1) {
      const owner = api.world.addUser();
      const id = FIRST_SUPERGROUP - index;
      this.others.push(this.owned(api.world.addSupergroup({ id, owner, bot: 'member' }), owner));
    }
    for (let index = 0; index < size.channels; index += 1) {
      const owner = api.world.addUser();
      const rights = { can_post_messages: true };
      const wish = { id: FIRST_CHANNEL - index, owner, bot: 'administrator' as const, botRights: rights };
      this.others.push(this.owned(api.world.addChannel(wish), owner));
    }
  }

  static async open({ size, template }: Scene): Promise<Stage> {
    return new Stage(await startBotApi(), size, template);
  }

  /** All chats by their present ids. */
  get chats(): number[] {
    const rooms = [...this.groups, ...this.others].map((room) => this.idNow(room.id));
    return [...this.people, ...rooms];
  }

  idNow(chatId: number): number {
    return this.aliases.get(chatId) ?? chatId;
  }

  /** Who speaks in this chat: the person, or the owner of the group or channel. */
  speaker(chatId: number): Person {
    return this.owners.get(chatId) ?? this.api.world.person(chatId);
  }

  upgrade(group: Room): void {
    const next = group.migrate(FIRST_UPGRADED - this.aliases.size);
    this.aliases.set(group.id, next.id);
    const owner = this.owners.get(group.id);
    if (owner !== undefined) this.owners.set(next.id, owner);
  }

  /** The number of the last call so far. */
  get lastCall(): number {
    return this.api.ledger.calls.at(-1)?.seq ?? 0;
  }

  /** Adds articles `Tin N.`; `padding` makes their titles longer. Only while no program runs. */
  publish(count: number, padding = ''): void {
    this.room.database((db) => {
      const insert = db.prepare(`insert into articles
        (id, seq, rev, title, body, language, published_at, listed_at, first_seen_at, content_hash)
        values (?, ?, ?, ?, '', 'vi', '2026-01-05', '2026-01-05', 0, ?)`);
      for (let added = 0; added < count; added += 1) {
        this.articles += 1;
        const id = `article${this.articles}`;
        insert.run(id, this.articles, this.articles, `Tin ${this.articles}. ${padding}`, id);
      }
    });
  }

  /** Makes all chats due. Only while no program runs. */
  makeDue(): void {
    this.room.database((db) =>
      db.prepare(`update subscriptions set next_at = ? where state = 'active'`).run(Date.now() - 1_000),
    );
  }

  async start(env: Record<string, string>, options: StartOptions = {}): Promise<Program> {
    this.runs.push({
      ...{ after: this.lastCall, upTo: Infinity, inFlight: 0 },
      ...{ held: new Map(), gone: new Set(), output: '' },
    });
    const settings = { LOG_LEVEL: 'info', DIGEST_MAX_ITEMS: '100', ...env };
    const program = await this.room.start(settings, options);
    this.program = program;
    return program;
  }

  /** Waits for the end of a killed program and of what it had on the wire, and notes what it left behind. */
  async mourn(program: Program): Promise<void> {
    await program.exited;
    // Telegram still reads what the dead one had written.
    for (let seen = -1; seen !== this.lastCall;) {
      seen = this.lastCall;
      await sleep(QUIET_MS);
    }
    const run = this.runs.at(-1);
    if (run === undefined) throw new Error('nothing was started');
    run.upTo = this.lastCall;
    run.inFlight = this.count(`select count(*) from deliveries where state = 'inflight'`);
    run.output = program.output();
    const held = this.rows<{ chatId: number; until: number }>(
      `select chat_id as chatId, until from waits where chat_id <> 0`,
    );
    for (const { chatId, until } of held) run.held.set(chatId, until);
    for (const { id } of this.rows<{ id: number }>(`select id from chats where state = 'gone'`))
      run.gone.add(id);
  }

  /** The runs that were killed. */
  get deaths(): Run[] {
    return this.runs.filter((run) => run.upTo !== Infinity);
  }

  rows<T>(query: string, ...values: unknown[]): T[] {
    return this.reader.prepare<unknown[], T>(query).all(...values);
  }

  count(query: string, ...values: unknown[]): number {
    let counter = this.counters.get(query);
    if (counter === undefined) {
      counter = this.reader.prepare<unknown[], number>(query).pluck();
      this.counters.set(query, counter);
    }
    return counter.get(...values) ?? 0;
  }

  get due(): number {
    return this.count(
      `select count(*) from subscriptions where state = 'active' and next_at <= ?`,
      Date.now(),
    );
  }

  get open(): number {
    return this.count(`select count(*) from deliveries where state in ('planned', 'deferred', 'inflight')`);
  }

  /** Waits until `done`, looking often. */
  async until(done: () => boolean, timeoutMs: number, what: string): Promise<void> {
    const end = performance.now() + timeoutMs;
    while (!done()) {
      if (performance.now() > end) {
        const states = this.rows(`select state, reason, count(*) as n from deliveries group by 1, 2`);
        throw new Error(`${what} did not come within ${timeoutMs} ms: ${JSON.stringify(states)}`);
      }
      await sleep(15);
    }
  }

  /** Waits until everything that was due is planned and everything that was planned is settled. */
  async settled(timeoutMs = 60_000): Promise<void> {
    await this.until(() => this.due === 0 && this.open === 0, timeoutMs, 'rest');
  }

  /** Begins anew in the data directory, which has become another one. Before anything was started. */
  restage(): void {
    this.reader.close();
    this.counters.clear();
    this.reader = this.furnish();
  }

  /** Ends every program and lets go of the data directory. */
  async leave(): Promise<void> {
    this.reader.close();
    await this.room.stopAll();
  }

  async close(): Promise<void> {
    await this.leave();
    await this.room.close();
    await this.api.close();
  }

  private furnish(): SQLite.Database {
    writeFileSync(this.room.databaseFile, this.template);
    return new SQLite(this.room.databaseFile, { readonly: true, timeout: 5_000 });
  }

  private owned(room: Room, owner: Person): Room {
    this.owners.set(room.id, owner);
    return room;
  }
}

/** What every stage of one size begins with; made once. */
export interface Scene {
  size: Size;
  /** The bytes of a database in which all chats are subscribed and have seen no article. */
  template: Buffer;
}

export async function prepare(size: Size = FIVE_HUNDRED): Promise<Scene> {
  const dir = mkdtempSync(join(tmpdir(), 'diemtin-'));
  const file = join(dir, 'template.db');
  try {
    await (await openDatabase(file)).destroy();
    const db = new SQLite(file);
    const kinds: Kind[] = [
      { type: 'private', first: FIRST_PERSON, step: 1, count: size.people },
      { type: 'group', first: FIRST_GROUP, step: -1, count: size.groups },
      { type: 'supergroup', first: FIRST_SUPERGROUP, step: -1, count: size.supergroups },
      { type: 'channel', first: FIRST_CHANNEL, step: -1, count: size.channels },
    ];
    db.transaction(() => {
      const chat = db.prepare(`insert into chats (id, type, state, updated_at) values (?, ?, 'active', 0)`);
      const subscription = db.prepare(`insert into subscriptions
        (chat_id, thread_id, cron, zone, language, style, silent, cursor, state, created_at)
        values (?, 0, '0 7 * * *', 'Asia/Ho_Chi_Minh', ?, 'list', 0, 0, 'active', 0)`);
      for (const { type, first, step, count } of kinds) {
        for (let index = 0; index < count; index += 1) {
          const id = first + step * index;
          chat.run(id, type);
          subscription.run(id, index % 3 === 0 ? 'en' : 'vi');
        }
      }
    })();
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
    return { size, template: readFileSync(file) };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
