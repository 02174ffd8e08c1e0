import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/long/**'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Much of it is waiting, for the database or a process; the default on two cores is one worker.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
