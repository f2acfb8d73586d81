/**
 * The program: reads the arguments and the settings, starts the app, turns signals into a calm end and failures into an exit
 * code with a sentence on standard error.
 */
import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import type { App } from './app.ts';
import { beginSearch } from './beginSearch.ts';
import { readConfig, type Config } from './config.ts';
import { dataFiles, explainDamage } from './dataFiles.ts';
import { systemClock } from './delivery/clock.ts';
import { EXIT, FatalError } from './exit.ts';
import { createLog, errorFields, redact, type Log } from './log.ts';

const USAGE = `diemtin                     run the bot (without BOT_TOKEN: the playground)
diemtin demo                the playground: the bot in a browser and in this terminal, without Telegram
diemtin search "words"      search the articles; --explain tells why each is where it is
diemtin --help`;

const MISSING_TOKEN = `Điểm Tin cannot start. To mend, in the environment or in .env:
  BOT_TOKEN: saw nothing; with NODE_ENV=production write the token that @BotFather gave (or try the bot: diemtin demo)`;

/** A stop that takes longer than this ends the process all the same: supervisors kill after ten seconds. */
const LONGEST_STOP_MS = 9_500;

async function main(args: string[]): Promise<number> {
  const [command, ...rest] = args;
  if (command === '--help' || command === '-h') {
    console.log(USAGE);
    return 0;
  }
  const config = loadConfig();
  if (config === null) return EXIT.config;
  if (command === 'search') {
    const { runSearchCommand } = await import('./cli/search.ts');
    const { database, searchIndex } = dataFiles(config.dataDir);
    return runSearchCommand(rest, {
      databaseFile: database,
      indexFile: searchIndex,
      window: config.searchWindow,
      zone: config.timezone,
      out: (line) => console.log(line),
      now: Date.now(),
    });
  }
  if (command !== undefined && command !== 'demo') {
    console.error(`diemtin: saw "${command}", which is no command\n${USAGE}`);
    return 64;
  }
  const isPlayground = command === 'demo' || config.botToken === null;
  // Whoever deploys a bot wants the bot: a container without its token must not look healthy.
  if (isPlayground && command === undefined && process.env.NODE_ENV === 'production') {
    console.error(MISSING_TOKEN);
    return EXIT.config;
  }
  return run(config, isPlayground);
}

/** The environment wins over `.env`; an empty value in it counts as unset. */
function loadConfig(): Config | null {
  const file = existsSync('.env') ? parseEnv(readFileSync('.env', 'utf8')) : {};
  const given = Object.entries(process.env).filter(([, value]) => value !== undefined && value.trim() !== '');
  const result = readConfig({ ...file, ...Object.fromEntries(given) });
  if (result.ok) return result.config;
  console.error('Điểm Tin cannot start. To mend, in the environment or in .env:');
  for (const problem of result.problems) console.error(`  ${problem}`);
  return null;
}

async function run(config: Config, isPlayground: boolean): Promise<number> {
  const secrets = config.botToken === null ? [] : [config.botToken];
  // In the playground standard output is the chat.
  const log = createLog(
    config.logLevel,
    secrets,
    isPlayground ? (line) => process.stderr.write(line) : undefined,
  );
  const asked = new AbortController();
  catchSignals(asked, log);
  catchMistakes(log);
  try {
    const app = await (isPlayground ? startInPlayground : startReal)(config, log, asked.signal);
    return await serveUntil(app, asked.signal);
  } catch (error) {
    if (asked.signal.aborted) return 0;
    const told = error instanceof FatalError ? error : explainDamage(error, config.dataDir);
    if (told !== null) {
      console.error(redact(`Điểm Tin: ${told.message}`, secrets));
      return told.exitCode;
    }
    log.error(errorFields(error), 'the program failed');
    return EXIT.crash;
  }
}

/** Loaded when it is wanted: a bot in production has no use for it. */
async function startInPlayground(
  ...options: Parameters<typeof startReal>
): Promise<Pick<App, 'over' | 'stop'>> {
  const { startPlayground } = await import('./playgroundMode.ts');
  return startPlayground(...options);
}

/** Most of a start is the loading of code, so the thread that has to load its own begins first. */
async function startReal(config: Config, log: Log, signal: AbortSignal): Promise<App> {
  const { botToken: token, telegramApiRoot: apiRoot, dataDir } = config;
  if (token === null) throw new Error('no token to start with');
  const searcher = await beginSearch(log);
  const { startApp } = await import('./app.ts');
  return startApp({ config, token, apiRoot, dataDir, clock: systemClock, searcher, log, signal });
}

async function serveUntil(app: Pick<App, 'over' | 'stop'>, signal: AbortSignal): Promise<number> {
  const stopped = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });
  try {
    await Promise.race([stopped, app.over]);
  } finally {
    setTimeout(() => process.exit(EXIT.crash), LONGEST_STOP_MS).unref();
    await app.stop();
  }
  return 0;
}

/** The first signal asks for a calm end, the second one gets an immediate end. */
function catchSignals(asked: AbortController, log: Log): void {
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    process.on(name, () => {
      if (asked.signal.aborted) process.exit(130);
      log.info({ signal: name }, 'stopping');
      asked.abort();
    });
  }
}

/** Node would print them with everything in them, tokens too. */
function catchMistakes(log: Log): void {
  const end = (error: unknown): void => {
    log.error(errorFields(error), 'a mistake of ours that nothing caught');
    process.exit(EXIT.crash);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}

process.exitCode = await main(process.argv.slice(2));
// What is left open by then (a console, a socket that lingers) must not keep the process.
process.exit();
