/**
 * Bytes to text: UTF-8 and UTF-16 by their marks, UTF-8 where it is valid, otherwise Windows-1258, in which Vietnamese was
 * written before Unicode. What is no text in any of them is binary.
 *
 * Never throws. The text comes as the decoder gives it (Windows-1258 writes tones as marks of their own); `cleanText`
 * in the articles room composes it.
 */

export type Decoded = { text: string } | { binary: string };

/** A text has none; an image or an archive has a third. Old editors leave a few. */
const MAX_CONTROL_SHARE = 0.01;
const MAX_CONTROLS = 4;

const UTF8_MARK = [0xef, 0xbb, 0xbf];
const UTF16_LE_MARK = [0xff, 0xfe];
const UTF16_BE_MARK = [0xfe, 0xff];

export function decodeText(bytes: Uint8Array): Decoded {
  if (beginsWith(bytes, UTF16_LE_MARK)) return checked(decode('utf-16le', bytes.subarray(2)));
  if (beginsWith(bytes, UTF16_BE_MARK)) return checked(decode('utf-16be', bytes.subarray(2)));
  const isMarked = beginsWith(bytes, UTF8_MARK);
  const nul = bytes.indexOf(0);
  if (nul !== -1) return { binary: `a NUL byte at ${nul}` };
  const isUtf8 = isMarked || isMostlyUtf8(bytes);
  return checked(decode(isUtf8 ? 'utf-8' : 'windows-1258', isMarked ? bytes.subarray(3) : bytes));
}

function decode(encoding: string, bytes: Uint8Array): string {
  return new TextDecoder(encoding, { fatal: false, ignoreBOM: true }).decode(bytes);
}

function beginsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}

/** The text, unless it is full of what no text has. */
function checked(text: string): Decoded {
  const nul = text.indexOf('\0');
  if (nul !== -1) return { binary: `a NUL character at ${nul}` };
  const controls = text.match(/[\u0001-\u0008\u000E-\u0019\u001C-\u001F\uFFFE\uFFFF]/gu)?.length ?? 0;
  if (controls > MAX_CONTROLS && controls / text.length > MAX_CONTROL_SHARE) {
    return { binary: `${controls} control characters among ${text.length}` };
  }
  return { text };
}

/**
 * Valid UTF-8, or UTF-8 that a broken transfer damaged: more whole sequences than broken ones. In Windows-1258 hardly any
 * letter is followed by the symbols that would make it look like a sequence.
 */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  let whole = 0;
  let broken = 0;
  for (let index = 0; index < bytes.length;) {
    const wanted = sequenceLength(bytes[index] ?? 0);
    let length = 1;
    while (length < wanted && ((bytes[index + length] ?? 0) & 0xc0) === 0x80) length++;
    if (wanted === 0 || length < wanted) broken++;
    else if (wanted > 1) whole++;
    index += length;
  }
  return broken === 0 || whole > broken;
}

/** How long the sequence is that a byte begins; 0 when it can begin none. */
function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}
