import { defineConfig } from 'vitest/config';

/** What takes minutes: the real program, killed and starved. Not part of `npm test`. */
export default defineConfig({
  test: {
    include: ['test/**/*.slow.ts'],
    globalSetup: ['test/tools/build.ts'],
    // The tests of one file run side by side; each starts a process, and a small machine has two cores.
    fileParallelism: false,
    maxConcurrency: 4,
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
});
