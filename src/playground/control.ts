/**
 * The control plane of a double that runs in a process of its own: `POST /control/<verb>` with a JSON object. The
 * verbs are the few that benchmarks and kill tests need; everything richer is done by a double in the test's process.
 */
import type { BotApi } from './botApi.ts';
import type { Reply } from './calls.ts';
import type { Fault } from './faults.ts';
import { isObject } from './params.ts';
import type { JsonObject } from './params.ts';
import type { Route } from './server.ts';

type Verb = (api: BotApi, body: JsonObject) => unknown;

const number = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);

function post(api: BotApi, chatId: number, messageId: number): unknown {
  return api.posts(chatId).find((candidate) => candidate.id === messageId);
}

const VERBS: Readonly<Record<string, Verb>> = {
  'add-user': (api, body) => api.world.addUser(body).user,
  'add-private-chats': (api, body) => api.world.addPrivateChats(number(body.count), number(body.firstId)),
  'add-group': (api, body) => api.world.addGroup(body).wire,
  'add-supergroup': (api, body) => api.world.addSupergroup(body).wire,
  'add-channel': (api, body) => api.world.addChannel(body).wire,
  sends: (api, body) =>
    api.world.person(number(body.userId)).sends(number(body.chatId ?? body.userId), String(body.text)).wire,
  presses: (api, body) => {
    const found = api.posts(number(body.chatId)).find((candidate) => candidate.id === number(body.messageId));
    if (found === undefined) throw new Error('there is no such message');
    return api.world.person(number(body.userId)).presses(found, String(body.button)).id;
  },
  messages: (api, body) => api.messages(number(body.chatId)).map((message) => message.wire),
  message: (api, body) => post(api, number(body.chatId), number(body.messageId)) ?? null,
  accepted: (api, body) => {
    const ids = Array.isArray(body.chatIds) ? body.chatIds : [body.chatId];
    return ids.map((id) => api.accepted(number(id)));
  },
  /** How many chats got how many messages: `{"0": 3, "1": 997}`. */
  'accepted-range': (api, body) => {
    const counts: Record<string, number> = {};
    const first = number(body.firstId);
    for (let id = first; id < first + number(body.count); id++) {
      const count = String(api.accepted(id));
      counts[count] = (counts[count] ?? 0) + 1;
    }
    return counts;
  },
  counters: (api, body) => api.ledger.counters(String(body.method)),
  calls: (api, body) => api.ledger.of(typeof body.method === 'string' ? body.method : null),
  pending: (api) => api.updates.pending,
  fault: (api, body) => {
    api.faults.add(body as unknown as Fault);
    return api.faults.waiting;
  },
  'clear-faults': (api) => api.faults.clear(),
  limits: (api, body) => {
    api.limiter.limits = body;
  },
};

function reply(status: number, value: unknown): Reply {
  return { status, body: JSON.stringify(value ?? null), retryAfterSeconds: null };
}

export function controlRoute(api: BotApi): Route {
  return {
    prefix: '/control/',
    handle: (_request, path, body) => {
      try {
        const verb = VERBS[path.slice('/control/'.length)];
        if (verb === undefined) return Promise.resolve(reply(404, { error: 'there is no such verb' }));
        const parsed: unknown = body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
        return Promise.resolve(reply(200, verb(api, isObject(parsed) ? parsed : {})));
      } catch (error) {
        return Promise.resolve(reply(400, { error: String(error) }));
      }
    },
  };
}
