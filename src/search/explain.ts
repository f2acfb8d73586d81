/**
 * Why a hit stands where it stands, in short phrases for a person who tunes or doubts the ranking.
 */
import type { Found } from './investigate.ts';
import type { Hit } from './rank.ts';
import { mainForm } from './reading.ts';
import { recencyFactor } from './recency.ts';
import type { Shelf } from './shelf.ts';

export interface Explanation {
  id: string;
  /** The score with recency; null for hits past those that were scored. */
  score: number | null;
  reasons: string[];
}

/** Below this recency changes no place worth mentioning. */
const NOTABLE_RECENCY = 1.005;

export function explainHits(hits: readonly Hit[], shelf: Shelf, now: number): Explanation[] {
  const unread = hits.filter(({ found }) => found === null).map(({ seq }) => seq);
  const ids = new Map(shelf.read(unread).map(({ seq, id }) => [seq, id]));
  return hits.flatMap(({ seq, found, folded }): Explanation[] => {
    if (found === null) {
      const id = ids.get(seq);
      return id === undefined
        ? []
        : [{ id, score: null, reasons: ['has all words; beyond the scored hits, newest first'] }];
    }
    const recency = recencyFactor(found.article.listedAt, now);
    const reasons = reasonsFor(found);
    if (recency > NOTABLE_RECENCY) reasons.push(`recent ×${recency.toFixed(3)}`);
    if (folded.length > 0) reasons.push(`${folded.length} near-duplicates folded in`);
    return [{ id: found.article.id, score: found.score.value * recency, reasons }];
  });
}

function reasonsFor({ score, reading }: Found): string[] {
  const reasons: string[] = [];
  if (score.phraseIn !== null) reasons.push(`phrase in ${score.phraseIn}`);
  else if (reading.slots.length > 1 && score.adjacency > 0)
    reasons.push(`neighbours ${percent(score.adjacency)}, best in ${score.bestField}`);
  else reasons.push(`${reading.slots.length > 1 ? 'scattered words' : 'word'}, best in ${score.bestField}`);
  if (score.presence < 0.999) reasons.push(`has ${percent(score.presence)} of the query`);
  if (score.accents < 1) reasons.push(`typed accents found ${percent(score.accents)}`);
  if (reading.kind !== 'typed') {
    const forms = reading.slots.flatMap((slot) => {
      const form = mainForm(slot);
      return slot.forms.get(form)?.kind === 'typed' ? [] : [form];
    });
    reasons.push(
      `${reading.kind}${forms.length > 0 ? ` to "${forms.join(' ')}"` : ` as "${reading.text}"`} ×${reading.trust}`,
    );
  }
  return reasons;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
