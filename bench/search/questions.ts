/**
 * Long questions that people asked about paragraphs of an encyclopedia (XQuAD); the paragraphs are put among the news.
 */
import { existsSync, readFileSync } from 'node:fs';
import { CORPUS_DIR, readLines, type BenchArticle } from './corpus.ts';
import { strip, type BenchQuery } from './queries.ts';

/** Null when they are not there. */
export function longQuestions(
  language: 'vi' | 'en',
): { articles: BenchArticle[]; queries: BenchQuery[] } | null {
  const docs = `${CORPUS_DIR}/xquad.${language}.docs.jsonl`;
  if (!existsSync(docs)) return null;
  const asked = readLines<BenchQuery>(
    readFileSync(`${CORPUS_DIR}/xquad.${language}.queries.dev.jsonl`, 'utf8'),
  );
  const queries = asked.flatMap((query) => [
    { ...query, variant: 'question' },
    { ...query, variant: 'question, unaccented', q: strip(query.q) },
  ]);
  return { articles: readLines<BenchArticle>(readFileSync(docs, 'utf8')), queries };
}
