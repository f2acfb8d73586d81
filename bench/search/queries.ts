/**
 * Known-item queries: a fragment of an article, in several spellings; that article is the one that should be found.
 *
 * Kinds: 3 or 5 words of a title, 4 of a summary, 4 of a body, two separate pairs of a body. Every fragment holds a word
 * that few articles have, as what people look for does.
 */
import { foldWord } from '../../src/search/fold.ts';
import { tokenize } from '../../src/search/tokens.ts';
import type { BenchArticle } from './corpus.ts';
import { pick, seeded, shuffled, type Random } from './random.ts';

export const VARIANTS = [
  'exact',
  'stripped',
  'partial',
  'nfd',
  'typo',
  'prefix',
  'prefix_stripped',
  'tp_orig',
  'tp_swap',
] as const;
export type Variant = (typeof VARIANTS)[number];

export interface BenchQuery {
  kind: string;
  variant: string;
  q: string;
  relevant: string[];
}

const KINDS = ['title3', 'title5', 'summary4', 'body4', 'keys4'] as const;

/** Of so many articles at most is a word still telling. */
const TELLING_SHARE = 0.1;

/**
 * @param from,to which articles the queries are made of
 * @param count how many articles; each gives one query in every variant
 */
export function makeQueries(
  articles: readonly BenchArticle[],
  from: number,
  to: number,
  count: number,
  seed: number,
): BenchQuery[] {
  const random = seeded(seed);
  const frequency = documentFrequency(articles);
  const telling = (word: string): boolean => {
    const n = frequency.get(foldWord(word).folded) ?? 0;
    return n >= 1 && n <= Math.max(3, articles.length * TELLING_SHARE) && !/^\d+$/u.test(word);
  };
  const queries: BenchQuery[] = [];
  let made = 0;
  for (const at of shuffled(random, from, to)) {
    if (made >= count) break;
    const article = articles[at];
    if (article === undefined) continue;
    const kind = KINDS[made % KINDS.length] ?? 'title3';
    const words = fragment(article, kind, telling, random);
    if (words === null) continue;
    made += 1;
    for (const [variant, q] of variantsOf(words, random))
      queries.push({ kind, variant, q, relevant: [article.id] });
  }
  queries.push(...toneQueries(articles, from, to, Math.ceil(count / 2), telling, random));
  return queries;
}

function fragment(
  article: BenchArticle,
  kind: (typeof KINDS)[number],
  telling: (word: string) => boolean,
  random: Random,
): string[] | null {
  const field = kind.startsWith('title')
    ? article.title
    : kind === 'summary4'
      ? article.summary
      : article.body;
  const words = tokenize(field).map((token) => token.text.toLowerCase());
  if (kind !== 'keys4') return window(words, Number(kind.at(-1)), telling, random);
  const first = window(words, 2, telling, random);
  const second = window(words, 2, telling, random);
  if (first === null || second === null || first.some((word) => second.includes(word))) return null;
  return [...first, ...second];
}

function window(
  words: string[],
  n: number,
  telling: (word: string) => boolean,
  random: Random,
): string[] | null {
  const starts = words.flatMap((_, i) =>
    i + n <= words.length && words.slice(i, i + n).some(telling) ? [i] : [],
  );
  if (starts.length === 0) return null;
  const start = pick(random, starts);
  return words.slice(start, start + n);
}

function variantsOf(words: string[], random: Random): [Variant, string][] {
  const exact = words.join(' ');
  const list: [Variant, string][] = [
    ['exact', exact],
    ['stripped', strip(exact)],
    ['partial', words.map((word) => (random() < 0.5 ? strip(word) : word)).join(' ')],
    ['nfd', exact.normalize('NFD')],
  ];
  const base = random() < 0.5 ? words : words.map(strip);
  const long = base.flatMap((word, i) => (word.length >= 4 ? [i] : []));
  if (long.length > 0) {
    const at = pick(random, long);
    list.push(['typo', base.map((word, i) => (i === at ? misspell(word, random) : word)).join(' ')]);
  }
  const last = words.at(-1) ?? '';
  if (last.length >= 3) {
    const cut = last.slice(0, last.length - (last.length > 3 && random() < 0.5 ? 2 : 1));
    list.push(['prefix', [...words.slice(0, -1), cut].join(' ')]);
    list.push(['prefix_stripped', strip([...words.slice(0, -1), cut].join(' '))]);
  }
  return list;
}

export function strip(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/gu, 'd')
    .replace(/Đ/gu, 'D')
    .normalize('NFC');
}

