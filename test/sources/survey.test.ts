import fs, {
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { surveyFolder, type Survey } from '../../src/sources/survey.ts';

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

  const near = (): Promise<boolean> => Promise.resolve(true);
  const far = (): Promise<boolean> => Promise.resolve(false);
  const survey = (isOnNearDisk: typeof near): Promise<Survey> =>
    surveyFolder(dir, undefined, undefined, isOnNearDisk);

  function makeOddThings(): void {
    symlinkSync('x.txt', join(dir, 'b', 'link.txt'));
    symlinkSync('../a', join(dir, 'b', 'other'));
    symlinkSync('nowhere', join(dir, 'b', 'broken.txt'));
    symlinkSync('round.txt', join(dir, 'b', 'round.txt'));
    symlinkSync('..', join(dir, 'a', 'c', 'up'));
    mkdirSync(join(dir, 'b', 'folder.txt'));
    writeFileSync(join(dir, 'b', 'picture.jpg'), '');
  }

  it('tells the same of a disk of this machine and of one that is far away', async () => {
    makeOddThings();
    const [one, other] = [await survey(near), await survey(far)];
    const sorted = ({ places }: Survey) => [...places].sort(([a], [b]) => (a < b ? -1 : 1));
    expect(sorted(one)).toEqual(sorted(other));
    expect(sorted(one).map(([path, { kind }]) => `${kind} ${path}`)).toEqual([
      ...['refused a/c/up', 'file a/c/x.txt', 'file a/x.txt', 'refused b/broken.txt', 'file b/link.txt'],
      ...['refused b/other/c/up', 'file b/other/c/x.txt', 'file b/other/x.txt'],
      ...['refused b/round.txt', 'file b/x.txt'],
    ]);
    expect({ ...one, places: null }).toEqual({ ...other, places: null });
  });

  describe('asks at once', () => {
    afterEach(() => vi.restoreAllMocks());

    /** What is asked at once, relative to the folder. */
    async function askedAtOnce(isOnNearDisk: typeof near): Promise<string[]> {
      const asking = vi.spyOn(fs, 'lstatSync');
      await survey(isOnNearDisk);
      return asking.mock.calls.map(([path]) => relative(dir, String(path))).sort();
    }

    it('for plain files on a near disk, and for nothing else', async () => {
      makeOddThings();
      expect(await askedAtOnce(near)).toEqual(
        ['a/c/x.txt', 'a/x.txt', 'b/other/c/x.txt', 'b/other/x.txt', 'b/x.txt'].sort(),
      );
    });

    it('for nothing on a disk that may be far away', async () => {
      expect(await askedAtOnce(far)).toEqual([]);
    });

    it.runIf(existsSync('/dev/shm') && statSync('/dev/shm').dev !== statSync(tmpdir()).dev)(
      'for nothing on another device',
      async () => {
        const elsewhere = mkdtempSync('/dev/shm/survey-');
        try {
          writeFileSync(join(elsewhere, 'y.txt'), 'y');
          symlinkSync(elsewhere, join(dir, 'elsewhere'));
          expect(await askedAtOnce(near)).toEqual(['a/c/x.txt', 'a/x.txt', 'b/x.txt']);
          expect((await survey(near)).places.has('elsewhere/y.txt')).toBe(true);
        } finally {
          rmSync(elsewhere, { recursive: true });
        }
      },
    );

    /** A clock that goes on by so much whenever somebody looks at it. */
    function tick(milliseconds: number): void {
      let now = 0;
      vi.spyOn(performance, 'now').mockImplementation(() => (now += milliseconds));
    }

    it('for nothing more once a file has taken long, as on a disk that must wake up', async () => {
      tick(30);
      expect(await askedAtOnce(near)).toHaveLength(1);
    });

    it('and lets others have their turn in between', async () => {
      for (let i = 0; i < 20; i += 1) writeFileSync(join(dir, 'a', `${i}.txt`), '');
      tick(1);
      const asking = vi.spyOn(fs, 'lstatSync');
      const seen = new Set<number>();
      const look = (): void => {
        seen.add(asking.mock.calls.length);
        if (seen.size < 100 && asking.mock.calls.length < 23) setImmediate(look);
      };
      look();
      await survey(near);
      expect(asking).toHaveBeenCalledTimes(23);
      expect(seen.size).toBeGreaterThan(5);
    });
  });
});
