import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentHash } from '../../src/articles/identity.ts';
import type { Reading } from '../../src/articles/source.ts';
import { found, NOW, openNewsroom, text, type Newsroom } from './rounds.ts';

const EMPTY: Reading = { ok: false, refusal: { reason: 'empty', detail: '0 bytes' } };

let room: Newsroom;
beforeEach(async () => {
  room = await openNewsroom();
});
afterEach(() => room.db.destroy());

/** "title@path path" for every article by number; a removed one in brackets. */
async function shelf(): Promise<string[]> {
  return (await room.rows()).map(({ title, paths, removed }) => {
    const line = [title, ...paths].join(' ');
    return removed ? `(${line})` : line;
  });
}

describe('what is new', () => {
  it('is numbered in the order of the round', async () => {
    const outcome = await room.round({ 'b.txt': text('Một'), 'a.txt': text('Hai') });
    expect(await shelf()).toEqual(['Một b.txt', 'Hai a.txt']);
    expect(outcome).toEqual({ added: 2, edited: 0, returned: 0, removed: 0, refused: 0 });
  });

  it('is listed under its date, and never under one that is yet to come', async () => {
    await room.round({
      'a.txt': text('Hôm qua', [], '2026-01-09'),
      'b.txt': text('Mai sau', [], '2026-06-01'),
    });
    expect((await room.rows()).map(({ listed }) => listed)).toEqual(['2026-01-09', '2026-01-10']);
  });

  it('twice is one article in two files, which goes with the last of them', async () => {
    await room.round({ 'a.txt': text('Một'), 'b.txt': text('Một') });
    await room.round({ 'c.txt': text('Một') });
    expect(await shelf()).toEqual(['Một a.txt b.txt c.txt']);
    await room.round({ 'a.txt': null, 'c.txt': null });
    expect(await shelf()).toEqual(['Một b.txt']);
    await room.round({ 'b.txt': null });
    expect(await shelf()).toEqual(['(Một)']);
  });

  it('written in another encoding or with other line ends is not new', async () => {
    await room.round({ 'a.txt': text('Một', ['x']) });
    await room.round({ 'b.txt': `\uFEFF ${text('Một', ['x']).normalize('NFD').replaceAll('\n', ' \r\n')}` });
    expect(await shelf()).toEqual(['Một a.txt b.txt']);
  });
});

describe('what was removed', () => {
  it('returns when its file had been renamed and was then edited for a while', async () => {
    await room.round({ 'a.txt': text('Một', ['x', 'y', 'z']), 'other.txt': text('Hai') }, NOW);
    const before = await room.at('a.txt');
    await room.round({ 'a.txt': null }, NOW + 4_000);
    const renamed = await room.round({ 'b.txt': text('Một', ['x', 'mới'], '2025-12-25') }, NOW + 60_000);
    expect(renamed).toMatchObject({ added: 0, edited: 1, returned: 1 });
    expect(await room.at('b.txt')).toMatchObject({ id: before.id, seq: before.seq, removed: false });
  });

  it('is one of two when both what it was and something like it come', async () => {
    const was = text('Một', ['x', 'y', 'z']);
    await room.round({ 'a.txt': was, 'b.txt': text('Khác hẳn', ['p', 'q'], '2026-01-03') });
    await room.round({ 'a.txt': null });
    const like = text('Một', ['x', 'y', 'mới']);
    await room.round({ 'c.txt': like, 'b.txt': was });
    const hashes = [await room.at('b.txt'), await room.at('c.txt')].map(({ hash }) => hash);
    expect(hashes).toEqual(
      [was, like].map((content) => {
        const { reading } = found('', content);
        return reading.ok ? contentHash(reading.content) : '';
      }),
    );
  });

  it('is another article when something like it comes much later, or is not like it', async () => {
    await room.round({ 'a.txt': text('Một', ['x', 'y', 'z']) }, NOW);
    await room.round({ 'a.txt': null }, NOW + 4_000);
    await room.round({ 'b.txt': text('Hai', ['x', 'y', 'z']) }, NOW + 60_000);
    await room.round({ 'c.txt': text('Một', ['p', 'q'], '2026-01-02') }, NOW + 60_000);
    await room.round({ 'd.txt': text('Một', ['x', 'y', 'mới']) }, NOW + 11 * 60_000);
    expect(await shelf()).toEqual(['(Một)', 'Hai b.txt', 'Một c.txt', 'Một d.txt']);
  });

  it('returns as what it was when its content is back', async () => {
    await room.round({ 'a.txt': text('Một') });
    const before = await room.at('a.txt');
    await room.round({ 'a.txt': null });
    const outcome = await room.round({ 'other.txt': text('Một') });
    expect(outcome.returned).toBe(1);
    expect(await room.at('other.txt')).toMatchObject({ id: before.id, seq: before.seq, removed: false });
  });
});

