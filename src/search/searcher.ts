/**
 * What the rest of the program may ask of search. `engine.ts` answers on the search thread; `thread.ts` is the same
 * interface from the main thread's side.
 */

import type { QueryNote } from './query.ts';

export type SearchOrder = 'relevance' | 'newest';

export interface SearchRequest {
  /** As the reader typed it; any string is a query. */
  text: string;
  /** Hits before this one are skipped. */
  offset: number;
  limit: number;
  order: SearchOrder;
  /** Epoch milliseconds: what `today` and recency mean. */
  now: number;
  /** IANA: whose `today`. */
  zone: string;
}

/** `day-as-words`: nothing of the day that is named ("hôm nay") has all the words, so the day was looked for as words too. */
export type SearchNote = QueryNote | 'day-as-words';

export interface SearchHit {
  seq: number;
  id: string;
  /** Near-duplicates of this hit that were folded into it, best first; empty for most. */
  folded: string[];
}

export interface SearchResult {
  hits: SearchHit[];
  /** Of all pages, after folding. */
  total: number;
  /** The query in its canonical form, for the reader to see how it was understood; null when it is just the words. */
  understood: string | null;
  /** What was not taken as it was written, each once; empty for most. */
  notes: SearchNote[];
  /** The query whose words the hits match, when spelling was corrected; otherwise the text itself. For `highlight`. */
  matched: string;
  /** Whole queries to offer instead ("did you mean"), best first, at most 3. */
  suggestions: string[];
  /** True while the index is still catching up with the store, so that hits may be missing. */
  catchingUp: boolean;
}

export interface Searcher {
  search(request: SearchRequest): Promise<SearchResult>;
  /** Articles about the same things, best first; empty when there are none. */
  related(seq: number, limit: number): Promise<string[]>;
  /** Tells the index that the store has changed. Returns at once. */
  follow(): void;
}

/** A piece of text and whether it matched the query. */
export interface Segment {
  text: string;
  match: boolean;
}
