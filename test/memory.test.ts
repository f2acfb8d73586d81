/** What the program asks of V8 is done by the V8 it runs on. In a process of its own, since that cannot be taken back. */
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** The megabytes of the young generation once much has been made and kept for a while. */
const YOUNG = `
  const kept = new Map();
  for (let i = 0; i < 2e6; i++) kept.set(i % 50000, { a: i, b: [i, i] });
  const space = v8.getHeapSpaceStatistics().find((one) => one.space_name === 'new_space');
  console.log(space.space_size / 2 ** 20);`;

function young(before: string): number {
  const script = `import v8 from 'node:v8';\n${before}\n${YOUNG}`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }));
}

test('the young generation stays small', () => {
  const memory = new URL('../dist/memory.js', import.meta.url).href;
  const kept = young(`import { keepMemorySmall } from '${memory}';\nkeepMemorySmall();`);
  expect(kept).toBeLessThanOrEqual(4);
  expect(young('')).toBeGreaterThan(kept);
});
