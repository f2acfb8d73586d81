/**
 * The articles that are searched: 20,000 real ones when `../shared/corpus` is there, generated ones otherwise, and
 * generated ones past 20,000 (a chain of word pairs learnt from the real ones, so that word frequencies are alike).
 */
import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { pick, seeded, type Random } from './random.ts';
import { SYLLABLES } from './syllables.ts';

export interface BenchArticle {
  id: string;
  title: string;
  summary: string;
  body: string;
}

export interface BenchCorpus {
  articles: BenchArticle[];
  /** How many of them are real. */
  real: number;
  note: string;
}

export const CORPUS_DIR = '../shared/corpus';

export function loadCorpus(size: number): BenchCorpus {
  const file = `${CORPUS_DIR}/articles.vi.20k.jsonl.gz`;
  const articles = existsSync(file) ? readLines<BenchArticle>(gunzipSync(readFileSync(file)).toString()) : [];
  const real = Math.min(size, articles.length);
  const taken = articles.slice(0, size).map(normal);
  if (taken.length < size) taken.push(...generate(size - taken.length, taken));
  const note =
    real === 0
      ? `generated text only (${CORPUS_DIR} is not there): relevance says little, speed and size say something`
      : real < size
        ? `${real} real articles and ${size - real} generated ones`
        : `${real} real articles`;
  return { articles: taken, real, note };
}

/** One at a time from a file with a line for each, so that a process holds no more than it keeps. */
export function* readArticles(file: string): Generator<BenchArticle> {
  const handle = openSync(file, 'r');
  const chunk = Buffer.alloc(1 << 20);
  let rest = Buffer.alloc(0);
  try {
    for (let size = readSync(handle, chunk); size > 0; size = readSync(handle, chunk)) {
      rest = Buffer.concat([rest, chunk.subarray(0, size)]);
      for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
        yield JSON.parse(rest.subarray(0, end).toString()) as BenchArticle;
        rest = rest.subarray(end + 1);
      }
    }
  } finally {
    closeSync(handle);
  }
}

export function readLines<T>(text: string): T[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}

function normal(article: BenchArticle): BenchArticle {
  return {
    id: article.id,
    title: article.title.normalize('NFC'),
    summary: article.summary.normalize('NFC'),
    body: article.body.normalize('NFC').replace(/\n+/gu, '\n\n'),
  };
}

/** How many words a field or a paragraph has: title, summary, then the paragraphs of the body. */
type Shape = readonly number[];

/** Without any text to learn from. */
const PLAIN_SHAPE: Shape = [12, 35, ...Array.from({ length: 6 }, () => 78)];

/**
 * How often a word is one that the text has had before. Texts repeat what they are about: so chosen that generated articles
 * have as many different words as those that they are learnt from (a mean of 234, with 515 words in all).
 */
const REPEATED = 0.38;

function generate(count: number, from: readonly BenchArticle[]): BenchArticle[] {
  const random = seeded(20_251_201);
  const learnt = from.slice(0, 4_000);
  const next = learnt.length > 0 ? chain(learnt) : zipf(random);
  const shapes = learnt.length > 0 ? learnt.map(shapeOf) : [PLAIN_SHAPE];
  return Array.from({ length: count }, (_, i) => {
    const had: string[] = [];
    const [title = '', summary = '', ...body] = pick(random, shapes).map((words) =>
      passage(random, next, words, had),
    );
    return { id: `gen${i}`, title, summary, body: body.join('\n\n') };
  });
}

function shapeOf({ title, summary, body }: BenchArticle): Shape {
  return [title, summary, ...body.split('\n\n')].map((text) => text.split(/\s+/u).length);
}

type Next = (word: string | null) => string;

/** So many words, which are added to those that the article has had. */
function passage(random: Random, next: Next, count: number, had: string[]): string {
  const begin = had.length;
  let word: string | null = null;
  while (had.length < begin + count) {
    word = had.length > 0 && random() < REPEATED ? pick(random, had) : next(word);
    had.push(word);
  }
  const text = had.slice(begin).join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Each word with a word that followed it somewhere; begins anew at random, so that texts are about several things. */
function chain(articles: readonly BenchArticle[]): Next {
  const random = seeded(7);
  const followers = new Map<string, string[]>();
  const all: string[] = [];
  for (const { title, summary, body } of articles) {
    const words = `${title} ${summary} ${body}`.split(/\s+/u);
    for (let i = 0; i + 1 < words.length; i += 1) {
      const word = words[i] ?? '';
      const list = followers.get(word) ?? [];
      if (list.length < 400) list.push(words[i + 1] ?? '');
      followers.set(word, list);
    }
    all.push(...words);
  }
  return (word) => {
    const list = word === null || random() < 0.2 ? undefined : followers.get(word);
    return pick(random, list ?? all);
  };
}

/** Without any text to learn from: made syllables in pairs, few of them frequent and most rare. */
function zipf(random: Random): Next {
  const words = Array.from({ length: 12_000 }, () => `${pick(random, SYLLABLES)} ${pick(random, SYLLABLES)}`);
  return () => words[Math.floor(words.length * random() ** 3)] ?? '';
}
