/**
 * Follows as people would write them, made from articles: phrases of two or three syllables, words to be found together,
 * alternatives, exclusions. All of them different.
 */
import { pick, type Random } from '../search/random.ts';
import type { BenchArticle } from '../search/corpus.ts';

export function makeFollows(count: number, articles: readonly BenchArticle[], random: Random): string[] {
  const found = new Set<string>();
  const words = (length: number): string => {
    const { title, summary } = pick(random, articles);
    const all = `${title} ${summary}`
      .split(/[^\p{L}\p{M}\p{N}]+/u)
      .filter((word) => word !== '' && word !== 'OR');
    const start = Math.floor(random() * Math.max(1, all.length - length));
    return all.slice(start, start + length).join(' ');
  };
  const phrase = (): string => `"${words(random() < 0.7 ? 2 : 3)}"`;
  while (found.size < count) {
    const kind = random();
    if (kind < 0.35) found.add(phrase());
    else if (kind < 0.55) found.add(words(2));
    else if (kind < 0.7) found.add(words(3));
    else if (kind < 0.85) found.add(`${phrase()} OR ${phrase()}`);
    else if (kind < 0.95) found.add(`${phrase()} -${phrase()}`);
    else found.add(words(1 + Math.floor(random() * 2)) + ' lang:vi');
  }
  return [...found];
}
