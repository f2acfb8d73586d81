/**
 * The YAML front matter of a Markdown article: title, date, source, author, url, summary. Other keys are somebody else's.
 *
 * Every scalar is read as the text that stands there (YAML's failsafe schema), so that `title: 2025` and `title: no` stay
 * titles, and nothing is ever constructed from a tag. Never throws.
 */
import { isMap, parseDocument } from 'yaml';
import type { Refusal } from './source.ts';
import { cleanText, isVisible, oneLine } from './text.ts';

/** Front matter is a dozen lines; parsing more of it takes longer than it is worth. */
const MAX_FRONT_MATTER_CHARS = 16_384;
/** Enough for honest reuse, too few for a document that unfolds into gigabytes. */
const MAX_ALIASES = 10;
const MAX_DETAIL_CHARS = 120;

const KEYS = ['title', 'date', 'source', 'author', 'url', 'summary'] as const;

/** Null for a key that is missing, empty, or holds something else than text or a list of texts. */
export type FrontMatter = Record<(typeof KEYS)[number], string | null>;

export type FrontMatterReading =
  | { kind: 'none' }
  | { kind: 'read'; fields: FrontMatter; body: string }
  | { kind: 'refused'; refusal: Refusal };

/** Reads what stands between `---` lines at the very beginning of a clean text. */
export function readFrontMatter(text: string): FrontMatterReading {
  const open = /^\s*---[ \t]*\n/u.exec(text);
  if (open === null) return { kind: 'none' };
  const rest = text.slice(open[0].length);
  const close = /^(?:---|\.\.\.)[ \t]*$/mu.exec(rest);
  if (close === null) return refused('there is no line --- that ends it');
  if (close.index > MAX_FRONT_MATTER_CHARS) {
    return refused(`${close.index} characters (the limit is ${MAX_FRONT_MATTER_CHARS})`);
  }
  const fields = parse(rest.slice(0, close.index));
  if (typeof fields === 'string') return refused(fields);
  return { kind: 'read', fields, body: rest.slice(close.index + close[0].length) };
}

function refused(detail: string): FrontMatterReading {
  return { kind: 'refused', refusal: { reason: 'bad-front-matter', detail } };
}

/** The fields, or what is wrong with the YAML. */
function parse(yaml: string): FrontMatter | string {
  let values: unknown;
  try {
    const document = parseDocument(yaml, { schema: 'failsafe', logLevel: 'silent', uniqueKeys: false });
    const [error] = document.errors;
    if (error !== undefined) return detailOf(error);
    if (!isMap(document.contents)) return 'it holds no keys (title: …, date: …)';
    values = document.toJS({ mapAsMap: true, maxAliasCount: MAX_ALIASES });
  } catch (error) {
    // Too many aliases, or nested so deeply that the stack ends.
    return detailOf(error);
  }
  return fieldsOf(values instanceof Map ? values : new Map());
}

/** `Title:` counts as `title:`; of several, the last. */
function fieldsOf(values: ReadonlyMap<unknown, unknown>): FrontMatter {
  const fields: FrontMatter = {
    title: null,
    date: null,
    source: null,
    author: null,
    url: null,
    summary: null,
  };
  for (const [name, value] of values) {
    const key = KEYS.find((known) => typeof name === 'string' && name.toLowerCase() === known);
    if (key !== undefined) fields[key] = textOf(value);
  }
  return fields;
}

function detailOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split('\n')[0] ?? '').replace(/:$/u, '').slice(0, MAX_DETAIL_CHARS);
}

/** On one line; escapes ("\u202E") can bring in what was cleaned away before, so that it is cleaned again. */
function textOf(value: unknown): string | null {
  const text = Array.isArray(value) ? value.filter((item) => typeof item === 'string').join(', ') : value;
  if (typeof text !== 'string') return null;
  const line = oneLine(cleanText(text));
  return !isVisible(line) || line === '~' || line === 'null' ? null : line;
}
