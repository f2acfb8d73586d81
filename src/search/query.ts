/**
 * The query language, for /search, inline mode, follows and the command line alike:
 * words, "exact phrases", -word, -"phrase", OR, source: author: lang: after: before: on:, and the days that have a name.
 *
 * One pass over the text, so linear in its length; every string is a query. What doesn't parse is searched as words and
 * leaves a note. `printQuery` writes what was understood; parsing that again gives the same query.
 */
import { addDays, dayOf, parseDay, spokenDay } from './days.ts';
import { foldWord } from './fold.ts';
import { lexQuery, type Lexeme } from './lexeme.ts';

export type Operand = { kind: 'word'; text: string } | { kind: 'phrase'; text: string };

export type FieldName = 'source' | 'author' | 'lang';

export type Clause =
  | Operand
  | { kind: 'not'; of: Operand }
  /** At least one of them; two or more. */
  | { kind: 'any'; of: Operand[] }
  | { kind: 'field'; field: FieldName; text: string }
  /** `after` begins with the day, `before` ends before it. `spoken` holds the words ("hôm nay") when no field was named. */
  | { kind: 'day'; bound: 'after' | 'before' | 'on'; day: string; spoken: string | null };

/** What was not taken as it was written: a quote without its end, a field without a value, more than fits. */
export type QueryNote = 'unbalanced-quote' | 'unknown-day' | 'empty-field' | 'cut';

export interface Query {
  clauses: Clause[];
  notes: QueryNote[];
}

const FIELDS = new Map<string, FieldName>([
  ['source', 'source'],
  ['nguon', 'source'],
  ['author', 'author'],
  ['tacgia', 'author'],
  ['lang', 'lang'],
]);
const BOUNDS = new Map<string, 'after' | 'before' | 'on'>([
  ['after', 'after'],
  ['tu', 'after'],
  ['before', 'before'],
  ['den', 'before'],
  ['on', 'on'],
  ['ngay', 'on'],
]);

/**
 * @param now epoch milliseconds, and `zone` IANA: what "today" is
 */
export function parseQuery(text: string, at: { now: number; zone: string }): Query {
  const { lexemes, notes } = lexQuery(text, (name) => fieldNamed(name) !== null);
  const today = dayOf(at.now, at.zone);
  const clauses: Clause[] = [];
  for (let i = 0; i < lexemes.length; i += 1) {
    const lexeme = lexemes[i];
    if (lexeme === undefined) break;
    const field = fieldOf(lexeme);
    if (field !== null) {
      i += readField(field, lexeme, lexemes, i, today, clauses, notes);
      continue;
    }
    const day = readSpoken(lexemes, i, today);
    if (day !== null) {
      clauses.push(day.clause);
      i += day.used - 1;
      continue;
    }
    const operand = operandOf(lexeme);
    if (lexeme.negative) clauses.push({ kind: 'not', of: operand });
    else if (lexeme.text === 'OR' && !lexeme.quoted && joins(clauses, lexemes, i, today)) {
      const left = clauses.pop();
      const right = lexemes[i + 1];
      if (left !== undefined && right !== undefined)
        clauses.push({ kind: 'any', of: [...operands(left), operandOf(right)] });
      i += 1;
    } else clauses.push(operand.kind === 'word' && operand.text === 'OR' ? LONELY_OR : operand);
  }
  return { clauses, notes: [...new Set(notes)] };
}

/** The query in its canonical form. */
export function printQuery(query: Query): string {
  return query.clauses.map(printClause).join(' ');
}

function printClause(clause: Clause): string {
  switch (clause.kind) {
    case 'word':
      return clause.text;
    case 'phrase':
      return `"${clause.text}"`;
    case 'not':
      return `-${printClause(clause.of)}`;
    case 'any':
      return clause.of.map(printClause).join(' OR ');
    case 'field':
      return clause.text.includes(' ')
        ? `${clause.field}:"${clause.text}"`
        : `${clause.field}:${clause.text}`;
    case 'day':
      return clause.spoken ?? `${clause.bound}:${clause.day}`;
  }
}

