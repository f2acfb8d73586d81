/**
 * `GET /healthz` for supervisors: 200 while the bot hears and can speak, 503 with the reasons when it does not.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HealthReport {
  /** What keeps the bot from doing its work, each a short sentence; empty when it is well. */
  problems: string[];
  /** What the operator should look at, though the bot works. */
  warnings: string[];
}

export interface HealthServer {
  port: number;
  close(): Promise<void>;
}

/** @throws when the address cannot be listened on */
export async function serveHealth(
  host: string,
  port: number,
  report: () => HealthReport,
): Promise<HealthServer> {
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    if (path !== '/healthz') {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found\n');
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    const { problems, warnings } = report();
    const body = JSON.stringify({ status: problems.length === 0 ? 'ok' : 'failing', problems, warnings });
    response.writeHead(problems.length === 0 ? 200 : 503, { 'content-type': 'application/json' });
    response.end(request.method === 'HEAD' ? undefined : `${body}\n`);
  });
  await listen(server, host, port);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
