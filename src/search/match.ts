/**
 * FTS5 expressions, built from folded words only. Every word is quoted, so nothing a reader types can be an operator.
 */

/** The words one after the other. */
export function phrase(words: readonly string[]): string {
  return `"${words.map((word) => word.replaceAll('"', '')).join(' ')}"`;
}

/** The words one after the other, the last one perhaps unfinished. */
export function unfinished(words: readonly string[]): string {
  return `${phrase(words)} *`;
}

/** All of them; the expression itself when there is one. Empty for none. */
export function all(expressions: readonly string[]): string {
  return joined(expressions, ' AND ');
}

/** At least one of them. */
export function some(expressions: readonly string[]): string {
  return joined(expressions, ' OR ');
}

/** `wanted` and none of `unwanted`. FTS5 knows no lone NOT: without `wanted` the answer is empty, and the caller's to solve. */
export function none(wanted: string, unwanted: readonly string[]): string {
  if (wanted === '' || unwanted.length === 0) return wanted;
  return `(${wanted}) NOT (${some(unwanted)})`;
}

function joined(expressions: readonly string[], operator: string): string {
  return expressions.length === 1
    ? (expressions[0] ?? '')
    : expressions.map((part) => `(${part})`).join(operator);
}