describe('an edit', () => {
  it('keeps the identity and takes the next revision', async () => {
    await room.round({ 'a.txt': text('Một', ['x', 'y']), 'b.txt': text('Hai') });
    const before = await room.at('a.txt');
    await room.round({ 'a.txt': text('Một đã sửa', ['x', 'z']) });
    expect(await room.at('a.txt')).toMatchObject({
      id: before.id,
      seq: before.seq,
      title: 'Một đã sửa',
      rev: 3,
    });
  });

  it.each([
    ['the title', text('Khác hẳn', ['x'], '2026-01-02')],
    ['every paragraph', text('Một', ['y', 'z'], '2026-01-02')],
    ['all but the date', text('Khác hẳn', ['y', 'z'])],
  ])('may change %s', async (_what, changed) => {
    await room.round({ 'latest.txt': text('Một', ['x']) });
    await room.round({ 'latest.txt': changed });
    expect(await shelf()).toHaveLength(1);
  });

  it('that leaves nothing of title, date and text is another article: `latest.txt` is overwritten every day', async () => {
    await room.round({ 'latest.txt': text('Hôm qua', ['x'], '2026-01-09') });
    await room.round({ 'latest.txt': text('Hôm nay', ['y'], '2026-01-10') });
    expect(await shelf()).toEqual(['(Hôm qua)', 'Hôm nay latest.txt']);
  });

  it('that brings back what was overwritten brings back its article', async () => {
    await room.round({ 'latest.txt': text('Hôm qua', ['x'], '2026-01-09') });
    await room.round({ 'latest.txt': text('Hôm nay', ['y'], '2026-01-10') });
    await room.round({ 'latest.txt': text('Hôm qua', ['x'], '2026-01-09') });
    expect(await shelf()).toEqual(['Hôm qua latest.txt', '(Hôm nay)']);
  });

  it('of one of two copies makes an article of its own', async () => {
    await room.round({ 'a.txt': text('Một', ['x']), 'b.txt': text('Một', ['x']) });
    await room.round({ 'b.txt': text('Một sửa', ['x']) });
    expect(await shelf()).toEqual(['Một a.txt', 'Một sửa b.txt']);
  });

  it('of both copies at once is one edit', async () => {
    await room.round({ 'a.txt': text('Một', ['x']), 'b.txt': text('Một', ['x']) });
    await room.round({ 'a.txt': text('Một sửa', ['x']), 'b.txt': text('Một sửa', ['x']) });
    expect(await shelf()).toEqual(['Một sửa a.txt b.txt']);
  });

  it('of both copies into different texts leaves the identity with the first', async () => {
    await room.round({ 'a.txt': text('Một', ['x']), 'b.txt': text('Một', ['x']) });
    await room.round({ 'a.txt': text('Một A', ['x']), 'b.txt': text('Một B', ['x']) });
    expect(await shelf()).toEqual(['Một A a.txt', 'Một B b.txt']);
  });

  it('that makes two articles equal leaves one of them, in both files', async () => {
    await room.round({ 'a.txt': text('Một'), 'b.txt': text('Hai') });
    await room.round({ 'b.txt': text('Một') });
    expect(await shelf()).toEqual(['Một a.txt b.txt', '(Hai)']);
  });

  it('of a template that is copied and filled in again and again makes an article each time', async () => {
    for (const name of ['a', 'b', 'c', 'd']) {
      await room.round({ [`${name}.txt`]: text('Mẫu', ['x']) });
      await room.round({ [`${name}.txt`]: text(`Tin ${name}`, ['x']) });
    }
    expect(await shelf()).toEqual(['Tin a a.txt', 'Tin b b.txt', 'Tin c c.txt', 'Tin d d.txt']);
    expect(new Set((await room.rows()).map(({ id }) => id)).size).toBe(4);
  });

  it('that swaps two files leaves each article with its content', async () => {
    await room.round({ 'a.txt': text('Một'), 'b.txt': text('Hai') });
    await room.round({ 'a.txt': text('Hai'), 'b.txt': text('Một') });
    expect(await shelf()).toEqual(['Một b.txt', 'Hai a.txt']);
  });

  it('of the copied file in the round of the copy leaves the old content its identity', async () => {
    await room.round({ 'a.txt': text('Một', ['x']) });
    await room.round({ 'a.txt': text('Một sửa', ['x']), 'backup.txt': text('Một', ['x']) });
    expect(await shelf()).toEqual(['Một backup.txt', 'Một sửa a.txt']);
  });
});

