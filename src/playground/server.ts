/**
 * HTTP: paths, tokens, bodies, and the wire side of every trouble. Answers as the official server does: the status is
 * the error code, the body is always JSON (unless a fault wants otherwise), connections are kept alive.
 */
import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import { ApiError, notPlayed } from './apiError.ts';
import { ALL_METHODS } from './botApiSpec.ts';
import { errorReply } from './calls.ts';
import type { Calls, Outcome, Reply } from './calls.ts';
import type { Trouble } from './faults.ts';
import type { NamedMethod } from './methods.ts';
import { readParams } from './readParams.ts';

/** No text message comes near; the front proxy of Telegram refuses more as well. */
const MAX_BODY_BYTES = 1024 * 1024;
/** Longer than the idle time of any client here, so that the double never closes a connection under a request. */
const KEEP_ALIVE_MS = 75_000;

export interface Route {
  /** The path begins with this. */
  prefix: string;
  handle: (path: string, body: Buffer) => Reply;
}

export interface ServerOptions {
  token: string;
  calls: Calls;
  methods: ReadonlyMap<string, NamedMethod>;
  /** Serves HTTPS with this key and certificate (PEM); null for HTTP. */
  tls: { key: string; cert: string } | null;
  /** Paths beside the Bot API's. */
  routes: readonly Route[];
}

function unauthorized(token: string): ApiError {
  const isMalformed = token.length > 80 || token.startsWith('0') || !/^\d+:/u.test(token);
  return new ApiError(401, isMalformed ? 'Unauthorized: invalid token specified' : 'Unauthorized');
}

function send(response: ServerResponse, reply: Reply): void {
  const headers: Record<string, string | number> = {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(reply.body),
  };
  if (reply.retryAfterSeconds !== null) headers['Retry-After'] = reply.retryAfterSeconds;
  response.writeHead(reply.status, headers).end(reply.body);
}

function sendPage(response: ServerResponse, status: number, title: string): void {
  const page = `<html>\r\n<head><title>${status} ${title}</title></head>\r\n<body>\r\n<center><h1>${status} ${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;
  response
    .writeHead(status, { 'Content-Type': 'text/html', 'Content-Length': Buffer.byteLength(page) })
    .end(page);
}

/**
 * The TCP connections under the server's, by the client's port: a TLS connection cannot be reset itself, only what carries it.
 */
class Carriers {
  readonly #sockets = new Map<number, Socket>();

  add(socket: Socket): void {
    const port = socket.remotePort;
    if (port === undefined) return;
    this.#sockets.set(port, socket);
    socket.on('close', () => {
      if (this.#sockets.get(port) === socket) this.#sockets.delete(port);
    });
  }

  reset(response: ServerResponse): void {
    this.#sockets.get(response.socket?.remotePort ?? 0)?.resetAndDestroy();
  }
}

function showTrouble(
  response: ServerResponse,
  trouble: Trouble,
  reply: Reply | null,
  carriers: Carriers,
): void {
  switch (trouble.kind) {
    case 'reset':
      carriers.reset(response);
      break;
    case 'hang':
      break;
    case 'html':
      sendPage(response, trouble.status ?? 502, 'Bad Gateway');
      break;
    case 'not-json':
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 9 }).end('{"ok":tru');
      break;
    case 'truncated': {
      const body = Buffer.from(reply?.body ?? '{}');
      response.writeHead(reply?.status ?? 200, {
        'Content-Type': 'application/json',
        'Content-Length': body.length,
      });
      response.write(body.subarray(0, Math.floor(body.length / 2)), () => {
        if (!trouble.stall) response.socket?.destroySoon();
      });
      break;
    }
    case 'slow':
      setTimeout(() => {
        if (reply !== null && !response.destroyed) send(response, reply);
      }, trouble.ms).unref();
      break;
    case 'error':
    case 'too-many':
      if (reply !== null) send(response, reply);
      break;
  }
}

/** Collects a body; null when it is too large. */
function readBody(request: IncomingMessage, done: (body: Buffer | null) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  });
  request.on('end', () => {
    const [first] = chunks;
    if (size > MAX_BODY_BYTES) done(null);
    else done(chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks));
  });
}

class Handler {
  readonly #options: ServerOptions;
  readonly #botPrefix: string;
  readonly carriers = new Carriers();

  constructor(options: ServerOptions) {
    this.#options = options;
    this.#botPrefix = `/bot${options.token}/`;
  }

  handle(request: IncomingMessage, response: ServerResponse): void {
    const url = request.url ?? '/';
    const question = url.indexOf('?');
    const path = question < 0 ? url : url.slice(0, question);
    const route = this.#options.routes.find((candidate) => path.startsWith(candidate.prefix));
    readBody(request, (body) => {
      if (body === null) sendPage(response, 413, 'Request Entity Too Large');
      else if (route !== undefined) send(response, route.handle(path, body));
      else this.#call(request, response, path, question < 0 ? '' : url.slice(question + 1), body);
    });
  }

  #call(request: IncomingMessage, response: ServerResponse, path: string, query: string, body: Buffer): void {
    let outcome: Outcome | Promise<Outcome>;
    let hangUp = (): void => undefined;
    try {
      const method = this.#method(path);
      const params = readParams(query, request.headers['content-type'] ?? '', body);
      outcome = this.#options.calls.make(method, params, (listener) => {
        hangUp = listener;
      });
    } catch (error) {
      send(response, errorReply(error instanceof ApiError ? error : new ApiError(500, String(error))));
      return;
    }
    if (!(outcome instanceof Promise)) {
      this.#show(response, outcome);
      return;
    }
    response.on('close', () => hangUp());
    void outcome.then((late) => {
      if (!response.destroyed) this.#show(response, late);
    });
  }

  #show(response: ServerResponse, { reply, trouble }: Outcome): void {
    if (trouble !== null) showTrouble(response, trouble, reply, this.carriers);
    else if (reply !== null) send(response, reply);
  }

  #method(path: string): NamedMethod {
    let name: string;
    if (path.startsWith(this.#botPrefix)) name = path.slice(this.#botPrefix.length);
    else {
      const match = /^\/bot([^/]*)\/(.*)$/u.exec(path);
      if (match === null) throw new ApiError(404, 'Not Found');
      const token = decode(match[1] ?? '');
      if (token !== this.#options.token) throw unauthorized(token);
      name = match[2] ?? '';
    }
    const method = this.#options.methods.get(name.replace(/^test\//u, '').toLowerCase());
    if (method !== undefined) return method;
    const known = ALL_METHODS.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
    if (known === undefined) throw new ApiError(404, 'Not Found: method not found');
    throw notPlayed(known);
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A server that does not listen yet. */
export function createServer(options: ServerOptions): Server {
  const handler = new Handler(options);
  const handle = (request: IncomingMessage, response: ServerResponse): void =>
    handler.handle(request, response);
  const server = options.tls === null ? createHttpServer(handle) : createHttpsServer(options.tls, handle);
  server.on('connection', (socket: Socket) => handler.carriers.add(socket));
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  // What a client does to its connection is its own affair.
  server.on('clientError', (_error, socket) => socket.destroy());
  return server;
}
