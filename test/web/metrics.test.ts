/** `/metrics` tells Prometheus how the service does. */
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { MINUTE } from '../../src/core/time/instant.ts';
import { storeBatch } from '../../src/db/write/feed.ts';
import { silentLog } from '../../src/log.ts';
import { createAnswers } from '../../src/questions/lib/answer-cache.ts';
import { createApp } from '../../src/web/app.ts';
import { testDatabase } from '../support/database.ts';
import { aSale, NOON } from '../support/sales.ts';

const { db } = await testDatabase();

test('the feed, its rejects, the pages and the data are told, each with its meaning', async () => {
  const rejects = [
    { reason: 'bad-item: "x"', raw: '{}' },
    { reason: 'odd"\n: y', raw: '{}' },
  ];
  await storeBatch(
    db,
    { kind: 'sales', from: NOON - MINUTE, until: NOON, serverTime: NOON, sales: [aSale()], rejects },
    NOON,
  );
  const never = async () => new Uint8Array();
  const answers = createAnswers();
  answers.latencies.observe('top', true, 0.02);
  answers.latencies.observe('top', true, 30);
  const app = createApp({
    db,
    answers,
    config: readConfig({}),
    clock: simulatedClock(NOON + 15 * MINUTE, 1),
    log: silentLog,
    renderChart: never,
    renderConfig: never,
  });
  const response = await app.request(
    '/metrics',
    {},
    { incoming: { socket: { remoteAddress: '127.0.0.1' } } },
  );
  expect(response.headers.get('Content-Type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const text = await response.text();
  expect(text).toMatch(/^bandcamp_tracker_feed_behind_seconds 9\d\d(\.\d+)?$/m);
  expect(text).toMatch(/^bandcamp_tracker_feed_stalled 1$/m);
  expect(text).toMatch(/^bandcamp_tracker_rejects\{code="bad-item"\} 1$/m);
  expect(text).toMatch(/^bandcamp_tracker_pages_waiting 1$/m);
  const bucket = (le: string) =>
    new RegExp(
      `^bandcamp_tracker_answer_seconds_bucket\\{question="top",cached="yes",le="${le}"\\} (\\d+)$`,
      'm',
    );
  expect(['0.01', '0.025', '5', '\\+Inf'].map(le => bucket(le).exec(text)?.[1])).toEqual([
    '0',
    '1',
    '1',
    '2',
  ]);
  expect(text).toMatch(/^bandcamp_tracker_answer_seconds_count\{question="top",cached="yes"\} 2$/m);
  expect(text).toMatch(/^# TYPE bandcamp_tracker_answer_seconds histogram$/m);
  // Each line is a comment or a sample, as the format has it.
  for (const line of text.trim().split('\n'))
    expect(line).toMatch(
      /^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="([^"\\\n]|\\.)*"(,\w+="([^"\\\n]|\\.)*")*\})? -?[\d.e+]+)$/,
    );
});
