/**
 * Whether reports of one event find each other and nothing else does, beside plain MinHash: a table of what was found of
 * reports that were planted in, and of what was put together in the corpus, by what eyes said of it.
 *
 *     npm run bench:stories              20,000 articles, some five minutes
 *     npm run bench:stories -- 1000      so many
 *     npm run bench:stories -- 20000 show    and the pairs put together that nobody has looked at yet
 *
 * The corpus has neither dates nor sources, so all of it happens on one day, and the reports planted in on the next one:
 * what would be years apart competes, and nothing is known to be of one newspaper.
 */
import { loadCorpus, type BenchArticle } from './search/corpus.ts';
import { seeded, shuffled } from './search/random.ts';
import { readVerdicts, type Verdict } from './stories/judged.ts';
import { alikePairs, jaccard, shinglesOf, type AlikePair } from './stories/peer.ts';
import { cpuMilliseconds, place } from './stories/placing.ts';
import { KINDS, retell, type Planted } from './stories/planted.ts';

const FULL = 20_000;
const MOST_PLANTED = 400;
const THRESHOLDS = [0.1, 0.2, 0.3, 0.4, 0.5];
/** The likest pairs of the corpus, as the peer sees them: those that one could take for the same event. */
const CLOSEST = 1_000;

const size = Number(process.argv[2] ?? FULL);
const shows = process.argv[3] === 'show';
const count = Math.min(MOST_PLANTED, Math.floor(size / 10));
const corpus = loadCorpus(size - count);
const planted = plant(corpus.articles, count);
const placed = await place([
  ...corpus.articles.map((article) => ({ ...article, day: '2026-01-05' })),
  ...planted.map((article) => ({ ...article, day: '2026-01-06' })),
]);

const verdicts = readVerdicts();
const byId = new Map(corpus.articles.map((article) => [article.id, article]));
/** Each article that joined a story, with the one that began it. */
const joins = corpus.articles
  .map(({ id }): [string, string] => [placed.storyOf.get(id) ?? id, id])
  .filter(([first, id]) => first !== id);
const strays = planted.filter(({ id, of }) => {
  const story = placed.storyOf.get(id);
  return story !== id && story !== placed.storyOf.get(of);
});

const began = process.cpuUsage();
const shingles = corpus.articles.map(shinglesOf);
const alike = alikePairs(shingles, Math.min(...THRESHOLDS));
const peerMilliseconds = cpuMilliseconds(began) / Math.max(1, corpus.articles.length);

console.log(
  `\n${size} articles, ${planted.length} of them planted: ${corpus.note}; Node ${process.version}\n`,
);
console.log(
  `| | planted, found | ${KINDS.join(' | ')} | put together in the corpus | same | doubtful | other | not looked at |`,
);
console.log(`|---|---:|${KINDS.map(() => '---:|').join('')}---:|---:|---:|---:|---:|`);
row('stories', (one) => placed.storyOf.get(one.id) === placed.storyOf.get(one.of), joins);
for (const threshold of THRESHOLDS) {
  const pairs = alike.filter((pair) => pair.jaccard >= threshold).map(idsOf);
  row(`MinHash, Jaccard ≥ ${threshold}`, (one) => alikeOriginal(one) >= threshold, pairs);
}
const closest = alike.slice(0, CLOSEST).map(idsOf);
const together = closest.filter(([a, b]) => placed.storyOf.get(a) === placed.storyOf.get(b));
console.log(`
- Planted reports in the story of another article: ${strays.length}.
- Of the ${closest.length} likest pairs of the corpus ${together.length} are put together: ${said(together)}.
- Processor time for each article: ${placed.millisecondsEach.toFixed(1)} ms; MinHash ${peerMilliseconds.toFixed(1)} ms.
- Marks in the database: ${placed.marksMb.toFixed(1)} MB.`);
if (shows) show([...joins, ...together]);

function plant(articles: readonly BenchArticle[], most: number): Planted[] {
  const random = seeded(5);
  const all: Planted[] = [];
  for (const n of shuffled(random, 0, articles.length)) {
    if (all.length >= most) break;
    const article = articles[n];
    const told = article && retell(article, KINDS[all.length % KINDS.length] ?? 'cut', random);
    if (told) all.push(told);
  }
  return all;
}

function row(name: string, isFound: (one: Planted) => boolean, pairs: readonly [string, string][]): void {
  const share = (of: readonly Planted[]): string =>
    of.length === 0 ? '' : `${((100 * of.filter(isFound).length) / of.length).toFixed(0)} %`;
  const kinds = KINDS.map((kind) => share(planted.filter((one) => one.kind === kind)));
  const { same, doubtful, other, unseen } = tally(pairs);
  const cells = [name, share(planted), ...kinds, pairs.length, same, doubtful, other, unseen];
  console.log(`| ${cells.join(' | ')} |`);
}

function tally(pairs: readonly [string, string][]): Record<Verdict | 'unseen', number> {
  const sums = { same: 0, other: 0, doubtful: 0, unseen: 0 };
  for (const [a, b] of pairs) sums[verdicts.get(`${a} ${b}`) ?? 'unseen'] += 1;
  return sums;
}

function said(pairs: readonly [string, string][]): string {
  const { same, doubtful, other, unseen } = tally(pairs);
  return `${same} of one event, ${other} of two, ${doubtful} doubtful, ${unseen} not looked at`;
}

function idsOf({ a, b }: AlikePair): [string, string] {
  return [corpus.articles[a]?.id ?? '', corpus.articles[b]?.id ?? ''];
}

function alikeOriginal(one: Planted): number {
  const original = byId.get(one.of);
  return original === undefined ? 0 : jaccard(shinglesOf(original), shinglesOf(one));
}

function show(pairs: readonly [string, string][]): void {
  for (const pair of pairs.filter(([a, b]) => !verdicts.has(`${a} ${b}`))) {
    console.log('');
    for (const id of pair) {
      const article = byId.get(id);
      console.log(`${id}  ${article?.title}\n    ${article?.summary}\n    ${article?.body.slice(0, 300)}`);
    }
  }
}
