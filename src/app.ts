/**
 * The composition root: the one place that knows every room. It opens the store, starts what runs, joins the rooms by the
 * interfaces that they declare, and ends them in the reverse order.
 */
import { randomUUID } from 'node:crypto';
import type { Config } from './config.ts';
import { dataFiles } from './dataFiles.ts';
import type { Clock } from './delivery/clock.ts';
import type { Delivery } from './delivery/delivery.ts';
import { createDelivery } from './delivery/dispatcher.ts';
import { chatEvents, deliveryDesk } from './deliveryDesk.ts';
import { logDelivery } from './deliveryLog.ts';
import { planDue } from './digest/planner.ts';
import { nextSlot } from './digest/schedule.ts';
import { EXIT, FatalError } from './exit.ts';
import { healthReport } from './healthReport.ts';
import { joinFollows, type Following } from './following.ts';
import { startHeartbeat } from './heartbeat.ts';
import { startIngestion } from './ingestion.ts';
import { Closing, hourly, within } from './lifecycle.ts';
import { errorFields, type Log } from './log.ts';
import { operatorReport } from './operatorReport.ts';
import type { SearchThread } from './search/thread.ts';
import { holdData, knowMyself, openStore, serve } from './startup.ts';
import { SqlArticles } from './store/articles.ts';
import { createAccounts } from './store/accounts.ts';
import { createAlertStore } from './store/alerts.ts';
import { createFollowStore } from './store/follows.ts';
import { nextSlotOf, readMemory, type BotMemory } from './store/backstage.ts';
import { createChatStore } from './store/chats.ts';
import type { Db } from './store/database.ts';
import { createInbox } from './store/inbox.ts';
import { readMeta, writeMeta } from './store/meta.ts';
import { SqlOutbox } from './store/outbox.ts';
import { createQueryStore } from './store/queries.ts';
import { SqlShelf } from './store/shelf.ts';
import { forgetOldDeliveries } from './store/retention.ts';
import { createSubscriptionStore } from './store/subscriptions.ts';
import { createAdminships } from './telegram/adminships.ts';
import { createApi, type Api } from './telegram/api.ts';
import { createBot } from './telegram/bot.ts';
import { createOperatorChannels } from './telegram/channels.ts';
import { TelegramClient } from './telegram/client.ts';
import { setCommandMenu } from './telegram/commandMenu.ts';
import { createCourier } from './telegram/courier.ts';
import { tellKeeper } from './telegram/keepers.ts';
import { noticeAbove } from './telegram/notices.ts';
import type { Services } from './telegram/services.ts';
import { startSupervisor, type Supervisor } from './telegram/supervisor.ts';
import { alertView } from './telegram/views/alertView.ts';
import { digestViews } from './telegram/views/digestView.ts';

export interface AppOptions {
  config: Config;
  /** Of the bot that speaks: from the settings, or the playground's. */
  token: string;
  apiRoot: string;
  dataDir: string;
  /** The system's, or the playground's, which can be moved on. */
  clock: Clock;
  /** Not yet opened; the app closes it. */
  searcher: SearchThread;
  log: Log;
  /** Gives up a start that is still under way. */
  signal: AbortSignal;
}

export interface App {
  /** Resolves when there is nobody left to serve (the console was closed); rejects when the bot cannot go on. */
  over: Promise<void>;
  /** Resolves when the articles that were there at the start are taken in, or that takes too long. */
  ready: Promise<void>;
  /** For the playground, whose clock moves: who is due is asked at once. Resolves when it is planned. */
  beat(): Promise<void>;
  /** For the playground: when somebody is due next, epoch milliseconds; null when nobody is subscribed. */
  nextSlot(): Promise<number | null>;
  /** For the playground: what the bot knows and what became of its digests. */
  memory(): Promise<BotMemory>;
  /** Finishes what is in flight and closes everything, within about nine seconds. */
  stop(): Promise<void>;
}

/** Articles are looked at once those who wait are answered, or after so long when that takes longer. */
const FIRST_LOOK_MS = 2_000;
/** How long a start waits for the first look at the articles, so that a late digest already has all of them. */
const FIRST_ROUND_MS = 20_000;
/** Handlers, planning and sending end side by side; the supervisor of the program waits ten seconds. */
const STOP_MS = 6_000;

