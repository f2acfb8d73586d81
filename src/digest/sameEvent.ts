/**
 * Whether two articles report the same event. Pure and symmetric. Precision comes first: a wrong yes hides news, a wrong
 * no shows it twice. What speaks against is asked first, and one such thing is enough.
 *
 * The numbers here were set by reading pairs of a corpus of Vietnamese news; `npm run bench:stories` shows what a change
 * of one does.
 */
import { isTelling } from './mentions.ts';
import type { Report } from './report.ts';

/** Days between two reports of one event. */
export const WINDOW_DAYS = 3;

/**
 * Why two reports are of one event: one is a copy of the other, they begin alike, or they have the same cast, which is all
 * that reports in other words, or in another language, have in common.
 */
export type Ground = 'copy' | 'beginning' | 'cast';

export interface Likeness {
  ground: Ground;
  /** For choosing among several; comparable over all grounds. */
  strength: number;
}

/** Tells whether a name, by its hash, is one that no other event is known by. */
export type IsOwn = (name: number) => boolean;

/** Null when they are not taken for reports of the same event. */
export function sameEvent(a: Report, b: Report, isOwn: IsOwn): Likeness | null {
  if (Math.abs(a.day - b.day) > WINDOW_DAYS || a.isRoundup || b.isRoundup || contradict(a, b)) return null;
  const shared = compare(a, b);
  const ground = isSeries(a, b, shared) ? null : groundOfWords(shared);
  const strength = shared.head + shared.contained + shared.together;
  if (ground !== null) return { ground, strength };
  return isSameCast(a, b, shared, isOwn) ? { ground: 'cast', strength } : null;
}

interface Shared {
  /** How alike the beginnings are, 0 to 1. */
  head: number;
  /** How much of the shorter text is in the longer one, 0 to 1. */
  contained: number;
  /** Pieces of the shorter text. */
  pieces: number;
  names: number[];
  /** How much of all their names are common ones, 0 to 1. */
  together: number;
  /** How much of the shorter title is in the longer one, 0 to 1. */
  titles: number;
  numbers: number;
  /** Common numbers that are no chance. */
  telling: number;
  /** Common days at the beginnings. */
  days: number[];
}

function compare(a: Report, b: Report): Shared {
  const names = [...a.names.keys()].filter((name) => b.names.has(name));
  const numbers = [...a.numbers].filter((number) => b.numbers.has(number));
  return {
    head: cosine(a.head, b.head),
    contained: overlap(a.pieces, b.pieces),
    pieces: Math.min(a.pieces.size, b.pieces.size),
    names,
    together: names.length / Math.max(1, Math.sqrt(a.names.size * b.names.size)),
    titles: overlap(a.title, b.title),
    numbers: numbers.length,
    telling: numbers.filter(isTelling).length,
    days: [...a.inHead.days].filter((day) => b.inHead.days.has(day)),
  };
}

/** A title alone, and a line or two, is too little to be compared by its words. */
const MIN_PIECES = 20;

function groundOfWords(shared: Shared): Ground | null {
  const { head, contained, pieces, names, together, telling, days } = shared;
  if (pieces < MIN_PIECES) return null;
  if (isCopy(shared)) return 'copy';
  if (head >= 0.6) return 'beginning';
  const support = [
    days.length > 0,
    telling >= 2,
    names.length >= 3 && together >= 0.4,
    contained >= 0.2,
  ].filter(Boolean).length;
  const isAlike = (head >= 0.42 && support >= 1) || (head >= 0.34 && support >= 2);
  // An affair reads alike each time that it is in the news: what happened this time has a day or figures.
  const isOneMoment = head >= 0.5 || days.length > 0 || telling >= 2;
  // Weather and prices begin alike every day, and name nobody.
  return isAlike && isOneMoment && together >= 0.25 ? 'beginning' : null;
}

/**
 * Two reports of one newspaper share their background as well: a copy also begins alike, unless it is nearly whole. Of two
 * essays on one book, half may be the same as well: where neither the text nor its beginning is much alike, facts are asked for.
 */
function isCopy({ head, contained, titles, numbers, telling, days }: Shared): boolean {
  if (contained >= 0.8) return true;
  if (contained < 0.5 || head < 0.3) return false;
  if (contained >= 0.6 || head >= 0.4) return true;
  return days.length > 0 || telling >= 1 || numbers >= 6 || titles >= 0.5;
}

