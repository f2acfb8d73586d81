/**
 * Which contents are the same, which are two states of one article, and what an article is called.
 *
 * Pure. What follows from it for a whole round of changes is decided in `plan.ts`.
 */
import { createHash } from 'node:crypto';
import { paragraphs, type ArticleContent } from './article.ts';
import { cleanText, fold, oneLine } from './text.ts';

/** Nine bytes: 72 bits, with which a million articles meet by chance once in ten billion newsrooms. */
const ID_BYTES = 9;

/** Paragraphs below this are headings, datelines and "read more": many articles share them. */
const MIN_TELLING_CHARS = 40;

/**
 * Articles are told apart by their first paragraphs: a reportage has a hundred, and a list of a hundred thousand lines would
 * be compared with others for minutes.
 */
const MAX_TELLING = 200;
const MAX_COMPARED_CHARS = 200_000;

/** Of both articles' paragraphs, when a renamed file has a new title as well. */
const MIN_SHARED = 0.5;

/**
 * SHA-256 (hex) of everything that a reader sees. Encodings, line ends, normalisation forms, spaces and line breaks make no
 * difference; the language, which is guessed, does not count.
 */
export function contentHash(content: ArticleContent): string {
  const { title, summary, body, author, source, url, publishedAt } = content;
  const seen = [title, summary, body, author, source, url, publishedAt].map((text) =>
    text === null ? null : oneLine(cleanText(text)),
  );
  return createHash('sha256').update(JSON.stringify(seen)).digest('hex');
}

/**
 * The id for an article whose first content has this hash: `[A-Za-z0-9_-]{12}`.
 *
 * @param salt empty, unless the id was given to another article already (which had this content once)
 */
export function articleId(hash: string, salt = ''): string {
  const digest = createHash('sha256').update(`${hash}\n${salt}`).digest();
  return digest.subarray(0, ID_BYTES).toString('base64url');
}

/** What two states of one article are known by; small enough to keep for thousands of articles. */
export interface Likeness {
  /** Folded. */
  title: string;
  publishedAt: string;
  /** Short digests of the paragraphs, summary included. */
  paragraphs: ReadonlySet<string>;
}

export function likenessOf(
  content: Pick<ArticleContent, 'title' | 'publishedAt' | 'summary' | 'body'>,
): Likeness {
  const body = content.body.slice(0, MAX_COMPARED_CHARS);
  const texts = [content.summary ?? '', ...paragraphs(body)].filter((text) => text !== '');
  const telling = texts.filter((text) => text.length >= MIN_TELLING_CHARS);
  const digests = (telling.length > 0 ? telling : texts)
    .slice(0, MAX_TELLING)
    .map((text) => createHash('sha256').update(text.toLowerCase()).digest('base64url').slice(0, 12));
  const title = fold(content.title) || content.title;
  return { title, publishedAt: content.publishedAt, paragraphs: new Set(digests) };
}

export function sharedParagraphs(one: Likeness, other: Likeness): number {
  let shared = 0;
  for (const paragraph of one.paragraphs) if (other.paragraphs.has(paragraph)) shared++;
  return shared;
}

/**
 * Whether new content at a known place is an edit of the article there. It is another article when nothing holds the two
 * together: a newsroom that overwrites `latest.txt` every day publishes every day.
 */
export function isEdit(before: Likeness, after: Likeness): boolean {
  return (
    before.title === after.title ||
    before.publishedAt === after.publishedAt ||
    sharedParagraphs(before, after) > 0
  );
}

/**
 * How sure it is that new content at a new place is an article whose place is gone: 0 when it is not, otherwise the more the
 * surer. It is when half of the paragraphs of one are the other's; or when the titles agree, and with them the date or at
 * least one paragraph ("Thời tiết hôm nay" is another article every day).
 */
export function renameScore(before: Likeness, after: Likeness): number {
  const shared = sharedParagraphs(before, after);
  const fewer = Math.min(before.paragraphs.size, after.paragraphs.size);
  const sameTitle = before.title === after.title;
  const sameDate = before.publishedAt === after.publishedAt;
  if (sameTitle && (sameDate || shared > 0 || fewer === 0)) return 1_000_000 + shared;
  return fewer > 0 && shared / fewer >= MIN_SHARED ? shared : 0;
}
