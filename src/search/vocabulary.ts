/**
 * Every folded word of every indexed article and in how many articles it occurs, in the table `v` of the index file.
 *
 * The count of a single word is exact at any moment: what a transaction has changed and not yet written is added to what is
 * read. Where many words are asked for, counts are those of the last `flush`.
 */
import type SQLite from 'better-sqlite3';

export interface Vocabulary {
  /** In how many articles the word occurs; 0 when it is unknown. */
  frequency(word: string): number;
  /** The most frequent words that begin so, longer than the beginning, as of the last `flush`. */
  startingWith(beginning: string, limit: number): { word: string; frequency: number }[];
  /** In how many articles words begin so, counted for each such word, as of the last `flush`. */
  beginningFrequency(beginning: string): number;
  /** Those of the words that occur anywhere, the most frequent first, as of the last `flush`. */
  known(words: readonly string[], limit: number): { word: string; frequency: number }[];
  /** Those that occur in more than so many articles, as of the last `flush`. */
  moreFrequentThan(frequency: number): string[];
  /** The number by which an article's list of words remembers this word; known to the table from now on. */
  idOf(word: string): number;
  /** One more (or one less) article with these words; writes when many counts have changed. */
  count(ids: Iterable<number>, by: 1 | -1): void;
  /** Writes the counts into the open transaction; to be called before each commit, and when the index has caught up. */
  flush(): void;
  /** Forgets what was not written; to be called after a rollback. */
  forget(): void;
}

/** Words whose numbers are remembered from one article to the next, about a megabyte: nearly all of each article's. */
const MAX_IDS = 10_000;

/** Words whose counts are not yet written: those of some hundred articles, or of a single one as long as a book. */
const MAX_PENDING = 20_000;

/** Sorts after every letter. */
const LAST_LETTER = '\uffff';

export function createVocabulary(db: SQLite.Database): Vocabulary {
  const byWord = db.prepare<[string], { id: number; df: number }>('select id, df from v where term = ?');
  const range = db.prepare<[string, string, number], { word: string; frequency: number }>(
    'select term as word, df as frequency from v where term > ? and term < ? and df > 0 order by df desc, term limit ?',
  );
  const sum = db
    .prepare<[string, string], number>('select coalesce(sum(df), 0) from v where term >= ? and term < ?')
    .pluck();
  const among = db.prepare<[string, number], { word: string; frequency: number }>(
    `select term as word, df as frequency from json_each(?) join v on v.term = json_each.value
     where df > 0 order by df desc, term limit ?`,
  );
  const frequent = db.prepare<[number], string>('select term from v where df > ?').pluck();
  const add = db.prepare<[string]>('insert into v (term, df) values (?, 0)');
  const change = db.prepare<[number, number]>('update v set df = df + ? where id = ?');
  const ids = new Map<string, number>();
  const pending = new Map<number, number>();

  function flush(): void {
    for (const [id, by] of pending) if (by !== 0) change.run(by, id);
    pending.clear();
    // A number stays a word's for good.
    if (ids.size > MAX_IDS) ids.clear();
  }

  return {
    frequency(word) {
      const row = byWord.get(word);
      return row === undefined ? 0 : row.df + (pending.get(row.id) ?? 0);
    },
    startingWith: (beginning, limit) => range.all(beginning, `${beginning}${LAST_LETTER}`, limit),
    beginningFrequency: (beginning) => sum.get(beginning, `${beginning}${LAST_LETTER}`) ?? 0,
    known: (words, limit) => among.all(JSON.stringify(words), limit),
    moreFrequentThan: (frequency) => frequent.all(frequency),
    idOf(word) {
      const known = ids.get(word);
      if (known !== undefined) return known;
      const id = byWord.get(word)?.id ?? Number(add.run(word).lastInsertRowid);
      ids.set(word, id);
      return id;
    },
    count(list, by) {
      for (const id of list) pending.set(id, (pending.get(id) ?? 0) + by);
      if (pending.size > MAX_PENDING) flush();
    },
    flush,
    forget() {
      pending.clear();
      ids.clear();
    },
  };
}
