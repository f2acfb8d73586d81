/**
 * "Did you mean": whole queries to offer, written as a reader would write them, and the one whose words the hits match.
 */
import { foldWord, isAccented, type Folded } from './fold.ts';
import { accentedWord } from './keyboard.ts';
import { mainForm, type Reading } from './reading.ts';
import { hasAllWords } from './score.ts';
import type { Ranking } from './rank.ts';

type Field = readonly Folded[];

/** Offered at most. */
const MAX_SUGGESTIONS = 3;

/** The query that the best hit answers, for marking its words: the text itself unless it was corrected. */
export function matchedBy({ hits, plan }: Ranking, text: string): string {
  const best = hits[0]?.found;
  if (best == null || best.reading.kind === 'typed' || best.reading.kind === 'completed') return text;
  return wordsOf(
    best.reading,
    plan.words.map((word) => word.text),
    null,
  );
}

/** Corrected queries that found something, the best first; none when the words as typed found the best hit. */
export function suggestionsFor(ranking: Ranking, text: string): string[] {
  const { investigation, plan } = ranking;
  const typed = plan.words.map((word) => word.text);
  const guessed = investigation.found
    .filter(
      ({ reading, score }) => reading.kind !== 'typed' && reading.kind !== 'completed' && hasAllWords(score),
    )
    .sort((a, b) => b.score.value - a.score.value || b.article.seq - a.article.seq);
  const offers = new Set<string>();
  for (const { reading, article } of guessed) {
    const offer = wordsOf(reading, typed, [article.title, article.summary, article.body]);
    if (offer.toLowerCase() !== text.trim().toLowerCase()) offers.add(offer);
    if (offers.size === MAX_SUGGESTIONS) break;
  }
  if (offers.size > 0) return [...offers];
  if (ranking.hits.length > 0) return [];
  // Nothing at all was found: the nearest words that exist.
  const tried = investigation.readings.filter(
    (reading) => reading.kind !== 'typed' && reading.kind !== 'completed',
  );
  return [...new Set(tried.map((reading) => wordsOf(reading, typed, null)))].slice(0, MAX_SUGGESTIONS);
}

/**
 * The reading's words. Of an article that has them side by side, as it writes them, but for accents that were typed; otherwise
 * as typed where they were kept, with accents in what was put right only where some were typed.
 */
function wordsOf(reading: Reading, typed: readonly string[], article: readonly Field[] | null): string {
  if (reading.slots.length !== typed.length || reading.kind === 'decoded') return reading.text;
  const forms = reading.slots.map(mainForm);
  const kept = reading.slots.map((slot, i) => slot.forms.get(forms[i] ?? '')?.kind !== 'corrected');
  const written = article === null ? null : sideBySide(forms, article);
  const accented = typed.some((word) => isAccented(foldWord(word)));
  return forms
    .map((form, i) => {
      const word = typed[i] ?? form;
      if (kept[i] === true && (written === null || isAccented(foldWord(word)))) return word;
      const seen =
        written?.[i] ?? (accented && article !== null ? sideBySide([form], article)?.[0] : undefined);
      return seen === undefined ? form : accentedWord(seen.code);
    })
    .join(' ');
}

/** The first words of an article that these stand for, side by side; null when they are nowhere. */
function sideBySide(forms: readonly string[], article: readonly Field[]): Field | null {
  const [first, ...others] = forms;
  for (const words of article)
    for (let at = 0; at + forms.length <= words.length; at += 1)
      if (words[at]?.folded === first && others.every((form, i) => words[at + 1 + i]?.folded === form))
        return words.slice(at, at + forms.length);
  return null;
}
