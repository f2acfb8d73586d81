/**
 * What else one could take, each as its documentation shows it or, where that is better, as well as we know how:
 *
 * - FTS5 over text folded by us, phrase, then all words, then any: the best of them, and what our own ranking is held to;
 * - FTS5 as SQLite ships it, with its own removal of diacritics;
 * - minisearch, FlexSearch and Orama with their defaults.
 */
import { create, insert, search as searchOrama } from '@orama/orama';
import SQLite from 'better-sqlite3';
import { Document } from 'flexsearch';
import MiniSearch from 'minisearch';
import { foldWord } from '../../src/search/fold.ts';
import { tokenize } from '../../src/search/tokens.ts';
import type { BenchArticle } from './corpus.ts';
import { DEPTH, type Search } from './judge.ts';

export interface Peer {
  name: string;
  search: Search;
  close(): void;
}

const WEIGHTS = '6.0, 3.0, 1.0';
/** From so many words on a query is a question, and all of its words are in no article. */
export const LONG_WORDS = 6;

const words = (text: string): string[] => tokenize(text).map((token) => token.text);
const folded = (text: string): string[] => words(text).map((word) => foldWord(word).folded);

/** @param long how a query of six and more words is asked: like others, or any of its words at once */
export function foldedFts(articles: Iterable<BenchArticle>, long: 'cascade' | 'any'): Peer {
  const text = (raw: string): string => folded(raw).join(' ');
  const table = ftsTable(articles, `tokenize = 'ascii'`, text);
  return cascade(
    long === 'any' ? 'FTS5, folded by us, any word from six on' : 'FTS5, folded by us',
    table,
    (query) => folded(query),
    long,
  );
}

export function shippedFts(articles: Iterable<BenchArticle>): Peer {
  const table = ftsTable(articles, `tokenize = 'unicode61 remove_diacritics 2'`, (raw) => raw);
  return cascade('FTS5 as shipped (remove_diacritics 2)', table, words, 'cascade');
}

function ftsTable(
  articles: Iterable<BenchArticle>,
  options: string,
  text: (raw: string) => string,
): SQLite.Database {
  const db = new SQLite(':memory:');
  db.exec(`create virtual table t using fts5 (title, summary, body, content = '', ${options})`);
  db.exec('create table ids (i integer primary key, id text not null)');
  const insert = db.prepare('insert into t (rowid, title, summary, body) values (?, ?, ?, ?)');
  const name = db.prepare('insert into ids values (?, ?)');
  db.transaction(() => {
    let i = 0;
    for (const { id, title, summary, body } of articles) {
      insert.run(i, text(title), text(summary), text(body));
      name.run(i, id);
      i += 1;
    }
  })();
  return db;
}

function cascade(
  name: string,
  db: SQLite.Database,
  cut: (query: string) => string[],
  long: 'cascade' | 'any',
): Peer {
  const find = db
    .prepare<[string], string>(
      `select ids.id from t join ids on ids.i = t.rowid where t match ? order by bm25(t, ${WEIGHTS}) limit ${DEPTH}`,
    )
    .pluck();
  return {
    name,
    search(query) {
      const quoted = cut(query).map((word) => `"${word.replaceAll('"', '')}"`);
      if (quoted.length === 0) return [];
      // The last word may be unfinished, as on a phone.
      const open = [...quoted.slice(0, -1), `${quoted.at(-1) ?? ''} *`];
      const phrase = `"${quoted.map((word) => word.slice(1, -1)).join(' ')}"`;
      const any = quoted.join(' OR ');
      const steps =
        long === 'any' && quoted.length >= LONG_WORDS
          ? [any]
          : [phrase, `${phrase} *`, quoted.join(' AND '), open.join(' AND '), any];
      const hits = new Set<string>();
      for (const step of steps) {
        for (const id of find.all(step)) hits.add(id);
        if (hits.size >= DEPTH) break;
      }
      return [...hits];
    },
    close: () => void db.close(),
  };
}

export function minisearchDefaults(articles: Iterable<BenchArticle>): Peer {
  const index = new MiniSearch<BenchArticle>({ fields: ['title', 'summary', 'body'] });
  for (const article of articles) index.add(article);
  return {
    name: 'minisearch, defaults',
    search: (query) =>
      index
        .search(query)
        .slice(0, DEPTH)
        .map((hit) => hit.id as string),
    close: () => undefined,
  };
}

export function flexsearchDefaults(articles: Iterable<BenchArticle>): Peer {
  const index = new Document<{ id: string; title: string; summary: string; body: string }>({
    document: { id: 'id', index: ['title', 'summary', 'body'] },
  });
  for (const article of articles) index.add({ ...article });
  return {
    name: 'FlexSearch, defaults',
    search(query) {
      const hits = new Set<string>();
      for (const field of index.search(query, { limit: DEPTH }))
        for (const id of field.result) hits.add(String(id));
      return [...hits].slice(0, DEPTH);
    },
    close: () => undefined,
  };
}

export async function oramaDefaults(articles: Iterable<BenchArticle>): Promise<Peer> {
  const index = create({ schema: { title: 'string', summary: 'string', body: 'string' } });
  for (const article of articles) await insert(index, { ...article });
  return {
    name: 'Orama, defaults',
    search: async (query) => {
      const { hits } = await searchOrama(index, { term: query, limit: DEPTH });
      return hits.map((hit) => hit.id);
    },
    close: () => undefined,
  };
}
