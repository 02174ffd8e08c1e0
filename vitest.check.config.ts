import { defineConfig } from 'vitest/config';

/** What `npm run check` runs: no database. */
export default defineConfig({ test: { include: ['test/architecture.test.ts'] } });
