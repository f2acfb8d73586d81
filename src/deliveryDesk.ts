/** Joins delivery to the bot's rooms: what a chat asks of its own deliveries, and what delivery is to know of chats. */
import type { Delivery } from './delivery/delivery.ts';
import type { Db } from './store/database.ts';
import { lastDelivery } from './store/reports.ts';
import { sentMessages } from './store/sentEditions.ts';
import type { Services } from './telegram/services.ts';

/** Doubtful digests that one answer tells a chat of. */
const MAX_NOTICES = 20;

/** What chats ask of their deliveries. */
export function deliveryDesk(db: Db, delivery: Delivery): Services['deliveries'] {
  return {
    last: (chatId, threadId) => lastDelivery(db, chatId, threadId),
    sentIn: (place, span, page) => sentMessages(db, place, span, page),
    async doubtful(chatId) {
      const unknown = await delivery.unknownFor(chatId, MAX_NOTICES);
      return unknown.map((each) => ({ ...each, told: each.announcedAt !== null }));
    },
    announced: (ids) => delivery.announced(ids),
    redeliver: async (chatId, deliveryId) => (await delivery.redeliver(chatId, deliveryId)) > 0,
  };
}

/** What became of chats, as Telegram told the bot, for delivery to know. */
export function chatEvents(delivery: Delivery): Services['events'] {
  return {
    async gone(chatId, reason) {
      await delivery.chatGone(chatId, reason);
    },
    async back(chatId) {
      await delivery.chatBack(chatId);
    },
    async moved(from, to) {
      await delivery.chatMoved(from, to);
    },
  };
}
