import { defineConfig } from 'vitest/config';

/** The playground's page in a real browser. Not part of `npm test`: it needs Chromium (Debian: `apt-get install chromium`). */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.browser.ts'],
    globalSetup: ['test/tools/build.ts'],
    // One browser at a time: what is measured must not be measured against another one.
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 60_000,
  },
});
