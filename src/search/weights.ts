/** What each thing that speaks for an article is worth; `scoreArticle` adds it up. */

/** Tuned on queries made from the benchmark's articles, and judged by others; see bench/README.md. */
export const WEIGHTS = {
  /** Of one occurrence in the title, the summary, the body: of a word, of two neighbours, of the whole query. */
  field: [1.6, 1.2, 1],
  pairField: [8, 2.4, 1],
  phraseField: [9, 3.6, 1],
  /** BM25: how soon repetition stops counting, and how much a long field takes away. */
  saturation: 4.5,
  pairSaturation: 0.5,
  phraseSaturation: 0.5,
  lengthShare: [0.35, 0.9, 0.9],
  words: 1,
  pairs: 2,
  phrase: 3.4,
  /** What a pair is worth whose words stand near each other but not side by side. */
  near: 0.06,
  nearWithin: 4,
  /** What a word is worth, in a query that is no question, that stands beside neither of its neighbours as typed: half a word, often. */
  apart: 0.6,
  /** What is missing takes away more than its share. */
  coveragePower: 0.6,
  /** What a word with other accents than the typed ones is worth, and one without any. */
  otherAccent: 0.15,
  noAccent: 0.3,
  /** A word with an accent, where none was typed in a query that has others. */
  unasked: 0.97,
  /** The same three in a query of one or two words, where nothing else tells "năm" from "nam". */
  unaskedShort: 0.3,
  otherAccentShort: 0.01,
  noAccentShort: 0.02,
  /** A word that only begins as the unfinished one, where the word before it fits. */
  begun: 0.95,
};
export type Weights = typeof WEIGHTS;

/** So few words, and an accent that was typed decides. */
export const SHORT_WORDS = 2;

/**
 * From so many words on a query is a question, or a sentence that somebody remembers: any long article may have all of its words
 * anywhere, and the answer, where most of them stand together, lacks some. Shorter ones name things: "mưa ở thành phố Hồ Chí Minh".
 */
export const QUESTION_WORDS = 8;
