/**
 * What an answer from Telegram means: one pure, total function from what was observed to what is to be done.
 *
 * It hides every status, string and parameter of the Bot API from the rest of the program. It refuses to guess: what
 * is neither a readable yes nor a certain no is `unknown`. It serves digests and answers to people alike.
 */
import type { Happening } from './courier.ts';

/** Why a chat cannot be written to. The way back is a `my_chat_member` update, or a message from the chat. */
export type GoneReason =
  | 'blocked'
  | 'deactivated'
  | 'never-started'
  | 'is-bot'
  | 'kicked'
  | 'left'
  | 'deleted'
  | 'not-found'
  | 'no-rights'
  | 'upgraded'
  | 'forbidden';

export type Outcome =
  /** Telegram said yes. `messageId` is null when the yes names no message (an edit, an answered button). */
  | { kind: 'sent'; messageId: number | null }
  /**
   * A certain no that passes. `everyone`: it is not about this chat. `delaySeconds` is what Telegram asked for,
   * already sane (1 s to 30 days); null when nobody named a time: the caller backs off.
   */
  | { kind: 'retryAt'; delaySeconds: number | null; scope: 'chat' | 'everyone'; reason: string }
  /** A certain no for every message to this chat. */
  | { kind: 'gone'; reason: GoneReason }
  /** The group became a supergroup with this id; the same message is to go there. */
  | { kind: 'moved'; chatId: number }
  /** The topic takes no messages: closed for now, or not there any more. */
  | { kind: 'topicLost'; closed: boolean }
  /** A certain no to what was sent, which is our mistake: the same bytes will be refused again. */
  | { kind: 'refusedContent'; description: string }
  /** What the call refers to (a message to edit, a pressed button) is no longer there. Never the answer to a digest. */
  | { kind: 'stale'; description: string }
  /** Nobody told us whether the message went out. */
  | { kind: 'unknown'; reason: string }
  /** A certain no to the bot itself: nothing will be accepted until the operator acts. */
  | { kind: 'stop'; reason: string };

/** When a 429 names no usable time; the Bot API server's own default (tdlib/telegram-bot-api, Query.h). */
const DEFAULT_RETRY_SECONDS = 5;
/** Longer waits than this are believed up to here, so that arithmetic on instants stays safe. 20 hours have been seen. */
const MAX_RETRY_SECONDS = 30 * 86_400;

const gone = (reason: GoneReason): Outcome => ({ kind: 'gone', reason });
const YES: Outcome = { kind: 'sent', messageId: null };

/**
 * Descriptions of 400 and 403, without their prefix, first match wins. From tdlib/telegram-bot-api and tdlib/td; the
 * strings in capitals come from Telegram's closed back end and are known from logs and lists only.
 */
