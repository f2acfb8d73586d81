/**
 * What is behind the scenes, gathered for the page: the bot's ledger of deliveries beside the calls that the double saw,
 * Telegram's moods, and the crowd.
 */
import type { Behind, LedgerRow } from './behind.ts';
import type { Backstage, DeliveryView } from './protocol.ts';
import { FIRST_OF_CROWD } from './scene.ts';
import { currentChat, showCall } from './show.ts';
import type { Stage } from './stage.ts';

const CALLS_SHOWN = 25;
/** Polls and greetings say nothing to whoever watches a digest go out. */
const UNSEEN_CALLS = new Set(['getUpdates', 'getMe']);

export class Backstages {
  readonly #stage: Stage;
  readonly #behind: Behind;

  constructor(stage: Stage, behind: Behind) {
    this.#stage = stage;
    this.#behind = behind;
  }

  async look(): Promise<Backstage> {
    const { api } = this.#stage;
    const { deliveries, counts, ...memory } = await this.#behind.memory();
    return {
      ...memory,
      counts: { planned: 0, inflight: 0, deferred: 0, sent: 0, unknown: 0, dead: 0, ...counts },
      deliveries: deliveries.map((row) => this.#delivery(row)),
      calls: this.#calls(),
      moods: {
        down: !api.isUp,
        limits: api.limiter.limits.botPerSecond !== undefined,
        waiting: api.faults.waiting,
      },
      crowd: this.#crowd(),
      pendingUpdates: api.updates.pending,
    };
  }

  #delivery({ part, ...row }: LedgerRow): DeliveryView {
    return { ...row, part: part + 1, title: this.#titleOf(row.chatId) };
  }

  #titleOf(chatId: number): string | null {
    if (chatId >= FIRST_OF_CROWD) return null;
    const chat = currentChat(this.#stage.api.state, chatId);
    return chat?.wire.title ?? chat?.wire.first_name ?? null;
  }

  #calls(): Backstage['calls'] {
    const { calls } = this.#stage.api.ledger;
    const shown: Backstage['calls'] = [];
    for (let at = calls.length - 1; at >= 0 && shown.length < CALLS_SHOWN; at--) {
      const call = calls[at];
      if (call !== undefined && !UNSEEN_CALLS.has(call.method)) shown.push(showCall(call));
    }
    return shown;
  }

  /** The first message to a reader of the crowd answers their /subscribe, the others are digests. */
  #crowd(): Backstage['crowd'] {
    const crowd = { readers: 0, subscribed: 0, reached: 0 };
    const { chats } = this.#stage.api.state;
    for (let id = FIRST_OF_CROWD; ; id++) {
      const chat = chats.get(id);
      if (chat === undefined) return crowd;
      crowd.readers += 1;
      if (chat.accepted > 0) crowd.subscribed += 1;
      if (chat.accepted > 1) crowd.reached += 1;
    }
  }
}