/** A query of plain words only needs no explanation of how it was understood. */
export function isPlain(query: Query): boolean {
  return query.clauses.every((clause) => clause.kind === 'word');
}

/** An OR with nothing to join is a word, in small letters so that it joins nothing when it is read again. */
const LONELY_OR: Operand = { kind: 'word', text: 'or' };

function operandOf(lexeme: Lexeme): Operand {
  return { kind: lexeme.quoted ? 'phrase' : 'word', text: lexeme.text };
}

function operands(clause: Clause): Operand[] {
  if (clause.kind === 'any') return clause.of;
  return clause.kind === 'word' || clause.kind === 'phrase' ? [clause] : [];
}

/** OR joins only what stands between two words or phrases; elsewhere it is a word itself. */
function joins(clauses: Clause[], lexemes: Lexeme[], at: number, today: string): boolean {
  const left = clauses.at(-1);
  const right = lexemes[at + 1];
  if (left === undefined || right === undefined || right.negative || operands(left).length === 0)
    return false;
  if (right.text === 'OR' && !right.quoted) return false;
  return fieldOf(right) === null && readSpoken(lexemes, at + 1, today) === null;
}

type Field = { name: FieldName; bound: null } | { name: null; bound: 'after' | 'before' | 'on' };

function fieldOf(lexeme: Lexeme): Field | null {
  return lexeme.field === null ? null : fieldNamed(lexeme.field);
}

function fieldNamed(name: string): Field | null {
  const key = foldWord(name).folded;
  const field = FIELDS.get(key);
  if (field !== undefined) return { name: field, bound: null };
  const bound = BOUNDS.get(key);
  return bound === undefined ? null : { name: null, bound };
}

/** Reads one field with its value; returns how many lexemes after it were used. */
function readField(
  field: Field,
  lexeme: Lexeme,
  lexemes: Lexeme[],
  at: number,
  today: string,
  clauses: Clause[],
  notes: QueryNote[],
): number {
  let value = lexeme.value;
  let used = 0;
  const next = lexemes[at + 1];
  if (value === '' && next !== undefined && next.field === null && !next.negative) {
    value = next.text;
    used = 1;
  }
  if (value === '') {
    notes.push('empty-field');
    clauses.push({ kind: 'word', text: lexeme.text });
    return 0;
  }
  if (field.name !== null) {
    clauses.push({ kind: 'field', field: field.name, text: value });
    return used;
  }
  let day = parseDay(value, today);
  const tail = lexemes[at + used + 1];
  if (day === null && tail?.field === null) {
    day = spokenDay(`${value} ${tail.text}`, today)?.day ?? null;
    if (day !== null) used += 1;
  }
  if (day === null) {
    notes.push('unknown-day');
    clauses.push({ kind: 'word', text: lexeme.text });
    return 0;
  }
  // "đến" says up to and including, "before" says earlier than.
  const until = foldWord(lexeme.field ?? '').folded === 'den';
  clauses.push({ kind: 'day', bound: field.bound, day: until ? addDays(day, 1) : day, spoken: null });
  return used;
}

function readSpoken(lexemes: Lexeme[], at: number, today: string): { clause: Clause; used: number } | null {
  const first = lexemes[at];
  if (first === undefined || first.quoted || first.negative || first.field !== null) return null;
  const one = spokenDay(first.text, today);
  if (one !== null)
    return { clause: { kind: 'day', bound: one.kind, day: one.day, spoken: first.text }, used: 1 };
  const second = lexemes[at + 1];
  if (second === undefined || second.quoted || second.negative || second.field !== null) return null;
  const spoken = `${first.text} ${second.text}`;
  const two = spokenDay(spoken, today);
  return two === null ? null : { clause: { kind: 'day', bound: two.kind, day: two.day, spoken }, used: 2 };
}
