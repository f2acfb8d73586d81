/**
 * Nine days of a newsroom in virtual time: planner, outbox, sender and database as they are. Clocks
 * change forward in one part of the world and back in the other, the program is restarted every day, is gone for a day,
 * and Telegram is moody. In the end each chat has each article exactly once.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/delivery/delivery.ts';
import { createDelivery } from '../../src/delivery/dispatcher.ts';
import type { DigestPart } from '../../src/delivery/courier.ts';
import type { EditionContent } from '../../src/digest/edition.ts';
import { planDue } from '../../src/digest/planner.ts';
import { DAY, HOUR, MINUTE, Newsroom } from '../digest/newsroom.ts';
import { Mortal } from '../tools/mortal.ts';
import { flood, Outside, unreached, yes } from '../tools/outside.ts';
import { VirtualClock } from '../tools/virtualClock.ts';

/** Europe goes forward on 29 March at 01:00Z; Sydney, Lord Howe and Auckland go back on 4 April, Santiago on 5 April. */
const BEGIN = Date.parse('2026-03-28T20:00:00Z');
const LAST_ARTICLE = Date.parse('2026-04-04T20:00:00Z');
/** By Monday everybody has had a slot after the last article, also those who read on workdays only. */
const END = Date.parse('2026-04-07T00:00:00Z');
const DOWN_FROM = Date.parse('2026-03-31T05:50:00Z');
const DOWN_UNTIL = DOWN_FROM + DAY;

const ZONES = [
  'Europe/Paris',
  'America/New_York',
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'America/Santiago',
  'Asia/Ho_Chi_Minh',
];
/** The first is skipped on one day of the year and comes twice on another. */
const ONCE_A_DAY = ['30 2 * * *', '0 7 * * *', '55 23 * * *'];
const CRONS = [...ONCE_A_DAY, '0 8,18 * * *', '15 9 * * 1-5', '*/30 6-9 * * *'];

/** All slots are at a multiple of it, so that no digest is late because of it. */
const BEAT = 5 * MINUTE;
const LATE_LIMIT = 6 * HOUR;
const ARTICLES_PER_PART = 25;

interface Reader {
  chatId: number;
  cron: string;
  zone: string;
}

const READERS: Reader[] = ZONES.flatMap((zone, z) =>
  CRONS.map((cron, c) => ({ chatId: (z * CRONS.length + c + 1) * (c === 3 ? -1 : 1), cron, zone })),
);

class Week {
  readonly clock = new VirtualClock(BEGIN);
  readonly outside = new Outside(this.clock);
  published = 0;
  private readonly file: string;
  private room: Newsroom | null = null;
  private delivery: Delivery | null = null;
  private mortal = new Mortal();
  private boots = 0;

  constructor(file: string) {
    this.file = file;
    // Moods that pass: they cost time, never an article.
    this.outside.react = ({ chatId }, count) => {
      if ((count + chatId) % 11 === 3) return flood(1 + (count % 40));
      return (count - chatId) % 13 === 5 ? unreached() : yes();
    };
  }

  async open(): Promise<Newsroom> {
    if (this.room === null) {
      this.room = await Newsroom.open(this.file);
      // Thousands of commits, and no power is cut here.
      await sql`pragma synchronous = off`.execute(this.room.db);
    }
    return this.room;
  }

  async boot(): Promise<void> {
    const room = await this.open();
    this.boots += 1;
    this.mortal = new Mortal();
    this.delivery = createDelivery({
      outbox: this.mortal.outbox(room.outbox),
      courier: this.mortal.courier(this.outside),
      clock: this.mortal.clock(this.clock),
      bootId: `boot-${this.boots}`,
      ratePerSecond: 25,
      policy: 'ask',
      notice: () => null,
      onEvent: () => undefined,
    });
    void this.delivery.start();
    await this.clock.advance(0);
    await this.beat();
  }

  /** In time, whatever is on its way. */
  async stop(): Promise<void> {
    const stopping = this.delivery?.stop(5_000);
    await this.clock.advance(6_000);
    await stopping;
    await this.end();
  }

  /** By SIGKILL; the next moment in which nothing is on its way, since what is cannot be known. */
  async kill(): Promise<void> {
    while (this.outside.inFlight > 0) await this.clock.advance(50);
    await this.clock.advance(50);
    await this.end();
  }

  async beat(): Promise<void> {
    const { store, articles } = await this.open();
    const sieve = () => Promise.reject(new Error('nobody follows anything'));
    const { signal } = new AbortController();
    const options = { store, articles, sieve, render, maxItems: 1_000, lateLimitMs: LATE_LIMIT, signal };
    await planDue(this.clock.now(), options);
    this.delivery?.wake();
  }

