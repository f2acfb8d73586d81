/**
 * Who finds the right article: our engine and its peers, on the same articles, asked the same questions in one run.
 */
import { existsSync, readFileSync } from 'node:fs';
import type { Engine } from '../../src/search/engine.ts';
import { foldWord } from '../../src/search/fold.ts';
import { tokenize } from '../../src/search/tokens.ts';
import { CORPUS_DIR, readLines, type BenchArticle } from './corpus.ts';
import { accentPrecision, DEPTH, judge, type Judgement, type Search } from './judge.ts';
import type { Peer } from './peers.ts';
import { accentQueries, strip, type BenchQuery } from './queries.ts';

/** Of everything: after the newest article, so that recency decides nothing. */
const NOW = Date.parse('2026-01-15T05:00:00Z');
const ZONE = 'Asia/Ho_Chi_Minh';

export function searchOf(engine: Engine): Search {
  return (text) =>
    engine
      .search({ text, offset: 0, limit: DEPTH, order: 'relevance', now: NOW, zone: ZONE })
      // A folded copy stands for its original: either is the article that was looked for.
      .hits.map((hit) => hit.id);
}

export interface Row {
  name: string;
  judgement: Judgement;
  /** Share of the first ten hits with the very form, for one and for two syllables; null when it was not asked. */
  accents: [number, number] | null;
}

/** @param accented how many accented words of one and of two syllables are asked for; 0 for none */
export async function compare(
  articles: readonly BenchArticle[],
  contenders: readonly { name: string; search: Search }[],
  queries: readonly BenchQuery[],
  accented: number,
): Promise<Row[]> {
  const texts = new Map(articles.map((article) => [article.id, article]));
  const holds = (id: string, form: string): boolean => {
    const article = texts.get(id);
    if (article === undefined) return false;
    return codes(`${article.title} ${article.summary} ${article.body}`).includes(codes(form));
  };
  const forms = accented === 0 ? [] : accentQueries(articles, accented, 5);
  const [one, two] = [1, 2].map((n) => forms.filter(({ form }) => form.split(' ').length === n));
  const rows: Row[] = [];
  for (const { name, search } of contenders) {
    const judgement = await judge(search, queries);
    const accents: Row['accents'] =
      forms.length === 0
        ? null
        : [await accentPrecision(search, one ?? [], holds), await accentPrecision(search, two ?? [], holds)];
    rows.push({ name, judgement, accents });
  }
  return rows;
}

/** The words with their accents, however those are placed: hòa and hoà are one word. */
export function codes(text: string): string {
  return ` ${tokenize(text)
    .map((token) => foldWord(token.text).code)
    .join(' ')} `;
}

/** Questions of people about paragraphs of an encyclopedia, those paragraphs among the articles; null when they are not there. */
export function longQuestions(language: 'vi' | 'en'): {
  articles: BenchArticle[];
  queries: BenchQuery[];
} | null {
  const docs = `${CORPUS_DIR}/xquad.${language}.docs.jsonl`;
  if (!existsSync(docs)) return null;
  const asked = readLines<BenchQuery>(
    readFileSync(`${CORPUS_DIR}/xquad.${language}.queries.dev.jsonl`, 'utf8'),
  );
  const queries = asked.flatMap((query) => [
    { ...query, variant: 'question' },
    { ...query, variant: 'question, stripped', q: strip(query.q) },
  ]);
  return { articles: readLines<BenchArticle>(readFileSync(docs, 'utf8')), queries };
}

export function contenders(engine: Engine, peers: readonly Peer[]): { name: string; search: Search }[] {
  return [{ name: 'Điểm Tin', search: searchOf(engine) }, ...peers];
}
