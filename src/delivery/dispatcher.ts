/**
 * Delivery put together: pace, gate, supply and sender behind the interface that the rest of the program knows. What
 * comes from outside (a tap, a service message, a chat that is back) is committed first and then made known to the
 * sender.
 */
import type { Delivery, DeliveryOptions, DeliveryStats, Health } from './delivery.ts';
import { Gate } from './gate.ts';
import type { ChatChange } from './outbox.ts';
import { Pace } from './pace.ts';
import { Replies } from './replies.ts';
import { Sender } from './sender.ts';
import { Supply } from './supply.ts';

const LONG_HOLD_MS = 3_600_000;

export function createDelivery(options: DeliveryOptions): Delivery {
  const { outbox, clock, bootId, policy } = options;
  const pace = new Pace(options.ratePerSecond);
  const gate = new Gate();
  const supply = new Supply(outbox, pace, clock);
  const sender = new Sender(options, { pace, gate, supply });

  const wake = (): void => {
    supply.refresh();
    sender.pump();
  };
  const changed = (change: ChatChange | null): ChatChange | null => {
    if (change !== null) sender.changed([change]);
    return change;
  };

  const everyoneUntil = (): number | null => {
    const now = clock.monotonic();
    const until = pace.everyoneUntil(now);
    return until === null ? null : Math.ceil(clock.now() + until - now);
  };

  return {
    async start() {
      const wall = clock.now();
      const recovered = await outbox.recover(bootId, policy, wall);
      if (recovered > 0) sender.tell({ kind: 'recovered', deliveries: recovered });
      await outbox.rebase(wall);
      const holds = await outbox.holds(wall);
      const now = clock.monotonic();
      if (holds.everyoneUntil !== null) pace.holdEveryone(now + holds.everyoneUntil - wall);
      for (const { chatId, until } of holds.chats) pace.hold(chatId, now + until - wall, now);
      sender.begin();
    },
    stop: (deadlineMs) => sender.end(deadlineMs),
    wake,
    health: () => healthOf(sender, gate),
    pauses: () => ({
      everyoneUntil: everyoneUntil(),
      chatsHeldLong: pace.heldChats(clock.monotonic(), LONG_HOLD_MS),
    }),

    async stats(since): Promise<DeliveryStats> {
      const counts = await outbox.counts(since);
      const now = clock.monotonic();
      return {
        ...counts,
        ratePerSecond: pace.rate(now),
        everyoneUntil: everyoneUntil(),
        chatsHeld: pace.heldChats(now),
      };
    },

    replies: new Replies(pace, clock, (chatId, delaySeconds) => sender.flooded(chatId, delaySeconds)),
    unknownFor: (chatId, limit) => outbox.unknown(chatId, limit),
    announced: (deliveryIds) => outbox.announce(deliveryIds, clock.now()),

    async redeliver(chatId, deliveryId) {
      const planned = await outbox.redeliver(chatId, deliveryId, clock.now());
      if (planned > 0) wake();
      return planned;
    },
    chatGone: async (chatId, reason) => changed(await outbox.chatGone(chatId, reason, clock.now())),
    chatMoved: async (from, to) => changed(await outbox.chatMoved(from, to, clock.now())),
    async chatBack(chatId) {
      const subscriptions = await outbox.chatBack(chatId, clock.now());
      if (subscriptions > 0) wake();
      return subscriptions;
    },
  };
}

function healthOf(sender: Sender, gate: Gate): Health {
  const { problem } = sender.store;
  if (problem !== null) return { ok: false, problem: 'store', ...problem };
  const { state } = gate;
  if (state.kind === 'open' || state.kind === 'trying') return { ok: true };
  return { ok: false, problem: state.kind, detail: state.reason, since: sender.closedSince ?? 0 };
}
