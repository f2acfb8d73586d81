import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readConfig, SETTINGS, type Config } from '../src/config.ts';

function problems(env: Record<string, string>): string[] {
  const result = readConfig(env);
  return result.ok ? [] : result.problems;
}

function config(env: Record<string, string>): Config {
  const result = readConfig(env);
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return result.config;
}

describe('settings', () => {
  it('need nothing: without a token the bot runs in the playground', () => {
    expect(config({})).toEqual({
      botToken: null,
      telegramApiRoot: 'https://api.telegram.org',
      articlesDir: './seeds',
      dataDir: './data',
      digestCron: '0 7 * * *',
      timezone: 'Asia/Ho_Chi_Minh',
      digestMaxItems: 10,
      digestLateLimitMs: 12 * 3_600_000,
      digestChannels: [],
      defaultLanguage: 'vi',
      adminIds: [],
      broadcastRate: 25,
      allowPaidBroadcast: false,
      unknownDelivery: 'ask',
      inlineMode: true,
      searchWindow: 20_000,
      httpHost: '127.0.0.1',
      httpPort: null,
      logLevel: 'info',
      playgroundPort: 8787,
    });
  });

  it('treat an empty value like none, and trim the others', () => {
    expect(config({ DIGEST_MAX_ITEMS: '', TIMEZONE: ' Europe/Paris ' })).toMatchObject({
      digestMaxItems: 10,
      timezone: 'Europe/Paris',
    });
  });

  it('read lists, with commas or spaces', () => {
    const lists = config({ DIGEST_CHANNELS: '@tintuc, -1001234567890', ADMIN_IDS: '7 5000000000' });
    expect(lists.digestChannels).toEqual(['@tintuc', -1_001_234_567_890]);
    expect(lists.adminIds).toEqual([7, 5_000_000_000]);
  });

  it.each([
    [{ ALLOW_PAID_BROADCAST: 'on' }, 1_000],
    [{ ALLOW_PAID_BROADCAST: 'on', BROADCAST_RATE: '25' }, 25],
    [{ ALLOW_PAID_BROADCAST: 'on', BROADCAST_RATE: ' ' }, 1_000],
    [{ ALLOW_PAID_BROADCAST: 'off' }, 25],
  ])('set the rate that is paid for, unless it is set: %j', (env, rate) => {
    expect(config(env as Record<string, string>).broadcastRate).toBe(rate);
  });

  it('report every problem at once: the name, what was seen, what to write', () => {
    expect(problems({ TIMEZONE: 'Hanoi', DIGEST_MAX_ITEMS: 'ten', HTTP_PORT: '99999' })).toEqual([
      'TIMEZONE: saw "Hanoi"; write an IANA name such as Asia/Ho_Chi_Minh or Europe/Paris',
      'DIGEST_MAX_ITEMS: saw "ten"; write a whole number from 1 to 100',
      'HTTP_PORT: saw "99999"; write a port from 0 to 65535 (0 takes a free one)',
    ]);
  });

  it.each([
    ['DIGEST_CRON', '0 7 * *', 'four fields'],
    ['DIGEST_CRON', '0 0 7 * * *', 'six fields'],
    ['DIGEST_CRON', '61 7 * * *', 'no such minute'],
    ['DIGEST_CRON', '0 0 30 2 *', 'never comes true'],
    ['TIMEZONE', '+07:00', 'an offset is no zone'],
    ['TELEGRAM_API_ROOT', 'api.telegram.org', 'no scheme'],
    ['TELEGRAM_API_ROOT', 'ftp://api.telegram.org', 'not http'],
    ['DIGEST_CHANNELS', 'tintuc', 'neither an id nor a name'],
    ['DIGEST_CHANNELS', '123', 'a person, not a channel'],
    ['ADMIN_IDS', '@me', 'not a number'],
    ['BROADCAST_RATE', '0', 'nothing would ever be sent'],
    ['UNKNOWN_DELIVERY', 'retry', 'neither ask nor resend'],
    ['DEFAULT_LANGUAGE', 'fr', 'not spoken'],
    ['LOG_LEVEL', 'loud', 'no such level'],
    ['DIGEST_LATE_LIMIT', '12', 'no unit'],
    ['INLINE_MODE', 'yes', 'neither on nor off'],
  ])('refuse %s=%s: %s', (name, value) => {
    const found = problems({ BOT_TOKEN: '1:abc', [name]: value });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`${name}: saw "${value}"; write `);
  });

  it('never show the token', () => {
    const [problem] = problems({ BOT_TOKEN: 'bot123456:SECRET-part' });
    expect(problem).toContain('BOT_TOKEN: saw a value of 21 characters');
    expect(problem).not.toContain('SECRET');
  });

  it('ask for the token when a Bot API server was named', () => {
    expect(problems({ TELEGRAM_API_ROOT: 'http://127.0.0.1:8081' })[0]).toMatch(/^BOT_TOKEN: saw nothing/u);
  });
});

describe('.env.example', () => {
  const text = readFileSync('.env.example', 'utf8');
  const uncommented = parseEnv(text.replaceAll(/^# (?=[A-Z_]+=)/gmu, ''));

  it('names every setting, with its default, and no other', () => {
    const defaults = Object.fromEntries(SETTINGS.map(({ name, fallback }) => [name, fallback]));
    expect(uncommented).toEqual(defaults);
  });

  it('explains every setting', () => {
    for (const { about } of SETTINGS) expect(text).toContain(`# ${about}`);
  });

  it('is valid as it stands', () => {
    expect(readConfig(parseEnv(text)).ok).toBe(true);
  });
});

describe('the README', () => {
  it('has every setting in its table', () => {
    const readme = readFileSync('README.md', 'utf8');
    for (const { name } of SETTINGS) expect(readme).toContain(`| \`${name}\` |`);
  });
});
