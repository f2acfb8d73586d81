/**
 * The double of Telegram for end-to-end tests: over plain HTTP, or over HTTPS when E2E_TLS is set, as the same tests run once more
 * in `npm run test:tls`. In production the bot speaks HTTPS only, and its client keeps other connections there.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startBotApi, type BotApi, type BotApiOptions } from '../../src/playground/botApi.ts';
import { LOOPBACK_TLS } from './loopbackCertificate.ts';

export function startDouble(options: BotApiOptions = {}): Promise<BotApi> {
  return startBotApi(process.env.E2E_TLS === undefined ? options : { tls: LOOPBACK_TLS, ...options });
}

/** What a program's environment needs to trust the double. */
export function trust(api: BotApi, dir: string): Record<string, string> {
  if (!api.root.startsWith('https:')) return {};
  const authority = join(dir, 'authority.pem');
  writeFileSync(authority, LOOPBACK_TLS.cert);
  return { NODE_EXTRA_CA_CERTS: authority };
}
