/**
 * A folder of articles as a source: each scan compares what is there with what is known, and yields what differs.
 *
 * It relies on no change events, since network mounts and containers have none. It waits for files that are still being
 * written, holds back what has vanished until it is sure, and believes no folder that is suddenly another one.
 * `accept` makes a round known; what was not accepted is found again.
 */
import { basename } from 'node:path/posix';
import type { SeenPlace } from '../articles/shelf.ts';
import type { Found, Refusal, Round } from '../articles/source.ts';
import { readFileAsSeen } from './file.ts';
import { surveyFolder, type SeenFile, type Survey } from './survey.ts';

/** A file is read when size and time have stood still for so long by our own watch: its own clock may be wrong. */
const SETTLE_MS = 2_500;
/** At start, a file that was last written longer ago than this is taken to be whole. */
const OLD_MS = 5_000;
/** For so long a vanished path waits for a new one that may turn out to be its file under another name. */
const PATIENCE_MS = 3_500;
/** A path has vanished when it is missing in so many scans: some editors take a file away before they write it anew. */
const MISSING_SCANS = 2;
/** The files of one round are in memory together. */
const MAX_ROUND_FILES = 1_000;
const MAX_ROUND_BYTES = 8 * 1_048_576;
/** Parsing is on the main thread; more at a time would only hold more memory. */
const CONCURRENT_READS = 8;
/** No file is so old, or so small. */
const NEVER = -1;
/** Larger ones take so long to parse that answers are to come in between: they are read one after the other. */
const LARGE_BYTES = 131_072;

type Known = SeenFile & { refusal: Refusal | null };

export interface FolderSourceOptions {
  dir: string;
  /** What was known of the folder's files when the program last ran, by path. */
  known: ReadonlyMap<string, SeenPlace>;
  /** Epoch milliseconds. */
  now: () => number;
  /** Milliseconds that never jump. */
  monotonic: () => number;
  /** For tests. */
  maxRoundFiles?: number;
}

export class FolderSource {
  readonly #options: Omit<FolderSourceOptions, 'known'>;
  readonly #known: Map<string, Known>;
  /** Files that are new or have changed, and since when they have stood still. */
  readonly #settling = new Map<string, { size: number; mtimeMs: number; since: number }>();
  /** Known paths that were not there, and whether so often that they are taken to be gone. */
  readonly #missing = new Map<string, { since: number; scans: number; isSure: boolean }>();
  /** Files that are ready and did not fit into the last round. */
  #backlog: SeenFile[] = [];
  /** The folder in which files were seen last. */
  #trusted: string | null = null;
  #isFirst = true;
  #scannedAt = 0;
  #problem: string | null = null;

  constructor({ known, ...options }: FolderSourceOptions) {
    this.#options = options;
    this.#known = new Map();
    for (const [path, place] of known) this.#known.set(path, toKnown(path, place));
  }

  /** Why the folder cannot be read; null while it can. Its articles are kept meanwhile. */
  problem(): string | null {
    return this.#problem;
  }

  /** Whether the next scan has something to yield at once. */
  hasMore(): boolean {
    return this.#backlog.length > 0;
  }

