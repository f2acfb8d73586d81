/**
 * The playground's own folder of articles: what is written or dropped on the page lands here, beside a link to the
 * newsroom's real folder, which is read and never written to.
 */
import { existsSync, mkdirSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The newsroom's folder, as seen from ours. */
const LINK = 'newsroom';
const WRITTEN = 'page';
/** As much as the bot reads of a file, and one byte, so that it can say what it refuses. */
export const MAX_DROPPED_BYTES = 1_048_577;
/** Someone who holds the button down must not fill the disk. */
const MAX_WRITTEN = 2_000;
const MAX_NAME_CHARS = 80;

export interface Draft {
  /** On one line. */
  title: string;
  /** Paragraphs with an empty line between them; the first is the summary. */
  text: string;
  /** The newspaper; empty for none. */
  source: string;
}

export class Newsdesk {
  /** What the bot reads. */
  readonly dir: string;
  readonly #written: string;
  #count = 0;

  /** @param library the newsroom's folder; it need not exist */
  constructor(dir: string, library: string) {
    this.dir = dir;
    this.#written = join(dir, WRITTEN);
    mkdirSync(this.#written, { recursive: true });
    const link = join(dir, LINK);
    try {
      unlinkSync(link);
    } catch {
      // The first start: there is none yet.
    }
    // On Windows a junction needs no rights of its own.
    symlinkSync(resolve(library), link, 'junction');
  }

  /**
   * Writes an article in the text format and returns the name of its file.
   *
   * @param day `YYYY-MM-DD`, the date that it bears
   */
  write({ title, text, source }: Draft, day: string): string {
    const line = title.replace(/\s+/gu, ' ').trim();
    const closing = source.trim() === '' ? '' : `\n\nNguồn: ${source.replace(/\s+/gu, ' ').trim()}.`;
    return this.#put(`${day}-${line}.txt`, Buffer.from(` date ${day} ${line}\n\n${text.trim()}${closing}\n`));
  }

  /** Takes a file as it is, under its own name where that can be one. @throws Error when it is none that the bot reads */
  drop(name: string, content: Buffer): string {
    if (!/\.(?:txt|md)$/iu.test(name)) throw new Error('only .txt and .md files are articles');
    return this.#put(name, content);
  }

  /** Forgets what was written and dropped. */
  clear(): void {
    rmSync(this.#written, { recursive: true, force: true });
    mkdirSync(this.#written, { recursive: true });
    this.#count = 0;
  }

  #put(wanted: string, content: Buffer): string {
    if (this.#count >= MAX_WRITTEN)
      throw new Error(`${MAX_WRITTEN} articles were written here; start over first`);
    this.#count += 1;
    const name = this.#free(fileName(wanted));
    writeFileSync(join(this.#written, name), content);
    return name;
  }

  #free(name: string): string {
    const dot = name.lastIndexOf('.');
    let free = name;
    for (let number = 2; existsSync(join(this.#written, free)); number++) {
      free = `${name.slice(0, dot)}-${number}${name.slice(dot)}`;
    }
    return free;
  }
}

/** Letters, digits and hyphens with the ending of `wanted`: nothing that a file system could mistake for a path. */
export function fileName(wanted: string): string {
  const dot = wanted.lastIndexOf('.');
  const stem = wanted
    .slice(0, dot)
    .normalize('NFKD')
    .replace(/[đĐ]/gu, 'd')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9]+/gu, '-')
    .slice(0, MAX_NAME_CHARS)
    .replace(/^-+|-+$/gu, '')
    .toLowerCase();
  return `${stem === '' ? 'article' : stem}${wanted.slice(dot).toLowerCase()}`;
}
