/**
 * The line under the title of an edition: how much there is, and from whom. "10 trong 22 tin mới từ 4 nguồn".
 */
import type { Catalogue } from '../../i18n/catalogue.ts';

/** More names would take a second line on a telephone. */
const MAX_NAMED = 2;
/** Two names and the number of articles fill a line of a telephone. */
const MAX_NAMES_UNITS = 36;

export interface OverviewFacts {
  /** Of each item that is listed; null where none is known. */
  sources: readonly (string | null)[];
  /** How many there are beyond those. */
  more: number;
  /** It is the chat's first one, which has the newest and not the new. */
  isFirst: boolean;
}

/** Null for a single item, which says everything itself. */
export function overview({ sources, more, isFirst }: OverviewFacts, t: Catalogue): string | null {
  const texts = t.edition;
  const listed = sources.length;
  if (listed + more < 2) return null;
  const news = isFirst
    ? texts.newest(listed)
    : more === 0
      ? texts.news(listed)
      : texts.newsOf(listed, listed + more);
  const names = [...new Set(sources.filter((source) => source !== null))];
  // Without a source, an item may be from anywhere.
  if (names.length === 0 || sources.includes(null)) return news;
  const isBrief = names.length <= MAX_NAMED && names.join('').length <= MAX_NAMES_UNITS;
  return isBrief ? texts.fromNamed(news, names) : texts.fromSources(news, names.length);
}
