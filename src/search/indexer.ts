/**
 * Puts articles into the index file and takes them out again, exactly: after any history of changes the tables hold what
 * they would hold had they been made afresh.
 *
 * Works inside one open transaction that spans many small slices of time, so that queries are answered in between.
 */
import type SQLite from 'better-sqlite3';
import type { CorpusArticle } from './corpus.ts';
import { isAccented, type Folded } from './fold.ts';
import type { Lexicon } from './lexicon.ts';
import { packIds, unpackIds } from './varint.ts';
import { createVocabulary, type Vocabulary } from './vocabulary.ts';

/** Sums over all indexed articles. */
export interface Totals {
  articles: number;
  /** Words in all titles, summaries, bodies. */
  lengths: [number, number, number];
}

export interface FoldedArticle {
  title: Folded[];
  summary: Folded[];
  body: Folded[];
}

export interface Indexer {
  vocabulary: Vocabulary;
  totals(): Totals;
  /** The last change that is in the index. */
  appliedRev(): number;
  /**
   * Puts the article into the index in place of what is there of it; null when it was taken out.
   *
   * @throws as `commit` does when the file cannot be written; everything since the last commit is then to be applied again
   */
  apply(article: CorpusArticle): FoldedArticle | null;
  /** Whether something is not yet committed, and how many changes. */
  uncommitted(): number;
  /** Makes what is not committed known to all that read the vocabulary. @throws as `commit` does */
  settle(): void;
  commit(): void;
}

export function foldArticle(article: CorpusArticle, lexicon: Lexicon): FoldedArticle {
  return {
    title: lexicon.words(article.title),
    summary: lexicon.words(article.summary ?? ''),
    body: lexicon.words(article.body),
  };
}

export function createIndexer(db: SQLite.Database, lexicon: Lexicon): Indexer {
  const vocabulary = createVocabulary(db);
  const getMeta = db.prepare<[string], { value: string }>('select value from meta where key = ?');
  const putMeta = db.prepare<[string, string]>('insert or replace into meta (key, value) values (?, ?)');
  const known = db.prepare<[number], { lengths: Buffer; terms: Buffer }>(
    'select lengths, terms from d where seq = ?',
  );
  const dropTitle = db.prepare<[number]>('delete from ft where rowid = ?');
  const dropBody = db.prepare<[number]>('delete from fb where rowid = ?');
  const dropCodes = db.prepare<[number]>('delete from fx where rowid = ?');
  const dropRow = db.prepare<[number]>('delete from d where seq = ?');
  const addTitle = db.prepare<[number, string, string]>(
    'insert into ft (rowid, title, summary) values (?, ?, ?)',
  );
  const addCodes = db.prepare<[number, string]>('insert into fx (rowid, codes) values (?, ?)');
  const addBody = db.prepare<[number, string, string, string]>(
    'insert into fb (rowid, title, summary, body) values (?, ?, ?, ?)',
  );
  const addRow = db.prepare<[number, string, string | null, string | null, string | null, Buffer, Buffer]>(
    'insert into d (seq, listed, source, author, lang, lengths, terms) values (?, ?, ?, ?, ?, ?, ?)',
  );
  const committed = (): { totals: Totals; rev: number } => ({
    totals: readTotals(getMeta.get('totals')?.value),
    rev: Number(getMeta.get('rev')?.value ?? 0),
  });
  let { totals, rev } = committed();
  let uncommitted = 0;
  let failed = false;

  /** What was interrupted is taken back, in the file and here, and can be done again: SQLite takes back only what is its own. */
  function takeBack(): void {
    if (!failed) return;
    if (db.inTransaction) db.exec('rollback');
    vocabulary.forget();
    ({ totals, rev } = committed());
    uncommitted = 0;
    failed = false;
  }

  function whole<T>(work: () => T): T {
    takeBack();
    try {
      return work();
    } catch (error) {
      failed = true;
      throw error;
    }
  }

  function remove(seq: number): void {
    const row = known.get(seq);
    if (row === undefined) return;
    vocabulary.count(unpackIds(row.terms), -1);
    const lengths = unpackIds(row.lengths, false);
    count(totals, lengths, -1);
    dropTitle.run(seq);
    dropBody.run(seq);
    dropCodes.run(seq);
    dropRow.run(seq);
  }

  function add(article: CorpusArticle): FoldedArticle {
    const folded = foldArticle(article, lexicon);
    const { title, summary, body } = folded;
    const words = new Set([...title, ...summary, ...body].map((word) => word.folded));
    const ids = [...words].map((word) => vocabulary.idOf(word));
    const lengths = [title.length, summary.length, body.length];
    vocabulary.count(ids, 1);
    count(totals, lengths, 1);
    const [titleText, summaryText] = [plain(title), plain(summary)];
    addTitle.run(article.seq, titleText, summaryText);
    addCodes.run(article.seq, codesOf([...title, ...summary, ...body]));
    addBody.run(article.seq, titleText, summaryText, plain(body));
    addRow.run(
      article.seq,
      article.listedAt,
      searchable(article.source, lexicon),
      searchable(article.author, lexicon),
      article.language,
      packIds(lengths, false),
      packIds(ids),
    );
    return folded;
  }

  return {
    vocabulary,
    totals() {
      takeBack();
      return totals;
    },
    appliedRev() {
      takeBack();
      return rev;
    },
    uncommitted: () => uncommitted,
    apply: (article) =>
      whole(() => {
        if (!db.inTransaction) db.exec('begin immediate');
        remove(article.seq);
        const folded = article.removed ? null : add(article);
        rev = article.rev;
        uncommitted += 1;
        return folded;
      }),
    settle: () => whole(() => vocabulary.flush()),
    commit: () =>
      whole(() => {
        if (!db.inTransaction) return;
        vocabulary.flush();
        putMeta.run('rev', String(rev));
        putMeta.run('totals', JSON.stringify(totals));
        db.exec('commit');
        uncommitted = 0;
      }),
  };
}

function plain(words: Folded[]): string {
  return words.map((word) => word.folded).join(' ');
}

/** The accented words, each once. */
function codesOf(words: Folded[]): string {
  return [...new Set(words.filter(isAccented).map((word) => word.code))].join(' ');
}

/** Between spaces, so that whole words can be found with `instr`; null when there is nothing. */
function searchable(text: string | null, lexicon: Lexicon): string | null {
  const words = lexicon.words(text ?? '');
  return words.length === 0 ? null : ` ${plain(words)} `;
}

function count(totals: Totals, lengths: readonly number[], by: 1 | -1): void {
  totals.articles += by;
  totals.lengths[0] += by * (lengths[0] ?? 0);
  totals.lengths[1] += by * (lengths[1] ?? 0);
  totals.lengths[2] += by * (lengths[2] ?? 0);
}

function readTotals(json: string | undefined): Totals {
  return json === undefined ? { articles: 0, lengths: [0, 0, 0] } : (JSON.parse(json) as Totals);
}
