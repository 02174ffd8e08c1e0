/** `/chart` and `/healthz` in a process of their own, as the service has them; prints its port. */
import { serve } from '@hono/node-server';
import { readConfig } from '../../src/config.ts';
import { realClock } from '../../src/core/time/clock.ts';
import { silentLog } from '../../src/log.ts';
import { createDrawing } from '../../src/report/drawing.ts';
import { createApp } from '../../src/web/app.ts';

const lane = createDrawing().lane({ mostWaiting: 12, longestWaitMs: 4_000 });
const db = (() => Promise.reject(new Error('there is no database here'))) as never;
const app = createApp({ config: readConfig({}), db, clock: realClock, log: silentLog, ...lane });
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
  process.stdout.write(`port ${port}\n`),
);