  /** Whether what the next scan sees is awaited: a file may still be being written, or a path has gone and may come back. */
  isExpecting(): boolean {
    if (this.#missing.size > 0) return true;
    for (const { since } of this.#settling.values()) if (this.#scannedAt - since < SETTLE_MS) return true;
    return false;
  }

  /** Never throws; not to be called again before it has ended. */
  async scan(): Promise<Round> {
    if (this.hasMore()) return { found: await this.#readSome(), vanished: [], missing: this.#named() };
    const survey = await surveyFolder(this.#options.dir, this.#known);
    this.#problem = survey.problem ?? this.#doubt(survey);
    if (this.#problem !== null && survey.places.size === 0) return { found: [], vanished: [], missing: [] };
    const at = this.#options.monotonic();
    this.#scannedAt = at;
    const found = this.#newRefusals(survey);
    this.#backlog = this.#settled(survey, at);
    found.push(...(await this.#readSome()));
    this.#look(survey, at);
    this.#isFirst = false;
    if (this.hasMore()) return { found, vanished: [], missing: this.#named() };
    return { found, vanished: this.#givenUp(at, found), missing: [] };
  }

  /** The round is in the store. */
  accept({ found, vanished }: Round): void {
    for (const { path, size, mtimeMs, reading } of found) {
      this.#known.set(path, toKnown(path, { size, mtimeMs, refusal: reading.ok ? null : reading.refusal }));
      this.#settling.delete(path);
    }
    for (const path of vanished) {
      this.#known.delete(path);
      this.#missing.delete(path);
    }
  }

  /**
   * An empty folder is believed only where files were seen before: what is left of a volume that is not mounted is an empty
   * folder as well, and would remove every article.
   */
  #doubt({ identity, isEmpty, places }: Survey): string | null {
    if (places.size > 0) this.#trusted = identity;
    if (!isEmpty || this.#known.size === 0 || this.#trusted === identity) return null;
    return `${this.#options.dir} is empty, but ${this.#known.size} files are known from there: is the volume mounted?`;
  }

  #newRefusals({ places }: Survey): Found[] {
    const found: Found[] = [];
    for (const [path, sighting] of places) {
      if (sighting.kind !== 'refused') continue;
      this.#settling.delete(path);
      if (isSame(this.#known.get(path)?.refusal, sighting.refusal)) continue;
      found.push({ path, size: 0, mtimeMs: 0, reading: { ok: false, refusal: sighting.refusal } });
    }
    return found;
  }

  /** New and changed files that have stood still for long enough, by path. */
  #settled({ places }: Survey, at: number): SeenFile[] {
    for (const path of this.#settling.keys()) if (!places.has(path)) this.#settling.delete(path);
    const ready: SeenFile[] = [];
    for (const [path, seen] of places) {
      if (seen.kind !== 'file' || !this.#isNews(path, seen)) continue;
      let waiting = this.#settling.get(path);
      if (waiting?.size !== seen.size || waiting.mtimeMs !== seen.mtimeMs) {
        waiting = { size: seen.size, mtimeMs: seen.mtimeMs, since: at };
        this.#settling.set(path, waiting);
      }
      const isOld = this.#isFirst && this.#options.now() - seen.mtimeMs > OLD_MS;
      if (isOld || at - waiting.since >= SETTLE_MS) ready.push(seen);
    }
    return ready.sort((a, b) => compare(a.path, b.path));
  }

  /** What was refused is tried again at start (a newer program may read it), and always when its reason may pass by itself. */
  #isNews(path: string, seen: SeenFile): boolean {
    const known = this.#known.get(path);
    const isAsKnown = known?.size === seen.size && known.mtimeMs === seen.mtimeMs;
    const isTriedAgain =
      known !== undefined && known.refusal !== null && (this.#isFirst || mayPass(known.refusal));
    if (isAsKnown && !isTriedAgain) this.#settling.delete(path);
    return !isAsKnown || isTriedAgain;
  }

  /** Reads what fits into a round, in the order in which new articles are to be numbered: by date, then by path. */
  async #readSome(): Promise<Found[]> {
    let bytes = 0;
    const most = this.#options.maxRoundFiles ?? MAX_ROUND_FILES;
    const fits = this.#backlog.slice(0, most).findIndex(({ size }) => (bytes += size) > MAX_ROUND_BYTES);
    const batch = this.#backlog.splice(0, fits === -1 ? most : Math.max(1, fits));
    const found: Found[] = [];
    const readAll = async (files: SeenFile[]): Promise<void> => {
      for (let file = files.pop(); file !== undefined; file = files.pop()) {
        const read = await this.#read(file);
        if (read !== null) found.push(read);
      }
    };
    const small = batch.filter(({ size }) => size <= LARGE_BYTES);
    await Promise.all(Array.from({ length: CONCURRENT_READS }, () => readAll(small)));
    await readAll(batch.filter(({ size }) => size > LARGE_BYTES));
    return found.sort((a, b) => compare(dateOf(a), dateOf(b)) || compare(a.path, b.path));
  }

  /** Null when there is nothing new to tell: it changed again, it is gone, or it is refused as it was. */
  async #read({ path, size, mtimeMs }: SeenFile): Promise<Found | null> {
    const { dir, now } = this.#options;
    const outcome = await readFileAsSeen(`${dir}/${path}`, { size, mtimeMs }, now());
    if (outcome.kind !== 'read') {
      this.#settling.delete(path);
      return null;
    }
    const { reading } = outcome;
    const known = this.#known.get(path);
    const isAsKnown = known?.size === size && known.mtimeMs === mtimeMs;
    const isOldNews = isAsKnown && !reading.ok && isSame(known.refusal, reading.refusal);
    return isOldNews ? null : { path, size, mtimeMs, reading };
  }

  /** Takes note of the known paths that are not there. */
  #look({ places, unseen }: Survey, at: number): void {
    for (const path of this.#known.keys()) {
      if (places.has(path) || unseen.some((prefix) => path.startsWith(prefix))) {
        if (this.#missing.get(path)?.isSure === true) this.#lookAgain(path);
        this.#missing.delete(path);
        continue;
      }
      const missing = this.#missing.get(path) ?? { since: at, scans: 0, isSure: false };
      missing.scans++;
      missing.isSure ||= this.#isFirst || missing.scans >= MISSING_SCANS;
      this.#missing.set(path, missing);
    }
  }

  /** A path that was named as missing may have lost its article to another, and is read anew although it has not changed. */
  #lookAgain(path: string): void {
    const known = this.#known.get(path);
    if (known !== undefined) this.#known.set(path, { ...known, mtimeMs: NEVER });
  }

  /**
   * What looks gone while there is more to be read, but for files that seem to have been moved as they are and to be still to come: their
   * articles are nobody else's.
   */
  #named(): string[] {
    const gone = this.#gone().map((path) => ({ path, ...this.#known.get(path) }));
    const sizes = new Set(gone.map(({ size }) => size));
    const toCome = new Map<number, Set<string | number>>();
    for (const { path, size, mtimeMs } of this.#backlog) {
      if (!sizes.has(size)) continue;
      const marks = toCome.get(size) ?? new Set();
      toCome.set(size, marks.add(mtimeMs).add(basename(path)));
    }
    return gone.flatMap(({ path, size, mtimeMs }) => {
      const marks = toCome.get(size ?? NEVER);
      return marks?.has(mtimeMs ?? NEVER) === true || marks?.has(basename(path)) === true ? [] : [path];
    });
  }

  #gone(): string[] {
    return [...this.#missing].flatMap(([path, { isSure }]) => (isSure ? [path] : []));
  }

  /** Those that no longer wait for a new path that may be theirs. */
  #givenUp(at: number, found: readonly Found[]): string[] {
    const read = new Set(found.map(({ path }) => path));
    const isExpecting = [...this.#settling.keys()].some((path) => !read.has(path) && !this.#known.has(path));
    return this.#gone().filter(
      (path) => !isExpecting || at - (this.#missing.get(path)?.since ?? at) >= PATIENCE_MS,
    );
  }
}

function toKnown(path: string, { size, mtimeMs, refusal }: SeenPlace): Known {
  return { kind: 'file', path, size, mtimeMs, refusal };
}

/** Whether the reason may go away without the file changing: permissions, disks, links. */
function mayPass({ reason }: Refusal): boolean {
  return reason === 'unreadable' || reason === 'symlink-loop';
}

function isSame(one: Refusal | null | undefined, other: Refusal): boolean {
  return one?.reason === other.reason && one.detail === other.detail;
}

function dateOf({ reading }: Found): string {
  return reading.ok ? reading.content.publishedAt : '';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
