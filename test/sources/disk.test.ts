import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isNear, look, lookNow } from '../../src/sources/disk.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'disk-'));
  mkdirSync(join(dir, 'folder'));
  writeFileSync(join(dir, 'file'), 'five!');
  symlinkSync('file', join(dir, 'link'));
  symlinkSync('nowhere', join(dir, 'broken'));
  symlinkSync('circle', join(dir, 'circle'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('looking at once and in the background', () => {
  it.each([
    ['file', { size: 5 }],
    ['link', { size: 5 }],
    ['folder', {}],
    ['broken', 'ENOENT'],
    ['missing', 'ENOENT'],
    ['circle', 'ELOOP'],
    ['file/below', 'ENOTDIR'],
    ['n'.repeat(300), 'ENAMETOOLONG'],
  ])('tells the same of %s', async (name, expected) => {
    const path = join(dir, name);
    const seen = lookNow(path);
    expect(seen).toEqual(await look(path));
    if (typeof expected === 'string') expect(seen).toBe(expected);
    else expect(seen).toMatchObject(expected);
  });
});

describe('a disk of this machine', () => {
  it.runIf(process.platform === 'linux')('is not what the system only pretends to have', async () => {
    expect(await isNear('/proc')).toBe(false);
  });

  it('is not where nothing is', async () => {
    expect(await isNear(join(dir, 'missing'))).toBe(false);
  });
});
