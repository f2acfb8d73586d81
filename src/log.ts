/**
 * Logging: JSON lines through pino, with the bot token cut out of everything that leaves, whoever put it there
 * (telegraf and fetch libraries put whole URLs into error messages).
 *
 * Message texts and article bodies are not logged.
 */
import { Writable } from 'node:stream';
import { pino } from 'pino';

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

type Write = (fields: Record<string, unknown>, message: string) => void;

/** What every room may ask of the log: fields first, then one sentence. */
export interface Log {
  debug: Write;
  info: Write;
  warn: Write;
  error: Write;
}

/** Anything shaped like a bot token, so that a token we were never told is cut out as well. */
const TOKEN_SHAPE = /\d{6,12}(?::|%3A)[A-Za-z0-9_-]{30,}/giu;

/** Replaces the secrets, and whatever looks like a bot token, in a line of output. */
export function redact(line: string, secrets: readonly string[]): string {
  let clean = line;
  for (const secret of secrets) {
    if (secret === '') continue;
    clean = clean.replaceAll(secret, '[token]').replaceAll(encodeURIComponent(secret), '[token]');
  }
  return clean.replace(TOKEN_SHAPE, '[token]');
}

/**
 * @param secrets strings that must never be written
 * @param write receives whole lines; standard output unless a test wants them
 */
export function createLog(
  level: LogLevel,
  secrets: readonly string[],
  write: (line: string) => void = (line) => process.stdout.write(line),
): Log {
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      write(redact(chunk.toString(), secrets));
      done();
    },
  });
  const base = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    stream,
  );
  return {
    debug: (fields, message) => base.debug(fields, message),
    info: (fields, message) => base.info(fields, message),
    warn: (fields, message) => base.warn(fields, message),
    error: (fields, message) => base.error(fields, message),
  };
}

/** An unknown thrown value as fields for the log: name, message, stack and code, no payloads. */
export function errorFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: String(error) };
  const code = 'code' in error ? { code: error.code } : {};
  return { error: `${error.name}: ${error.message}`, ...code, stack: error.stack };
}
