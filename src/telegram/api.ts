/**
 * One HTTP call to the Bot API, observed and not judged: the answer as it came, or how it failed to come. Our own client
 * and not telegraf's, because that one hangs for up to 500 s on a truncated answer, drops the body of a 5xx, leaves the
 * token in error messages, and cannot tell a refused connection from a lost answer.
 *
 * Hides undici; lets no URL out, since the token is part of it.
 */
import { Agent, type Dispatcher } from 'undici';
import type { Happening } from '../delivery/courier.ts';

export interface Api {
  /** Never throws. The call is given up when the signal is aborted. */
  call(method: string, payload: object, signal: AbortSignal): Promise<Happening>;
  close(): Promise<void>;
}

/** Well below the deadline of any call, so that "could not connect" is told apart from "was not answered". */
const CONNECT_TIMEOUT_MS = 5_000;
/** An answer of the Bot API is a few kilobytes; 100 updates with long messages stay below this. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/** Errors that come before the first byte of the request: nothing can have been accepted. */
const BEFORE_WRITING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
  'EMFILE',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

export function createApi(root: string, token: string): Api {
  const agent = new Agent({
    connect: { timeout: CONNECT_TIMEOUT_MS },
    // Deadlines are the callers', by signal: a long poll is quiet for as long as nobody writes.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: MAX_ANSWER_BYTES,
  });
  const url = new URL(root);
  const prefix = `${url.pathname.replace(/\/$/u, '')}/bot${token}/`;
  return {
    async call(method, payload, signal) {
      if (signal.aborted) return { kind: 'aborted', written: false };
      let response: Dispatcher.ResponseData;
      try {
        response = await agent.request({
          origin: url.origin,
          path: prefix + method,
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(payload),
          signal,
        });
      } catch (error) {
        return failure(error, signal);
      }
      return read(response, signal);
    },
    close: () => agent.destroy(),
  };
}

async function read(response: Dispatcher.ResponseData, signal: AbortSignal): Promise<Happening> {
  const status = response.statusCode;
  let text: string;
  try {
    text = await response.body.text();
  } catch {
    // The answer began and broke off: what it said is not known.
    return signal.aborted ? { kind: 'aborted', written: true } : { kind: 'garbled', status };
  }
  try {
    return { kind: 'answer', status, body: JSON.parse(text) as unknown };
  } catch {
    return { kind: 'garbled', status }; // A proxy's HTML, or nothing at all.
  }
}

function failure(error: unknown, signal: AbortSignal): Happening {
  const code = codeOf(error);
  const written = !BEFORE_WRITING.has(code);
  return signal.aborted ? { kind: 'aborted', written } : { kind: 'network', code, written };
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN';
  // Several addresses were tried, and each failed for a reason of its own.
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
