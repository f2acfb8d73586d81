/**
 * A query made ready to be held against articles: yes or no, where search orders and guesses. It says yes only to what
 * search finds for the same query; an accent that was typed has to be there, one that was not may be.
 */
import { foldWord, isAccented, type Folded } from '../search/fold.ts';
import type { Clause, Operand, Query } from '../search/query.ts';
import { tokenize } from '../search/tokens.ts';
import type { ArticleView } from './view.ts';

/** A word or a phrase. */
export interface Term {
  /** As it was typed. */
  text: string;
  /** Without accents, in order; at least one. */
  words: string[];
  /** Of those with accents. Anywhere in the article, as in the index of search, which does not know where they stand. */
  codes: string[];
  /** The words between spaces, when they have to stand side by side; null for a single one. */
  phrase: string | null;
}

export interface CompiledQuery {
  /** All of them. */
  all: Term[];
  /** At least one of each group. */
  any: Term[][];
  /** None of them. */
  not: Term[];
  /** Folded words between spaces, all of which are in the source's (the author's) name. */
  sources: string[];
  authors: string[];
  /** Any of them; empty for all. */
  languages: string[];
}

/** Days are passed over: a follow looks forward. */
export function compileQuery({ clauses }: Pick<Query, 'clauses'>): CompiledQuery {
  const compiled: CompiledQuery = { all: [], any: [], not: [], sources: [], authors: [], languages: [] };
  for (const clause of clauses) take(clause, compiled);
  return compiled;
}

function take(clause: Clause, into: CompiledQuery): void {
  switch (clause.kind) {
    case 'word':
      // "covid-19" is two words that are wanted, as in search.
      for (const word of wordsOf(clause.text)) into.all.push(termOf(clause.text, [word]));
      return;
    case 'phrase':
      into.all.push(...operand(clause));
      return;
    case 'not':
      into.not.push(...operand(clause.of));
      return;
    case 'any': {
      const group = clause.of.flatMap(operand);
      if (group.length > 0) into.any.push(group);
      return;
    }
    case 'field':
      if (clause.field === 'lang') into.languages.push(foldWord(clause.text).folded);
      else {
        const words = wordsOf(clause.text).map(({ folded }) => folded);
        into[clause.field === 'source' ? 'sources' : 'authors'].push(` ${words.join(' ')} `);
      }
      return;
    case 'day':
      return;
  }
}

/** Empty when nothing in it is a word. */
function operand({ text }: Operand): Term[] {
  const words = wordsOf(text);
  return words.length === 0 ? [] : [termOf(text, words)];
}

function termOf(text: string, words: readonly Folded[]): Term {
  const folded = words.map((word) => word.folded);
  const codes = words.filter(isAccented).map(({ code }) => code);
  return { text, words: folded, codes, phrase: folded.length > 1 ? ` ${folded.join(' ')} ` : null };
}

function wordsOf(text: string): Folded[] {
  return tokenize(text)
    .map((token) => foldWord(token.text))
    .filter(({ folded }) => folded !== '');
}

/** Whether anything is asked for, so that not every article would do. */
export function isWanting({ all, any, sources, authors, languages }: CompiledQuery): boolean {
  return all.length + any.length + sources.length + authors.length + languages.length > 0;
}

/** With these accents. */
export function hasTerm({ words, codes, phrase }: Term, view: ArticleView): boolean {
  for (const code of codes) if (!view.codes.has(code)) return false;
  for (const word of words) if (!view.words.has(word)) return false;
  return phrase === null || view.text.includes(phrase);
}

export function matches(query: CompiledQuery, view: ArticleView): boolean {
  for (const term of query.all) if (!hasTerm(term, view)) return false;
  for (const group of query.any) if (!group.some((term) => hasTerm(term, view))) return false;
  if (query.languages.length > 0 && !query.languages.includes(view.language ?? '')) return false;
  for (const source of query.sources) if (!view.source.includes(source)) return false;
  for (const author of query.authors) if (!view.author.includes(author)) return false;
  for (const term of query.not) if (hasTerm(term, view)) return false;
  return true;
}
