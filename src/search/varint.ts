/**
 * Lists of whole numbers as bytes: seven bits a byte, and for sorted lists only the distances. An article's 250
 * different words take about 250 bytes this way.
 */

/**
 * @param ids not negative, below 2^31
 * @param sorted whether the order may be given up for distances, which are smaller
 */
export function packIds(ids: readonly number[], sorted = true): Buffer {
  const bytes: number[] = [];
  let last = 0;
  for (const id of sorted ? [...ids].sort((a, b) => a - b) : ids) {
    let rest = sorted ? id - last : id;
    last = id;
    for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
    bytes.push(rest);
  }
  return Buffer.from(bytes);
}

/** What `packIds` made, in ascending order when `sorted`. Bytes that break off in a number lose that number. */
export function unpackIds(bytes: Uint8Array, sorted = true): number[] {
  const ids: number[] = [];
  let last = 0;
  let value = 0;
  let shift = 0;
  for (const byte of bytes) {
    value |= (byte & 0x7f) << shift;
    shift += 7;
    if ((byte & 0x80) !== 0) continue;
    last = sorted ? last + value : value;
    ids.push(last);
    value = 0;
    shift = 0;
  }
  return ids;
}
