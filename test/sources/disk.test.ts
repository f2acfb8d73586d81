import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileNow, isNear, look } from '../../src/sources/disk.ts';

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

describe('looking at a file at once', () => {
  it.each(['file', 'missing', 'file/below', 'n'.repeat(300)])(
    'tells the same of %s as in the background',
    async (name) => {
      const path = join(dir, name);
      expect(fileNow(path)).toEqual(await look(path));
    },
  );

  it.each(['link', 'folder', 'broken', 'circle'])('leaves %s to the background', (name) => {
    expect(fileNow(join(dir, name))).toBeNull();
  });
});

describe('looking in the background', () => {
  it.each([
    ['link', { size: 5 }],
    ['broken', 'ENOENT'],
    ['missing', 'ENOENT'],
    ['circle', 'ELOOP'],
    ['file/below', 'ENOTDIR'],
  ])('follows links: %s', async (name, expected) => {
    const seen = await look(join(dir, name));
    if (typeof expected === 'string') expect(seen).toBe(expected);
    else expect(seen).toMatchObject(expected);
  });
});

describe.runIf(process.platform === 'linux')('a disk of this machine', () => {
  it.runIf(existsSync('/dev/shm'))('is its memory', async () => {
    expect(await isNear('/dev/shm')).toBe(true);
  });

  it('is not what the system only pretends to have', async () => {
    expect(await isNear('/proc')).toBe(false);
  });

  it('is not where nothing is', async () => {
    expect(await isNear(join(dir, 'missing'))).toBe(false);
  });
});
