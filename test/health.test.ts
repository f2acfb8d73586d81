import { afterEach, describe, expect, it } from 'vitest';
import { serveHealth, type HealthReport, type HealthServer } from '../src/health.ts';

let server: HealthServer | null = null;
let report: HealthReport = { problems: [], warnings: [] };

afterEach(async () => {
  await server?.close();
  server = null;
});

async function ask(path = '/healthz', method = 'GET'): Promise<Response> {
  server ??= await serveHealth('127.0.0.1', 0, () => report);
  return fetch(`http://127.0.0.1:${server.port}${path}`, { method });
}

describe('the health check', () => {
  it('is 200 while the bot hears and can speak', async () => {
    report = { problems: [], warnings: [] };
    const response = await ask();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual({ status: 'ok', problems: [], warnings: [] });
  });

  it('is 200 with warnings, since the bot works', async () => {
    report = { problems: [], warnings: ['the folder of articles cannot be read'] };
    const response = await ask();
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status: 'ok', warnings: report.warnings });
  });

  it('is 503 with the reasons when the bot is deaf or dumb, as it is at that moment', async () => {
    report = { problems: ['no completed poll for 91 s'], warnings: [] };
    const response = await ask();
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ status: 'failing', problems: report.problems });
    report = { problems: [], warnings: [] };
    expect((await ask()).status).toBe(200);
  });

  it.each([
    ['/healthz?verbose=1', 'GET', 200],
    ['/healthz', 'HEAD', 200],
    ['/healthz', 'POST', 405],
    ['/healthz/', 'GET', 404],
    ['/', 'GET', 404],
    ['/status', 'GET', 404],
  ])('answers %s %s with %i', async (path, method, status) => {
    report = { problems: [], warnings: [] };
    const response = await ask(path, method);
    expect(response.status).toBe(status);
    if (method === 'HEAD') expect(await response.text()).toBe('');
  });

  it('says so when its address is taken', async () => {
    await ask();
    await expect(serveHealth('127.0.0.1', server?.port ?? 0, () => report)).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });

  it('is gone once it was closed, whoever is still connected', async () => {
    await ask();
    const port = server?.port ?? 0;
    await server?.close();
    server = null;
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
  });
});
