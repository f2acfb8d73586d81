/**
 * What FTS5 is asked for a reading: its words and phrases as expressions, and the table they are asked of.
 */
import { phrase, some } from './match.ts';
import { constrain, isConstrained, type Plan } from './plan.ts';
import type { Slot } from './reading.ts';
import type { Rows, Span, Table } from './rows.ts';

/** Ways to write a phrase out when a slot has several forms: those that weigh most. */
const MAX_VARIANTS = 4;

/** Numbers of articles that match and meet the conditions of the query, the newest first. */
export type Find = (table: Table, match: string, limit: number) => number[];

/**
 * Conditions reach into bodies, so with them titles are asked of the large table.
 *
 * @param span has all articles that can meet the filter; null when that is not known
 */
export function finder(plan: Plan, rows: Rows, span: Span | null): Find {
  if (!isConstrained(plan)) return (table, match, limit) => rows.find(table, match, limit);
  return (table, match, limit) =>
    rows.find(
      'all',
      constrain(plan, table === 'titles' ? `{title summary} : (${match})` : match),
      limit,
      plan.filter,
      span,
    );
}

/** Any of the forms of a word. */
export function anyForm(slot: Slot | undefined): string {
  return some([...(slot?.forms.keys() ?? [])].map((form) => phrase([form])));
}

/** The slots as a phrase, in as many ways as their forms allow; empty when the query breaks between them. */
export function phrases(slots: readonly Slot[]): string {
  if (slots.slice(1).some((slot) => !slot.follows)) return '';
  let variants: string[][] = [[]];
  for (const slot of slots) {
    const forms = [...slot.forms.keys()];
    variants = variants.flatMap((words) => forms.map((form) => [...words, form])).slice(0, MAX_VARIANTS);
  }
  return some(variants.map(phrase));
}
