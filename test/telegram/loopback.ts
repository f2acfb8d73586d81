/**
 * A Bot API on loopback that does what it is told, also what no server should: small pieces of it are the other side of
 * the HTTP client's tests.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { vi } from 'vitest';

/** Shaped like a token of BotFather's. */
export const TOKEN = '123456789:AAFakeTokenOfTheTests_abcdefghijklmn';

export interface Call {
  method: string;
  path: string;
  body: Record<string, unknown>;
}

/** What the server does with a call; the last one is done with all further calls. */
export type Reaction = (response: ServerResponse, request: IncomingMessage) => void;

export interface Loopback {
  root: string;
  calls: Call[];
  close(): Promise<void>;
}

export async function serve(...reactions: Reaction[]): Promise<Loopback> {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    request.on('end', () => {
      const path = request.url ?? '';
      const react = reactions[Math.min(calls.length, reactions.length - 1)];
      calls.push({ method: path.split('/').at(-1) ?? '', path, body: JSON.parse(text) as Call['body'] });
      react?.(response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Lets deadlines come sooner, until `vi.restoreAllMocks`: every wait of `ms` takes a two hundredth of it. */
export function hurry(ms: number): void {
  const wait = globalThis.setTimeout;
  const shortened = ((action: () => void, time?: number) =>
    wait(action, time === ms ? ms / 200 : time)) as typeof setTimeout;
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(shortened);
}

/** The address of a port on which nobody listens. */
export async function nobody(host = '127.0.0.1'): Promise<string> {
  const server = await serve();
  await server.close();
  return server.root.replace('127.0.0.1', host);
}

export function json(status: number, body: unknown): Reaction {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
}

export const ok = (result: unknown): Reaction => json(200, { ok: true, result });

/** Telegram's own no. */
export function no(code: number, description: string, parameters?: object): Reaction {
  return json(code, { ok: false, error_code: code, description, ...(parameters && { parameters }) });
}

export const flood = (seconds: number): Reaction =>
  no(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });

/** A proxy's page. */
export function page(status: number): Reaction {
  return (response) => {
    response.writeHead(status, { 'content-type': 'text/html' }).end('<html><body>nginx</body></html>');
  };
}

export const reset: Reaction = (response) => {
  response.socket?.resetAndDestroy();
};

/** The answer says how long it is, and ends before that. */
export const truncated: Reaction = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"ok":true,"result":{"mess', () => response.socket?.destroy());
};

/** The answer does not say how long it is, and breaks off. */
export const brokenOff: Reaction = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'transfer-encoding': 'chunked' });
  response.write('{"ok":true,', () => response.socket?.destroy());
};

export const silence: Reaction = () => undefined;

/** Begins to answer and says no more. */
export const halfSilence: Reaction = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"ok":true,');
};
