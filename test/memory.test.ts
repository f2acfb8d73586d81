/** What the program asks of V8 is done by the V8 it runs on. In a process of its own, since that cannot be taken back. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileTo } from './tools/compiled.ts';

/** In the project, since what is compiled there needs its packages. */
const dir = mkdtempSync('node_modules/.memory-');
const urlOf = (name: string): string => pathToFileURL(join(dir, `${name}.js`)).href;
beforeAll(() => compileTo(dir, ['memory', 'beginSearch', 'searchWorker', 'app', 'log']));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** The megabytes of the young generation once much has been made and kept for a while. */
const YOUNG = `
  const kept = new Map();
  for (let i = 0; i < 2e6; i++) kept.set(i % 50000, { a: i, b: [i, i] });
  const space = v8.getHeapSpaceStatistics().find((one) => one.space_name === 'new_space');
  console.log(space.space_size / 2 ** 20);`;

function young(before: string): number {
  const script = join(dir, 'script.mjs');
  writeFileSync(script, `import v8 from 'node:v8';\n${before}\n${YOUNG}`);
  return Number(execFileSync(process.execPath, [script], { encoding: 'utf8' }));
}

const memory = urlOf('memory');

test('the young generation stays small', () => {
  const kept = young(`import { keepMemorySmall } from '${memory}';\nkeepMemorySmall();`);
  expect(kept).toBeLessThanOrEqual(4);
  expect(young('')).toBeGreaterThan(kept);
});

test('and does so where the search thread begins before the rest is loaded', () => {
  const [begin, app, log] = ['beginSearch', 'app', 'log'].map(urlOf);
  const loaded = young(`import { keepMemorySmall } from '${memory}';
    keepMemorySmall();
    const { createLog } = await import('${log}');
    const { beginSearch } = await import('${begin}');
    const thread = await beginSearch(createLog('warn', []));
    await import('${app}');
    await thread.close();`);
  expect(loaded).toBeLessThanOrEqual(4);
});

test('the program as it is built loads nothing else before', () => {
  const main = readFileSync('dist/main.js', 'utf8');
  const loadedFirst = [...main.matchAll(/^import .* from "(.*)";$/gmu)].map(([, name]) => name);
  expect(loadedFirst).toEqual(['./memory.js']);
  expect(main).toMatch(/^keepMemorySmall\(\);\nawait import\("\.\/program\.js"\);$/mu);
});
