/**
 * The page's own server, on loopback: its files, the stream of events, what was said, and what people do. Nobody but the
 * page is to use it: the name it is called by must be this machine's (a foreign name that leads here is an attack), what
 * acts must come from the page itself, and the page may load nothing from anywhere else.
 */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import type { Acting } from './acting.ts';
import type { Feed } from './feed.ts';
import { MAX_DROPPED_BYTES } from './newsdesk.ts';
import type { Answer } from './protocol.ts';
import { currentChat, showPosts } from './show.ts';
import type { Stage } from './stage.ts';

const HOST = '127.0.0.1';
const MAX_ACT_BYTES = 256 * 1_024;
const MAX_POSTS = 400;
/** If the wanted port is taken, so many above it are tried before any free one. */
const NEIGHBOURS = 10;

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
};
/** Names without a path: nothing outside the folder can be asked for. */
const FILE = /^\/([A-Za-z][A-Za-z-]{0,40}\.(?:html|css|js|js\.map|svg))$/u;

const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; " +
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-cache',
};

export interface PageServerOptions {
  stage: Stage;
  feed: Feed;
  acting: Acting;
  /** 0 for any free one. */
  port: number;
  /** Where the page's files are. */
  dir: string;
}

export interface PageServer {
  /** `http://127.0.0.1:8787/` */
  link: string;
  /** Another one than was wanted, which somebody else has. */
  isElsewhere: boolean;
  close(): Promise<void>;
}

/** A refusal with its status; the text is for whoever tried. */
class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

class PageHandler {
  readonly #options: PageServerOptions;
  readonly #dir: string;
  port = 0;

  constructor(options: PageServerOptions) {
    this.#options = options;
    this.#dir = options.dir;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    try {
      this.#checkName(request);
      const url = new URL(request.url ?? '/', `http://${HOST}`);
      if (request.method === 'GET' || request.method === 'HEAD') await this.#get(request, response, url);
      else if (request.method === 'POST') await this.#post(request, response, url);
      else throw new Refused(405, 'only GET and POST');
    } catch (error) {
      if (response.headersSent) response.destroy();
      else if (error instanceof Refused) text(response, error.status, error.message);
      else text(response, 500, 'the playground failed');
    }
  }

  /** A page of another site can make its own name lead to this machine (DNS rebinding); it cannot choose this header. */
  #checkName(request: IncomingMessage): void {
    const names = [HOST, 'localhost', '[::1]'].map((name) => `${name}:${this.port}`);
    if (!names.includes(request.headers.host ?? ''))
      throw new Refused(421, 'this is not the name of this machine');
    const site = request.headers['sec-fetch-site'];
    const isNavigation = request.headers['sec-fetch-mode'] === 'navigate' && request.method === 'GET';
    if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isNavigation) {
      throw new Refused(403, 'only the page itself may ask');
    }
  }

  async #get(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    if (url.pathname === '/events') return this.#events(response);
    if (url.pathname === '/posts') return this.#posts(response, url.searchParams);
    const name = url.pathname === '/' ? 'index.html' : FILE.exec(url.pathname)?.[1];
    if (name === undefined) throw new Refused(404, 'there is nothing here');
    let content: Buffer;
    try {
      content = readFileSync(`${this.#dir}${name}`);
    } catch {
      throw new Refused(404, 'there is nothing here');
    }
    response.writeHead(200, {
      'Content-Type': TYPES[extname(name)] ?? 'text/plain',
      'Content-Length': content.length,
    });
    response.end(request.method === 'HEAD' ? undefined : content);
  }

  async #events(response: ServerResponse): Promise<void> {
    const { feed } = this.#options;
    if (feed.isFull) throw new Refused(503, 'too many pages are open');
    response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
    await feed.attach(response);
  }

  #posts(response: ServerResponse, query: URLSearchParams): void {
    const { state } = this.#options.stage.api;
    const number = (name: string, fallback: number): number => {
      const value = query.has(name) ? Number(query.get(name)) : fallback;
      if (!Number.isSafeInteger(value)) throw new Refused(400, `"${name}" must be an integer`);
      return value;
    };
    const chat = currentChat(state, number('chat', 0));
    if (chat === null) throw new Refused(404, 'there is no such chat');
    const posts = showPosts(state, chat, {
      threadId: number('thread', 0),
      before: number('before', Number.MAX_SAFE_INTEGER),
      limit: Math.min(MAX_POSTS, Math.max(1, number('limit', 50))),
    });
    json(response, 200, posts);
  }

  async #post(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    // Browsers name the origin of every POST; whatever has none is no page.
    if (request.headers.origin !== `http://${request.headers.host ?? ''}`) {
      throw new Refused(403, 'only the page itself may act');
    }
    const type = request.headers['content-type'] ?? '';
    if (url.pathname === '/drop') {
      // Neither this type nor the next can be sent by a form.
      if (type !== 'application/octet-stream') throw new Refused(415, 'a file is expected');
      const content = await readBody(request, MAX_DROPPED_BYTES);
      return answer(response, () => this.#options.acting.drop(url.searchParams.get('name') ?? '', content));
    }
    const name = /^\/do\/([a-zA-Z]{1,20})$/u.exec(url.pathname)?.[1];
    if (name === undefined) throw new Refused(404, 'there is nothing to do here');
    if (!type.startsWith('application/json')) throw new Refused(415, 'JSON is expected');
    const body = await readBody(request, MAX_ACT_BYTES);
    return answer(response, () => this.#options.acting.act(name, JSON.parse(body.toString('utf8'))));
  }
}

async function answer(response: ServerResponse, act: () => unknown): Promise<void> {
  let result: Answer<unknown>;
  try {
    result = { ok: true, result: (await act()) ?? null };
  } catch (error) {
    result = { ok: false, error: error instanceof Error ? error.message : String(error) };
  }
  if (!response.destroyed) json(response, result.ok ? 200 : 400, result);
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
}

function text(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${sentence}\n`);
}

async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new Refused(413, `more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Serves the page at the wanted port, or at another one when that is taken. */
export async function servePage(options: PageServerOptions): Promise<PageServer> {
  const handler = new PageHandler(options);
  const server = createServer((request, response) => void handler.handle(request, response));
  await listenNear(server, options.port);
  handler.port = (server.address() as AddressInfo).port;
  return {
    link: `http://${HOST}:${handler.port}/`,
    isElsewhere: options.port !== 0 && handler.port !== options.port,
    close: () =>
      new Promise((resolve) => {
        options.feed.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function listenNear(server: Server, wanted: number): Promise<void> {
  const neighbours = Array.from({ length: NEIGHBOURS }, (_, more) => wanted + more).filter(
    (port) => port <= 65_535,
  );
  for (const port of wanted === 0 ? [] : neighbours) {
    if (await listens(server, port)) return;
  }
  if (!(await listens(server, 0))) throw new Error(`no port of ${HOST} is free for the page`);
}

/** False when the port is taken or not ours to take. */
function listens(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    };
    server.once('error', fail);
    server.listen(port, HOST, () => {
      server.off('error', fail);
      resolve(true);
    });
  });
}
