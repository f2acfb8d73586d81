/**
 * An article as queries are held against it: its words folded as search folds them, once for all queries.
 */
import type { ArticleContent } from '../articles/article.ts';
import { isAccented, type Folded } from '../search/fold.ts';
import type { Lexicon } from '../search/lexicon.ts';

export interface ArticleView {
  /** Without accents. */
  words: ReadonlySet<string>;
  /** Of the words with accents, as `fold.ts` codes them. */
  codes: ReadonlySet<string>;
  /** All words in their order between spaces; no phrase reaches from one field into the next. */
  text: string;
  /** Folded words between spaces; empty for none. */
  source: string;
  author: string;
  /** ISO 639-1; null when it is not known. */
  language: string | null;
}

type Viewed = Pick<ArticleContent, 'title' | 'summary' | 'body' | 'source' | 'author' | 'language'>;

/** No word is this one, so it ends every phrase. */
const BETWEEN_FIELDS = ' | ';

export function viewOf(article: Viewed, lexicon: Lexicon): ArticleView {
  const words = new Set<string>();
  const codes = new Set<string>();
  const take = (text: string): string => {
    const all = lexicon.words(text);
    for (const word of all) {
      words.add(word.folded);
      if (isAccented(word)) codes.add(word.code);
    }
    return plain(all);
  };
  const fields = [article.title, article.summary ?? '', article.body].map(take);
  return {
    words,
    codes,
    text: ` ${fields.join(BETWEEN_FIELDS)} `,
    source: between(article.source, lexicon),
    author: between(article.author, lexicon),
    language: article.language,
  };
}

function between(text: string | null, lexicon: Lexicon): string {
  const words = plain(lexicon.words(text ?? ''));
  return words === '' ? '' : ` ${words} `;
}

function plain(words: readonly Folded[]): string {
  return words.flatMap(({ folded }) => (folded === '' ? [] : [folded])).join(' ');
}
