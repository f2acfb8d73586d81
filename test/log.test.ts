import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLog, errorFields, redact, type LogLevel } from '../src/log.ts';

const TOKEN = '123456789:AAFakeTokenOfTheTests_abcdefghijklmn';

/** A log whose lines are kept. */
function kept(level: LogLevel = 'debug', secrets: string[] = [TOKEN]) {
  const lines: string[] = [];
  return { log: createLog(level, secrets, (line) => lines.push(line)), lines };
}

describe('the log', () => {
  it('writes one line of JSON for each thing that happened', () => {
    const { log, lines } = kept();
    log.info({ chatId: 7 }, 'a chat was met');
    log.warn({}, 'two\nlines');
    expect(lines).toHaveLength(2);
    const [first, second] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(first).toMatchObject({ level: 'info', chatId: 7, msg: 'a chat was met' });
    expect(Date.parse(String(first?.time))).not.toBeNaN();
    expect(second).toMatchObject({ level: 'warn', msg: 'two\nlines' });
    expect(lines.every((line) => line.endsWith('\n') && line.indexOf('\n') === line.length - 1)).toBe(true);
  });

  it.each<[LogLevel, string[]]>([
    ['debug', ['debug', 'info', 'warn', 'error']],
    ['info', ['info', 'warn', 'error']],
    ['error', ['error']],
    ['fatal', []],
    ['silent', []],
  ])('at level %s writes %j', (level, expected) => {
    const { log, lines } = kept(level);
    log.debug({}, 'x');
    log.info({}, 'x');
    log.warn({}, 'x');
    log.error({}, 'x');
    expect(lines.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual(expected);
  });

  it('survives what cannot be written as JSON', () => {
    const { log, lines } = kept();
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    log.info({ circular, big: 1n }, 'still here');
    expect(lines.join('')).toContain('still here');
  });
});

describe('the token', () => {
  it.each([
    ['in a message', {}, `GET https://api.telegram.org/bot${TOKEN}/getMe failed`],
    ['in a field', { url: `https://api.telegram.org/bot${TOKEN}/getMe` }, 'failed'],
    ['deep inside', { a: { b: [{ c: `x${TOKEN}x` }] } }, 'failed'],
    ['as a key', { [TOKEN]: 1 }, 'failed'],
    ['encoded for a URL', { url: encodeURIComponent(TOKEN) }, 'failed'],
    ['in an error', errorFields(new Error(`request to /bot${TOKEN}/x failed`)), 'failed'],
    ['in the cause of an error', { cause: inspect(new Error('x', { cause: new Error(TOKEN) })) }, 'failed'],
  ])('%s is cut out', (_, fields, message) => {
    const { log, lines } = kept();
    log.error(fields, message);
    const written = lines.join('');
    expect(written).toContain('[token]');
    expect(written).not.toContain('AAFake');
    expect(() => JSON.parse(written) as unknown).not.toThrow();
  });

  it('is cut out when the log was never told of it', () => {
    const { log, lines } = kept('debug', []);
    log.info({ url: `https://api.telegram.org/bot${TOKEN}/getMe` }, 'another bot');
    expect(lines.join('')).not.toContain('AAFake');
  });

  it('leaves no trace, wherever it stands', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        expect(redact(before + TOKEN + after, [TOKEN])).not.toContain('AAFakeTokenOfTheTests');
      }),
    );
  });

  it('that is empty cuts nothing out', () => {
    expect(redact('a line', [''])).toBe('a line');
  });

  it.each([
    '12:30:00',
    'chat -1001234567890',
    'https://a.vn:8080/a-very-long-path-to-an-article',
    '2026-11-24T00:00:00.000Z',
  ])('%s is none', (text) => {
    expect(redact(text, [TOKEN])).toBe(text);
  });
});

describe('an error as fields', () => {
  it('has its name, message, code and stack', () => {
    const error = Object.assign(new TypeError('no such file'), { code: 'ENOENT', payload: 'secret text' });
    expect(errorFields(error)).toEqual({
      error: 'TypeError: no such file',
      code: 'ENOENT',
      stack: error.stack,
    });
  });

  it.each([
    ['a string', 'broken', 'broken'],
    ['nothing', undefined, 'undefined'],
    ['an object', { a: 1 }, '[object Object]'],
  ])('may be %s', (_, thrown, expected) => {
    expect(errorFields(thrown)).toEqual({ error: expected });
  });
});