/** Of two newspapers, at most a day apart: names of their own, and little else than the names of the other. */
function isSameCast(a: Report, b: Report, { names, together, telling, days }: Shared, isOwn: IsOwn): boolean {
  const isOneSource = a.source !== null && a.source === b.source;
  if (isOneSource || Math.abs(a.day - b.day) > 1) return false;
  const own = names.filter(isOwn);
  if (own.length < 3) return false;
  const hasOwn = (name: readonly number[]): boolean => name.some(isOwn);
  const [castA, castB] = [a.cast.filter(hasOwn), b.cast.filter(hasOwn)];
  const [inB, inA] = [share(castA, b), share(castB, a)];
  const covered = Math.min(inA, inB);
  const inTitles = own.some((name) => a.names.get(name) === 'title' && b.names.get(name) === 'title');
  if (a.language !== null && b.language !== null && a.language !== b.language) {
    // Names are spelt otherwise ("Kazakh", "Trung Á"), and no other word can be common.
    const isMost = together >= 0.6 || (together >= 0.4 && Math.max(inA, inB) >= 0.9);
    return (
      (own.length >= 8 && isMost && covered >= 0.5) ||
      (inTitles && telling >= 2 && together >= 0.25 && covered >= 0.4)
    );
  }
  const everybody = new Set([...castA, ...castB].map((name) => name.join(' '))).size;
  if (everybody >= 5 && own.length >= 6 && together >= 0.6 && covered >= 0.9) return true;
  const isOfDay = days.some((day) => a.inLead.days.has(day) || b.inLead.days.has(day));
  return isOfDay && inTitles && together >= 0.4 && covered >= 0.6;
}

type Cast = Report['cast'];

/** How many of these names the other text has as well, 0 to 1. */
function share(cast: Cast, other: Report): number {
  const there = cast.filter((name) => name.some((hash) => other.names.has(hash)));
  return there.length / Math.max(1, cast.length);
}

/** What shows that they are two events, however alike the words. */
function contradict(a: Report, b: Report): boolean {
  return (
    differ(a.inTitle.days, b.inTitle.days) ||
    differ(a.inLead.days, b.inLead.days) ||
    differ(a.inHead.days, b.inHead.days) ||
    differ(a.inTitle.months, b.inTitle.months) ||
    differ(a.inLead.years, b.inLead.years) ||
    isOtherNumber(a.inLead.ordinals, b.inLead.ordinals)
  );
}

/** "Kỳ 30" and "kỳ 34", "bão số 14" and "bão số 16". */
function isOtherNumber(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const designator = (ordinal: string): string => ordinal.slice(0, ordinal.lastIndexOf(' '));
  return [...a].some((one) => {
    const others = [...b].filter((other) => designator(other) === designator(one));
    return others.length > 0 && !others.some((other) => a.has(other));
  });
}

/** Two of a series: the same words about other figures or about somebody else. */
function isSeries(a: Report, b: Report, { numbers, titles }: Shared): boolean {
  const fewer = Math.min(a.numbers.size, b.numbers.size);
  if (fewer >= 6 && numbers < fewer * 0.25) return true;
  // "Jackpot 17 tỷ", "Jackpot 18 tỷ".
  if (titles >= 0.6 && differ(a.inTitle.numbers, b.inTitle.numbers) && numbers < fewer * 0.6) return true;
  // "Sắp thăm Đức", "sắp thăm Triều Tiên".
  return titles >= 0.5 && isAboutAnother(a, b) && isAboutAnother(b, a);
}

/** Whether the title names somebody whom the other text does not. */
function isAboutAnother(one: Report, other: Report): boolean {
  return [...one.names].some(([name, place]) => place === 'title' && !other.names.has(name));
}

function common<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let count = 0;
  for (const item of small) if (large.has(item)) count += 1;
  return count;
}

function cosine<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): number {
  return common(a, b) / Math.max(1, Math.sqrt(a.size * b.size));
}

function overlap<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): number {
  return common(a, b) / Math.max(1, Math.min(a.size, b.size));
}

/** Both say something, and nothing in common. */
function differ<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean {
  return a.size > 0 && b.size > 0 && common(a, b) === 0;
}
