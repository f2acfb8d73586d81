/**
 * What an error of a reply means: a chat that cannot be written to is not a failure of the bot.
 */
import { TelegramError } from 'telegraf';
import { judge } from '../delivery/outcome.ts';
import { HeldError } from './client.ts';

/** True when the person cannot be answered, for reasons that are theirs or their chat's. */
export function isGone(error: unknown): boolean {
  if (error instanceof HeldError) return true;
  if (!(error instanceof TelegramError)) return false;
  const { code, description } = error;
  const outcome = judge({ kind: 'answer', status: code, body: { ok: false, error_code: code, description } });
  return ['gone', 'moved', 'topicLost', 'stale'].includes(outcome.kind);
}
