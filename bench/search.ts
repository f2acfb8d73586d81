/**
 * How well search finds, how fast, and what it weighs, beside what one could use instead; with the limit beside each value.
 *
 *     npm run bench:search                         at 5,000, 20,000 and 100,000 articles, about an hour
 *     npm run bench:search -- 20000                at so many
 *     npm run bench:search -- 20000 --no-program   without starting the whole program
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONTENDERS, perform, type ContenderName, type Performance } from './search/contest.ts';
import { CORPUS_DIR, loadCorpus, readLines, type BenchArticle } from './search/corpus.ts';
import { accentPrecision, judge, quantile, type Judged } from './search/judge.ts';
import { writeStore } from './search/library.ts';
import { askTheProgram } from './search/program.ts';
import { accentQueries, codesOf, makeQueries, VARIANTS, type BenchQuery } from './search/queries.ts';
import { longQuestions } from './search/questions.ts';
import { Report, shown, type Limit } from './search/report.ts';

const SEED = 77;
const IDS = 200;
const FORMS = 60;
/** What takes minutes or gigabytes for more. */
const MOST: Partial<Record<ContenderName, number>> = { minisearch: 20_000, flexsearch: 20_000, orama: 5_000 };
/** News among which the paragraphs of the long questions are put. */
const AROUND_PARAGRAPHS = 5_000;
const PROGRAM_QUERIES = 200;

const sizes = process.argv
  .slice(2)
  .filter((arg) => /^\d+$/u.test(arg))
  .map(Number);
const withProgram = !process.argv.includes('--no-program');
const report = new Report();
console.log(`Node ${process.version}; each contender in a process of its own, one after the other`);
for (const size of sizes.length > 0 ? sizes : [5_000, 20_000, 100_000]) await contest(size);
for (const language of ['vi', 'en'] as const) await questions(language);
report.end();
// Fewer articles, or made ones, show that the benchmark works, not what the search can do.
if (report.missed > 0 && report.isTelling) process.exitCode = 1;

async function contest(size: number): Promise<void> {
  const { articles, real, note } = loadCorpus(size);
  report.section(`${size} articles: ${note}`);
  if (real >= 20_000) report.isTelling = true;
  const queries = queriesOver(articles, real);
  const forms = accentQueries(articles, FORMS, 5);
  const asked = [...queries, ...forms].map(({ q }) => q);
  const names = (Object.keys(CONTENDERS) as ContenderName[]).filter(
    (name) => name !== 'fts-folded-any' && size <= (MOST[name] ?? Infinity),
  );
  const results = await performAll(names, articles, asked);
  relevance(size, queries, results);
  const texts = new Map(articles.map((article) => [article.id, article]));
  const holds = (id: string, form: string): boolean => {
    const { title = '', summary = '', body = '' } = texts.get(id) ?? {};
    return codesOf(`${title} ${summary} ${body}`).includes(codesOf(form));
  };
  const ours = results.get('ours');
  if (ours === undefined) return;
  for (const syllables of [1, 2]) {
    const chosen = forms.flatMap(({ form }, i) => (form.split(' ').length === syllables ? [i] : []));
    const found = chosen.map((i) => ours.found[queries.length + i] ?? []);
    const words = chosen.map((i) => forms[i]?.form ?? '');
    const share = accentPrecision(words, found, holds);
    report.hold(`top ten with the very form, ${syllables} accented`, share, '', { at: '≥', bound: 0.98 });
  }
  costs(size, results);
  if (withProgram) await program(size, articles, queries);
}

