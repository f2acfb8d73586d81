/**
 * From a request to a page of hits: what was found is put in order, repeated texts are folded into one hit, and it is
 * said how the query was understood and what else may have been meant.
 */
import { MAX_HITS } from './candidates.ts';
import { foldDuplicates } from './duplicates.ts';
import { investigate, type Found, type Investigation, type Parts } from './investigate.ts';
import { isConstrained, isQuestion, planQuery, type Plan } from './plan.ts';
import { isPlain, parseQuery, printQuery, type Query } from './query.ts';
import { recencyFactor } from './recency.ts';
import { hasAllWords } from './score.ts';
import type { SearchNote, SearchOrder, SearchRequest } from './searcher.ts';
import { some } from './match.ts';

export interface Hit {
  seq: number;
  /** Null for hits beyond those that were read, which come after all others, the newest first. */
  found: Found | null;
  folded: Found[];
}

export interface Ranking {
  query: Query;
  plan: Plan;
  /** Whether a day that is named without a field was taken for words. */
  dayAsWords: boolean;
  hits: Hit[];
  investigation: Investigation;
}

/** With fewer articles that have all words, those that have most of them are hits too. */
const ENOUGH = 10;

/** The share of the query that such a hit must have, of what the best hit has. */
const PARTIAL_SHARE = 0.5;
/** The same where many have all words, and the hit may answer a question better than they. */
const ANSWER_SHARE = 0.6;
const MAX_PARTIAL = 50;

export function rankQuery(
  request: Pick<SearchRequest, 'text' | 'order' | 'now' | 'zone'>,
  parts: Parts,
): Ranking {
  const query = parseQuery(request.text, request);
  const open = !/\s$/u.test(request.text);
  const asDay = planQuery(query, request.zone, 'day', open);
  const first = rankPlan(asDay, request, parts);
  const spoken = query.clauses.some((clause) => clause.kind === 'day' && clause.spoken !== null);
  if (!spoken || first.hits.some(({ found }) => found === null || hasAllWords(found.score)))
    return { query, dayAsWords: false, ...first };
  // Nothing on that day: then "hôm nay" are two words like others.
  const asWords = planQuery(query, request.zone, 'words', open);
  return { query, dayAsWords: true, ...rankPlan(asWords, request, parts) };
}

function rankPlan(
  plan: Plan,
  request: Pick<SearchRequest, 'text' | 'order' | 'now'>,
  parts: Parts,
): Pick<Ranking, 'plan' | 'hits' | 'investigation'> {
  // "Hôm nay" alone is a day; its words are no more than a hint, and all articles of that day are meant.
  if (plan.must.length === 0 && plan.words.every((word) => word.optional)) {
    const hits = isConstrained(plan) ? withoutWords(plan, parts) : [];
    return { plan, hits, investigation: { found: [], complete: [], readings: [] } };
  }
  const investigation = investigate(plan, request.text, parts);
  const worth = (found: Found): number =>
    found.score.value * recencyFactor(found.article.listedAt, request.now);
  const ordered = investigation.found
    .map((found) => ({ found, worth: worth(found) }))
    .sort((a, b) => b.worth - a.worth || b.found.article.seq - a.found.article.seq)
    .map(({ found }) => found);
  const taken = takeHits(ordered, isQuestion(plan));
  const shown = new Set(taken.map(({ article }) => article.seq));
  const head = foldDuplicates(taken.map((found) => ({ ...found.article, found })));
  const hits: Hit[] = [
    ...head.map(({ kept, folded }) => ({
      seq: kept.seq,
      found: kept.found,
      folded: folded.map(({ found }) => found),
    })),
    ...investigation.complete
      .filter((seq) => !shown.has(seq))
      .map((seq) => ({ seq, found: null, folded: [] })),
  ];
  return { plan, hits: inOrder(hits.slice(0, MAX_HITS), request.order, parts), investigation };
}

/** Hits that have every word; when they are few, or for a question, also those that have most, wherever they come. */
function takeHits(ordered: readonly Found[], asQuestion: boolean): Found[] {
  const full = ordered.filter(({ score }) => hasAllWords(score));
  if (full.length >= ENOUGH && !asQuestion) return full;
  const share = full.length >= ENOUGH ? ANSWER_SHARE : PARTIAL_SHARE;
  const best = ordered.reduce((most, { score }) => Math.max(most, score.presence), 0);
  let room = MAX_PARTIAL;
  return ordered.filter(({ score }) => {
    if (hasAllWords(score)) return true;
    room -= 1;
    return room >= 0 && score.presence > 0 && score.presence >= best * share;
  });
}

function inOrder(hits: Hit[], order: SearchOrder, { rows }: Parts): Hit[] {
  if (order === 'relevance') return hits;
  const full = hits.filter(({ found }) => found === null || hasAllWords(found.score));
  const taken = full.length > 0 ? full : hits;
  const listed = rows.listed(taken.map(({ seq }) => seq));
  return [...taken].sort((a, b) => compare(listed.get(b.seq), listed.get(a.seq)) || b.seq - a.seq);
}

function compare(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Conditions only ("source:euronews", "-bitcoin"): everything that meets them, the newest first. */
function withoutWords(plan: Plan, { rows }: Parts): Hit[] {
  const without = plan.not.length === 0 ? null : some(plan.not);
  return rows.newest(without, plan.filter, MAX_HITS).map((seq) => ({ seq, found: null, folded: [] }));
}

/** What the reader is told of what was taken otherwise than it was written. */
export function notesOf({ query, dayAsWords }: Ranking): SearchNote[] {
  return dayAsWords ? [...query.notes, 'day-as-words'] : query.notes;
}

/** What the reader is told of how the query was taken; null when it is just its words. */
export function understoodAs({ query, dayAsWords }: Ranking): string | null {
  if (isPlain(query)) return null;
  const clauses = query.clauses.flatMap((clause): Query['clauses'] => {
    if (clause.kind !== 'day' || clause.spoken === null) return [clause];
    // Taken as a day: the day itself says more than its name.
    if (!dayAsWords) return [{ ...clause, spoken: null }];
    return [{ kind: 'word', text: clause.spoken }];
  });
  const resolved: Query = { ...query, clauses };
  return isPlain(resolved) ? null : printQuery(resolved);
}
