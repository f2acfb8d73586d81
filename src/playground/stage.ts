/**
 * What stands around the bot in the playground: the double with its scene, the clock that can be moved on, and the
 * newsdesk. Keeps the world in a file while things happen, and takes it up again at the next start.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../delivery/clock.ts';
import { startBotApi, type BotApi } from './botApi.ts';
import { MovableClock } from './clock.ts';
import { Newsdesk } from './newsdesk.ts';
import { setScene } from './scene.ts';
import { keepWorld, readWorldFile, restoreWorld, writeWorldFile } from './worldFile.ts';

/** A kill loses no more than this; a digest to a thousand chats does not write a thousand files. */
const KEEP_EVERY_MS = 1_000;
/** Of each chat in memory; twice as many at times. */
const KEPT_MESSAGES = 6_000;
const KEPT_CALLS = 2_000;

export interface StageOptions {
  /** The playground's own folder, made when it is not there. */
  dir: string;
  /** The newsroom's folder of articles. */
  library: string;
  onBug: (error: unknown) => void;
}

export interface Stage {
  api: BotApi;
  clock: MovableClock;
  newsdesk: Newsdesk;
  /** False when the world began anew, so that whatever the bot remembers is of another one. */
  isContinued: boolean;
  /** From here on the world is kept. Not before the bot runs: only then is the folder surely ours. */
  begin(): void;
  /** Everything as on the first day. The bot must not be running. */
  startOver(): void;
  /** Keeps the world a last time. */
  close(): Promise<void>;
}

export async function openStage({ dir, library, onBug }: StageOptions): Promise<Stage> {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, 'world.json');
  const clock = new MovableClock(systemClock);
  const api = await startBotApi({
    // Nobody else on this machine can speak for the bot.
    token: `777000123:${randomBytes(24).toString('base64url')}`,
    now: () => clock.now(),
    keepMessages: KEPT_MESSAGES,
    keepCalls: KEPT_CALLS,
    onBug,
  });
  const kept = readWorldFile(file);
  if (kept === null) setScene(api);
  else {
    restoreWorld(kept, api.state, api.profile);
    clock.setOffset(kept.clockOffsetMs);
  }
  const newsdesk = new Newsdesk(join(dir, 'articles'), library);

  let timer: NodeJS.Timeout | null = null;
  const keep = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    try {
      writeWorldFile(file, keepWorld(api.state, api.profile, clock.offsetMs));
    } catch (error) {
      onBug(error); // A full disk is no reason to end a chat.
    }
  };
  let unwatch: (() => void) | null = null;
  return {
    api,
    clock,
    newsdesk,
    isContinued: kept !== null,
    begin() {
      unwatch = api.watchChanges(() => (timer ??= setTimeout(keep, KEEP_EVERY_MS)));
      keep();
    },
    startOver() {
      api.clear();
      clock.setOffset(0);
      newsdesk.clear();
      setScene(api);
      keep();
    },
    async close() {
      unwatch?.();
      if (unwatch !== null) keep();
      await api.close();
    },
  };
}