const REFUSALS: readonly (readonly [RegExp, Outcome])[] = [
  [/bot was blocked by the user|^USER_IS_BLOCKED/i, gone('blocked')],
  [/user is deactivated|^(INPUT_)?USER_(DEACTIVATED|DELETED)/i, gone('deactivated')],
  [/can't initiate conversation/i, gone('never-started')],
  [/can't send messages to (the )?bots?|^USER_(IS_BOT|BOT_INVALID)/i, gone('is-bot')],
  [/bot was kicked from/i, gone('kicked')],
  [/bot is not a member of|^CHANNEL_PRIVATE|^CHANNEL_PUBLIC_GROUP_NA/i, gone('left')],
  [/chat was deleted|group is deactivated/i, gone('deleted')],
  [/chat not found|^PEER_ID_INVALID|^CHAT_ID_INVALID|^CHANNEL_INVALID/i, gone('not-found')],
  [/upgraded to a supergroup/i, gone('upgraded')],
  [/have no write access|need administrator rights|not enough rights to send/i, gone('no-rights')],
  [
    /^CHAT_(ADMIN_REQUIRED|WRITE_FORBIDDEN|RESTRICTED|SEND_\w+_FORBIDDEN|GUEST_SEND_FORBIDDEN)/i,
    gone('no-rights'),
  ],
  [/^USER_BANNED_IN_CHANNEL|^RIGHT_FORBIDDEN/i, gone('no-rights')],
  [/TOPIC_CLOSED/i, { kind: 'topicLost', closed: true }],
  [/TOPIC_(DELETED|ID_INVALID)|message thread not found/i, { kind: 'topicLost', closed: false }],
  [/message is not modified|^MESSAGE_NOT_MODIFIED/i, YES],
  // Paid broadcasts without the Stars to pay for them; remembered from the client API, so nothing is lost by halting.
  [/^FLOODSKIP_NOT_ALLOWED/i, { kind: 'stop', reason: 'paid broadcasts are not enabled at @BotFather' }],
  [/^BALANCE_TOO_LOW/i, { kind: 'stop', reason: 'balance too low for a paid broadcast' }],
];

const STALE =
  /message to (edit|delete|be replied|copy|forward) not found|message can't be (edited|deleted)|query is too old|^MESSAGE_ID_INVALID|^QUERY_ID_INVALID/i;

/** A back end's flood wait that reached us as a plain error. */
const FLOOD_WAIT = /^(?:FLOOD|SLOWMODE|FLOOD_PREMIUM)_WAIT_(\d+)/i;

/** Never throws, whatever the body is. */
export function judge(happening: Happening): Outcome {
  switch (happening.kind) {
    case 'answer':
      return judgeAnswer(happening.status, happening.body);
    case 'garbled':
      return judgeGarbled(happening.status);
    case 'network':
      return happening.written ? unknown(happening.code) : unreached(happening.code);
    case 'aborted':
      return happening.written ? unknown('deadline') : unreached('deadline');
  }
}

/** Whether the answer shows that Telegram itself is there and deciding, so that the next message has a chance. */
export function isDefinite(outcome: Outcome): boolean {
  return outcome.kind !== 'unknown' && !(outcome.kind === 'retryAt' && outcome.delaySeconds === null);
}

function unknown(reason: string): Outcome {
  return { kind: 'unknown', reason };
}

function unreached(code: string): Outcome {
  return { kind: 'retryAt', delaySeconds: null, scope: 'everyone', reason: code };
}

function judgeAnswer(status: number, body: unknown): Outcome {
  const answer = asRecord(body);
  if (answer?.ok === true && status < 300) {
    return { kind: 'sent', messageId: positive(asRecord(answer.result)?.message_id) };
  }
  if (answer?.ok === true) return unknown(`answer-${status}`);
  if (answer?.ok !== false) return judgeGarbled(status);
  const named = typeof answer.error_code === 'number' && answer.error_code >= 300 ? answer.error_code : null;
  const code = status >= 500 ? status : (named ?? status);
  const description = typeof answer.description === 'string' ? answer.description : '';
  if (code < 300 || !Number.isFinite(code)) return unknown(`answer-${status}`);
  return judgeNo(code, description, asRecord(answer.parameters));
}

/** Telegram's own `ok: false`. A 5xx stays open: a server that restarts answers so for messages it has passed on. */
function judgeNo(code: number, description: string, parameters: Record<string, unknown> | null): Outcome {
  const text = description.replace(/^[A-Z][A-Za-z ]*: /, '');
  if (code >= 500) return unknown(`http-${code}`);
  if (code < 400) return unreached(`http-${code}`);
  if (code === 429 || code === 420) return flood(retrySeconds(parameters?.retry_after, description));
  const wait = FLOOD_WAIT.exec(text);
  if (wait !== null) return flood(retrySeconds(Number(wait[1]), ''));
  if (code === 401 || code === 409) return { kind: 'stop', reason: description || `http-${code}` };
  if (code === 404 && !/method not found/i.test(text))
    return { kind: 'stop', reason: description || 'http-404' };
  const moved = supergroupId(parameters?.migrate_to_chat_id);
  if (moved !== null) return { kind: 'moved', chatId: moved };
  if (STALE.test(text)) return { kind: 'stale', description };
  const known = REFUSALS.find(([pattern]) => pattern.test(text));
  if (known !== undefined) return known[1];
  return code === 403
    ? gone('forbidden')
    : { kind: 'refusedContent', description: description || `http-${code}` };
}

/**
 * A status whose body tells nothing: a proxy's page, or an answer cut short. A 403 of that kind is nobody's word about
 * the chat. 4xx means that the message was not accepted; it will be told again why.
 */
function judgeGarbled(status: number): Outcome {
  if (status === 413) return { kind: 'refusedContent', description: 'http-413' };
  if (status === 401 || status === 404) return { kind: 'stop', reason: `http-${status}` };
  if (status === 429) return flood(DEFAULT_RETRY_SECONDS);
  if (status >= 400 && status < 500) {
    return { kind: 'retryAt', delaySeconds: null, scope: 'chat', reason: `http-${status}` };
  }
  if (status >= 300 && status < 400) return unreached(`http-${status}`);
  return unknown(`garbled-${status}`);
}

function flood(delaySeconds: number): Outcome {
  return { kind: 'retryAt', delaySeconds, scope: 'chat', reason: 'flood' };
}

/** `retry_after` if it is usable, else the number in the description, else the default. */
function retrySeconds(value: unknown, description: string): number {
  const named = numeric(value) ?? numeric(/retry after (\d+)/i.exec(description)?.[1]);
  if (named === null || named < 0) return DEFAULT_RETRY_SECONDS;
  return Math.min(Math.max(Math.ceil(named), 1), MAX_RETRY_SECONDS);
}

function numeric(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && !Number.isNaN(number) ? number : null;
}

function positive(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null;
}

/** Also as a string, which JSON writers use for ids beyond 32 bits. */
function supergroupId(value: unknown): number | null {
  const id = numeric(value);
  return id !== null && Number.isSafeInteger(id) && id < 0 ? id : null;
}

function asRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
}
