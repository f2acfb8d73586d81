/**
 * What an edition is: the articles after a cursor, composed once and frozen, shared by every subscription that would get
 * the same. Pure; `planner.ts` fetches the articles and commits.
 */
import { createHash } from 'node:crypto';
import type { Article } from '../articles/article.ts';
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
  /** `seq`s of articles after the cursor that were told at once, ascending: they are not new any more. None by default. */
  told?: readonly number[];
  style: DigestStyle;
  /** The most articles that it lists. */
  maxItems: number;
  late: boolean;
  /** The local day of the slot, `YYYY-MM-DD`. */
  day: string;
}

export interface EditionContent {
  frame: EditionFrame;
  /** Newest first, at most the frame's maximum. */
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
  const { fromSeq, toSeq, language, surface, filter, told = [], style, maxItems, late, day } = frame;
  return JSON.stringify([fromSeq, toSeq, language, surface, filter, style, maxItems, late, day, ...told]);
}

/** Whether follows have a say in it. */
export function isNarrow({ filter, told = [] }: Pick<EditionFrame, 'filter' | 'told'>): boolean {
  return filter !== null || told.length > 0;
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
  return { frame, articles, more };
}
