import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { contentHash } from '../../src/articles/identity.ts';
import type { Reading } from '../../src/articles/source.ts';
import { found, openNewsroom, text, type Newsroom } from './rounds.ts';

const PATHS = ['a.txt', 'b.txt', 'c.txt', 'd.txt', 'e.txt'];

/** A few contents that are like one another in every way: same titles, shared paragraphs, the same dates. */
const CONTENTS = [
  text('Một', ['x', 'y'], '2026-01-01'),
  text('Một', ['x', 'z'], '2026-01-01'),
  text('Một sửa', ['x', 'y'], '2026-01-01'),
  text('Hai', ['u', 'v'], '2026-01-02'),
  text('Hai', ['w'], '2026-01-03'),
  text('Ba', [], '2026-01-02'),
];

const BAD: Reading = { ok: false, refusal: { reason: 'empty', detail: '0 bytes' } };

/** A round: what each of some paths becomes. */
const round = fc.uniqueArray(
  fc.record({
    path: fc.constantFrom(...PATHS),
    to: fc.oneof(
      { weight: 6, arbitrary: fc.nat(CONTENTS.length - 1).map((i) => ({ content: i })) },
      { weight: 2, arbitrary: fc.constant('gone' as const) },
      { weight: 1, arbitrary: fc.constant('bad' as const) },
    ),
  }),
  { selector: ({ path }) => path, minLength: 1, maxLength: PATHS.length },
);

let room: Newsroom;
beforeAll(async () => {
  room = await openNewsroom();
});
afterAll(() => room.db.destroy());

it('whatever is done to the files, articles stay with their contents and nothing is lost, doubled or numbered twice', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 8 }), async (rounds) => {
      await room.clear();
      /** What the last good reading of each file was. */
      const files = new Map<string, string>();
      const bad = new Set<string>();
      const idsEver = new Map<number, string>();
      let highestRev = 0;
      for (const steps of rounds) {
        const before = await room.rows();
        const changes: Record<string, string | null | Reading> = {};
        for (const { path, to } of steps) {
          if (to === 'gone') {
            if (!files.has(path) && !bad.has(path)) continue;
            changes[path] = null;
            files.delete(path);
            bad.delete(path);
          } else if (to === 'bad') {
            changes[path] = BAD;
            bad.add(path);
          } else {
            const content = CONTENTS[to.content] ?? '';
            changes[path] = content;
            files.set(path, content);
            bad.delete(path);
          }
        }
        await room.round(changes);
        const rows = await room.rows();

        // Every file that is good holds the one article with its content; two articles never have the same.
        const articleOf = new Map(rows.flatMap((row) => row.paths.map((path) => [path, row] as const)));
        const byContent = new Map<string, string>();
        for (const [path, content] of files) {
          const row = articleOf.get(path);
          expect(row?.removed).toBe(false);
          if (bad.has(path)) continue;
          expect(row?.hash).toBe(hashOf(content));
          expect(byContent.get(content) ?? row?.id).toBe(row?.id);
          byContent.set(content, row?.id ?? '');
        }
        expect(new Set(byContent.values()).size).toBe(byContent.size);

        // No article without a file unless it is removed, and the other way round.
        for (const row of rows) expect(row.paths.length === 0).toBe(row.removed);

        // Numbers and ids are given once; a revision is new for exactly the articles that changed.
        for (const { seq, id } of rows) expect(idsEver.get(seq) ?? id).toBe(id);
        for (const { seq, id } of rows) idsEver.set(seq, id);
        expect(new Set(idsEver.values()).size).toBe(idsEver.size);
        for (const row of rows) {
          const old = before.find(({ seq }) => seq === row.seq);
          const isChanged = old?.hash !== row.hash || old.removed !== row.removed;
          if (isChanged) expect(row.rev).toBeGreaterThan(highestRev);
        }
        highestRev = Math.max(highestRev, ...rows.map(({ rev }) => rev));

        // Where a file that the round left alone has the content, the article is the one of that file.
        const untouched = before.flatMap(({ id, paths }) => paths.map((path) => ({ id, path })));
        for (const { id, path: held } of untouched) {
          if (held in changes || bad.has(held)) continue;
          for (const [path, content] of files) {
            if (!bad.has(path) && content === files.get(held)) expect(articleOf.get(path)?.id).toBe(id);
          }
        }
      }
    }),
    { numRuns: 150 },
  );
});

function hashOf(content: string): string {
  const { reading } = found('', content);
  return reading.ok ? contentHash(reading.content) : '';
}