async function performAll(
  names: readonly ContenderName[],
  articles: readonly BenchArticle[],
  queries: string[],
): Promise<Map<ContenderName, Performance>> {
  const dir = mkdtempSync(join(tmpdir(), 'diemtin-bench-'));
  try {
    const store = await writeStore(join(dir, 'data'), articles);
    const file = join(dir, 'articles.jsonl');
    writeFileSync(file, articles.map((article) => `${JSON.stringify(article)}\n`).join(''));
    const results = new Map<ContenderName, Performance>();
    for (const contender of names)
      results.set(contender, await perform({ contender, articles: file, store, queries }));
    return results;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Made from the articles; with real ones also the queries that come with them. */
function queriesOver(articles: readonly BenchArticle[], real: number): BenchQuery[] {
  const made = makeQueries(articles, 0, real === 0 ? articles.length : real, IDS, SEED);
  if (real < 20_000) return made;
  const given = readLines<BenchQuery>(readFileSync(`${CORPUS_DIR}/queries.vi.dev.jsonl`, 'utf8'));
  return [...made, ...given.map((query) => ({ ...query, variant: `given: ${query.variant}` }))];
}

function relevance(
  size: number,
  queries: readonly BenchQuery[],
  results: Map<ContenderName, Performance>,
): void {
  const judged = new Map([...results].map(([name, { found }]) => [name, judge(queries, found)]));
  const variants = [...new Set(queries.map(({ variant }) => variant))];
  const cell = (of: Judged | undefined): string =>
    of === undefined ? '' : `${of.mrr.toFixed(3)} / ${of.recall.toFixed(3)}`;
  report.table(
    ['MRR@10 / recall@10', ...[...judged.keys()].map((name) => CONTENDERS[name])],
    variants.map((variant) => [variant, ...[...judged.values()].map((of) => cell(of.get(variant)))]),
  );
  const mine = judged.get('ours');
  const peer = judged.get('fts-folded');
  const gain = (variant: string): number => (mine?.get(variant)?.mrr ?? 0) - (peer?.get(variant)?.mrr ?? 0);
  // Among fewer articles there is less to confuse, for the peer too; among more, less is promised.
  const least = (bound: number, amongMore: number | null = null): Limit | null => {
    const wanted = size < 20_000 ? null : size === 20_000 ? bound : amongMore;
    return wanted === null ? null : { at: '≥', bound: wanted };
  };
  for (const variant of VARIANTS) {
    const own = mine?.get(variant);
    if (own === undefined) continue;
    if (['exact', 'nfd', 'stripped', 'partial'].includes(variant)) {
      report.hold(
        `${variant}: MRR above the folded FTS5's`,
        gain(variant),
        '',
        least(0.07, variant === 'exact' ? 0.07 : null),
      );
      report.hold(`${variant}: recall`, own.recall, '', least(0.97));
    } else if (variant.startsWith('prefix')) {
      report.hold(`${variant}: MRR above the folded FTS5's`, gain(variant), '', least(0.05));
    } else if (variant === 'typo') {
      report.hold('typo: MRR', own.mrr, '', least(0.78, 0.68));
      report.hold('typo: recall', own.recall, '', least(0.9));
    } else if (variant === 'tp_swap') {
      const away = Math.abs(own.mrr - (mine?.get('tp_orig')?.mrr ?? 0));
      report.hold('tone mark elsewhere: MRR away from its original', away, '', { at: '≤', bound: 0.01 });
    }
  }
}

function costs(size: number, results: Map<ContenderName, Performance>): void {
  const rows = [...results].map(([name, result]) => {
    const times = [...result.times].sort((a, b) => a - b);
    return [
      CONTENDERS[name],
      ...[0.5, 0.95, 0.99].map((share) => `${shown(quantile(times, share))} ms`),
      `${Math.round(size / result.buildSeconds)}/s`,
      `${shown((result.rssMb / size) * 1_000)} MB`,
      `${shown((result.heapMb / size) * 1_000)} MB`,
    ];
  });
  report.table(['', 'p50', 'p95', 'p99', 'taken in', 'RSS per 1,000', 'heap per 1,000'], rows);
  const ours = results.get('ours');
  if (ours === undefined) return;
  const times = [...ours.times].sort((a, b) => a - b);
  const p95 = size <= 20_000 ? 35 : 100;
  report.hold('a search, p95', quantile(times, 0.95), ' ms', { at: '≤', bound: p95 });
  report.hold('a search, p99', quantile(times, 0.99), ' ms', { at: '≤', bound: 2 * p95 });
  const perThousand = ((ours.indexMb ?? 0) / size) * 1_000;
  report.hold('search.db per 1,000 articles', perThousand, ' MB', { at: '≤', bound: 2.5 });
  const adds = [...(ours.addTimes ?? [])].sort((a, b) => a - b);
  report.hold('one more article, stored and found, p95', quantile(adds, 0.95), ' ms', { at: '≤', bound: 15 });
}

async function program(
  size: number,
  articles: BenchArticle[],
  queries: readonly BenchQuery[],
): Promise<void> {
  const titled = (variant: string): { q: string; title: string } => {
    const query = queries.find((one) => one.variant === variant && one.kind === 'title5');
    const title = articles.find(({ id }) => id === query?.relevant[0])?.title;
    if (query === undefined || title === undefined) throw new Error(`no ${variant} of a title`);
    return { q: query.q, title };
  };
  const some = queries.filter((_, i) => i % Math.ceil(queries.length / PROGRAM_QUERIES) === 0);
  const result = await askTheProgram(
    articles,
    titled('exact'),
    titled('typo'),
    some.map(({ q }) => q),
  );
  const rss = size <= 20_000 ? 220 : 260;
  report.hold('the program: files taken in and indexed', size / result.importSeconds, '/s', null);
  report.hold('the program: resident at most meanwhile', result.importRssMb, ' MB', null);
  report.hold('the program: start to the first right answer', result.firstAnswerMs, ' ms', {
    at: '≤',
    bound: 1_000,
  });
  report.hold('the program: start to an answer in spite of a slip', result.typoAnswerMs, ' ms', {
    at: '≤',
    bound: 3_000,
  });
  report.hold('the program: resident after searches', result.rssMb, ' MB', { at: '≤', bound: rss });
  report.hold('the program: resident at most since its start', result.peakRssMb, ' MB', null);
  report.hold('the program: message to answer, p50', quantile(result.searchMs, 0.5), ' ms', null);
  report.hold('the program: message to answer, p95', quantile(result.searchMs, 0.95), ' ms', null);
}

/** Spread evenly, so that it helps nobody to prefer the newest. */
function among(news: readonly BenchArticle[], paragraphs: readonly BenchArticle[]): BenchArticle[] {
  const step = Math.max(1, Math.floor(news.length / paragraphs.length));
  return [
    ...paragraphs.flatMap((paragraph, i) => [paragraph, ...news.slice(i * step, (i + 1) * step)]),
    ...news.slice(paragraphs.length * step),
  ];
}

async function questions(paragraphs: 'vi' | 'en'): Promise<void> {
  const long = longQuestions(paragraphs);
  report.section(
    long === null
      ? `long questions (${paragraphs}): not measured, ${CORPUS_DIR} is not there`
      : `${long.queries.length} long questions (${paragraphs}) about ${long.articles.length} paragraphs among ${AROUND_PARAGRAPHS} articles`,
  );
  if (long === null) return;
  const results = await performAll(
    ['ours', 'fts-folded-any', 'fts-folded', 'fts-shipped'],
    among(loadCorpus(AROUND_PARAGRAPHS).articles, long.articles),
    long.queries.map(({ q }) => q),
  );
  const judged = new Map([...results].map(([name, { found }]) => [name, judge(long.queries, found)]));
  const variants = [...new Set(long.queries.map(({ variant }) => variant))];
  report.table(
    ['MRR@10 / recall@10', ...[...judged.keys()].map((name) => CONTENDERS[name])],
    variants.map((variant) => [
      variant,
      ...[...judged.values()].map((of) => {
        const { mrr, recall } = of.get(variant) ?? { mrr: 0, recall: 0 };
        return `${mrr.toFixed(3)} / ${recall.toFixed(3)}`;
      }),
    ]),
  );
  for (const variant of variants) {
    const gain =
      (judged.get('ours')?.get(variant)?.mrr ?? 0) - (judged.get('fts-folded-any')?.get(variant)?.mrr ?? 0);
    // In English there are no accents to lose and few ways to fold, so the peers do as well.
    const limit: Limit | null = paragraphs === 'vi' ? { at: '≥', bound: 0.09 } : null;
    report.hold(`${variant}: MRR above the folded FTS5's OR`, gain, '', limit);
  }
}