describe('a rename', () => {
  it('keeps the identity', async () => {
    await room.round({ 'a.txt': text('Một') });
    const before = await room.at('a.txt');
    await room.round({ 'a.txt': null, 'b.txt': text('Một') });
    expect(await room.at('b.txt')).toEqual({ ...before, paths: ['b.txt'] });
  });

  it.each([
    ['the text', text('Một', ['y'])],
    ['the title', text('Khác hẳn', ['x', 'y'])],
    ['the title and half of the text', text('Khác hẳn', ['x', 'z'], '2026-01-02')],
    ['the spelling of the title, and the date', text('MỘT!', ['x', 'z'], '2026-01-02')],
  ])('with an edit of %s keeps the identity', async (_what, edited) => {
    await room.round({ 'a.txt': text('Một', ['x', 'y']) });
    const before = await room.at('a.txt');
    await room.round({ 'a.txt': null, 'b.txt': edited });
    expect(await room.at('b.txt')).toMatchObject({ id: before.id, seq: before.seq });
    expect(await room.rows()).toHaveLength(1);
  });

  it.each([
    ['nothing in common', text('Hai', ['z'])],
    ['the same heading on another day', text('Một', ['z'], '2026-01-02')],
  ])('is none with %s', async (_what, other) => {
    await room.round({ 'a.txt': text('Một', ['x', 'y']) });
    await room.round({ 'a.txt': null, 'b.txt': other });
    expect((await room.rows()).map(({ removed }) => removed)).toEqual([true, false]);
  });

  it('goes to the likest of several, and to one file only', async () => {
    await room.round({ 'a.txt': text('Một', ['x', 'y', 'z']), 'b.txt': text('Hai', ['x', 'u', 'v']) });
    const [one, two] = await room.rows();
    await room.round({
      'a.txt': null,
      'b.txt': null,
      'c.txt': text('Ba', ['x', 'u', 'v', 'w']),
      'd.txt': text('Bốn', ['x', 'y', 'w']),
      'e.txt': text('Năm', ['x', 'y', 'w', 'z']),
    });
    expect(await room.at('c.txt')).toMatchObject({ id: two?.id });
    expect(await room.at('d.txt')).toMatchObject({ id: one?.id });
    expect(await room.at('e.txt')).toMatchObject({ seq: 3 });
  });

  it('with an edit is seen before the old file is given up, when more is there than fits into a round', async () => {
    await room.round({ 'a.txt': text('Một', ['x', 'y']), 'b.txt': text('Hai', ['u']), 'c.txt': text('Ba') });
    const [one, two] = await room.rows();
    const missing = ['a.txt', 'b.txt', 'c.txt'];
    await room.round({ 'd.txt': text('Một', ['x', 'z']) }, NOW, missing);
    expect(await shelf()).toEqual(['Một d.txt', 'Hai b.txt', 'Ba c.txt']);
    await room.round({ 'e.txt': text('Hai', ['u', 'v']), 'f.txt': text('Một', ['x', 'w']) }, NOW, missing);
    await room.round({ 'a.txt': null, 'b.txt': null, 'c.txt': null });
    expect(await shelf()).toEqual(['Một d.txt', 'Hai e.txt', '(Ba)', 'Một f.txt']);
    expect([(await room.at('d.txt')).id, (await room.at('e.txt')).id]).toEqual([one?.id, two?.id]);
  });

  it('leaves the old content an article of its own when its file turns out not to be gone', async () => {
    await room.round({ 'a.txt': text('Một', ['x', 'y']) });
    await room.round({ 'b.txt': text('Một', ['x', 'z']) }, NOW, ['a.txt']);
    expect(await room.shelf.folder()).not.toHaveProperty('a.txt');
    await room.round({ 'a.txt': text('Một', ['x', 'y']) });
    expect(await shelf()).toEqual(['Một b.txt', 'Một a.txt']);
  });

  it('finds an article that was moved aside and edited while its file was overwritten', async () => {
    await room.round({ 'latest.txt': text('Hôm qua', ['x', 'y'], '2026-01-09') });
    await room.round({
      'latest.txt': text('Hôm nay', ['z'], '2026-01-10'),
      'archive.txt': text('Hôm qua', ['x', 'w'], '2026-01-09'),
    });
    expect(await shelf()).toEqual(['Hôm qua archive.txt', 'Hôm nay latest.txt']);
  });
});

