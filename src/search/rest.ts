/**
 * The rest of an article of which only the beginning was read. The index has all of it: it says which words stand there somewhere,
 * whether they stand one after the other, and which accents they have somewhere; not where.
 */
import { anyForm, phrases } from './expressions.ts';
import { hashOf, type Word } from './lexicon.ts';
import { phrase } from './match.ts';
import { mainForm, type Reading, type Slot } from './reading.ts';
import type { Table } from './rows.ts';
import type { Fields } from './score.ts';
import { WEIGHTS } from './weights.ts';

/** No word of any text; so many of them that what stands before and behind is not near. */
const APART: readonly Word[] = Array.from({ length: WEIGHTS.nearWithin + 1 }, () => wordOf('', ''));

/**
 * The article with those words of the reading behind its beginning that it has anywhere.
 *
 * @param has whether the article matches an expression of FTS5
 */
export function withRest(
  reading: Reading,
  beginning: Fields,
  has: (table: Table, match: string) => boolean,
): Fields {
  const { slots } = reading;
  const whole = slots.length > 1 ? phrases(slots) : '';
  const parts: readonly Slot[][] =
    whole !== '' && has('all', whole)
      ? [slots]
      : slots.filter((slot) => has('all', anyForm(slot))).map((slot) => [slot]);
  const word = (slot: Slot): Word => {
    const form = mainForm(slot);
    const isAccented = slot.code !== null && has('accents', phrase([slot.code]));
    return wordOf(form, isAccented ? (slot.code ?? form) : form);
  };
  const rest = parts.flatMap((part) => [...APART, ...part.map(word)]);
  const { title, summary, body } = beginning;
  return { title, summary, body: [...body, ...rest] };
}

function wordOf(folded: string, code: string): Word {
  return { folded, code, hash: hashOf(folded) };
}
