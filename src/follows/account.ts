/**
 * Accounts for an edition: every article that was new to the chat is in it, or is told with the reason why not. Looked at
 * again when somebody asks, with the filter of that time; an article that was edited since may match otherwise today.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { queriesOf, readFilter } from './filter.ts';
import { matcherOf } from './matcher.ts';
import { MAX_SPAN, type Shelves } from './sieve.ts';

/** A digest that a chat was sent, or is about to be. */
export interface EditionRecord {
  id: number;
  /** Epoch milliseconds. */
  slot: number;
  /** IANA, of the chat. */
  zone: string;
  /** Where the digest before it ended, exclusive; null for a first one. */
  fromSeq: number | null;
  /** Inclusive. */
  toSeq: number;
  filter: string | null;
  /** In the order of the edition. */
  articleIds: string[];
  /** `seq`s of articles that the chat was told at once. */
  told: number[];
}

export type Verdict =
  | { kind: 'in'; texts: string[] }
  /** Matches nothing that is followed. */
  | { kind: 'filtered' }
  /** More than a digest may have. */
  | { kind: 'beyond' }
  /** Was told at once before. */
  | { kind: 'told' };

export interface Accounted {
  seq: number;
  verdict: Verdict;
}

export interface Account {
  /** What is in it, in its order, then what is not, the newest first. Articles that were removed since are in neither. */
  items: Accounted[];
  inside: number;
  /** True when there was more than is looked at. */
  isCut: boolean;
}

export interface Accounts {
  /** The digest of a message in this chat; null when the message is none. */
  ofMessage(chatId: number, messageId: number): Promise<EditionRecord | null>;
  /** The last one of a chat or topic. */
  last(chatId: number, threadId: number): Promise<EditionRecord | null>;
  /** One that this chat was sent, by its id. */
  byId(chatId: number, editionId: number): Promise<EditionRecord | null>;
  /** What an edition was made of, by its key; null when it was forgotten. */
  mesh(key: string): Promise<Pick<EditionRecord, 'fromSeq' | 'toSeq' | 'filter' | 'told'> | null>;
}

const SLICE = 25;

export async function accountFor(
  record: EditionRecord,
  shelves: Shelves & { byIds(ids: readonly string[]): Promise<{ id: string; seq: number }[]> },
): Promise<Account> {
  const inside = (await shelves.byIds(record.articleIds)).map(({ seq }) => seq);
  // A first digest greets with the newest; what was there before is not what it left out.
  const all =
    record.fromSeq === null
      ? []
      : (await shelves.placedBetween(record.fromSeq, record.toSeq, MAX_SPAN)).map(({ seq }) => seq);
  const filter = readFilter(record.filter);
  const queries = queriesOf(filter);
  const texts = new Map<number, string[]>();
  const looked = queries.length === 0 ? [] : [...new Set([...inside, ...all])];
  const matcher = matcherOf(queries);
  for (let start = 0; start < looked.length; start += SLICE) {
    for (const article of await shelves.bySeqs(looked.slice(start, start + SLICE)))
      texts.set(article.seq, matcher.match(article));
    await nextTurn();
  }
  const told = new Set(record.told);
  const isIn = new Set(inside);
  const verdict = (seq: number): Verdict => {
    if (told.has(seq)) return { kind: 'told' };
    const wanted = filter.only === null || (texts.get(seq) ?? []).some((text) => filter.only?.includes(text));
    return { kind: wanted ? 'beyond' : 'filtered' };
  };
  return {
    items: [
      ...inside.map((seq): Accounted => ({ seq, verdict: { kind: 'in', texts: texts.get(seq) ?? [] } })),
      ...all.filter((seq) => !isIn.has(seq)).map((seq): Accounted => ({ seq, verdict: verdict(seq) })),
    ],
    inside: inside.length,
    isCut: all.length === MAX_SPAN,
  };
}
