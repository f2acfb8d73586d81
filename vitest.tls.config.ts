import { defineConfig } from 'vitest/config';

/** The end-to-end tests once more, over HTTPS as in production. Not part of `npm test`, which runs them over HTTP. */
export default defineConfig({
  test: {
    include: ['test/e2e/*.test.ts'],
    env: { E2E_TLS: 'on' },
    globalSetup: ['test/tools/build.ts'],
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
