import { defineConfig } from 'vitest/config';

/**
 * The end-to-end tests once more, over HTTPS as in production. Not part of `npm test`, which runs the quick ones of them
 * over HTTP; the others run with the slower suites.
 */
export default defineConfig({
  test: {
    include: ['test/e2e/*.{test,slow}.ts'],
    // Many people at once say nothing about the connection.
    exclude: ['test/e2e/burst.slow.ts'],
    env: { E2E_TLS: 'on' },
    globalSetup: ['test/tools/build.ts'],
    maxWorkers: 3,
    testTimeout: 180_000,
    hookTimeout: 30_000,
  },
});
