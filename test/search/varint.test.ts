import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packIds, unpackIds } from '../../src/search/varint.ts';

const ids = fc.array(fc.nat({ max: 2 ** 31 - 1 }), { maxLength: 300 });

describe('numbers as bytes', () => {
  test('come out in ascending order', () => {
    fc.assert(
      fc.property(ids, (list) => {
        expect(unpackIds(packIds(list))).toEqual([...list].sort((a, b) => a - b));
      }),
    );
  });

  test('come out in their own order when it matters', () => {
    fc.assert(
      fc.property(ids, (list) => {
        expect(unpackIds(packIds(list, false), false)).toEqual(list);
      }),
    );
  });

  test.each([
    [[], 0],
    [[0], 1],
    [[127], 1],
    [[128], 2],
    [[5, 5, 5], 3],
    [[1_000_000, 1_000_001, 1_000_002], 5],
    [[2 ** 31 - 1], 5],
  ])('%j takes %i bytes', (list, bytes) => {
    expect(packIds(list).length).toBe(bytes);
  });

  test('bytes that break off lose the last number only', () => {
    const bytes = packIds([1, 2, 300]);
    expect(unpackIds(bytes.subarray(0, -1))).toEqual([1, 2]);
  });
});
