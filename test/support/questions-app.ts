/** The web face over a test's database, at the small world's present. */
import type { Hono } from 'hono';
import { renderChart, renderConfig } from '../../src/charts/drawing/render.ts';
import { readConfig } from '../../src/config.ts';
import { simulatedClock } from '../../src/core/time/clock.ts';
import type { Sql } from '../../src/db/connect.ts';
import { silentLog } from '../../src/log.ts';
import { createApp } from '../../src/web/app.ts';
import { WORLD_END } from './world.ts';

export const questionsApp = (db: Sql): Hono =>
  createApp({
    config: readConfig({}),
    db,
    clock: simulatedClock(WORLD_END, 1),
    log: silentLog,
    renderChart,
    renderConfig,
  });
