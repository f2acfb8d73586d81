/**
 * A folder in which files are written, moved, renamed with an edit, taken away and put back, looked at in rounds of three files, by a
 * program that is killed now and then between the store and what it remembers. When all is quiet, the articles are the
 * contents of the files, each once.
 */
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { contentHash } from '../../src/articles/identity.ts';
import { createIngest, type Ingest } from '../../src/articles/ingest.ts';
import { createLog } from '../../src/log.ts';
import { FolderSource } from '../../src/sources/folder.ts';
import { readingOf } from '../../src/sources/reading.ts';
import { openDatabase } from '../../src/store/database.ts';
import { SqlShelf } from '../../src/store/shelf.ts';
import { text } from '../articles/rounds.ts';

const STEP = 1_500;
const NOON = Date.parse('2026-01-10T12:00:00Z');
/** So many scans that see nothing: everything has settled. */
const QUIET = 5;
const MOST_SCANS = 500;

/** `which` says of which of the files that are there, one bit each. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('scan' as const), killed: fc.nat(24) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('write', 'overwrite', 'remove'),
      which: fc.nat(255),
      title: fc.nat(5),
      paragraphs: fc.array(fc.constantFrom('p', 'q', 'r', 's'), { maxLength: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('move', 'rename', 'edit', 'aside', 'back'), which: fc.nat() }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

it('loses and doubles nothing, however files come and go between the rounds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 80, size: 'max' }), async (steps) => {
      const parent = mkdtempSync(join(tmpdir(), 'rounds-'));
      const db = await openDatabase(':memory:');
      try {
        const room = new Room(join(parent, 'articles'), new SqlShelf(db));
        await room.boot();
        for (const each of steps) await room.perform(each);
        for (let quiet = 0, scans = 0; quiet < QUIET; scans++) {
          expect(scans, 'it never comes to rest').toBeLessThan(MOST_SCANS);
          quiet = (await room.scan()) ? 0 : quiet + 1;
        }
        const live = await db
          .selectFrom('articles')
          .select('content_hash')
          .where('removed_at', 'is', null)
          .execute();
        const held = await db
          .selectFrom('files')
          .innerJoin('articles', 'articles.seq', 'files.article_seq')
          .select(['path', 'content_hash'])
          .execute();
        const contents = room.contents();
        expect(live.map((row) => row.content_hash).sort()).toEqual([...new Set(contents.values())].sort());
        expect(new Map(held.map((row) => [row.path, row.content_hash]))).toEqual(contents);
      } finally {
        await db.destroy();
        rmSync(parent, { recursive: true, force: true });
      }
    }),
    { numRuns: 400 },
  );
}, 600_000);

class Room {
  readonly #dir: string;
  readonly #shelf: SqlShelf;
  #source!: FolderSource;
  #ingest!: Ingest;
  #time = 0;
  /** Names, and times of files: no two the same, since a change that keeps size and time is not seen. */
  #count = 0;
  readonly #aside = new Map<string, { content: string; seconds: number }>();

  constructor(dir: string, shelf: SqlShelf) {
    this.#dir = dir;
    this.#shelf = shelf;
    mkdirSync(dir);
  }

  /** The program starts, and knows what the store does. */
  async boot(): Promise<void> {
    this.#source = new FolderSource({
      dir: this.#dir,
      known: await this.#shelf.folder(),
      now: () => NOON + this.#time,
      monotonic: () => this.#time,
      maxRoundFiles: 3,
    });
    this.#ingest = createIngest({ shelf: this.#shelf, log: createLog('error', []), zone: 'UTC' });
  }

  /** Whether there was anything. */
  async scan(isKilled = false): Promise<boolean> {
    this.#time += STEP;
    const round = await this.#source.scan();
    if (round.found.length + round.vanished.length === 0) return false;
    await this.#ingest(round, NOON + this.#time);
    if (isKilled) await this.boot();
    else this.#source.accept(round);
    return true;
  }

  async perform(each: Step): Promise<void> {
    if (each.do === 'scan') {
      await this.scan(each.killed === 0);
      return;
    }
    const chosen = this.#files().filter((_, i) => ((each.which >> (i % 31)) & 1) === 1);
    if ('title' in each) {
      const content = text(`Tin ${each.title}`, each.paragraphs);
      const [first] = chosen;
      if (each.do === 'write')
        for (let i = 0; i <= each.which % 5; i++) this.#write(this.#name(), `${content}${i}`);
      else if (first !== undefined && each.do === 'overwrite') this.#write(first, content);
      else if (first !== undefined) rmSync(join(this.#dir, first));
      return;
    }
    if (each.do === 'back') {
      for (const [path, { content, seconds }] of this.#aside) this.#write(path, content, seconds);
      this.#aside.clear();
    }
    for (const path of chosen) {
      const file = join(this.#dir, path);
      const content = readFileSync(file, 'utf8');
      if (each.do === 'move') {
        const to = join(this.#dir, `${this.#count++}/${basename(path)}`);
        mkdirSync(dirname(to));
        renameSync(file, to);
      } else if (each.do === 'aside') {
        this.#aside.set(path, { content, seconds: statSync(file).mtimeMs / 1_000 });
        rmSync(file);
      } else if (each.do !== 'back') {
        rmSync(file);
        this.#write(
          each.do === 'rename' ? this.#name() : path,
          `${content}\n\nMột đoạn mới, số ${this.#count}.`,
        );
      }
    }
  }

  /** By path, what each file says. */
  contents(): Map<string, string> {
    return new Map(
      this.#files().map((path) => {
        const reading = readingOf(path, readFileSync(join(this.#dir, path)), NOON);
        if (!reading.ok) throw new Error(`${path}: ${reading.refusal.reason}`);
        return [path, contentHash(reading.content)];
      }),
    );
  }

  #files(): string[] {
    const entries = readdirSync(this.#dir, { recursive: true, encoding: 'utf8' });
    return entries.filter((path) => statSync(join(this.#dir, path)).isFile()).sort();
  }

  #name(): string {
    return `${'abc'.charAt(this.#count % 3)}/${this.#count++}.txt`;
  }

  #write(path: string, content: string, seconds = 1_000 + this.#count++): void {
    const file = join(this.#dir, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    utimesSync(file, seconds, seconds);
  }
}
