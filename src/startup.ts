/**
 * The steps of a start that can fail through no fault of the program: each failure is told to the operator with what was
 * seen and what to do, and with an exit code of its own.
 */
import { mkdirSync } from 'node:fs';
import type { Config } from './config.ts';
import { dataFiles } from './dataFiles.ts';
import { EXIT, FatalError } from './exit.ts';
import { serveHealth, type HealthReport, type HealthServer } from './health.ts';
import type { Log } from './log.ts';
import { openDatabase, type Db } from './store/database.ts';
import { lockData, type DataLock } from './store/lock.ts';
import { readMeta, writeMeta } from './store/meta.ts';
import type { Api } from './telegram/api.ts';
import { introduce, type BotIdentity } from './telegram/introduce.ts';

/** @throws FatalError when the folder cannot be written, or another process holds it */
export function holdData(dir: string): DataLock {
  let lock: DataLock | null;
  try {
    mkdirSync(dir, { recursive: true });
    lock = lockData(dataFiles(dir).lock);
  } catch (error) {
    throw new FatalError(
      EXIT.data,
      `DATA_DIR: ${dir} cannot be used (${String(error)}); write a folder that the bot may write to`,
    );
  }
  if (lock !== null) return lock;
  throw new FatalError(
    EXIT.busy,
    `another Điểm Tin process is using DATA_DIR ${dir}; stop it first, or give this one a folder of its own`,
  );
}

/** @throws FatalError when the file is no database, is newer than this program, or cannot be written */
export async function openStore(dir: string): Promise<Db> {
  const { database } = dataFiles(dir);
  try {
    return await openDatabase(database);
  } catch (error) {
    throw new FatalError(
      EXIT.data,
      `the database ${database} cannot be opened (${String(error)}): is it damaged, or from a newer version?`,
    );
  }
}

/** Null when no port is set. @throws FatalError when the address cannot be listened on */
export async function serve(
  config: Config,
  log: Log,
  report: () => HealthReport,
): Promise<HealthServer | null> {
  const { httpHost: host, httpPort } = config;
  if (httpPort === null) return null;
  try {
    const server = await serveHealth(host, httpPort, report);
    log.info({ host, port: server.port }, 'GET /healthz is answered');
    return server;
  } catch (error) {
    throw new FatalError(
      EXIT.config,
      `HTTP_HOST/HTTP_PORT: cannot listen on ${host}:${httpPort} (${String(error)}); write an address and a port that are free`,
    );
  }
}

/** Who the bot is: asked of Telegram until it answers. @throws FatalError when the token is not accepted */
export async function knowMyself(api: Api, db: Db, log: Log, signal: AbortSignal): Promise<BotIdentity> {
  const cached = await readMeta(db, 'bot');
  const me = await introduce({ api, log, signal, cached });
  if (me === null) {
    throw new FatalError(
      EXIT.config,
      'BOT_TOKEN: Telegram does not accept it; write the token that @BotFather gave (and check TELEGRAM_API_ROOT, if it is set)',
    );
  }
  await writeMeta(db, 'bot', JSON.stringify(me));
  return me;
}
