import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/tools/build.ts'],
    // A small machine has two cores; the end-to-end tests mostly wait for processes that they started.
    maxWorkers: 3,
    // Loading the program's modules again for each file takes as long as all tests do. They keep nothing between files,
    // and a spy that a test leaves behind is taken back before the next one.
    isolate: false,
    restoreMocks: true,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
    },
  },
});
