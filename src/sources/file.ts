/**
 * Reads one file that a survey saw, if it still is what was seen: the size and the time must be the same before and after.
 *
 * Never throws, never waits for a writer, never reads more than the limit.
 */
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { Reading, Refusal } from '../articles/source.ts';
import { MAX_FILE_BYTES, readingOf, sizeText } from './reading.ts';

export type FileOutcome =
  | { kind: 'read'; reading: Reading }
  /** It changed meanwhile: to be looked at again. */
  | { kind: 'unsettled' }
  | { kind: 'gone' };

/**
 * @param file absolute, or relative to the working directory
 * @param seen what the survey saw: bytes, and epoch milliseconds
 * @param now epoch milliseconds, for the limit on dates ahead
 */
export async function readFileAsSeen(
  file: string,
  seen: { size: number; mtimeMs: number },
  now: number,
): Promise<FileOutcome> {
  if (seen.size > MAX_FILE_BYTES) {
    const detail = `${sizeText(seen.size)} (${seen.size} bytes; the limit is ${sizeText(MAX_FILE_BYTES)})`;
    return refused({ reason: 'too-large', detail });
  }
  let handle: FileHandle | null = null;
  try {
    // Were it replaced by a pipe since it was seen, opening it would wait for a writer.
    handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const bytes = Buffer.alloc(seen.size);
    if (!(await isAsSeen(handle, seen))) return { kind: 'unsettled' };
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
    if (bytesRead !== bytes.length || !(await isAsSeen(handle, seen))) return { kind: 'unsettled' };
    return { kind: 'read', reading: readingOf(file, bytes, now) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return code === 'ENOENT' ? { kind: 'gone' } : refused({ reason: 'unreadable', detail: code });
  } finally {
    await handle?.close();
  }
}

async function isAsSeen(handle: FileHandle, seen: { size: number; mtimeMs: number }): Promise<boolean> {
  const stats = await handle.stat();
  return stats.isFile() && stats.size === seen.size && stats.mtimeMs === seen.mtimeMs;
}

function refused(refusal: Refusal): FileOutcome {
  return { kind: 'read', reading: { ok: false, refusal } };
}
