/**
 * What an article reports, reduced to what two reports can be compared by: pairs of words, names, numbers, days. Pure;
 * derived from the text and never stored, so that an edit needs no care.
 */
import { paragraphs, type Article } from '../articles/article.ts';
import { isCaption } from '../articles/captions.ts';
import { mentionsIn, numbersIn, type Mentions } from './mentions.ts';
import { isEverywhere } from './plainWords.ts';
import { mix, wordReader, type Word } from './words.ts';

/** News says what happened at its beginning: title, summary, and this many words of the text. */
const HEAD_BODY_WORDS = 60;
/** Behind these the text is background. */
const MAX_BODY_WORDS = 600;
/** A title or summary longer than this is a mistake of somebody's. */
const MAX_LEAD_CHARS = 2_000;
/** Behind these a body is not looked at, since a text without a space would be one word. */
export const MAX_BODY_CHARS = 12_000;

/** Where a name was first met. */
export type NamePlace = 'title' | 'lead' | 'head' | 'body';

export interface Report {
  /** Folded; null when the article does not say. */
  source: string | null;
  /** ISO 639-1; null when it could not be told. */
  language: string | null;
  /** Of the article's listing, in days since 1970. */
  day: number;
  /** Hashes of neighbouring words, without the pairs that say nothing. */
  title: ReadonlySet<number>;
  /** The same of title, summary and the beginning of the text. */
  head: ReadonlySet<number>;
  /** Hashes of three words in a row, of the whole text. */
  pieces: ReadonlySet<number>;
  /** Hashes of names: two capitalised words side by side, or one that is no Vietnamese syllable. */
  names: ReadonlyMap<number, NamePlace>;
  /** Whom and what title and summary name: for each name, however long, its hashes in `names`. */
  cast: readonly (readonly number[])[];
  inTitle: Mentions;
  /** Of title and summary. */
  inLead: Mentions;
  inHead: Mentions;
  /** Of the whole text. */
  numbers: ReadonlySet<string>;
  /** Of several events ("An ninh 24h: …; …; …"), so of none. */
  isRoundup: boolean;
}

export type Reportable = Pick<Article, 'title' | 'summary' | 'body' | 'source' | 'language'> & {
  /** A day or an instant, as the store lists the article. */
  listedAt: string;
};

export type ReportReader = (article: Reportable) => Report;

const DAY_MS = 86_400_000;

/** A reader remembers the words that it met, since texts repeat them. */
export function createReportReader(): ReportReader {
  const eachWord = wordReader();

  return (article) => {
    const title = article.title.slice(0, MAX_LEAD_CHARS);
    const summary = (article.summary ?? '').slice(0, MAX_LEAD_CHARS);
    const found = new Findings();
    /** Reads at most `limit` words; tells how many there were, and the text up to the last of them. */
    const read = (text: string, place: NamePlace, limit: number): { words: number; text: string } => {
      found.begin();
      const { words, end } = eachWord(text, limit, (word) => found.take(word, place));
      return { words, text: text.slice(0, end) };
    };
    read(title, 'title', Infinity);
    read(summary, 'lead', Infinity);
    const head: string[] = [title, summary];
    const whole: string[] = [title, summary];
    let left = MAX_BODY_WORDS;
    for (const text of paragraphs(article.body.slice(0, MAX_BODY_CHARS))) {
      if (left <= 0) break;
      if (isCaption(text)) continue;
      const leftOfHead = Math.max(0, left - (MAX_BODY_WORDS - HEAD_BODY_WORDS));
      const start = read(text, 'head', leftOfHead);
      if (leftOfHead > 0) head.push(start.text);
      const rest = read(text.slice(start.text.length), 'body', left - start.words);
      whole.push(start.text + rest.text);
      left -= start.words + rest.words;
    }
    const { source, language, listedAt } = article;
    return {
      ...{ language, title: found.title, head: found.head, pieces: found.pieces },
      ...{ names: found.names, cast: found.cast },
      source: source === null ? null : source.toLowerCase(),
      day: Math.floor(Date.parse(listedAt.slice(0, 10)) / DAY_MS),
      inTitle: mentionsIn(title),
      inLead: mentionsIn(`${title}\n${summary}`),
      inHead: mentionsIn(head.join('\n')),
      numbers: numbersIn(whole.join('\n')),
      isRoundup: title.includes(';'),
    };
  };
}

/** Pieces run on from one part to the next; a pair or a name never spans the end of a sentence. */
class Findings {
  readonly title = new Set<number>();
  readonly head = new Set<number>();
  readonly pieces = new Set<number>();
  readonly names = new Map<number, NamePlace>();
  readonly cast: number[][] = [];
  #last: Word | null = null;
  #beforeLast: Word | null = null;
  #isNew = true;
  /** The hashes of the name that is being read. */
  #name: number[] = [];

  begin(): void {
    this.#isNew = true;
  }

  take(word: Word, place: NamePlace): void {
    const { form, gap } = word;
    const before = this.#last;
    if (before !== null && this.#beforeLast !== null) {
      this.pieces.add(mix(mix(this.#beforeLast.form.hash, before.form.hash), form.hash));
    }
    [this.#beforeLast, this.#last] = [before, word];
    const previous = this.#isNew || gap === 'sentence' ? null : before;
    this.#isNew = false;
    const says = previous !== null && !(previous.form.isPlain && form.isPlain);
    if (says && place !== 'body' && gap !== 'apart') {
      const pair = mix(previous.form.hash, form.hash);
      if (place === 'title') this.title.add(pair);
      this.head.add(pair);
    }
    const continues = word.isCapital && previous?.isCapital === true && gap === 'none';
    if (!continues) this.#name = [];
    if (word.isName) this.#meet(form.code, mix(NAME, form.hash), place);
    // "Tại Hòa An": the first word of a sentence is capitalised for that alone, if it is a plain one.
    if (continues && !(previous.startsSentence && previous.form.isPlain)) {
      const hash = mix(NAME, mix(previous.form.hash, form.hash));
      this.#meet(`${previous.form.code} ${form.code}`, hash, place);
    }
  }

  #meet(name: string, hash: number, place: NamePlace): void {
    if (isEverywhere(name)) return;
    if (!this.names.has(hash)) this.names.set(hash, place);
    if (place !== 'title' && place !== 'lead') return;
    if (this.#name.length === 0) this.cast.push(this.#name);
    this.#name.push(hash);
  }
}

/** So that the hash of a name is never that of a pair of words. */
const NAME = 0x6e616d65;
