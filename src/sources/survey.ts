/**
 * Lists a folder and everything below it: which files could hold articles, how large and how old they are, what cannot be
 * read and why. Looks only; opens nothing, so that a pipe named `news.txt` holds nobody up.
 *
 * Follows symbolic links, but not in circles. Never throws: what cannot be listed is named, together with the fact that
 * nothing is known of what is below it.
 */
import type { Dirent, Stats } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Refusal } from '../articles/source.ts';
import { fileNow, isNear, list, look, type Look } from './disk.ts';
import { isArticleName, isHidden } from './reading.ts';

/** Deeper than any archive by year, month, day and desk. */
const MAX_DEPTH = 32;
/** Links between folders can multiply paths without ever closing a circle. */
const MAX_FOLDERS = 20_000;
/** Ten years of a newsroom that publishes fifty articles a day. */
const MAX_FILES = 200_000;
/** Calls to the file system at a time; more than libuv's threads, so that they are never idle. */
const CONCURRENT_CALLS = 32;
/** Looking at files at once lets others have their turn after so long. */
const SLICE_MS = 2;
/** A disk that takes so long for one file has to wake up, or is not so near after all. */
const SLOW_MS = 20;
/** Folders whose entries are in memory together, until they have been looked at. */
const FOLDERS_AT_ONCE = 8;

export interface SeenFile {
  kind: 'file';
  /** Relative to the folder, `/` between the parts. */
  path: string;
  size: number;
  mtimeMs: number;
}

export type Sighting = SeenFile | { kind: 'refused'; refusal: Refusal };

export interface Survey {
  /** By path relative to the folder, `/` between the parts. */
  places: Map<string, Sighting>;
  /** Prefixes of paths of which nothing is known this time. */
  unseen: string[];
  /** Tells the folder itself from another one at the same path; null when it could not be looked at. */
  identity: string | null;
  /** Whether there is nothing at all in the folder, not even files of other kinds. */
  isEmpty: boolean;
  /** Why not all of it was seen; null when it was. */
  problem: string | null;
}

/** One folder on the way down. */
interface Folder {
  /** Relative, `''` for the root, otherwise ending in `/`. */
  prefix: string;
  identity: string;
  /** The device that it is on. */
  device: number;
  parent: Folder | null;
  depth: number;
}

interface Entry {
  folder: Folder;
  dirent: Dirent;
}

/**
 * @param earlier files as they were: of those that still are, nothing new is made, so that looking leaves little behind
 * @param isOnNearDisk whether the files of a folder can be looked at without waiting
 */
export async function surveyFolder(
  dir: string,
  earlier: ReadonlyMap<string, SeenFile> = new Map(),
  limits: { files: number; folders: number } = { files: MAX_FILES, folders: MAX_FOLDERS },
  isOnNearDisk: (path: string) => Promise<boolean> = isNear,
): Promise<Survey> {
  const survey: Survey = { places: new Map(), unseen: [], identity: null, isEmpty: false, problem: null };
  const root = await look(dir);
  if (typeof root === 'string' || !root.isDirectory()) {
    const why = typeof root === 'string' ? root : 'it is no folder';
    return { ...survey, unseen: [''], problem: `${dir} cannot be read: ${why}` };
  }
  survey.identity = identityOf(root);
  const top: Folder = { prefix: '', identity: survey.identity, device: root.dev, parent: null, depth: 0 };
  const near: Near = { device: (await isOnNearDisk(dir)) ? root.dev : null };
  const isKnownFolder = foldersOf(earlier);
  let folders = 0;
  for (let level = [top]; level.length > 0;) {
    folders += level.length;
    const below: Folder[] = [];
    for (let start = 0; start < level.length; start += FOLDERS_AT_ONCE) {
      const entries: Entry[] = [];
      await eachOf(level.slice(start, start + FOLDERS_AT_ONCE), (folder) =>
        listFolder(dir, folder, entries, survey),
      );
      if (level[0] === top) survey.isEmpty = entries.length === 0 && survey.unseen.length === 0;
      await lookAt(dir, entries.filter(isPromising), near, (entry, seen) =>
        note(entry, seen, below, survey, earlier, isKnownFolder),
      );
      if (survey.places.size > limits.files || folders + below.length > limits.folders) {
        survey.unseen.push('');
        survey.problem = `${dir} holds more than ${limits.files} files or ${limits.folders} folders; the rest is not read`;
        return survey;
      }
    }
    level = below;
  }
  return survey;
}

async function listFolder(dir: string, folder: Folder, entries: Entry[], survey: Survey): Promise<void> {
  if (folder.depth > MAX_DEPTH) return refuseFolder(survey, folder, `more than ${MAX_DEPTH} folders deep`);
  const listed = await list(`${dir}/${folder.prefix}`);
  if (typeof listed !== 'string') {
    for (const dirent of listed) entries.push({ folder, dirent });
  } else if (folder.parent === null) {
    survey.unseen.push('');
    survey.problem = `${dir} cannot be read: ${listed}`;
  } else refuseFolder(survey, folder, listed);
}