/** One edit: a letter left out, doubled or wrong, two letters swapped. */
function misspell(word: string, random: Random): string {
  const letters = Array.from(word);
  const i = Math.floor(random() * letters.length);
  const letter = pick(random, Array.from('abcdeghiklmnopqrstuvxy'));
  const j = Math.min(i, letters.length - 2);
  switch (Math.floor(random() * 4)) {
    case 0:
      letters.splice(i, 1);
      break;
    case 1:
      letters.splice(i, 0, letter);
      break;
    case 2:
      letters[i] = letter;
      break;
    default:
      [letters[j], letters[j + 1]] = [letters[j + 1] ?? '', letters[j] ?? ''];
  }
  const wrong = letters.join('');
  return wrong === word ? misspell(word, random) : wrong;
}

/** hoà and hòa: the mark on the second vowel, as in the corpus, or on the first, as most keyboards put it. */
const OPEN_RHYME = /^([^aeiouyàáảãạèéẻẽẹ]*)([ou])([àáảãạèéẻẽẹỳýỷỹỵ])$/u;

function swapTone(word: string): string | null {
  const match = OPEN_RHYME.exec(word);
  if (match === null || (match[1] === 'q' && match[2] === 'u')) return null;
  const vowel = (match[3] ?? '').normalize('NFD');
  return `${match[1] ?? ''}${(match[2] ?? '') + vowel.slice(1)}${vowel.slice(0, 1)}`.normalize('NFC');
}

function toneQueries(
  articles: readonly BenchArticle[],
  from: number,
  to: number,
  count: number,
  telling: (word: string) => boolean,
  random: Random,
): BenchQuery[] {
  const queries: BenchQuery[] = [];
  for (const at of shuffled(random, from, to)) {
    if (queries.length >= count * 2) break;
    const article = articles[at];
    if (article === undefined) continue;
    const words = tokenize(`${article.title} ${article.summary}`).map((token) => token.text.toLowerCase());
    const i = words.findIndex(
      (word, k) => swapTone(word) !== null && words.slice(Math.max(0, k - 1), k + 3).some(telling),
    );
    if (i < 0) continue;
    const piece = words.slice(Math.max(0, i - 1), i + 3);
    const swapped = piece.map((word) => swapTone(word) ?? word);
    queries.push({ kind: 'tone', variant: 'tp_orig', q: piece.join(' '), relevant: [article.id] });
    queries.push({ kind: 'tone', variant: 'tp_swap', q: swapped.join(' '), relevant: [article.id] });
  }
  return queries;
}

/** Accented words of one or two syllables whose folded form stands for several words; with the form that hits should hold. */
export function accentQueries(
  articles: readonly BenchArticle[],
  count: number,
  seed: number,
): { q: string; form: string }[] {
  const random = seeded(seed);
  const forms = new Map<string, Map<string, number>>();
  for (const article of articles) {
    const words = tokenize(`${article.title} ${article.summary} ${article.body}`).map((token) =>
      token.text.toLowerCase(),
    );
    const seen = new Set<string>();
    words.forEach((word, i) => {
      seen.add(word);
      if (i > 0) seen.add(`${words[i - 1] ?? ''} ${word}`);
    });
    for (const form of seen) {
      const key = strip(form);
      if (key === form && form.includes(' ')) continue;
      const group = forms.get(key) ?? new Map<string, number>();
      group.set(form, (group.get(form) ?? 0) + 1);
      forms.set(key, group);
    }
  }
  const chosen = (syllables: number): { q: string; form: string }[] => {
    const list: string[] = [];
    for (const [key, group] of forms) {
      if (key.split(' ').length !== syllables) continue;
      const frequent = [...group.entries()].filter(([, n]) => n >= 10);
      if (frequent.length < 2) continue;
      list.push(...frequent.map(([form]) => form).filter((form) => strip(form) !== form));
    }
    list.sort();
    return Array.from({ length: Math.min(count, list.length) }, () => pick(random, list)).map((form) => ({
      q: form,
      form,
    }));
  };
  return [...chosen(1), ...chosen(2)];
}

function documentFrequency(articles: readonly BenchArticle[]): Map<string, number> {
  const frequency = new Map<string, number>();
  const memo = new Map<string, string>();
  for (const article of articles) {
    const seen = new Set<string>();
    for (const { text } of tokenize(`${article.title} ${article.summary} ${article.body}`)) {
      let folded = memo.get(text);
      if (folded === undefined) memo.set(text, (folded = foldWord(text).folded));
      seen.add(folded);
    }
    for (const word of seen) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  }
  return frequency;
}

/** The words with their accents, however those are placed: hòa and hoà are one word. */
export function codesOf(text: string): string {
  return ` ${tokenize(text)
    .map((token) => foldWord(token.text).code)
    .join(' ')} `;
}