/** @throws FatalError when the data directory, the token or the address of the health check cannot be used */
export async function startApp(options: AppOptions): Promise<App> {
  const { config, clock, searcher, log } = options;
  const now = (): number => clock.now();
  const files = dataFiles(options.dataDir);
  const closing = new Closing(log);
  const stopping = new AbortController();
  let hearing: Supervisor | null = null;
  let delivery: Delivery | null = null;
  let following: Following | null = null;
  try {
    const lock = holdData(options.dataDir);
    closing.add(() => lock.release());
    const db = await openStore(options.dataDir);
    closing.add(() => db.destroy());
    const articles = new SqlArticles(db);
    closing.add(() => searcher.close());
    searcher.open({
      databaseFile: files.database,
      indexFile: files.searchIndex,
      window: config.searchWindow,
    });
    let catchUp: () => void = () => undefined;
    const caughtUp = new Promise<void>((resolve) => {
      catchUp = resolve;
    });
    const ingestion = startIngestion({
      dir: config.articlesDir,
      zone: config.timezone,
      shelf: new SqlShelf(db),
      searcher,
      begin: within(FIRST_LOOK_MS, [caughtUp]),
      arrived: () => void following?.look(),
      log,
      now,
    });
    closing.add(() => ingestion.stop());
    const api = createApi(options.apiRoot, options.token);
    closing.add(() => api.close());
    closing.add(() => stopping.abort());
    const health = await serve(config, log, () => healthReport({ hearing, delivery, ingestion, now: now() }));
    closing.add(() => health?.close());

    const me = await knowMyself(api, db, log, options.signal);
    let onLost = (_chatId: number): void => undefined;
    const sending = createDelivery({
      ...deliveryOptions(config, db, api),
      clock,
      bootId: randomUUID(),
      onEvent: (event) => {
        logDelivery(log, event);
        if (event.kind !== 'chat' || event.change.kind !== 'gone') return;
        // Where nothing was subscribed, nothing is missed.
        if (event.change.subscriptions > 0) onLost(event.change.chatId);
      },
    });
    delivery = sending;
    await sending.start();
    const client = new TelegramClient({
      token: options.token,
      root: options.apiRoot,
      api,
      lane: sending.replies,
      stopping: stopping.signal,
    });
    const subscriptions = createSubscriptionStore(db);
    const chats = createChatStore(db);
    const follows = createFollowStore(db);
    const services: Services = {
      bot: { id: me.id, username: me.username },
      settings: config,
      library: articles,
      searcher,
      chats,
      adminships: createAdminships(),
      queries: createQueryStore(db),
      subscriptions,
      follows,
      accounts: createAccounts(db),
      deliveries: deliveryDesk(db, sending),
      events: chatEvents(sending),
      operator: () => operatorReport({ articles, chats, delivery: sending, searcher, ingestion, now }),
      now,
      log,
    };
    onLost = (chatId) => void tellKeeper(services, client, chatId);
    const channels = createOperatorChannels(config.digestChannels, services, client);
    const forgetting = hourly((at) => forgetOldDeliveries(db, at));
    const views = { bot: me.username, zone: config.timezone };
    const followed = joinFollows({
      follows,
      alerts: createAlertStore(db),
      shelves: articles,
      render: (article, why) => alertView(article, why, views),
      planned: () => sending.wake(),
      log,
      now,
      signal: stopping.signal,
    });
    following = followed;
    const ready = within(FIRST_ROUND_MS, [ingestion.firstRound]);
    const heartbeat = startHeartbeat({
      log,
      now,
      begin: ready,
      plan: async (at) => {
        await channels.subscribe();
        // What is told at once is told before a digest could have it.
        await followed.look();
        const planned = await planDue(at, {
          store: subscriptions,
          articles,
          sieve: () => followed.sieve(),
          render: (edition) => digestViews(edition, { bot: me.username }),
          maxItems: config.digestMaxItems,
          lateLimitMs: config.digestLateLimitMs,
          signal: stopping.signal,
        });
        if (planned.due > 0) log.info({ ...planned }, 'digests were planned');
        sending.wake();
        await forgetting(at);
      },
    });
    const supervisor = startSupervisor({
      api,
      bot: createBot(services, client, me),
      inbox: createInbox(db),
      log,
      now,
    });
    hearing = supervisor;
    void supervisor.caughtUp.then(catchUp);
    closing.add(() => within(STOP_MS, [supervisor.stop(), heartbeat.stop(), sending.stop(STOP_MS - 500)]));
    void showCommands(client, db, config, log);
    log.info({ bot: `@${me.username}` }, 'the bot is up');
    return {
      over: Promise.race([failure(supervisor), ingestion.failed]),
      ready,
      beat: () => heartbeat.beat(),
      nextSlot: () => nextSlotOf(db),
      memory: () => readMemory(db),
      stop: () => closing.run(),
    };
  } catch (error) {
    await closing.run();
    // It may not have come to that.
    await searcher.close();
    throw error;
  }
}

function deliveryOptions(config: Config, db: Db, api: Api) {
  return {
    outbox: new SqlOutbox(db, nextSlot),
    courier: createCourier({ api, allowPaidBroadcast: config.allowPaidBroadcast }),
    ratePerSecond: config.broadcastRate,
    policy: config.unknownDelivery,
    notice: (missing) => {
      const [oldest] = missing;
      return oldest === undefined ? null : noticeAbove(oldest, oldest.language);
    },
  } satisfies Partial<Parameters<typeof createDelivery>[0]>;
}

async function failure(supervisor: Supervisor): Promise<never> {
  const end = await supervisor.done;
  if (end.reason === 'conflict') {
    throw new FatalError(
      EXIT.conflict,
      `another program is using this bot's token (${end.description}); stop it, or get a token of your own from @BotFather`,
    );
  }
  return new Promise(() => undefined);
}

/** The menu is a convenience: a refusal is logged, and the next start tries again. */
async function showCommands(client: TelegramClient, db: Db, config: Config, log: Log): Promise<void> {
  try {
    const state = await setCommandMenu(client, config.defaultLanguage, await readMeta(db, 'commands'));
    await writeMeta(db, 'commands', state);
  } catch (error) {
    log.warn(errorFields(error), 'the menu of commands could not be set');
  }
}
