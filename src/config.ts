/**
 * Every setting of the program in one table: its name, its default, what it means and what may be written. The
 * environment wins over `.env`; an empty value counts as unset. All problems are reported at once, by name; the
 * token's value appears in none of them.
 */
import type { z } from 'zod';
import { isZone } from './digest/zones.ts';
import type { LogLevel } from './log.ts';
import {
  integer,
  list,
  onOff,
  oneOf,
  readChannel,
  readCrons,
  readHours,
  readRoot,
  readToken,
  readUserId,
  text,
  when,
  type ChannelRef,
} from './settingReaders.ts';

export type Language = 'vi' | 'en';

export interface Config {
  /** Null runs the bot against the local playground. */
  botToken: string | null;
  /** Without a slash at the end. */
  telegramApiRoot: string;
  articlesDir: string;
  dataDir: string;
  digestCron: string;
  timezone: string;
  digestMaxItems: number;
  digestLateLimitMs: number;
  digestChannels: ChannelRef[];
  defaultLanguage: Language;
  adminIds: number[];
  /** Messages a second. */
  broadcastRate: number;
  allowPaidBroadcast: boolean;
  unknownDelivery: 'ask' | 'resend';
  inlineMode: boolean;
  searchWindow: number;
  httpHost: string;
  /** Null starts no HTTP server. */
  httpPort: number | null;
  logLevel: LogLevel;
  /** Of the playground's page. */
  playgroundPort: number;
}

interface Setting<K extends keyof Config> {
  name: string;
  key: K;
  /** As it would be written in `.env`; empty for none. */
  fallback: string;
  /** One line for `.env.example` and the README. */
  about: string;
  /** What to write, for the error message. */
  hint: string;
  /** Gets the text, never empty unless the fallback is. */
  parse: z.ZodType<Config[K]>;
  /** Never show what was seen. */
  secret?: true;
}

/** Telegram takes 1,000 a second at most, if paid; a Bot API server of your own may take more. */
const MAX_RATE = 10_000;
/** Messages a second that Telegram takes when they may cost Stars (Bot API, allow_paid_broadcast). */
const PAID_RATE = 1_000;
const MAX_DIGEST_ITEMS = 100;

function setting<K extends keyof Config>(row: Setting<K>): Setting<K> {
  return row;
}

