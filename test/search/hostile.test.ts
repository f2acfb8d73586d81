/** Whatever is asked, search answers: a well-formed page, and words that were marked in a text that is still the same. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../src/search/engine.ts';
import { excerpt, highlight } from '../../src/search/excerpt.ts';
import { FIXTURE } from './fixture.ts';
import { hostileQueries } from './hostile.ts';
import { ask, openLibrary, type Library } from './library.ts';

let library: Library;
let engine: Engine;
beforeAll(async () => {
  library = await openLibrary(FIXTURE);
  engine = library.engine();
});
afterAll(() => library.close());

test('five hundred of them are answered', { timeout: 120_000 }, () => {
  for (const [i, text] of hostileQueries(500).entries()) {
    const result = ask(engine, text, { limit: 10 });
    expect(result.hits.length, text).toBe(Math.min(10, result.total));
    expect(result.suggestions.length).toBeLessThanOrEqual(3);
    for (const { id } of result.hits) expect(FIXTURE).toHaveProperty(id);
    expect(new Set(result.hits.flatMap(({ id, folded }) => [id, ...folded])).size).toBe(
      result.hits.reduce((sum, { folded }) => sum + 1 + folded.length, 0),
    );
    if (i % 5 === 0) ask(engine, text, { order: 'newest', offset: 3, limit: 2 });
    const title = 'Giá vàng 東京 năm nay 😀';
    expect(joined(highlight(title, text))).toBe(title);
    const passage = { title, summary: null, body: `${title}. `.repeat(30) };
    expect(joined(excerpt(passage, text, 100)).length).toBeLessThanOrEqual(100);
    // What a correction offers is itself a query.
    for (const offer of result.suggestions.slice(0, 1)) ask(engine, offer);
  }
  expect(engine.status()).toMatchObject({ rebuilt: 'missing', articles: Object.keys(FIXTURE).length });
});

function joined(segments: { text: string }[]): string {
  return segments.map(({ text }) => text).join('');
}
