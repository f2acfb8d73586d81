/** A corpus in memory that can be changed as a store is: every change gets the next number. */
import type { Corpus, CorpusArticle } from '../../src/search/corpus.ts';

export interface Draft {
  title: string;
  summary?: string;
  body?: string;
  source?: string;
  author?: string;
  language?: string;
  date?: string;
}

export interface MemoryCorpus extends Corpus {
  /** Returns the article's number. */
  add(id: string, draft: Draft): number;
  edit(id: string, draft: Draft): void;
  remove(id: string): void;
  ids(): string[];
}

export function memoryCorpus(identity = 'test'): MemoryCorpus {
  const bySeq = new Map<number, CorpusArticle>();
  const seqs = new Map<string, number>();
  let rev = 0;
  const put = (seq: number, id: string, draft: Draft, removed: boolean): void => {
    rev += 1;
    const date = draft.date ?? '2025-01-01';
    bySeq.set(seq, {
      seq,
      id,
      rev,
      title: draft.title,
      summary: draft.summary ?? null,
      body: draft.body ?? '',
      author: draft.author ?? null,
      source: draft.source ?? null,
      language: draft.language ?? 'vi',
      publishedAt: date,
      listedAt: date,
      removed,
    });
  };
  const known = (id: string): number => {
    const seq = seqs.get(id);
    if (seq === undefined) throw new Error(`there is no article ${id}`);
    return seq;
  };
  return {
    identity: () => identity,
    lastRev: () => rev,
    changesAfter: (after, limit) =>
      [...bySeq.values()]
        .filter((article) => article.rev > after)
        .sort((a, b) => a.rev - b.rev)
        .slice(0, limit),
    read: (wanted) =>
      wanted.flatMap((seq) => {
        const article = bySeq.get(seq);
        return article === undefined || article.removed ? [] : [article];
      }),
    close: () => undefined,
    add(id, draft) {
      const seq = seqs.size + 1;
      seqs.set(id, seq);
      put(seq, id, draft, false);
      return seq;
    },
    edit: (id, draft) => put(known(id), id, draft, false),
    remove(id) {
      const article = bySeq.get(known(id));
      if (article === undefined) return;
      rev += 1;
      bySeq.set(article.seq, { ...article, rev, removed: true });
    },
    ids: () => [...bySeq.values()].filter((article) => !article.removed).map((article) => article.id),
  };
}
