import { beforeAll, expect, test } from 'vitest';
import { replyToText } from '../../bots/replies.ts';
import { readConfig } from '../../src/config.ts';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { silentLog } from '../../src/log.ts';
import { testDatabase } from '../support/database.ts';
import { seedWorld, WORLD_END } from '../support/world.ts';

const { db } = await testDatabase();
beforeAll(() => seedWorld(db));

const deps = (env: Record<string, string>, renderChart = async () => new Uint8Array([1])) => ({
  config: readConfig(env),
  db,
  clock: simulatedClock(WORLD_END, 1),
  log: silentLog,
  renderChart,
});

test('a chart has a public address where there is one, short enough for every chat', async () => {
  expect(await replyToText(deps({}), 'trending genres')).toMatchObject({
    kind: 'answer',
    chartUrl: undefined,
  });
  for (const limit of [1, 10, 100]) {
    const reply = await replyToText(
      deps({ PUBLIC_URL: 'https://tracker.example.com' }),
      `top limit=${limit}`,
    );
    const url = reply.kind === 'answer' ? (reply.chartUrl ?? '') : '';
    expect(url).toMatch(/^https:\/\/tracker\.example\.com\/(chart|q\/top\/chart\.png)\?/);
    expect(url.length).toBeLessThanOrEqual(2048);
  }
});

test('an answer whose picture fails comes without it', async () => {
  const reply = await replyToText(
    deps({}, () => Promise.reject(new Error('no'))),
    'trending genres',
  );
  expect(reply).toMatchObject({ kind: 'answer', answer: { question: 'trending-genres' } });
  expect(reply).not.toHaveProperty('chart');
});

test('a fault of ours is told by an id alone', async () => {
  const broken = { ...deps({}), db: (() => Promise.reject(new Error('secret'))) as never };
  expect(await replyToText(broken, 'top')).toEqual({
    kind: 'error',
    text: expect.stringMatching(/^Something went wrong on our side \([0-9a-f]{8}\)/),
  });
});
