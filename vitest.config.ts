import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/long/**'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Much of a test is waiting: for the database, a process, a picture. The default on two cores is one worker.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