describe('a file that turns bad', () => {
  it('keeps its article until it is good again, or gone', async () => {
    await room.round({ 'a.txt': text('Một', ['x']) });
    const before = await room.at('a.txt');
    const outcome = await room.round({ 'a.txt': EMPTY });
    expect(outcome).toMatchObject({ refused: 1, removed: 0 });
    expect(await room.at('a.txt')).toEqual(before);
    await room.round({ 'a.txt': text('Một sửa', ['x']) });
    expect(await room.at('a.txt')).toMatchObject({ id: before.id, title: 'Một sửa' });
    await room.round({ 'a.txt': EMPTY });
    await room.round({ 'a.txt': null });
    expect(await shelf()).toEqual(['(Một sửa)']);
  });

  it('does not hold the old content against a copy that is edited', async () => {
    await room.round({ 'a.txt': text('Một', ['x']), 'b.txt': text('Một', ['x']) });
    await room.round({ 'a.txt': EMPTY });
    await room.round({ 'b.txt': text('Một sửa', ['x']) });
    expect(await shelf()).toEqual(['Một sửa a.txt b.txt']);
  });

  it('is logged once, not at every round', async () => {
    await room.round({ 'a.txt': EMPTY });
    await room.round({ 'a.txt': EMPTY });
    expect(room.warnings).toHaveLength(1);
    expect(room.warnings[0]).toMatchObject({ file: 'a.txt', reason: 'empty', detail: '0 bytes' });
    await room.round({ 'a.txt': { ok: false, refusal: { reason: 'binary', detail: 'a NUL byte at 3' } } });
    expect(room.warnings).toHaveLength(2);
  });

  it('and never was good becomes a new article when it is', async () => {
    await room.round({ 'a.txt': EMPTY });
    await room.round({ 'a.txt': text('Một') });
    expect(await shelf()).toEqual(['Một a.txt']);
  });
});

describe('large rounds', () => {
  it('are committed in parts, renames with edits among them', async () => {
    const files = (name: string, note: string): Record<string, string> =>
      Object.fromEntries(
        Array.from({ length: 250 }, (_, i) => [`${name}/${i}.txt`, text(`Tin ${i} ${note}`, [`${i}`, note])]),
      );
    await room.round(files('a', 'cũ'));
    const before = new Map((await room.rows()).map(({ paths, id }) => [paths[0]?.slice(2), id]));
    const gone = Object.fromEntries(Object.keys(files('a', '')).map((path) => [path, null]));
    const outcome = await room.round({ ...gone, ...files('b', 'mới') });
    expect(outcome).toEqual({ added: 0, edited: 250, returned: 0, removed: 0, refused: 0 });
    for (const { id, paths } of await room.rows()) expect(before.get(paths[0]?.slice(2))).toBe(id);
  });
});

describe('rounds', () => {
  it('of two sources are taken one after the other', async () => {
    const [first, second] = await Promise.all([
      room.round({ 'a.txt': text('Một') }),
      room.round({ 'feed://x/1': text('Một') }),
    ]);
    expect([first.added, second.added]).toEqual([1, 0]);
  });

  it('that the store fails leave the next one its chance', async () => {
    const dropped = await room.db.schema
      .alterTable('files')
      .renameTo('hidden')
      .execute()
      .then(() => true);
    expect(dropped).toBe(true);
    await expect(room.round({ 'a.txt': text('Một') })).rejects.toThrow();
    await room.db.schema.alterTable('hidden').renameTo('files').execute();
    await room.round({ 'a.txt': text('Một') });
    expect(await shelf()).toEqual(['Một a.txt']);
  });

  it('say nothing when nothing has changed', async () => {
    await room.round({ 'a.txt': text('Một') });
    const before = await room.rows();
    const outcome = await room.round({ 'a.txt': text('Một') }, NOW + 60_000);
    expect(outcome).toEqual({ added: 0, edited: 0, returned: 0, removed: 0, refused: 0 });
    expect(await room.rows()).toEqual(before);
  });
});

it('knows every file, however many there are', async () => {
  const files = Array.from({ length: 4_500 }, (_, i) => ({
    path: `${i}.txt`,
    size: i,
    mtime_ms: 1,
    article_seq: null,
    reason: null,
    detail: null,
  }));
  for (let start = 0; start < files.length; start += 500)
    await room.db
      .insertInto('files')
      .values(files.slice(start, start + 500))
      .execute();
  const known = await room.shelf.folder();
  expect([known.size, known.get('4321.txt')?.size]).toEqual([4_500, 4_321]);
});

it('knows the size and the time of a file that it has read', async () => {
  const file = found('a.txt', text('Một'));
  await room.round({ 'a.txt': text('Một'), 'feed://x/1': text('Hai') });
  expect(await room.shelf.folder()).toEqual(
    new Map([['a.txt', { size: file.size, mtimeMs: 1, refusal: null }]]),
  );
});

it('gives the event loop a turn for each long article, however few they are', async () => {
  const long = 'Một câu dài về mọi chuyện trong ngày. '.repeat(4_000);
  const files = Object.fromEntries(
    Array.from({ length: 10 }, (_, i) => [`${i}.txt`, `${text(`Bài ${i}`)}\n\n${long} ${i}`]),
  );
  let turns = 0;
  let counting = setImmediate(function count() {
    turns += 1;
    counting = setImmediate(count);
  });
  try {
    expect((await room.round(files)).added).toBe(10);
  } finally {
    clearImmediate(counting);
  }
  // One when it was read, and one when it was written.
  expect(turns).toBeGreaterThanOrEqual(2 * 10);
});
