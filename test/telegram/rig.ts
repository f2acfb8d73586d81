/**
 * The Telegram room whole, against the double of the Bot API: the real bot, client and supervisor over a real store.
 * Only search is simpler than the real one: it looks for the words in the titles.
 */
import type { UserFromGetMe } from 'telegraf/types';
import { createLog } from '../../src/log.ts';
import { startBotApi, type BotApi } from '../../src/playground/botApi.ts';
import type { SearchResult, Searcher } from '../../src/search/searcher.ts';
import { createAccounts } from '../../src/store/accounts.ts';
import { createInbox } from '../../src/store/inbox.ts';
import { createQueryStore } from '../../src/store/queries.ts';
import { lastDelivery } from '../../src/store/reports.ts';
import { sentMessages } from '../../src/store/sentEditions.ts';
import { createAdminships } from '../../src/telegram/adminships.ts';
import { createApi } from '../../src/telegram/api.ts';
import { createBot } from '../../src/telegram/bot.ts';
import { TelegramClient } from '../../src/telegram/client.ts';
import type { Services } from '../../src/telegram/services.ts';
import { startSupervisor } from '../../src/telegram/supervisor.ts';
import { Newsroom, SEVEN } from '../digest/newsroom.ts';

export interface Rig {
  double: BotApi;
  room: Newsroom;
  services: Services;
  client: TelegramClient;
  /** What the log has said so far. */
  log(): string;
  /** Another bot over the same database and the same Telegram: what was kept in memory is gone. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function startRig(
  change: (services: Services, room: Newsroom) => Partial<Services> = () => ({}),
): Promise<Rig> {
  const double = await startBotApi();
  const room = await Newsroom.open();
  const api = createApi(double.root, double.token);
  const stopping = new AbortController();
  let lines = '';
  const log = createLog('info', [double.token], (line) => {
    lines += line;
  });
  const client = new TelegramClient({
    token: double.token,
    root: double.root,
    api,
    lane: { acquire: () => Promise.resolve(true), settled: () => undefined },
    stopping: stopping.signal,
  });
  const plain = servicesOf(double, room, log);
  const services = { ...plain, ...change(plain, room) };
  const me = double.bot as unknown as UserFromGetMe;
  const hear = () =>
    startSupervisor({
      api,
      bot: createBot(services, client, me),
      inbox: createInbox(room.db),
      log,
      now: services.now,
    });
  let supervisor = hear();
  return {
    double,
    room,
    services,
    client,
    log: () => lines,
    async restart() {
      await supervisor.stop();
      services.adminships = createAdminships();
      supervisor = hear();
    },
    async close() {
      await supervisor.stop();
      stopping.abort();
      await api.close();
      await double.close();
      await room.close();
    },
  };
}

function servicesOf(double: BotApi, room: Newsroom, log: Services['log']): Services {
  const { db, articles, store, chats, outbox } = room;
  const now = (): number => SEVEN;
  return {
    bot: { id: double.bot.id, username: double.bot.username ?? '' },
    settings: {
      timezone: 'Asia/Ho_Chi_Minh',
      digestCron: '0 7 * * *',
      digestMaxItems: 10,
      defaultLanguage: 'vi',
      adminIds: [],
      inlineMode: true,
    },
    library: articles,
    searcher: inTitles(room),
    chats,
    adminships: createAdminships(),
    queries: createQueryStore(db),
    subscriptions: store,
    follows: room.follows,
    accounts: createAccounts(db),
    deliveries: {
      last: (chatId, threadId) => lastDelivery(db, chatId, threadId),
      sentIn: (place, span, page) => sentMessages(db, place, span, page),
      async doubtful(chatId) {
        const unknown = await outbox.unknown(chatId, 20);
        return unknown.map((delivery) => ({ ...delivery, told: delivery.announcedAt !== null }));
      },
      announced: (ids) => outbox.announce(ids, now()),
      redeliver: async (chatId, deliveryId) => (await outbox.redeliver(chatId, deliveryId, now())) > 0,
    },
    events: {
      async gone(chatId, reason) {
        await outbox.chatGone(chatId, reason, now());
      },
      async back(chatId) {
        await outbox.chatBack(chatId, now());
      },
      async moved(from, to) {
        await outbox.chatMoved(from, to, now());
      },
    },
    operator: () => Promise.resolve({ figures: [], refused: [], unknown: [] }),
    now,
    log,
  };
}

function inTitles({ articles }: Newsroom): Searcher {
  return {
    async search({ text, offset, limit }): Promise<SearchResult> {
      const all = await articles.latest({ maxSeq: await articles.lastSeq(), offset: 0, limit: 1_000 });
      const hits = all.filter(({ title }) => title.includes(text));
      return {
        hits: hits.slice(offset, offset + limit).map(({ seq, id }) => ({ seq, id, folded: [] })),
        ...{
          total: hits.length,
          understood: null,
          notes: [],
          matched: text,
          suggestions: [],
          catchingUp: false,
        },
      };
    },
    related: () => Promise.resolve([]),
    follow: () => undefined,
  };
}
