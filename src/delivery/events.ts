/**
 * What delivery tells the rest of the program while it works, for logs, counters and the people concerned. Ids and
 * reasons only: no texts.
 */
import type { ChatChange, Settlement } from './outbox.ts';

export type DeliveryEvent =
  | { kind: 'sent'; deliveryId: number; chatId: number; messageId: number | null; tookMs: number }
  | { kind: 'again'; deliveryId: number; chatId: number; reason: string; notBefore: number | null }
  | { kind: 'unknown'; deliveryId: number; chatId: number; reason: string }
  | { kind: 'dead'; deliveryId: number; chatId: number; reason: string }
  /** Telegram refused what we rendered: our mistake. `dead` follows when plain text was refused too. */
  | { kind: 'refused'; deliveryId: number; chatId: number; description: string; plain: boolean }
  | { kind: 'chat'; change: ChatChange }
  /** A 429. `everyoneUntil` (epoch milliseconds) when it made everybody wait. */
  | {
      kind: 'flood';
      chatId: number;
      delaySeconds: number;
      everyoneUntil: number | null;
      ratePerSecond: number;
    }
  /** Deliveries that an earlier run of the program left in flight. */
  | { kind: 'recovered'; deliveries: number }
  /** The bot is not accepted (a wrong token): nothing is sent until a probe succeeds. */
  | { kind: 'halted'; reason: string }
  /** Telegram does not answer, or not readably: a pause, then a probe. */
  | { kind: 'trouble'; reason: string; pauseMs: number }
  /** After `halted` or `trouble`. */
  | { kind: 'resumed' }
  /** The database does not take writes: nothing is sent meanwhile. */
  | { kind: 'storeFailed'; error: unknown }
  | { kind: 'storeBack' };

/** Must return at once; what it throws is ignored. */
export type OnEvent = (event: DeliveryEvent) => void;

/** What there is to tell about a settled delivery; null when it is told as a change of its chat. */
export function eventOf(settlement: Settlement, chatId: number, tookMs: number): DeliveryEvent | null {
  const deliveryId = settlement.id;
  switch (settlement.kind) {
    case 'sent':
      return { kind: 'sent', deliveryId, chatId, messageId: settlement.messageId, tookMs };
    case 'again':
      return {
        kind: 'again',
        deliveryId,
        chatId,
        reason: settlement.reason,
        notBefore: settlement.notBefore,
      };
    case 'unknown':
    case 'dead':
      return { kind: settlement.kind, deliveryId, chatId, reason: settlement.reason };
    case 'release':
    case 'gone':
    case 'moved':
    case 'topicLost':
      return null;
  }
}
