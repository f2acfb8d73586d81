/**
 * A refusal as Telegram words it. Thrown by whatever checks a call, turned into the JSON answer by the server.
 */

export interface ErrorParameters {
  /** Seconds. */
  retry_after?: number;
  migrate_to_chat_id?: number;
}

export class ApiError extends Error {
  readonly status: number;
  readonly parameters: ErrorParameters | null;

  constructor(status: number, description: string, parameters: ErrorParameters | null = null) {
    super(description);
    this.name = 'ApiError';
    this.status = status;
    this.parameters = parameters;
  }
}

/**
 * The first letter of a reason is written small after the prefix, unless the second character shows that the reason
 * is a code (`CHAT_ADMIN_REQUIRED`). Source: telegram-bot-api, Client.cpp, `fail_query_with_error`.
 */
export function describe(prefix: string, reason: string): string {
  const second = reason.charAt(1);
  const isCode = second === '_' || (second >= 'A' && second <= 'Z');
  return `${prefix}: ${isCode ? reason : reason.charAt(0).toLowerCase() + reason.slice(1)}`;
}

export function badRequest(reason: string, parameters: ErrorParameters | null = null): ApiError {
  return new ApiError(400, describe('Bad Request', reason), parameters);
}

/**
 * What Telegram does and the double does not. No 5xx, although that would be the word for it: clients take those for a server
 * that is down, and drop what it said.
 *
 * @param what such as `sendDice`
 */
export function notPlayed(what: string): ApiError {
  return badRequest(`The playground does not play ${what}`);
}

export function forbidden(reason: string): ApiError {
  return new ApiError(403, describe('Forbidden', reason));
}

export function conflict(reason: string): ApiError {
  return new ApiError(409, describe('Conflict', reason));
}

export function tooManyRequests(retryAfterSeconds: number): ApiError {
  return new ApiError(429, `Too Many Requests: retry after ${retryAfterSeconds}`, {
    retry_after: retryAfterSeconds,
  });
}
