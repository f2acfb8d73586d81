import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Happening } from '../../src/delivery/courier.ts';
import { isDefinite, judge, type Outcome } from '../../src/delivery/outcome.ts';

const no = (status: number, description: string, parameters?: unknown): Happening => ({
  kind: 'answer',
  status,
  body: { ok: false, error_code: status, description, ...(parameters === undefined ? {} : { parameters }) },
});
const answer = (status: number, body: unknown): Happening => ({ kind: 'answer', status, body });
const garbled = (status: number): Happening => ({ kind: 'garbled', status });
const network = (code: string, written: boolean): Happening => ({ kind: 'network', code, written });

/** An outcome in one word, so that the tables below fit a screen. */
function brief(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'sent':
      return outcome.messageId === null ? 'sent' : `sent ${outcome.messageId}`;
    case 'retryAt':
      return `retry ${outcome.delaySeconds ?? 'backing-off'} ${outcome.scope}`;
    case 'gone':
      return `gone ${outcome.reason}`;
    case 'moved':
      return `moved ${outcome.chatId}`;
    case 'topicLost':
      return outcome.closed ? 'topic closed' : 'topic deleted';
    case 'refusedContent':
    case 'stale':
      return outcome.kind;
    case 'unknown':
    case 'stop':
      return `${outcome.kind} ${outcome.reason}`;
  }
}

