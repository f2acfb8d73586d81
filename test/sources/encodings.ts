/**
 * Texts in the encodings that Node can read but not write.
 */

/** With its byte order mark. */
export function toUtf16(text: string, end: 'le' | 'be'): Buffer {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
  return end === 'le' ? bytes : bytes.swap16();
}

/** As Vietnamese Windows wrote it: letters with their hats and horns, tones as marks behind them. */
export function toWindows1258(text: string): Buffer {
  const all = new TextDecoder('windows-1258').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  const codes = new Map(Array.from(all, (char, byte) => [char, byte]));
  const codeOf = (char: string): number[] => {
    const direct = codes.get(char);
    if (direct !== undefined) return [direct];
    const parts = char.normalize('NFD');
    const tone = /[\u0300\u0301\u0303\u0309\u0323]/u.exec(parts)?.[0] ?? '';
    const letter = parts.replace(tone, '').normalize('NFC');
    return [letter, tone].map((part) => {
      const code = codes.get(part);
      if (code === undefined) throw new Error(`${char} is not in Windows-1258`);
      return code;
    });
  };
  return Buffer.from(Array.from(text.normalize('NFC')).flatMap(codeOf));
}
