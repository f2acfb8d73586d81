/**
 * Second reports of articles, as another newspaper would make them: shortened, in another order, with another beginning,
 * in other words. Each has a title in the other newspaper's way. What they report is the same by construction.
 */
import type { BenchArticle } from '../search/corpus.ts';
import { pick, shuffled, type Random } from '../search/random.ts';

export const KINDS = ['cut', 'order', 'lead', 'words'] as const;
export type Kind = (typeof KINDS)[number];

export interface Planted extends BenchArticle {
  kind: Kind;
  /** The article that it retells. */
  of: string;
}

/** A line or two cannot be retold. */
const MIN_SENTENCES = 6;

/** Null when there is too little text to retell. */
export function retell(article: BenchArticle, kind: Kind, random: Random): Planted | null {
  const sentences = article.body.split(/\n+|(?<=[.!?…]) (?=\p{Lu})/u).filter((text) => text.trim() !== '');
  if (sentences.length < MIN_SENTENCES) return null;
  const told = RETELLINGS[kind](article.summary, sentences, random);
  const body = inParagraphs(told.sentences);
  return {
    ...{ id: `${article.id}-${kind}`, kind, of: article.id, title: retitle(article.title, random) },
    ...{ summary: told.summary, body },
  };
}

interface Told {
  summary: string;
  sentences: string[];
}

const RETELLINGS: Record<Kind, (summary: string, sentences: string[], random: Random) => Told> = {
  /** An agency's text, of which a smaller paper prints the first half. */
  cut: (summary, sentences) => ({ summary, sentences: sentences.slice(0, Math.ceil(sentences.length / 2)) }),
  /** Everything that was said, in another order. */
  order: (summary, sentences, random) => ({
    summary: sentences[1] ?? '',
    sentences: [...shuffled(random, 0, sentences.length).map((n) => sentences[n] ?? ''), summary],
  }),
  /** The beginning is the editor's own; a third of the text goes. */
  lead: (summary, sentences, random) => ({
    summary: reword(summary, random, 0.25),
    sentences: sentences
      .map((sentence, n) => (n < 3 ? reword(sentence, random, 0.25) : sentence))
      .filter((_, n) => n < 3 || random() > 0.33),
  }),
  /** Told anew, sentence by sentence, with a third left out. */
  words: (summary, sentences, random) => ({
    summary: reword(summary, random, 0.15),
    sentences: sentences.filter(() => random() > 0.33).map((sentence) => reword(sentence, random, 0.15)),
  }),
};

const SYNONYMS = new Map(
  [
    'cho biết=nói rõ|tại=ở|hôm nay=trong ngày|công an=cảnh sát|người dân=bà con|khoảng=chừng|tuy nhiên=song|hiện nay=bây giờ',
    'phát hiện=tìm thấy|nhiều=không ít|rất=vô cùng|bắt đầu=khởi sự|tiếp tục=vẫn|theo=dẫn lời|do=bởi|nhưng=thế nhưng',
    'yêu cầu=đòi hỏi|quyết định=chốt|thực hiện=tiến hành|gặp=đụng|trước đó=hồi trước|sau đó=rồi|nguyên nhân=lý do|được=đã được',
    'cùng=với|để=nhằm|các=những|trên=ở trên|vụ việc=sự việc|xảy ra=diễn ra|thông tin=tin|lớn=to|nhỏ=bé|giúp=hỗ trợ',
  ]
    .join('|')
    .split('|')
    .map((pair) => pair.split('=') as [string, string]),
);
const SYNONYM = new RegExp(`(?<!\\p{L})(?:${[...SYNONYMS.keys()].join('|')})(?!\\p{L})`, 'gu');

/** @param loss the share of words in small letters that are left out, 0 to 1 */
function reword(text: string, random: Random, loss: number): string {
  const words = text.replace(SYNONYM, (found) => SYNONYMS.get(found) ?? found).split(' ');
  return words.filter((word) => !/^\p{Ll}+$/u.test(word) || random() >= loss).join(' ');
}

const OUTLETS = ['Báo Bình Minh', 'Tin nhanh 24h', 'Thời Cuộc', 'Người Quan Sát'];

function retitle(title: string, random: Random): string {
  const outlet = pick(random, OUTLETS);
  const [first = title, ...rest] = title.split(/[:,;–-] /u);
  const turned = rest.length === 0 ? title : `${rest.join(', ')}: ${first}`;
  return pick(random, [
    () => `${title} | ${outlet}`,
    () => `${outlet}: ${reword(turned, random, 0.1)}`,
    () => reword(turned, random, 0.3),
    () => first,
  ])();
}

function inParagraphs(sentences: readonly string[]): string {
  const paragraphs: string[] = [];
  for (let n = 0; n < sentences.length; n += 3) paragraphs.push(sentences.slice(n, n + 3).join(' '));
  return paragraphs.join('\n\n');
}
