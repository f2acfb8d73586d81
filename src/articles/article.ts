/**
 * What an article is, once it has been read, wherever it came from.
 *
 * `ArticleContent` is what a source yields; `Article` is the same with the identity that the store gave it. All text
 * is NFC, free of control characters, and plain: a `<` is a less-than sign.
 */

export interface ArticleContent {
  /** One line, never empty. */
  title: string;
  /** The first paragraph that is not a caption; null when the article has none. */
  summary: string | null;
  /** The paragraphs after the summary, captions among them, joined by a blank line; may be empty. */
  body: string;
  author: string | null;
  /** The newspaper or agency, without the closing full stop ("Euronews"); null when the article does not say. */
  source: string | null;
  /** An absolute http or https URL; null when there is none. */
  url: string | null;
  /** `YYYY-MM-DD` when only the day is known, otherwise a UTC instant `YYYY-MM-DDTHH:mm:ss.sssZ`. */
  publishedAt: string;
  /** ISO 639-1, guessed from the text; null when it could not be told. */
  language: string | null;
}

export interface Article extends ArticleContent {
  /** Stable for ever: survives renames and edits, appears in links. `[A-Za-z0-9_-]{12}`. */
  id: string;
  /** The order in which articles were first seen, from 1, never reused; subscriptions keep cursors in it. */
  seq: number;
  /** The number of the last change (add, edit, removal, return) to any article that touched this one. */
  rev: number;
  /** Epoch milliseconds. */
  firstSeenAt: number;
  /** `contentHash()` of the current content. */
  contentHash: string;
  /** Epoch milliseconds of the removal; null while the article is there. */
  removedAt: number | null;
}

/** Characters of a summary or a body. Of more, lists, cards and the ranking read the beginning; an article of news has a few thousand. */
export const BEGINNING_CHARS = 25_000;

/** A body's or a whole article's paragraphs. */
export function paragraphs(text: string): string[] {
  return text.split(/\n{2,}/u).filter((paragraph) => paragraph.trim() !== '');
}
