/**
 * A follow as somebody typed it: in the query language of search, with two kindnesses. Days are left out, since a follow
 * looks forward. And around OR and after a minus, words that were typed side by side are taken together: whoever writes
 * `lãi suất OR vàng -quảng cáo` means two words of two syllables each. The other reading is offered.
 */
import { foldWord, isAccented } from '../search/fold.ts';
import { lexQuery, type Lexeme } from '../search/lexeme.ts';
import { parseQuery, printQuery, type Clause } from '../search/query.ts';
import { tokenize } from '../search/tokens.ts';
import { compileQuery, isWanting, type CompiledQuery } from './compiled.ts';
import { MAX_FOLLOW_UNITS } from './follow.ts';

export interface FollowReading {
  /** Canonical: read again, it is the same query. */
  text: string;
  query: CompiledQuery;
  clauses: Clause[];
  /** Days that were left out, as they were typed. */
  days: string[];
  /** The canonical text of the other way to read it; null when there is none. */
  other: string | null;
}

export type FollowProblem =
  | 'empty'
  | 'too-long'
  /** Nothing but days. */
  | 'only-days'
  /** Only what must not be there, which nearly every article fulfils. */
  | 'nothing-wanted';

export type ReadFollow = { ok: true; reading: FollowReading } | { ok: false; why: FollowProblem };

/** What "today" is, so that it can be told from words: epoch milliseconds, IANA. */
export interface When {
  now: number;
  zone: string;
}

/** Never throws. */
export function readFollow(typed: string, when: When): ReadFollow {
  const text = typed.trim();
  if (text.length > MAX_FOLLOW_UNITS) return { ok: false, why: 'too-long' };
  const grouped = readExactly(withGroups(text), when);
  const literal = readExactly(text, when);
  if (!grouped.ok || !literal.ok) return grouped.ok ? literal : grouped;
  const other = literal.reading.text === grouped.reading.text ? null : literal.reading.text;
  return { ok: true, reading: { ...grouped.reading, other } };
}

/** As the query language has it, without grouping: for what was read before. Never throws. */
export function readExactly(text: string, when: When): ReadFollow {
  const all = parseQuery(text, when).clauses;
  const clauses = all.filter(({ kind }) => kind !== 'day');
  const days = all.flatMap((clause) => (clause.kind === 'day' ? [clause.spoken ?? clause.day] : []));
  if (all.length === 0) return { ok: false, why: 'empty' };
  if (clauses.length === 0) return { ok: false, why: 'only-days' };
  const printed = printQuery({ clauses, notes: [] });
  const query = compileQuery({ clauses });
  if (printed.length > MAX_FOLLOW_UNITS) return { ok: false, why: 'too-long' };
  if (!isWanting(query)) return { ok: false, why: 'nothing-wanted' };
  return { ok: true, reading: { text: printed, query, clauses, days, other: null } };
}

/** A kept follow, ready to be matched. Of a text that cannot be read nothing is ever found. */
export function compileFollow(text: string): CompiledQuery | null {
  const read = readExactly(text, { now: 0, zone: 'UTC' });
  return read.ok ? read.reading.query : null;
}

/** The text with quotes around the words that belong together. */
function withGroups(text: string): string {
  const { lexemes } = lexQuery(text, (name) => FIELD_NAMES.has(foldWord(name).folded));
  const isOr = (lexeme: Lexeme | undefined): boolean => lexeme?.text === 'OR' && !lexeme.quoted;
  const isWord = (lexeme: Lexeme | undefined): lexeme is Lexeme =>
    lexeme !== undefined && !lexeme.quoted && lexeme.field === null && !isOr(lexeme);
  const pieces: string[] = [];
  for (let at = 0; at < lexemes.length;) {
    const first = lexemes[at];
    if (first === undefined) break;
    if (!isWord(first)) {
      pieces.push(written(first));
      at += 1;
      continue;
    }
    let end = at + 1;
    for (let next = lexemes[end]; isWord(next) && !next.negative; next = lexemes[end]) end += 1;
    const run = lexemes.slice(at, end);
    const besideOr = isOr(lexemes[at - 1]) || isOr(lexemes[end]);
    // Without accents it may be English, where the next word after "-ads" is another one.
    const belong = run.length > 1 && (first.negative ? run.some(hasAccent) : besideOr);
    const words = run.map((lexeme) => lexeme.text).join(' ');
    pieces.push(belong ? `${first.negative ? '-' : ''}"${words}"` : run.map(written).join(' '));
    at = end;
  }
  return pieces.join(' ');
}

/** As `query.ts` names them, folded. */
const FIELD_NAMES = new Set([
  'source',
  'nguon',
  'author',
  'tacgia',
  'lang',
  'after',
  'tu',
  'before',
  'den',
  'on',
  'ngay',
]);

function hasAccent({ text }: Lexeme): boolean {
  return tokenize(text).some((token) => isAccented(foldWord(token.text)));
}

function written({ text, quoted, negative, field, value }: Lexeme): string {
  // A field whose value comes after a space keeps its colon.
  const body = quoted ? `"${text}"` : field !== null && value === '' ? `${field}:` : text;
  return negative ? `-${body}` : body;
}
