/**
 * From a file's bytes to an article or the reason why it is none: the encoding, then the format that the name asks for.
 */
import { parseArticle } from '../articles/format.ts';
import { parseMarkdown } from '../articles/markdown.ts';
import type { Reading } from '../articles/source.ts';
import { decodeText } from './encoding.ts';

/** An article has 5 to 20 KiB; what is larger is a book, a log or a mistake, and would take a chat hundreds of pages. */
export const MAX_FILE_BYTES = 1_048_576;

/** Whether a file of this name is looked at: `.txt` and `.md`, without the ones that editors and transfers leave for a while. */
export function isArticleName(name: string): boolean {
  return /\.(?:txt|md)$/iu.test(name) && !isHidden(name);
}

/** Dotfiles, `~$lock.txt`, `backup.txt~`. */
export function isHidden(name: string): boolean {
  return name.startsWith('.') || name.startsWith('~') || name.endsWith('~');
}

/**
 * @param path only its ending counts
 * @param now epoch milliseconds, for the limit on dates ahead
 */
export function readingOf(path: string, bytes: Uint8Array, now: number): Reading {
  if (bytes.length === 0) return { ok: false, refusal: { reason: 'empty', detail: '0 bytes' } };
  const decoded = decodeText(bytes);
  if ('binary' in decoded) return { ok: false, refusal: { reason: 'binary', detail: decoded.binary } };
  return /\.md$/iu.test(path) ? parseMarkdown(decoded.text, now) : parseArticle(decoded.text, now);
}

/** "4.2 MiB", for the operator. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const inKiB = bytes / 1024;
  return inKiB < 1024 ? `${inKiB.toFixed(1)} KiB` : `${(inKiB / 1024).toFixed(1)} MiB`;
}
