import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText } from '../../src/articles/text.ts';
import { decodeText } from '../../src/sources/encoding.ts';
import { readingOf, sizeText } from '../../src/sources/reading.ts';
import { toUtf16, toWindows1258 } from './encodings.ts';

const TEXT = 'Tổng thống Mỹ: “Chúng ta sẽ thúc đẩy hợp tác”, ông nói – ỷ, ữ, ẵ, ệ, ợ, Đ, Ẩ.\nDòng hai.';

function decoded(bytes: Uint8Array): string {
  const result = decodeText(bytes);
  return 'text' in result ? cleanText(result.text) : `binary: ${result.binary}`;
}

describe('the encoding of a file', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${TEXT}`)],
    ['UTF-8, decomposed', Buffer.from(TEXT.normalize('NFD'))],
    ['UTF-8 with CRLF', Buffer.from(TEXT.replaceAll('\n', '\r\n'))],
    ['UTF-16, little end first', toUtf16(TEXT, 'le')],
    ['UTF-16, big end first', toUtf16(TEXT, 'be')],
    ['UTF-16, decomposed', toUtf16(TEXT.normalize('NFD'), 'le')],
    ['Windows-1258', toWindows1258(TEXT)],
  ])('%s comes out the same', (_encoding, bytes) => {
    expect(decoded(bytes)).toBe(TEXT);
  });

  it('makes no difference for any Vietnamese text', () => {
    const letters =
      'aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÊÔƠƯ áàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ.,“”\n';
    const text = fc.string({ unit: fc.constantFrom(...Array.from(letters)), minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(text, (sample) => {
        const wanted = cleanText(sample);
        for (const bytes of [
          Buffer.from(sample),
          Buffer.from(sample.normalize('NFD')),
          toUtf16(sample, 'be'),
          toUtf16(sample.normalize('NFD'), 'le'),
          Buffer.from(sample.replaceAll('\n', '\r\n')),
        ]) {
          expect(decoded(bytes)).toBe(wanted);
        }
      }),
    );
  });

  it('Windows-1258 is told from UTF-8 in any text of more than a few words', () => {
    const word = fc.constantFrom(
      'tổng',
      'thống',
      'mỹ',
      'đã',
      'được',
      'người',
      'những',
      'ở',
      'nước',
      'việt',
      'nam',
      '“nói”',
      'và',
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 10, maxLength: 60 }), (words) => {
        const sample = words.join(' ');
        expect(decoded(toWindows1258(sample))).toBe(sample);
      }),
    );
  });

  it('UTF-8 that was cut or damaged is still UTF-8, with a sign where something is missing', () => {
    const bytes = Buffer.from('Tổng thống Mỹ');
    expect(decoded(bytes.subarray(0, bytes.length - 1))).toBe('Tổng thống M\uFFFD');
    expect(decoded(Buffer.concat([bytes, Buffer.from([0xff]), bytes]))).toBe(
      'Tổng thống Mỹ\uFFFDTổng thống Mỹ',
    );
  });

  it('UTF-16 of an odd length ends with such a sign', () => {
    expect(decoded(toUtf16('Mỹ', 'le').subarray(0, 5))).toBe('M\uFFFD');
  });

  it.each([
    [
      'a picture',
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00]),
      'a NUL byte at 8',
    ],
    ['noise', Buffer.from(Array.from({ length: 512 }, (_, i) => (i % 31) + 1)), 'control characters'],
    ['UTF-16 with NUL', toUtf16('a\0b', 'le'), 'a NUL character at 1'],
    ['UTF-16 without its mark', toUtf16('abc', 'le').subarray(2), 'a NUL byte at 1'],
  ])('%s is binary', (_what, bytes, why) => {
    const result = decodeText(bytes);
    expect('binary' in result ? result.binary : result.text).toContain(why);
  });

  it('a stray control character makes no text binary', () => {
    expect(decoded(Buffer.from(`${TEXT}\u0007\u001A`))).toContain('Tổng thống');
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const result = decodeText(bytes);
        expect('text' in result || result.binary !== '').toBe(true);
      }),
    );
  });
});

describe('a reading', () => {
  const now = Date.UTC(2026, 0);
  it.each<[string, Uint8Array, object]>([
    ['a.txt', Buffer.from('date 2025-12-24 Một'), { ok: true, content: { title: 'Một' } }],
    ['a.TXT', Buffer.from('date 2025-12-24 **Một**'), { ok: true, content: { title: '**Một**' } }],
    [
      'a.Md',
      Buffer.from('---\ntitle: Một\ndate: 2025-12-24\n---\n'),
      { ok: true, content: { title: 'Một' } },
    ],
    ['a.txt', Buffer.from(''), { ok: false, refusal: { reason: 'empty', detail: '0 bytes' } }],
    ['a.txt', Buffer.from('\uFEFF\r\n '), { ok: false, refusal: { reason: 'empty' } }],
    ['a.txt', Buffer.from([1, 0, 2]), { ok: false, refusal: { reason: 'binary' } }],
    ['a.txt', Buffer.from('Một'), { ok: false, refusal: { reason: 'undated' } }],
  ])('%s', (path, bytes, reading) => {
    expect(readingOf(path, bytes, now)).toMatchObject(reading);
  });

  it.each([
    [0, '0 bytes'],
    [1023, '1023 bytes'],
    [1536, '1.5 KiB'],
    [4_404_019, '4.2 MiB'],
  ])('names sizes: %i is %s', (bytes, shown) => {
    expect(sizeText(bytes)).toBe(shown);
  });
});
