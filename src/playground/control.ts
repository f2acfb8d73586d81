/**
 * The control plane of a double that runs in a process of its own: `POST /control/<verb>` with a JSON object. The
 * verbs are the few that benchmarks and kill tests need; everything richer is done by a double in the test's own
 * process.
 */
import type { BotApi } from './botApi.ts';
import type { Reply } from './calls.ts';
import type { Fault } from './faults.ts';
import { isObject } from './params.ts';
import type { JsonObject } from './params.ts';
import type { Route } from './server.ts';

type Verb = (api: BotApi, body: JsonObject) => unknown;

/** @throws Error naming the field, so that a mistake in a benchmark is found at once */
function integer(body: JsonObject, field: string): number {
  const value = body[field];
  if (typeof value !== 'number' || !Number.isSafeInteger(value))
    throw new Error(`"${field}" must be an integer`);
  return value;
}

function text(body: JsonObject, field: string): string {
  const value = body[field];
  if (typeof value !== 'string') throw new Error(`"${field}" must be a string`);
  return value;
}

/** How many chats of a range got how many messages: `{"0": 3, "1": 997}`. */
function acceptedInRange(api: BotApi, firstId: number, count: number): Record<string, number> {
  const chats = new Map<number, number>();
  for (let id = firstId; id < firstId + count; id++) {
    const accepted = api.accepted(id);
    chats.set(accepted, (chats.get(accepted) ?? 0) + 1);
  }
  return Object.fromEntries(chats);
}

const VERBS: Readonly<Record<string, Verb>> = {
  'add-user': (api, body) => api.world.addUser(body).user,
  'add-private-chats': (api, body) => {
    api.world.addPrivateChats(integer(body, 'count'), integer(body, 'firstId'));
  },
  'add-group': (api, body) => api.world.addGroup(body).wire,
  'add-supergroup': (api, body) => api.world.addSupergroup(body).wire,
  'add-channel': (api, body) => api.world.addChannel(body).wire,
  sends: (api, body) => {
    const person = api.world.person(integer(body, 'userId'));
    const where = body.chatId === undefined ? person : integer(body, 'chatId');
    return person.sends(where, text(body, 'text')).wire;
  },
  messages: (api, body) => api.messages(integer(body, 'chatId')).map((message) => message.wire),
  accepted: (api, body) => api.accepted(integer(body, 'chatId')),
  'accepted-in-range': (api, body) => acceptedInRange(api, integer(body, 'firstId'), integer(body, 'count')),
  counters: (api, body) => api.ledger.counters(text(body, 'method')),
  calls: (api, body) => api.ledger.of(body.method === undefined ? null : text(body, 'method')),
  pending: (api) => api.updates.pending,
  fault: (api, body) => {
    api.faults.add(body as unknown as Fault);
  },
  'clear-faults': (api) => api.faults.clear(),
  limits: (api, body) => {
    api.limiter.limits = body;
  },
};

function reply(status: number, value: unknown): Reply {
  return { status, body: JSON.stringify(value ?? null), retryAfterSeconds: null };
}

function obey(api: BotApi, path: string, body: Buffer): Reply {
  const verb = VERBS[path.slice('/control/'.length)];
  if (verb === undefined) return reply(404, { error: 'there is no such verb' });
  try {
    const parsed: unknown = body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
    if (!isObject(parsed)) throw new Error('a JSON object is expected');
    return reply(200, verb(api, parsed));
  } catch (error) {
    return reply(400, { error: error instanceof Error ? error.message : String(error) });
  }
}

export function controlRoute(api: BotApi): Route {
  return { prefix: '/control/', handle: (path, body) => obey(api, path, body) };
}
