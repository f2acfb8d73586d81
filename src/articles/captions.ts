/**
 * Telling photo captions from paragraphs: "… tới Hội nghị G20. Ảnh: AP", "… Ảnh chụp màn hình", "(Photo: Reuters)".
 *
 * A caption is known by the credit at its end, or by a label at its beginning. A paragraph that merely speaks of a photo
 * ("bức ảnh: …" inside a sentence), or that ends with "Ảnh hưởng còn kéo dài", is no caption.
 */

/** A credit names a person, an agency, or both. */
const CREDIT = '[^\\n:]{1,60}';

/** The credit stands within the last characters of its paragraph, so that no more needs to be looked at. */
const TAIL_CHARS = 160;

/** Behind these, a colon is always a credit, even in the middle of a sentence that lacks its full stop. */
const PHOTO =
  'Ảnh(?: minh họa| minh hoạ| tư liệu| bìa)?|Hình ảnh|Nguồn ảnh|Nguồn hình|Photos?|Photo credit|Image credit|Photograph';

/** These are words of ordinary sentences as well: they count where a sentence begins. */
const GRAPHIC =
  'Hình(?: minh họa| minh hoạ)?|Đồ họa|Đồ hoạ|Biểu đồ|Infographic|Minh họa|Minh hoạ|Video|Clip|Image|Picture|Graphics?|Illustration|Screenshot';

const LABEL = `(?:${PHOTO}|${GRAPHIC}|${PHOTO.toUpperCase()}|${GRAPHIC.toUpperCase()}) ?: ?`;
const SENTENCE_START = '(?:^|[.!?…”"’»)\\]–—/-] ?|[(\\[])';

const CREDIT_AT_END = [
  new RegExp(`(?:^|[\\s([.,;/–—-])(?:${PHOTO}|${PHOTO.toUpperCase()}) ?: ?${CREDIT}$`, 'u'),
  new RegExp(`${SENTENCE_START}${LABEL}${CREDIT}$`, 'u'),
  // In lower case only inside brackets: "(ảnh: AP)".
  new RegExp(`[(\\[](?:${PHOTO}|${GRAPHIC}) ?: ?${CREDIT}[)\\]]\\.?$`, 'iu'),
  // "Ảnh chụp màn hình", "Ảnh minh họa", "Ảnh AFP": a sentence of its own.
  new RegExp(
    `${SENTENCE_START}[ẢảA]nh (?:(?:chụp|cắt|tư liệu|minh họa|minh hoạ|internet|Internet|do|từ|trích|lấy|nhân vật|độc giả|bạn đọc|vệ tinh|NVCC)(?:[ /,-][^.\\n]{0,50})?|[A-Z]{2,}[^.\\n]{0,40})[.)\\]]{0,2}$`,
    'u',
  ),
  // "AP Photo/John Doe", "(Photo by John Doe/AFP)", "John Doe/Getty Images", "REUTERS/Jane Doe", "File photo".
  /(?:\bAP Photo\/[^.\n]{1,60}|\bPhoto(?:graph)? by [^.\n]{1,60}|\/(?:AP|AFP|Reuters|Getty Images|EPA|TTXVN|VNA|Xinhua)|\bREUTERS\/[^.\n]{1,60}|\bGetty Images|[.,(] ?File photo|[.,(] ?Courtesy of [^.\n]{1,60})[.)\]]{0,2}$/u,
];

/** "Ảnh: Tổng thống Mỹ phát biểu tại Miami", however long. */
const LABEL_AT_START = new RegExp(`^[([]?${LABEL}\\S`, 'u');

/**
 * @param paragraph clean text (NFC)
 */
export function isCaption(paragraph: string): boolean {
  const text = paragraph.trim();
  if (LABEL_AT_START.test(text.slice(0, TAIL_CHARS))) return true;
  const tail = text.slice(-TAIL_CHARS);
  return CREDIT_AT_END.some((credit) => credit.test(tail));
}
