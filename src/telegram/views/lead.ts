/**
 * As much of a summary as an entry has room for: whole sentences where that is enough to read, otherwise words and an
 * ellipsis. Pure.
 */
import { shorten } from './html.ts';

/** Less would tell too little: then the sentence is cut off instead. */
const MIN_SHARE = 0.4;

/** The end of a sentence: behind a word of small letters or a number, so that "TP. Hồ Chí Minh" and "Mr. Bean" are none. */
const SENTENCE_END = /(?:[\p{Ll}\p{M}]{2}|\d|[)\]”"’»])[.!?…][)\]”"’»]*(?=\s+[\p{Lu}\p{N}“"‘«(])/gu;
/** Titles and units that are written in small letters, and "v.v." in the middle of a sentence. */
const ABBREVIATION =
  /(?:^|[\s(])(?:v\.v|tr|đ|vs|approx|est|no|vol|p|pp|Mr|Mrs|Ms|Dr|St|Sr|Jr|Prof|Gen|Sen|Gov|Rep|Col|Lt|Capt|Inc|Ltd|Corp|Co|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec)\.$/u;

/** One line of at most `max` UTF-16 units. */
export function leadOf(summary: string, max: number): string {
  const text = summary.replace(/\s+/gu, ' ').trim();
  if (text.length <= max) return text;
  let end = 0;
  for (const match of text.slice(0, max + 2).matchAll(SENTENCE_END)) {
    const at = match.index + match[0].length;
    if (at <= max && !ABBREVIATION.test(text.slice(0, at))) end = at;
  }
  return end >= max * MIN_SHARE ? text.slice(0, end) : shorten(text, max);
}