function refuseFolder(survey: Survey, { prefix }: Folder, detail: string): void {
  survey.unseen.push(prefix);
  survey.places.set(prefix.slice(0, -1), refused('unreadable', detail));
}

/** Whether an entry has to be looked at: what may be a folder, and what is named like an article. */
function isPromising({ dirent }: Entry): boolean {
  if (isHidden(dirent.name)) return false;
  return isArticleName(dirent.name) || dirent.isDirectory() || dirent.isSymbolicLink() || !dirent.isFile();
}

/** Where files are looked at without waiting. */
interface Near {
  /** Null for nowhere. Another disk may be mounted at a folder further down. */
  device: number | null;
}

async function lookAt(
  dir: string,
  entries: readonly Entry[],
  near: Near,
  take: (entry: Entry, seen: Look) => void,
): Promise<void> {
  const others: Entry[] = [];
  let began = performance.now();
  for (const entry of entries) {
    const { folder, dirent } = entry;
    const before = performance.now();
    const seen = folder.device === near.device && dirent.isFile() ? fileNow(pathOf(dir, entry)) : null;
    const after = performance.now();
    if (seen === null) {
      others.push(entry);
      continue;
    }
    take(entry, seen);
    if (after - before > SLOW_MS) near.device = null;
    if (after - began < SLICE_MS) continue;
    await nextTurn();
    began = performance.now();
  }
  await eachOf(others, async (entry) => take(entry, await look(pathOf(dir, entry))));
}

function pathOf(dir: string, { folder, dirent }: Entry): string {
  return `${dir}/${folder.prefix}${dirent.name}`;
}

function note(
  { folder, dirent }: Entry,
  seen: Look,
  below: Folder[],
  survey: Survey,
  earlier: ReadonlyMap<string, SeenFile>,
  isKnownFolder: (prefix: string) => boolean,
): void {
  const path = folder.prefix + dirent.name;
  const isNamedLikeOne = isArticleName(dirent.name);
  if (typeof seen === 'string') {
    // It may have gone since it was listed; a link that leads nowhere stays.
    const isGone = seen === 'ENOENT' && !dirent.isSymbolicLink() && !path.includes('\uFFFD');
    // A link to a disk that is not mounted, a folder that may not be entered: what was below is not gone for that.
    const isMissed = !isGone && isKnownFolder(`${path}/`);
    if (isMissed) survey.unseen.push(`${path}/`);
    if (seen === 'ELOOP') survey.places.set(path, refused('symlink-loop', seen));
    else if (isMissed || (isNamedLikeOne && !isGone))
      survey.places.set(path, refused('unreadable', explain(seen, dirent)));
  } else if (seen.isDirectory()) {
    const identity = identityOf(seen);
    const circle = dirent.isSymbolicLink() ? ancestorWith(identity, folder) : null;
    if (circle === null)
      below.push({
        prefix: `${path}/`,
        identity,
        device: seen.dev,
        parent: folder,
        depth: folder.depth + 1,
      });
    else
      survey.places.set(
        path,
        refused('symlink-loop', `leads back to ${circle.prefix || 'the folder itself'}`),
      );
  } else if (isNamedLikeOne && seen.isFile()) {
    const file = asBefore(seen, earlier.get(path)) ?? fileSeen(path, seen);
    survey.places.set(file.path, file);
  } else if (isNamedLikeOne) {
    survey.places.set(path, refused('unreadable', 'a pipe, a socket or a device, not a file'));
  }
}

/** Tells whether any of the paths is below a folder, named with its `/`. Goes over them only when it is asked. */
function foldersOf(paths: ReadonlyMap<string, unknown>): (prefix: string) => boolean {
  let prefixes: Set<string> | undefined;
  return (prefix) => {
    if (prefixes === undefined) {
      prefixes = new Set();
      for (const path of paths.keys())
        for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1))
          prefixes.add(path.slice(0, at + 1));
    }
    return prefixes.has(prefix);
  };
}

function asBefore({ size, mtimeMs }: Stats, before: SeenFile | undefined): SeenFile | null {
  return before?.size === size && before.mtimeMs === mtimeMs ? before : null;
}

function fileSeen(path: string, { size, mtimeMs }: Stats): SeenFile {
  return { kind: 'file', path, size, mtimeMs };
}

function refused(reason: Refusal['reason'], detail: string): Sighting {
  return { kind: 'refused', refusal: { reason, detail } };
}

function explain(code: string, dirent: Dirent): string {
  if (code !== 'ENOENT') return code;
  return dirent.isSymbolicLink()
    ? 'ENOENT: a link that leads nowhere'
    : 'ENOENT: its name is not valid UTF-8';
}

function identityOf(stats: Stats): string {
  return `${stats.dev}:${stats.ino}`;
}

function ancestorWith(identity: string, from: Folder): Folder | null {
  for (let folder: Folder | null = from; folder !== null; folder = folder.parent) {
    if (folder.identity === identity) return folder;
  }
  return null;
}

async function eachOf<T>(items: readonly T[], visit: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await visit(item);
  };
  await Promise.all(Array.from({ length: CONCURRENT_CALLS }, worker));
}
