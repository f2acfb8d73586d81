/**
 * What an edition is: the articles after a cursor, an item a story, composed once and frozen, shared by every subscription
 * that would get the same. Pure; `planner.ts` fetches the articles and commits.
 */
import { hash } from 'node:crypto';
import type { Article } from '../articles/article.ts';
import { bestReport } from './bestReport.ts';
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
  /** `seq`s of articles after the cursor that were told at once, ascending: they are not new any more. None by default. */
  told?: readonly number[];
  style: DigestStyle;
  /** The most stories that it lists. */
  maxItems: number;
  late: boolean;
  /** IANA: in whose days and hours articles are dated. */
  zone: string;
  /** The local day of the slot, `YYYY-MM-DD`. */
  day: string;
}

/** What a range of articles has of one story. */
export interface StoryReports {
  /** Newest first, at least one. */
  reports: Article[];
  /** The newest report from before the range, which earlier editions had; null when the story is new. */
  earlier: Article | null;
}

/** What stands under one number of an edition: a story. */
export interface EditionItem extends StoryReports {
  /** The one of the reports that is shown. */
  article: Article;
}

export interface EditionContent {
  frame: EditionFrame;
  /**
   * The newest, at most the frame's maximum, as they are read: newest first, within sections where there are any. Empty only
   * on a quiet day of a chat that wants to hear of it.
   */
  items: EditionItem[];
  /** How many more stories there are after the cursor. */
  more: number;
}

/** The same for two subscriptions exactly when they are to get the same edition. */
export function editionKey(frame: EditionFrame): string {
  return hash('sha256', frameText(frame), 'base64url').slice(0, 22);
}

function frameText(frame: EditionFrame): string {
  const { fromSeq, toSeq, language, surface, filter, told = [], style, maxItems, late, zone, day } = frame;
  return JSON.stringify([
    fromSeq,
    toSeq,
    language,
    surface,
    filter,
    style,
    maxItems,
    late,
    zone,
    day,
    ...told,
  ]);
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
   * The stories with an article that is there and has `fromSeq < seq <= toSeq`, the one with the newest first, from the
   * `offset`th on, at most `limit`; and how many there are in all. Null as `fromSeq` means from the beginning.
   */
  stories(
    fromSeq: number | null,
    toSeq: number,
    page: { offset: number; limit: number },
  ): Promise<{ stories: StoryReports[]; total: number }>;
  /** The first of `stories` from the beginning, without counting them. */
  newestStories(toSeq: number, limit: number): Promise<StoryReports[]>;
}

/** The edition within `frame`; null when it would have no article. */
export async function composeEdition(
  frame: EditionFrame,
  source: NewArticles,
): Promise<EditionContent | null> {
  const { stories, more } = await storiesFor(frame, source);
  if (stories.length === 0) return null;
  const items = stories.map((story) => ({ ...story, article: bestReport(story.reports, frame.language) }));
  return { frame, items: arrange(items, ({ article }) => article.source), more };
}

async function storiesFor(
  { fromSeq, toSeq, maxItems }: EditionFrame,
  source: NewArticles,
): Promise<{ stories: StoryReports[]; more: number }> {
  // A first edition greets with the newest; what came before the subscription is not "more".
  if (fromSeq === null) return { stories: await source.newestStories(toSeq, maxItems), more: 0 };
  const { stories, total } = await source.stories(fromSeq, toSeq, { offset: 0, limit: maxItems });
  return { stories, more: total - stories.length };
}
