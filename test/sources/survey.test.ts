import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { surveyFolder } from '../../src/sources/survey.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'survey-'));
  for (const sub of ['a', 'b', 'a/c']) {
    mkdirSync(join(dir, sub));
    writeFileSync(join(dir, sub, 'x.txt'), 'x');
  }
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('a survey', () => {
  it('sees every file below, with its size', async () => {
    const survey = await surveyFolder(dir);
    expect([...survey.places.keys()].sort()).toEqual(['a/c/x.txt', 'a/x.txt', 'b/x.txt']);
    expect(survey.places.get('a/x.txt')).toMatchObject({ kind: 'file', size: 1 });
    expect(survey).toMatchObject({ unseen: [], isEmpty: false, problem: null });
  });

  it('tells of what has not changed with what is known of it, and makes nothing new', async () => {
    const { places } = await surveyFolder(dir);
    const files = [...places.values()].filter((sighting) => sighting.kind === 'file');
    writeFileSync(join(dir, 'b', 'x.txt'), 'longer');
    const again = await surveyFolder(dir, new Map(files.map((file) => [file.path, file])));
    expect(again.places.get('a/x.txt')).toBe(places.get('a/x.txt'));
    expect(again.places.get('b/x.txt')).toMatchObject({ path: 'b/x.txt', size: 6 });
  });

  it.each([
    ['more files than the limit', { files: 1, folders: 99 }],
    ['more folders than the limit', { files: 99, folders: 2 }],
  ])('of %s says so, and claims nothing about what it has not seen', async (_what, limits) => {
    const survey = await surveyFolder(dir, undefined, limits);
    expect(survey.problem).toContain('the rest is not read');
    expect(survey.unseen).toEqual(['']);
    expect(survey.places.has('a/c/x.txt')).toBe(false);
  });

  it.each([
    ['a folder without entries', '', true],
    ['a folder with something of another kind', 'README', false],
  ])('of %s knows whether it is empty', async (_what, name, isEmpty) => {
    const other = join(dir, 'a', 'c', 'other');
    mkdirSync(other);
    if (name !== '') writeFileSync(join(other, name), '');
    expect(await surveyFolder(other)).toMatchObject({ isEmpty, problem: null });
  });

  it('tells the same of a disk of this machine and of one that is far away', async () => {
    symlinkSync('x.txt', join(dir, 'b', 'link.txt'));
    symlinkSync('../a', join(dir, 'b', 'other'));
    symlinkSync('nowhere', join(dir, 'b', 'broken.txt'));
    symlinkSync('round.txt', join(dir, 'b', 'round.txt'));
    symlinkSync('..', join(dir, 'a', 'c', 'up'));
    mkdirSync(join(dir, 'b', 'folder.txt'));
    writeFileSync(join(dir, 'b', 'picture.jpg'), '');
    truncateSync(join(dir, 'a', 'x.txt'), 100);
    const [near, far] = await Promise.all(
      [true, false].map((isNear) => surveyFolder(dir, undefined, undefined, () => Promise.resolve(isNear))),
    );
    const sorted = (survey: typeof near) => [...(survey?.places ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
    expect(sorted(near)).toEqual(sorted(far));
    expect(sorted(near).map(([path, { kind }]) => `${kind} ${path}`)).toEqual([
      ...['refused a/c/up', 'file a/c/x.txt', 'file a/x.txt', 'refused b/broken.txt', 'file b/link.txt'],
      ...['refused b/other/c/up', 'file b/other/c/x.txt', 'file b/other/x.txt'],
      ...['refused b/round.txt', 'file b/x.txt'],
    ]);
    expect({ ...near, places: null }).toEqual({ ...far, places: null });
  });
});
