/**
 * Guessing whether a text is Vietnamese or English, from its letters and its most frequent words.
 *
 * Cheap and shy: a short, mixed or foreign text has no language (null) rather than a wrong one. The language narrows
 * nothing that a reader asks for; it only chooses how words are shown and weighed.
 */

/** The beginning tells as much as the whole. */
const SAMPLE_CHARS = 2_000;
/** Below this, frequencies mean nothing. */
const MIN_WORDS = 5;

/** Letters that only Vietnamese has, or that no neighbour has often: đ, the horns, hooks, dots below, two marks at once. */
const VIETNAMESE_LETTERS = /[đơưăảạẻẹẽỉịĩỏọũủụỷỵỹấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự]/gu;
/** In Vietnamese text every fifth letter is one of them; in English, none but those of names. */
const MIN_VIETNAMESE_SHARE = 0.1;

const ENGLISH_WORDS = new Set(
  'the of and to in a is that for on with as was by at from has have it its are be will said this were which their not but'.split(
    ' ',
  ),
);
const MIN_ENGLISH_SHARE = 0.15;

/** Frequent Vietnamese syllables without their diacritics, none of them a frequent word of another language. */
const PLAIN_VIETNAMESE_WORDS = new Set(
  'cua khong nguoi nhung voi duoc nam mot cac tai trong vao nay nhieu viec dong thoi gia ngay phai chinh cung truoc nuoc tren biet hai'.split(
    ' ',
  ),
);
const MIN_PLAIN_VIETNAMESE_SHARE = 0.15;

/**
 * @param text clean text (NFC)
 * @returns `vi`, `en`, or null when it could not be told
 */
export function guessLanguage(text: string): 'vi' | 'en' | null {
  const sample = text.slice(0, SAMPLE_CHARS).toLowerCase();
  const words = sample.match(/\p{L}+/gu) ?? [];
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  if (words.length < MIN_WORDS) return null;
  if (count(sample, VIETNAMESE_LETTERS) / letters >= MIN_VIETNAMESE_SHARE) return 'vi';
  const english = share(words, ENGLISH_WORDS);
  const vietnamese = share(words, PLAIN_VIETNAMESE_WORDS);
  if (english >= MIN_ENGLISH_SHARE && english > vietnamese) return 'en';
  return vietnamese >= MIN_PLAIN_VIETNAMESE_SHARE ? 'vi' : null;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function share(words: readonly string[], known: ReadonlySet<string>): number {
  return words.filter((word) => known.has(word)).length / words.length;
}
