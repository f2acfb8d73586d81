/**
 * What an edition is: the articles after a cursor, composed once and frozen, shared by every subscription that would get
 * the same. Pure; `planner.ts` fetches the articles and commits.
 */
import { createHash } from 'node:crypto';
import type { Article } from '../articles/article.ts';
import { arrange } from './sections.ts';
import type { DigestLanguage, DigestStyle, Surface } from './subscription.ts';

/** What decides the content of an edition, apart from the articles. */
export interface EditionFrame {
  /** Exclusive; null for a first edition, which has the newest articles instead of the new ones. */
  fromSeq: number | null;
  /** Inclusive. */
  toSeq: number;
  language: DigestLanguage;
  surface: Surface;
  filter: string | null;
  style: DigestStyle;
  /** The most articles that it lists. */
  maxItems: number;
  late: boolean;
  /** IANA: in whose days and hours articles are dated. */
  zone: string;
  /** The local day of the slot, `YYYY-MM-DD`. */
  day: string;
}

export interface EditionContent {
  frame: EditionFrame;
  /** Empty only on a quiet day of a chat that wants to hear of it. The newest, at most the frame's maximum, as they are read: newest first, within sections where there are any. */
  articles: Article[];
  /** How many more there are after the cursor. */
  more: number;
}

/** The same for two subscriptions exactly when they are to get the same edition. */
export function editionKey(frame: EditionFrame): string {
  return createHash('sha256').update(frameText(frame)).digest('base64url').slice(0, 22);
}

/** Says the same as the key; of any length, and cheaper where it is asked for a hundred thousand times. */
export function frameText(frame: EditionFrame): string {
  const { fromSeq, toSeq, language, surface, filter, style, maxItems, late, zone, day } = frame;
  return JSON.stringify([fromSeq, toSeq, language, surface, filter, style, maxItems, late, zone, day]);
}

/** What composing needs to know of the articles. */
export interface NewArticles {
  /** The `seq` of the newest article; 0 when there are none. */
  lastSeq(): Promise<number>;
  /**
   * Articles that are there with `fromSeq < seq <= toSeq`, newest first, at most `limit`, and how many there are in all.
   * Null as `fromSeq` means from the beginning.
   */
  between(
    fromSeq: number | null,
    toSeq: number,
    limit: number,
  ): Promise<{ articles: Article[]; total: number }>;
}

/** The edition within `frame`; null when it would have no article. */
export async function composeEdition(
  frame: EditionFrame,
  source: NewArticles,
): Promise<EditionContent | null> {
  const { articles, total } = await source.between(frame.fromSeq, frame.toSeq, frame.maxItems);
  if (articles.length === 0) return null;
  // A first edition greets with the newest; what came before the subscription is not "more".
  const more = frame.fromSeq === null ? 0 : total - articles.length;
  return { frame, articles: arrange(articles, ({ source }) => source), more };
}
