import { expect, test } from 'vitest';
import { chartConfig } from '../../src/charts/chartjs.ts';
import { SIMULATED } from '../../src/core/answer.ts';
import type { ChartSpec } from '../../src/core/chart-spec.ts';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { markSimulated } from '../../src/db/data-version.ts';
import { ask } from '../../src/questions/lib/ask.ts';
import { parseText } from '../../src/questions/lib/free-text.ts';
import { questions } from '../../src/questions/registry.ts';
import { testDatabase } from '../support/database.ts';
import { seedWorld, WORLD_END } from '../support/world.ts';

const { db } = await testDatabase();

test('an answer of simulated data says so in its notes and under its chart', async () => {
  await seedWorld(db);
  const answer = () => ask({ db, clock: simulatedClock(WORLD_END, 1) }, parseText(questions, 'top'));
  expect(JSON.stringify(await answer())).not.toMatch(/simulat/);
  await markSimulated(db);
  const marked = await answer();
  const { chart, notes } = marked;
  expect(JSON.stringify(chartConfig(chart as ChartSpec))).not.toContain('(simulated data)');
  expect([marked.title, marked.simulated, chart?.caption, notes[0]]).toEqual([
    'Top artists by units',
    true,
    expect.stringMatching(/Source: a simulation: no artist and no sale in it is real\.$/),
    SIMULATED,
  ]);
});
