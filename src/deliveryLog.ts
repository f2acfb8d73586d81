/**
 * What the operator reads about deliveries, in the log and in the health check: ids and reasons, no texts.
 */
import type { Pauses } from './delivery/delivery.ts';
import type { DeliveryEvent } from './delivery/events.ts';
import { errorFields, type Log } from './log.ts';

/** Telegram's waits are seconds; one beyond this is for a person to look at. */
const LONG_WAIT_SECONDS = 600;

export function logDelivery(log: Log, event: DeliveryEvent): void {
  switch (event.kind) {
    case 'sent':
      return log.debug(event, 'a digest was sent');
    case 'again':
      return log.info(event, 'a digest will be sent later');
    case 'unknown':
      return log.warn(event, 'Telegram did not say whether a digest arrived');
    case 'dead':
      return log.warn(event, 'a digest could not be sent');
    case 'refused':
      return log.error(event, 'Telegram refused what we rendered: our mistake');
    case 'chat':
      return log.info({ ...event.change }, 'a chat has changed');
    case 'flood':
      if (event.delaySeconds > LONG_WAIT_SECONDS) {
        return log.error(event, 'Telegram asked for an unusually long pause; it is obeyed');
      }
      return log.warn(event, 'Telegram asked for a pause');
    case 'recovered':
      return log.warn(event, 'an earlier run ended while digests were on their way');
    case 'halted':
      return log.error(event, 'Telegram does not accept the bot: nothing is sent, the queue is kept');
    case 'trouble':
      return log.warn(event, 'Telegram cannot be reached, trying again');
    case 'resumed':
      return log.info(event, 'digests are sent again');
    case 'storeFailed':
      return log.error(
        errorFields(event.error),
        'the database does not take writes: nothing is sent meanwhile; is the disk full?',
      );
    case 'storeBack':
      return log.info(event, 'the database takes writes again');
  }
}

/** For the health check: what keeps messages waiting though the program works. @param now epoch milliseconds */
export function pauseWarnings({ everyoneUntil, chatsHeldLong }: Pauses, now: number): string[] {
  const warnings: string[] = [];
  if (everyoneUntil !== null && everyoneUntil - now > LONG_WAIT_SECONDS * 1_000) {
    warnings.push(`Telegram makes everybody wait until ${new Date(everyoneUntil).toISOString()}`);
  }
  if (chatsHeldLong > 0) {
    warnings.push(`Telegram makes ${chatsHeldLong} chat(s) wait for more than an hour`);
  }
  return warnings;
}
