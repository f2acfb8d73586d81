/**
 * Shows what matched: the words of a query marked in the original text, and the passage that answers it best.
 *
 * Independent of the index; runs on the main thread for every page of results. Text comes out as it went in
 * (NFD stays NFD): only cut into segments.
 */
import { foldStart, isAccented } from './fold.ts';
import { createLexicon } from './lexicon.ts';
import { parseQuery } from './query.ts';
import type { Segment } from './searcher.ts';
import { tokenize, type Token } from './tokens.ts';

/** What a passage is taken from. */
export interface Passage {
  title: string;
  summary: string | null;
  body: string;
}

/** Text beyond this is not looked at for a passage; an article of news has 3,000. */
const MAX_PASSAGE_TEXT = 20_000;

/** An unfinished last word must have so many letters to mark words that it begins. */
const MIN_BEGINNING = 2;

/** To fold five articles word by word takes half as long as a search. About 3 MB when it is full. */
const LEXICON = createLexicon(10_000);

interface Marker {
  /** Folded words of the query: their order in it, and the accents asked for (null for any). */
  words: Map<string, { at: number; code: string | null }[]>;
  /** The last word, which may be unfinished; null when the query ended it. */
  beginning: string | null;
  count: number;
}

interface Mark {
  token: Token;
  /** Which word of the query it is. */
  at: number;
  /** Whether the accents are those that were asked for. */
  exact: boolean;
  whole: boolean;
}

/** The text in segments, the words of the query marked. Neighbouring marked words are one segment. */
export function highlight(text: string, query: string): Segment[] {
  const marks = bestMarks(findMarks(text, markerOf(query)));
  return segments(text, 0, text.length, marks);
}

/**
 * The passage of summary and body that has most of the query, cut at words, with "…" where something is left out.
 * The beginning of the summary when nothing matched; empty when there is no text but the title.
 *
 * @param maxChars UTF-16 units, the ellipses included
 */
export function excerpt(article: Passage, query: string, maxChars: number): Segment[] {
  const full = [article.summary ?? '', article.body].filter((part) => part !== '').join(' ');
  const text = full.slice(0, MAX_PASSAGE_TEXT).replace(/\s/gu, ' ');
  const marks = bestMarks(findMarks(text, markerOf(query)));
  const room = Math.max(0, maxChars - 2);
  const from = marks.length === 0 ? 0 : passageStart(text, marks, room);
  let to = Math.min(text.length, from + room);
  if (to < text.length) to = wordEnd(text, from, to);
  const inside = marks.filter((mark) => mark.token.start >= from && mark.token.end <= to);
  const parts = segments(text, from, to, inside);
  if (from > 0) prepend(parts, '…');
  if (to < full.length && parts.length > 0) append(parts, '…');
  return parts;
}

function markerOf(query: string): Marker {
  const words: Marker['words'] = new Map();
  let at = 0;
  let last: string | null = null;
  // Days are not words of an article; what "today" is makes no difference here.
  for (const clause of parseQuery(query, { now: 0, zone: 'UTC' }).clauses) {
    last = null;
    const texts =
      clause.kind === 'word' || clause.kind === 'phrase'
        ? [clause.text]
        : clause.kind === 'any'
          ? clause.of.map((operand) => operand.text)
          : clause.kind === 'day' && clause.spoken !== null
            ? [clause.spoken]
            : [];
    for (const { text } of texts.flatMap(tokenize)) {
      const word = LEXICON.word(text);
      const entry = { at, code: isAccented(word) ? word.code : null };
      words.set(word.folded, [...(words.get(word.folded) ?? []), entry]);
      at += 1;
      last = clause.kind === 'word' ? foldStart(text) : null;
    }
  }
  const open = last !== null && last.length >= MIN_BEGINNING && !/\s$/u.test(query);
  return { words, beginning: open ? last : null, count: at };
}

function findMarks(text: string, marker: Marker): Mark[] {
  if (marker.count === 0) return [];
  const marks: Mark[] = [];
  let previous: Mark | null = null;
  for (const token of tokenize(text)) {
    const word = LEXICON.word(token.text);
    const entries = marker.words.get(word.folded);
    let mark: Mark | null = null;
    const wanted: number = previous === null ? -1 : previous.at + 1;
    if (entries !== undefined) {
      // A word that is twice in the query: the place after the mark before it.
      const entry = entries.find(({ at }) => at === wanted) ?? entries[0];
      if (entry !== undefined)
        mark = { token, at: entry.at, exact: entry.code === null || entry.code === word.code, whole: true };
    } else if (marker.beginning !== null && word.folded.startsWith(marker.beginning)) {
      mark = { token, at: marker.count - 1, exact: true, whole: false };
    }
    if (mark !== null) marks.push(mark);
    previous = mark;
  }
  return marks;
}

