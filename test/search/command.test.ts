/** `search` on the command line, over a real store. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runSearchCommand } from '../../src/cli/search.ts';
import { FIXTURE } from './fixture.ts';
import { NOW, openLibrary, ZONE, type Library } from './library.ts';

let library: Library;
beforeAll(async () => {
  library = await openLibrary(FIXTURE);
});
afterAll(() => library.close());

async function run(args: string[], databaseFile = library.databaseFile): Promise<[number, ...string[]]> {
  const lines: string[] = [];
  const code = await runSearchCommand(args, {
    ...{ databaseFile, indexFile: library.indexFile, window: 100, zone: ZONE, now: NOW },
    out: (line) => lines.push(line),
  });
  return [code, ...lines];
}

test('lists the hits, with their reasons when asked', async () => {
  const [code, ...lines] = await run(['gia vang', 'the gioi', '--limit', '2', '--explain']);
  expect(code).toBe(0);
  expect(lines.find((line) => line.startsWith('  1. '))).toMatch(/giá vàng thế giới/iu);
  expect(lines.filter((line) => /^ +\d+\. /u.test(line))).toHaveLength(2);
  expect(lines.join('\n')).toContain('phrase in title');
});

test('says how the query was understood, and what was not taken as it was written', async () => {
  const [code, ...lines] = await run(['bitcoin source:reuters after:soon']);
  expect(code).toBe(0);
  expect(lines).toContain('1 hit');
  expect(lines.find((line) => line.startsWith('understood:'))).toContain('source:reuters');
  expect(lines.find((line) => line.startsWith('note:'))).toContain('Days are written like 2025-12-01');
});

test('ends with 1 when nothing was found', async () => {
  const [code, ...lines] = await run(['zzzzqqqq']);
  expect([code, lines.at(-1)]).toEqual([1, '0 hits']);
});

test.each([
  [[], 'there is nothing to search for'],
  [['vàng', '--limit', '0'], '--limit 0: a number from 1 to 100'],
  [['vàng', '--limit', '1e1'], '--limit 1e1: a number from 1 to 100'],
  [['vàng', '--oldest'], '--oldest'],
])('%j is refused, with the reason and the usage', async (args, reason) => {
  const [code, said, usage] = await run(args);
  expect(code).toBe(64);
  expect(said).toContain(reason);
  expect(usage).toContain('search "words"');
});

test('without a database says who makes it', async () => {
  const [code, said, how] = await run(['vàng'], join(library.dir, 'none.db'));
  expect(code).toBe(66);
  expect(said).toContain('none.db');
  expect(how).toContain('DATA_DIR');
});
