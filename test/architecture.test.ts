import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Import {
  file: string;
  target: string;
  typeOnly: boolean;
}

function sources(): string[] {
  return readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join('src', name));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(/^(?:import|export)\s+(type\s)?[^;]*?from\s+'([^']+)';/gmsu);
  return [...found].map(([, type, target = '']) => ({
    file,
    target: target.startsWith('.') ? normalize(join(dirname(file), target)) : target,
    typeOnly: type !== undefined,
  }));
}

function roomOf(path: string): string {
  const [, room = '', more] = path.split('/');
  return more === undefined ? '' : room;
}

const all = sources().flatMap(importsOf);
const fromRoom = (...rooms: string[]): Import[] => all.filter(({ file }) => rooms.includes(roomOf(file)));
const show = ({ file, target }: Import): string => `${file} imports ${target}`;

const DOMAIN = ['articles', 'search', 'follows', 'digest', 'delivery'];
const ADAPTERS = ['sources', 'store', 'telegram', 'playground'];

describe('the architecture', () => {
  it('has files to look at', () => {
    expect(all.length).toBeGreaterThan(100);
  });

  it('keeps the domain rooms free of adapters', () => {
    const wrong = fromRoom(...DOMAIN).filter(({ target }) => ADAPTERS.includes(roomOf(target)));
    expect(wrong.map(show)).toEqual([]);
  });

  it('keeps adapters apart from one another', () => {
    const wrong = fromRoom(...ADAPTERS).filter(
      ({ file, target }) => ADAPTERS.includes(roomOf(target)) && roomOf(target) !== roomOf(file),
    );
    expect(wrong.map(show)).toEqual([]);
  });

  it.each([
    ['articles', []],
    ['search', ['articles']],
    ['digest', ['articles', 'search', 'delivery']],
    ['follows', ['articles', 'search', 'digest', 'delivery']],
    ['delivery', []],
    ['i18n', []],
  ])('lets %s know no other domain room than %j', (room, allowed) => {
    const wrong = fromRoom(room).filter(
      ({ target }) =>
        DOMAIN.includes(roomOf(target)) && roomOf(target) !== room && !allowed.includes(roomOf(target)),
    );
    expect(wrong.map(show)).toEqual([]);
  });

  it('lets digest and follows take from delivery only the shape of a message', () => {
    const wrong = fromRoom('digest', 'follows').filter(
      ({ target, typeOnly }) => roomOf(target) === 'delivery' && !(typeOnly && target.endsWith('courier.ts')),
    );
    expect(wrong.map(show)).toEqual([]);
  });

  it('lets digest take from search only what makes two spellings one word', () => {
    const wrong = fromRoom('digest').filter(
      ({ target }) => roomOf(target) === 'search' && !/^src\/search\/(?:fold|tokens)\.ts$/u.test(target),
    );
    expect(wrong).toEqual([]);
  });

  it('lets follows take from digest only what it asks for', () => {
    const wrong = fromRoom('follows').filter(
      ({ target, typeOnly }) => roomOf(target) === 'digest' && !typeOnly && !target.endsWith('quiet.ts'),
    );
    expect(wrong.map(show)).toEqual([]);
  });

  it.each([
    ['telegraf', ['telegram']],
    ['undici', ['telegram']],
    ['kysely', ['store']],
    ['better-sqlite3', ['store', 'search']],
    ['minisearch', ['search']],
    ['croner', ['digest', '']],
    ['@photostructure/tz-lookup', ['digest']],
    ['node-cron', ['']],
  ])('keeps %s inside %j', (name, rooms) => {
    const wrong = all.filter(
      ({ file, target }) =>
        (target === name || target.startsWith(`${name}/`)) && !rooms.includes(roomOf(file)),
    );
    expect(wrong.map(show)).toEqual([]);
  });

  it('lets only the composition roots know every room', () => {
    const wrong = all.filter(
      ({ file, target }) =>
        roomOf(file) !== '' && roomOf(target) === '' && target.startsWith('src/') && !SHARED.has(target),
    );
    expect(wrong.map(show)).toEqual([]);
  });

  it('keeps the clock and the environment out of decisions', () => {
    const wrong = PURE.filter((file) =>
      /\bDate\.now\(|new Date\(\)|process\.env|Math\.random/u.test(code(file)),
    );
    expect(wrong).toEqual([]);
  });

  it('lets the page in the browser know of its server only what they say to each other', () => {
    const page = all.filter(({ file }) => file.startsWith(PAGE));
    const wrong = page.filter(
      ({ target, typeOnly }) =>
        !target.startsWith(PAGE) &&
        !(typeOnly && ['src/playground/protocol.ts', 'src/playground/wire.ts'].includes(target)),
    );
    expect(page.length).toBeGreaterThan(50);
    expect(wrong.map(show)).toEqual([]);
  });

  it('parses no HTML in the page', () => {
    const wrong = sources().filter(
      (file) =>
        file.startsWith(PAGE) &&
        /innerHTML|outerHTML|insertAdjacentHTML|setHTML|document\.write|DOMParser|\beval\(/u.test(code(file)),
    );
    expect(wrong).toEqual([]);
  });

  it('makes HTML only in views', () => {
    const wrong = sources().filter(
      (file) => !MARKUP.some((room) => file.startsWith(room)) && /<\/(?:b|i|a|code)>/u.test(code(file)),
    );
    expect(wrong).toEqual([]);
  });
});

const PAGE = 'src/playground/page/';

/** Top-level files that rooms may import: what every room may say and be told. */
const SHARED = new Set(['src/settingReaders.ts', 'src/log.ts', 'src/config.ts', 'src/exit.ts']);

/** Where markup is written, or is the subject; the commands compose views with the `html` tag, which escapes. */
const MARKUP = ['src/telegram/views/', 'src/telegram/commands/', 'src/telegram/inline.ts', 'src/playground/'];

const PURE = sources().filter(
  (file) =>
    ['articles', 'follows', 'digest', 'delivery', 'search'].includes(roomOf(file)) && !IMPURE().has(file),
);

/** The edges inside the domain rooms: the system clock, the search thread and what its worker runs. */
function IMPURE(): Set<string> {
  return new Set(['src/delivery/clock.ts']);
}

function code(file: string): string {
  return readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gmu, '');
}