describe('a description that Telegram gives', () => {
  it.each<[status: number, description: string, expected: string]>([
    // 403: this chat takes nothing any more.
    [403, 'Forbidden: bot was blocked by the user', 'gone blocked'],
    [403, 'Forbidden: user is deactivated', 'gone deactivated'],
    [403, "Forbidden: bot can't initiate conversation with a user", 'gone never-started'],
    [403, "Forbidden: the bot can't send messages to the bot", 'gone is-bot'],
    [403, "Forbidden: bot can't send messages to bots", 'gone is-bot'],
    [403, 'Forbidden: bot was kicked from the group chat', 'gone kicked'],
    [403, 'Forbidden: bot was kicked from the supergroup chat', 'gone kicked'],
    [403, 'Forbidden: bot was kicked from the channel chat', 'gone kicked'],
    [403, 'Forbidden: bot is not a member of the group chat', 'gone left'],
    [403, 'Forbidden: bot is not a member of the supergroup chat', 'gone left'],
    [403, 'Forbidden: bot is not a member of the channel chat', 'gone left'],
    [403, 'Forbidden: the group chat was deleted', 'gone deleted'],
    [403, 'Forbidden: something new', 'gone forbidden'],
    [403, '', 'gone forbidden'],
    // 400 about the chat.
    [400, 'Bad Request: chat not found', 'gone not-found'],
    [400, 'Bad Request: PEER_ID_INVALID', 'gone not-found'],
    [400, 'Bad Request: group is deactivated', 'gone deleted'],
    [400, 'Bad Request: have no write access to the chat', 'gone no-rights'],
    [400, 'Bad Request: need administrator rights in the channel chat', 'gone no-rights'],
    [400, 'Bad Request: not enough rights to send text messages to the chat', 'gone no-rights'],
    [400, 'Bad Request: not enough rights to send photos to the chat', 'gone no-rights'],
    [400, 'Bad Request: not enough rights to send the rich message to the chat', 'gone no-rights'],
    [400, 'Bad Request: CHAT_ADMIN_REQUIRED', 'gone no-rights'],
    [400, 'Bad Request: CHAT_WRITE_FORBIDDEN', 'gone no-rights'],
    [400, 'Bad Request: CHAT_RESTRICTED', 'gone no-rights'],
    [400, 'Bad Request: CHAT_SEND_PLAIN_FORBIDDEN', 'gone no-rights'],
    [403, 'Forbidden: CHAT_WRITE_FORBIDDEN', 'gone no-rights'],
    [400, 'Bad Request: USER_IS_BLOCKED', 'gone blocked'],
    [400, 'Bad Request: INPUT_USER_DEACTIVATED', 'gone deactivated'],
    [400, 'Bad Request: CHANNEL_PRIVATE', 'gone left'],
    // 400 about the topic.
    [400, 'Bad Request: TOPIC_CLOSED', 'topic closed'],
    [400, 'Bad Request: TOPIC_DELETED', 'topic deleted'],
    [400, 'Bad Request: message thread not found', 'topic deleted'],
    // 400 about what was sent: our mistake.
    [400, 'Bad Request: chat_id is empty', 'refusedContent'],
    [400, 'Bad Request: message is too long', 'refusedContent'],
    [400, 'Bad Request: message caption is too long', 'refusedContent'],
    [400, 'Bad Request: text is too long', 'refusedContent'],
    [400, 'Bad Request: message text is empty', 'refusedContent'],
    [400, 'Bad Request: text must be non-empty', 'refusedContent'],
    [400, 'Bad Request: can\'t parse entities: Unclosed start tag "b" at byte offset 7', 'refusedContent'],
    [400, 'Bad Request: unsupported parse_mode', 'refusedContent'],
    [400, 'Bad Request: BUTTON_DATA_INVALID', 'refusedContent'],
    [400, 'Bad Request: BUTTON_URL_INVALID', 'refusedContent'],
    [400, 'Bad Request: inline keyboard button text must be non-empty', 'refusedContent'],
    [400, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed", 'refusedContent'],
    [400, 'Bad Request: reply markup is too long', 'refusedContent'],
    [400, 'Bad Request: object expected as reply markup', 'refusedContent'],
    [400, 'Bad Request: too many inline query results specified', 'refusedContent'],
    [400, 'Bad Request: wrong HTTP URL specified', 'refusedContent'],
    [400, 'Bad Request: failed to get HTTP URL content', 'refusedContent'],
    [400, 'Bad Request: wrong type of the web page content', 'refusedContent'],
    [400, 'Bad Request: SOMETHING_NEW', 'refusedContent'],
    [400, '', 'refusedContent'],
    [413, 'Request Entity Too Large', 'refusedContent'],
    [404, 'Not Found: method not found', 'refusedContent'],
    // An edit that changes nothing has succeeded.
    [400, 'Bad Request: message is not modified: specified new message content and …', 'sent'],
    // Answers to people: what they refer to is gone.
    [400, 'Bad Request: message to edit not found', 'stale'],
    [400, 'Bad Request: message to delete not found', 'stale'],
    [400, 'Bad Request: message to be replied not found', 'stale'],
    [400, "Bad Request: message can't be deleted", 'stale'],
    [400, "Bad Request: message can't be edited", 'stale'],
    [400, 'Bad Request: query is too old and response timeout expired or query ID is invalid', 'stale'],
    // About the bot.
    [401, 'Unauthorized', 'stop Unauthorized'],
    [401, 'Unauthorized: invalid token specified', 'stop Unauthorized: invalid token specified'],
    [404, 'Not Found', 'stop Not Found'],
    [
      409,
      "Conflict: can't use getUpdates method while webhook is active; …",
      "stop Conflict: can't use getUpdates method while webhook is active; …",
    ],
    [400, 'Bad Request: BALANCE_TOO_LOW', 'stop balance too low for a paid broadcast'],
    // The server may have passed the message on before it said so.
    [500, 'Internal Server Error: restart', 'unknown http-500'],
    [502, 'Bad Gateway', 'unknown http-502'],
    // Flood waits that reach us by another name.
    [420, 'FLOOD_WAIT_7', 'retry 5 chat'],
    [400, 'Bad Request: SLOWMODE_WAIT_30', 'retry 30 chat'],
  ])('%i %s → %s', (status, description, expected) => {
    expect(brief(judge(no(status, description)))).toBe(expected);
  });
});

describe('a 429', () => {
  it.each<[why: string, parameters: unknown, description: string, expected: string]>([
    ['as documented', { retry_after: 35 }, 'Too Many Requests: retry after 35', 'retry 35 chat'],
    ['a fraction is rounded up', { retry_after: 1.2 }, '', 'retry 2 chat'],
    ['as a string', { retry_after: '12' }, '', 'retry 12 chat'],
    ['zero still waits a second', { retry_after: 0 }, '', 'retry 1 chat'],
    ['twenty hours, as seen', { retry_after: 73414 }, '', 'retry 73414 chat'],
    ['missing: the description says it', undefined, 'Too Many Requests: retry after 9', 'retry 9 chat'],
    ['missing altogether', undefined, 'Too Many Requests', 'retry 5 chat'],
    ['null parameters', null, '', 'retry 5 chat'],
    ['negative', { retry_after: -3 }, '', 'retry 5 chat'],
    ['not a number', { retry_after: Number.NaN }, '', 'retry 5 chat'],
    ['words', { retry_after: 'soon' }, '', 'retry 5 chat'],
    ['absurd', { retry_after: 1e300 }, '', 'retry 2592000 chat'],
    ['endless', { retry_after: Number.POSITIVE_INFINITY }, '', 'retry 2592000 chat'],
  ])('%s', (_why, parameters, description, expected) => {
    expect(brief(judge(no(429, description, parameters)))).toBe(expected);
  });
});

describe('an upgraded group', () => {
  const upgraded = 'Bad Request: group chat was upgraded to a supergroup chat';

  it.each<[why: string, parameters: unknown, expected: string]>([
    ['as documented', { migrate_to_chat_id: -1001234567890 }, 'moved -1001234567890'],
    ['as a string', { migrate_to_chat_id: '-1001234567890' }, 'moved -1001234567890'],
    ['without the new id', undefined, 'gone upgraded'],
    ['with an id that is none', { migrate_to_chat_id: 'x' }, 'gone upgraded'],
    ['with an id beyond exact numbers', { migrate_to_chat_id: -1e300 }, 'gone upgraded'],
    ['with a positive id', { migrate_to_chat_id: 12 }, 'gone upgraded'],
  ])('%s', (_why, parameters, expected) => {
    expect(brief(judge(no(400, upgraded, parameters)))).toBe(expected);
  });
});

describe('an answer that is not as it should be', () => {
  it.each<[why: string, happening: Happening, expected: string]>([
    ['a message', answer(200, { ok: true, result: { message_id: 77 } }), 'sent 77'],
    ['a yes without a message', answer(200, { ok: true, result: true }), 'sent'],
    ['a yes with an odd message id', answer(200, { ok: true, result: { message_id: 'x' } }), 'sent'],
    ['true without ok', answer(200, true), 'unknown garbled-200'],
    ['a result without ok', answer(200, { result: { message_id: 5 } }), 'unknown garbled-200'],
    ['ok that is not quite true', answer(200, { ok: 'true', result: {} }), 'unknown garbled-200'],
    ['null', answer(200, null), 'unknown garbled-200'],
    [
      'a yes under an error status',
      answer(400, { ok: true, result: { message_id: 5 } }),
      'unknown answer-400',
    ],
    [
      'a no under 200 with a code',
      answer(200, { ok: false, error_code: 403, description: '' }),
      'gone forbidden',
    ],
    ['a no under 200 without a code', answer(200, { ok: false }), 'unknown answer-200'],
    [
      'a no under 200 that calls itself 200',
      answer(200, { ok: false, error_code: 200 }),
      'unknown answer-200',
    ],
    ['a no under 502 that calls itself 400', answer(502, { ok: false, error_code: 400 }), 'unknown http-502'],
    ['a no under 400 that calls itself 500', answer(400, { ok: false, error_code: 500 }), 'unknown http-500'],
    [
      'a no without a code',
      answer(400, { ok: false, description: 'Bad Request: chat not found' }),
      'gone not-found',
    ],
    [
      'a redirect that speaks JSON',
      answer(302, { ok: false, error_code: 302 }),
      'retry backing-off everyone',
    ],
    ['a firewall that speaks JSON', answer(403, { message: 'denied' }), 'retry backing-off chat'],
    ['200 cut short', garbled(200), 'unknown garbled-200'],
    ['a 502 page', garbled(502), 'unknown garbled-502'],
    ['a 503 page', garbled(503), 'unknown garbled-503'],
    ['a 504 page', garbled(504), 'unknown garbled-504'],
    ['no status at all', garbled(Number.NaN), 'unknown garbled-NaN'],
    ['a 413 page: too large for the proxy', garbled(413), 'refusedContent'],
    ['a 404 page: a wrong API root', garbled(404), 'stop http-404'],
    ['a 401 page', garbled(401), 'stop http-401'],
    ['a 403 page is nobody’s word about the chat', garbled(403), 'retry backing-off chat'],
    ['a 400 cut short', garbled(400), 'retry backing-off chat'],
    ['a 429 page', garbled(429), 'retry 5 chat'],
    ['a captive portal', garbled(302), 'retry backing-off everyone'],
    ['refused before the request', network('ECONNREFUSED', false), 'retry backing-off everyone'],
    ['no such host', network('ENOTFOUND', false), 'retry backing-off everyone'],
    ['no name server', network('EAI_AGAIN', false), 'retry backing-off everyone'],
    ['no network', network('ENETUNREACH', false), 'retry backing-off everyone'],
    ['no TLS', network('CERT_HAS_EXPIRED', false), 'retry backing-off everyone'],
    ['reset before the request', network('ECONNRESET', false), 'retry backing-off everyone'],
    ['reset after the request', network('ECONNRESET', true), 'unknown ECONNRESET'],
    ['broken pipe', network('EPIPE', true), 'unknown EPIPE'],
    ['closed too early', network('UND_ERR_SOCKET', true), 'unknown UND_ERR_SOCKET'],
    ['our deadline, request out', { kind: 'aborted', written: true }, 'unknown deadline'],
    ['our deadline, nothing out', { kind: 'aborted', written: false }, 'retry backing-off everyone'],
  ])('%s', (_why, happening, expected) => {
    expect(brief(judge(happening))).toBe(expected);
  });
});

describe('judging', () => {
  const happenings = fc.oneof(
    fc.record({ kind: fc.constant('answer' as const), status: fc.integer(), body: fc.anything() }),
    fc.record({
      kind: fc.constant('answer' as const),
      status: fc.integer({ min: 200, max: 599 }),
      body: fc.record({
        ok: fc.anything(),
        error_code: fc.anything(),
        description: fc.anything(),
        result: fc.anything(),
        parameters: fc.record({ retry_after: fc.anything(), migrate_to_chat_id: fc.anything() }),
      }),
    }),
    fc.record({ kind: fc.constant('garbled' as const), status: fc.double() }),
  );

  it('is total, and only a plain ok: true counts as sent (or an edit that changed nothing)', () => {
    fc.assert(
      fc.property(happenings, (happening) => {
        const outcome = judge(happening);
        if (outcome.kind === 'retryAt' && outcome.delaySeconds !== null) {
          expect(outcome.delaySeconds).toBeGreaterThanOrEqual(1);
          expect(outcome.delaySeconds).toBeLessThanOrEqual(30 * 86_400);
        }
        if (outcome.kind === 'sent') {
          expect(happening).toMatchObject({ kind: 'answer', body: { ok: true } });
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('tells an answer of Telegram from silence', () => {
    expect(isDefinite(judge(no(403, 'Forbidden: bot was blocked by the user')))).toBe(true);
    expect(isDefinite(judge(no(429, '', { retry_after: 3 })))).toBe(true);
    expect(isDefinite(judge(garbled(502)))).toBe(false);
    expect(isDefinite(judge(network('ECONNREFUSED', false)))).toBe(false);
    expect(isDefinite(judge(garbled(403)))).toBe(false);
  });
});
