/**
 * What becomes of a delivery after one attempt: a pure function from the intent, what its outcome was and the policy
 * to what is to be committed. How often something is tried is decided here, cause by cause.
 */
import type { Outcome } from './outcome.ts';
import type { Intent, Settlement, UnknownPolicy } from './outbox.ts';
import { waitMs } from './pace.ts';

/** With the policy `resend`: a message that may have arrived is sent so often at most, then offered like with `ask`. */
export const RESEND_LIMIT = 5;
/** Refusals without a readable reason (a proxy in between) are believed after so many in a row. */
export const UNREADABLE_LIMIT = 10;
/** A chat that is said to have moved more often than this in a row is being moved in circles, and followed slowly. */
const MOVE_LIMIT = 5;
/** The reason that is remembered of a delivery whose chat has moved. */
export const MOVED = 'moved';

const BACK_OFF_FIRST_MS = 5_000;
const BACK_OFF_LONGEST_MS = 3_600_000;

/** 5 s, 10 s, 20 s and so on, up to an hour. @param attempt from 1 */
export function backOffMs(attempt: number): number {
  return Math.min(BACK_OFF_FIRST_MS * 2 ** Math.min(attempt - 1, 20), BACK_OFF_LONGEST_MS);
}

/**
 * @param announced unknown deliveries that this message told the chat about
 * @param now epoch milliseconds
 */
export function settlementOf(
  intent: Intent,
  outcome: Outcome,
  policy: UnknownPolicy,
  announced: number[],
  now: number,
): Settlement {
  const { id, chatId, threadId, plain, offTopic } = intent;
  // Each cause is counted for itself: a chat that was flooded often is not thereby moved in circles.
  const inARow = (reason: string): number => (intent.reason === reason ? intent.streak + 1 : 1);
  const again = (notBefore: number | null, reason: string): Settlement => {
    return { kind: 'again', id, notBefore, reason, plain, offTopic, doubt: false };
  };
  switch (outcome.kind) {
    case 'sent':
      return { kind: 'sent', id, messageId: outcome.messageId, announced };
    case 'retryAt':
      if (outcome.delaySeconds !== null) {
        return again(now + waitMs(outcome.delaySeconds), outcome.reason);
      }
      // Nobody can be reached: everybody waits, this delivery has no wait of its own.
      if (outcome.scope === 'everyone') return again(null, outcome.reason);
      if (inARow(outcome.reason) >= UNREADABLE_LIMIT) {
        return { kind: 'dead', id, reason: `unreadable: ${outcome.reason}` };
      }
      return again(now + backOffMs(inARow(outcome.reason)), outcome.reason);
    case 'gone':
      return { kind: 'gone', id, chatId, reason: outcome.reason };
    case 'moved': {
      const moves = inARow(MOVED);
      if (outcome.chatId === chatId) return again(now + backOffMs(moves), MOVED);
      const notBefore = moves > MOVE_LIMIT ? now + backOffMs(moves - MOVE_LIMIT) : null;
      return { kind: 'moved', id, chatId, to: outcome.chatId, notBefore };
    }
    case 'topicLost':
      // Without a thread it was the General topic that refused.
      return { kind: 'topicLost', id, chatId, threadId: offTopic ? 0 : threadId, closed: outcome.closed };
    case 'refusedContent':
      if (plain) return { kind: 'dead', id, reason: `refused: ${outcome.description}` };
      return { kind: 'again', id, notBefore: null, reason: 'refused', plain: true, offTopic, doubt: false };
    case 'stale':
      return { kind: 'dead', id, reason: `refused: ${outcome.description}` };
    case 'unknown': {
      const doubts = intent.doubts + 1;
      if (policy === 'ask' || doubts >= RESEND_LIMIT) return { kind: 'unknown', id, reason: outcome.reason };
      const notBefore = now + backOffMs(doubts);
      return { kind: 'again', id, notBefore, reason: outcome.reason, plain, offTopic, doubt: true };
    }
    case 'stop':
      return again(null, 'halted');
  }
}