/** A word typed with accents marks others only where its own is nowhere; a beginning, where no whole word is. */
function bestMarks(marks: Mark[]): Mark[] {
  const exact = new Set(marks.filter((mark) => mark.exact && mark.whole).map((mark) => mark.at));
  const exactWord = (mark: Mark): boolean => mark.exact && mark.whole;
  return marks.filter((mark) => exactWord(mark) || !exact.has(mark.at));
}

/** Where the window of `room` begins that has the most different words, side by side if possible. */
function passageStart(text: string, marks: Mark[], room: number): number {
  let best = { worth: -1, low: 0, high: 0 };
  const counts = new Map<number, number>();
  let neighbours = 0;
  const beside = (i: number): boolean => {
    const [a, b] = [marks[i - 1], marks[i]];
    return a !== undefined && b !== undefined && b.at === a.at + 1 && b.token.start - a.token.end <= 2;
  };
  let low = 0;
  for (let high = 0; high < marks.length; high += 1) {
    const mark = marks[high];
    if (mark === undefined) break;
    counts.set(mark.at, (counts.get(mark.at) ?? 0) + 1);
    if (high > low && beside(high)) neighbours += 1;
    for (
      let first = marks[low];
      first !== undefined && mark.token.end - first.token.start > room && low < high;
      first = marks[low]
    ) {
      const left = (counts.get(first.at) ?? 1) - 1;
      if (left === 0) counts.delete(first.at);
      else counts.set(first.at, left);
      low += 1;
      if (beside(low)) neighbours -= 1;
    }
    const worth = counts.size * 4 + neighbours * 2;
    if (worth > best.worth) best = { worth, low, high };
  }
  const first = tighten(marks, best.low, best.high, beside);
  const start = marks[first]?.token.start ?? 0;
  const span = (marks[best.high]?.token.end ?? start) - start;
  const lead = Math.max(0, Math.min(Math.floor((room - span) / 2), 60));
  return sentenceStart(text, start, lead, room - span);
}

/** Leaves out what stands before the dense part of a window and is said again in it. */
function tighten(marks: readonly Mark[], low: number, high: number, beside: (i: number) => boolean): number {
  let first = low;
  while (first < high && !beside(first + 1)) {
    const at = marks[first]?.at;
    if (!marks.slice(first + 1, high + 1).some((mark) => mark.at === at)) break;
    first += 1;
  }
  return first;
}

/** The beginning of the sentence when it is near, otherwise of a word `lead` units before. */
function sentenceStart(text: string, from: number, lead: number, slack: number): number {
  if (from <= Math.min(slack, 60)) return 0;
  const earliest = Math.max(0, from - Math.max(lead, Math.min(slack, 90)));
  const before = text.slice(earliest, from);
  const stop = /[.!?…:;]\s+(?=[^.!?…:;]*$)/u.exec(before);
  if (stop !== null) return earliest + stop.index + stop[0].length;
  const start = Math.max(0, from - lead);
  if (start === 0) return 0;
  const space = text.indexOf(' ', start);
  return space < 0 || space >= from ? from : space + 1;
}

function wordEnd(text: string, from: number, to: number): number {
  if (text[to] === ' ') return to;
  const space = text.lastIndexOf(' ', to);
  if (space > from) return space;
  // One word without an end: cut it, but not through a surrogate pair.
  const unit = text.charCodeAt(to - 1);
  return unit >= 0xd800 && unit <= 0xdbff ? to - 1 : to;
}

function segments(text: string, from: number, to: number, marks: Mark[]): Segment[] {
  const parts: Segment[] = [];
  let at = from;
  for (let i = 0; i < marks.length; i += 1) {
    const start = marks[i]?.token.start ?? at;
    let end = marks[i]?.token.end ?? at;
    for (
      let next = marks[i + 1];
      next !== undefined && /^[ \u00a0]$/u.test(text.slice(end, next.token.start));
      next = marks[i + 1]
    ) {
      end = next.token.end;
      i += 1;
    }
    if (start > at) parts.push({ text: text.slice(at, start), match: false });
    parts.push({ text: text.slice(start, end), match: true });
    at = end;
  }
  if (at < to) parts.push({ text: text.slice(at, to), match: false });
  return parts;
}

function prepend(parts: Segment[], text: string): void {
  const first = parts[0];
  if (first === undefined || first.match) parts.unshift({ text, match: false });
  else parts[0] = { text: text + first.text, match: false };
}

function append(parts: Segment[], text: string): void {
  const last = parts.at(-1);
  if (last === undefined || last.match) parts.push({ text, match: false });
  else parts[parts.length - 1] = { text: last.text.trimEnd() + text, match: false };
}