export const SETTINGS = [
  setting({
    name: 'BOT_TOKEN',
    key: 'botToken',
    fallback: '',
    about:
      'The token from @BotFather. Without it `npm start` opens the playground: a page to try the bot, with no Telegram.',
    hint: 'write the whole token as @BotFather gave it: digits, a colon, letters',
    parse: when(readToken),
    secret: true,
  }),
  setting({
    name: 'TELEGRAM_API_ROOT',
    key: 'telegramApiRoot',
    fallback: 'https://api.telegram.org',
    about: 'Where the Bot API is; change it only for a Bot API server of your own.',
    hint: 'write an http or https URL without a query, such as https://api.telegram.org',
    parse: when(readRoot),
  }),
  setting({
    name: 'ARTICLES_DIR',
    key: 'articlesDir',
    fallback: './seeds',
    about: 'The folder with the articles (.txt and .md); folders in it are read too.',
    hint: 'write the path of a folder',
    parse: text,
  }),
  setting({
    name: 'DATA_DIR',
    key: 'dataDir',
    fallback: './data',
    about: 'Where the database lives (diemtin.db); back this folder up.',
    hint: 'write the path of a folder that the bot may write to',
    parse: text,
  }),
  setting({
    name: 'DIGEST_CRON',
    key: 'digestCron',
    fallback: '0 7 * * *',
    about:
      'The schedule of a new subscription: minute, hour, day of month, month, day of week; several with a ; between them.',
    hint: 'write five cron fields that come true at some time, such as 0 7 * * *',
    parse: when(readCrons),
  }),
  setting({
    name: 'TIMEZONE',
    key: 'timezone',
    fallback: 'Asia/Ho_Chi_Minh',
    about: 'The time zone of a new subscription, an IANA name.',
    hint: 'write an IANA name such as Asia/Ho_Chi_Minh or Europe/Paris',
    parse: when((value) => (isZone(value) ? value : undefined)),
  }),
  setting({
    name: 'DIGEST_MAX_ITEMS',
    key: 'digestMaxItems',
    fallback: '10',
    about: 'The most stories that one digest lists; the others are behind a button.',
    hint: `write a whole number from 1 to ${MAX_DIGEST_ITEMS}`,
    parse: integer(1, MAX_DIGEST_ITEMS),
  }),
  setting({
    name: 'DIGEST_LATE_LIMIT',
    key: 'digestLateLimitMs',
    fallback: '12h',
    about: 'A digest that is later than this waits for the next time; no article is lost.',
    hint: 'write hours, such as 12h (1h to 168h)',
    parse: when(readHours),
  }),
  setting({
    name: 'DIGEST_CHANNELS',
    key: 'digestChannels',
    fallback: '',
    about:
      'Channels that get the digest without anybody subscribing them: ids or @names, separated by commas.',
    hint: 'write ids such as -1001234567890 or names such as @mychannel, separated by commas',
    parse: list(readChannel),
  }),
  setting({
    name: 'DEFAULT_LANGUAGE',
    key: 'defaultLanguage',
    fallback: 'vi',
    about: 'The language of the bot where nobody chose one: vi or en.',
    hint: 'write vi or en',
    parse: oneOf('vi', 'en'),
  }),
  setting({
    name: 'ADMIN_IDS',
    key: 'adminIds',
    fallback: '',
    about: 'User ids of the operators, who see more in /status, separated by commas.',
    hint: 'write numbers such as 123456789, separated by commas',
    parse: list(readUserId),
  }),
  setting({
    name: 'BROADCAST_RATE',
    key: 'broadcastRate',
    fallback: '25',
    about: 'Digest messages a second, over all chats. Telegram allows about 30.',
    hint: `write a whole number from 1 to ${MAX_RATE}`,
    parse: integer(1, MAX_RATE),
  }),
  setting({
    name: 'ALLOW_PAID_BROADCAST',
    key: 'allowPaidBroadcast',
    fallback: 'off',
    about:
      'Lets Telegram charge Stars for messages above its free rate; BROADCAST_RATE is then 1000 if not set: on or off.',
    hint: 'write on or off',
    parse: onOff,
  }),
  setting({
    name: 'UNKNOWN_DELIVERY',
    key: 'unknownDelivery',
    fallback: 'ask',
    about:
      'A digest whose arrival Telegram did not confirm: ask offers it again at a tap, resend sends it again.',
    hint: 'write ask or resend',
    parse: oneOf('ask', 'resend'),
  }),
  setting({
    name: 'INLINE_MODE',
    key: 'inlineMode',
    fallback: 'on',
    about: 'Answers @bot queries typed in any chat (also switch it on at @BotFather): on or off.',
    hint: 'write on or off',
    parse: onOff,
  }),
  setting({
    name: 'SEARCH_WINDOW',
    key: 'searchWindow',
    fallback: '20000',
    about:
      'For how many of the newest articles typing mistakes are forgiven; costs about 1.5 MB of memory per 1000.',
    hint: 'write a whole number from 100 to 200000',
    parse: integer(100, 200_000),
  }),
  setting({
    name: 'HTTP_HOST',
    key: 'httpHost',
    fallback: '127.0.0.1',
    about: 'The address on which GET /healthz is answered.',
    hint: 'write an address such as 127.0.0.1 or 0.0.0.0',
    parse: text,
  }),
  setting({
    name: 'HTTP_PORT',
    key: 'httpPort',
    fallback: '',
    about: 'The port of GET /healthz; without it there is no HTTP server.',
    hint: 'write a port from 0 to 65535 (0 takes a free one)',
    parse: when((value) => {
      if (value === '') return null;
      return /^\d{1,5}$/u.test(value) && Number(value) <= 65_535 ? Number(value) : undefined;
    }),
  }),
  setting({
    name: 'LOG_LEVEL',
    key: 'logLevel',
    fallback: 'info',
    about: 'How much is logged: trace, debug, info, warn, error, fatal or silent.',
    hint: 'write trace, debug, info, warn, error, fatal or silent',
    parse: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
  }),
  setting({
    name: 'PLAYGROUND_PORT',
    key: 'playgroundPort',
    fallback: '8787',
    about: "The port of the playground's page, on 127.0.0.1 only; if it is taken, a free one is used.",
    hint: 'write a port from 0 to 65535 (0 takes a free one)',
    parse: integer(0, 65_535),
  }),
] as const;

export type ConfigResult = { ok: true; config: Config } | { ok: false; problems: string[] };

const MAX_SHOWN_CHARS = 60;

function shown(row: { secret?: true }, value: string): string {
  if (row.secret === true) return `a value of ${value.length} characters`;
  return JSON.stringify(value.length > MAX_SHOWN_CHARS ? `${value.slice(0, MAX_SHOWN_CHARS)}…` : value);
}

/** Reads every setting; never throws. Each problem is one line: the name, what was seen, what to write. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ConfigResult {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const row of SETTINGS) {
    const value = env[row.name]?.trim() ?? '';
    const result = row.parse.safeParse(value === '' ? row.fallback : value);
    if (result.success) values[row.key] = result.data;
    else problems.push(`${row.name}: saw ${shown(row, value)}; ${row.hint}`);
  }
  const isRateSet = (env.BROADCAST_RATE?.trim() ?? '') !== '';
  if (values.allowPaidBroadcast === true && !isRateSet) values.broadcastRate = PAID_RATE;
  const isPublicRoot = (env.TELEGRAM_API_ROOT?.trim() ?? '') === '';
  if (values.botToken === null && !isPublicRoot) {
    problems.push('BOT_TOKEN: saw nothing, though TELEGRAM_API_ROOT is set; write the token that it knows');
  }
  // Every key of Config stands in SETTINGS, which `test/config.test.ts` checks.
  return problems.length > 0 ? { ok: false, problems } : { ok: true, config: values as unknown as Config };
}