  async publish(count: number): Promise<void> {
    await (await this.open()).publish(count, (name) => name);
    this.published += count;
  }

  /** To the next time of a beat. */
  async wait(): Promise<void> {
    await this.clock.advance(BEAT - (this.clock.now() % BEAT));
  }

  async until(instant: number): Promise<void> {
    await this.clock.advance(Math.max(0, instant - this.clock.now()));
  }

  private async end(): Promise<void> {
    this.mortal.die();
    this.delivery = null;
    await this.room?.close();
    this.room = null;
  }
}

let dir: string;
let week: Week;
let room: Newsroom;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'diemtin-'));
  week = new Week(join(dir, 'week.db'));
  await live(week);
  room = await week.open();
}, 120_000);

afterAll(async () => {
  await room.close();
  rmSync(dir, { recursive: true, force: true });
});

async function live(of: Week): Promise<void> {
  for (const { chatId, cron, zone } of READERS) {
    await (await of.open()).subscribe(chatId, { cron, zone, at: BEGIN });
  }
  await of.boot();
  for (let beats = 1; of.clock.now() < END; beats += 1) {
    await of.wait();
    if (beats % 3 === 0 && of.clock.now() < LAST_ARTICLE) await of.publish(1 + (beats % 2));
    if (of.clock.now() === DOWN_FROM) {
      await of.stop();
      await of.until(DOWN_UNTIL);
      // While the program was gone, the newsroom wrote on.
      await of.publish(40);
      await of.boot();
    }
    await of.beat();
    // At a different time each day, and right after a beat, when much may be on its way.
    if (beats % (DAY / BEAT + 13) === 12) await restart(of, beats);
  }
}

async function restart(of: Week, beats: number): Promise<void> {
  await of.clock.advance(700);
  if (beats % 2 === 0) await of.stop();
  else await of.kill();
  await of.clock.advance(20_000);
  await of.boot();
}

function render({ frame, items }: EditionContent): DigestPart[] {
  const articles = items.map(({ article }) => article);
  const parts: DigestPart[] = [];
  for (let at = 0; at < articles.length; at += ARTICLES_PER_PART) {
    const titles = articles.slice(at, at + ARTICLES_PER_PART).map(({ title }) => title);
    parts.push({ html: [frame.late ? 'late' : 'in time', ...titles].join('\n'), buttons: [] });
  }
  return parts;
}

function articlesOf(chatId: number): number[] {
  const texts = week.outside.calls.filter((call) => call.arrived && call.chatId === chatId);
  const found = texts.flatMap(({ html }) =>
    [...html.matchAll(/Tin (\d+)\./gu)].map((match) => Number(match[1])),
  );
  return found.sort((a, b) => a - b);
}

describe('after a week with two changes of clocks, daily restarts and a day of silence', () => {
  it.each(READERS)('chat $chatId ($cron in $zone) has each article exactly once', ({ chatId }) => {
    const all = Array.from({ length: week.published }, (_, index) => index + 1);
    expect(all.length).toBeGreaterThan(500);
    expect(articlesOf(chatId)).toEqual(all);
  });

  it('a digest that comes once a day came once a local day, also on the days of 23 and 25 hours', async () => {
    for (const { chatId, cron, zone } of READERS.filter((reader) => ONCE_A_DAY.includes(reader.cron))) {
      const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
      const editions = (await room.deliveries(chatId)).filter(({ part }) => part === 0);
      const days = editions.map(({ slot }) => format.format(slot));
      expect(days, `${cron} in ${zone}`).toEqual([...new Set(days)]);
      // From 29 March to 4 April, two of which may have passed in silence.
      const within = days.filter((day) => day >= '2026-03-29' && day <= '2026-04-04');
      expect(within.length, `${cron} in ${zone}: ${days.join(' ')}`).toBeGreaterThanOrEqual(5);
    }
  });

  it('what was due during the silence came late and said so, or, too late, waited for its next slot', async () => {
    const due = (await room.deliveries()).filter(
      ({ slot, part }) => slot > DOWN_FROM && slot < DOWN_UNTIL - MINUTE && part === 0,
    );
    expect(due.length).toBeGreaterThan(0);
    for (const { slot, html } of due) {
      expect(html).toContain('late');
      expect(DOWN_UNTIL - slot).toBeLessThanOrEqual(LATE_LIMIT + BEAT);
    }
    expect(due.length).toBeLessThan(READERS.length);
  });
});
