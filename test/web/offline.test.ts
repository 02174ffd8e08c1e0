/** Without the internet the service runs, and says what fails, since when, and what to do. */
import { expect, test } from 'vitest';
import type { FeedState } from '../../src/db/feed-reading.ts';
import { feedTrouble } from '../../src/questions/lib/feed-trouble.ts';
import { testDatabase } from '../support/database.ts';
import { startNode } from '../support/process.ts';
import { NOON } from '../support/sales.ts';
import { refusingOrigin, silentOrigin } from '../support/unreachable.ts';

/** The page and the status of a service that reads from there, once it has failed. */
async function offline(origin: string, first: RegExp): Promise<{ page: string; status: unknown }> {
  const { url } = await testDatabase();
  const service = startNode('src/main.ts', [], {
    DATABASE_URL: url,
    UPSTREAM_ORIGIN: origin,
    // A minute passes in two seconds.
    CLOCK: '2026-11-29T09:22:00Z@30',
    PORT: '0',
    LOG_LEVEL: 'silent',
  });
  try {
    const [, address] = await service.waitFor(/dashboard +(http:\S+)/, 60_000);
    const read = async (path: string) =>
      (await fetch(`${address}${path}`, { headers: { Accept: 'text/html' } })).text();
    const end = performance.now() + 90_000;
    let page = await read('');
    while (!first.test(page) && performance.now() < end) {
      await new Promise(resolve => setTimeout(resolve, 500));
      page = await read('');
    }
    return { page, status: await (await fetch(`${address}api/ask/status`)).json() };
  } finally {
    await service.stop();
  }
}

const stateOf = (answer: unknown): Record<string, unknown> =>
  Object.fromEntries(
    (answer as { rows: { what: string; state: string }[] }).rows.map(r => [r.what, r.state]),
  );

test('where every connection is refused', async () => {
  const { page, status } = await offline(await refusingOrigin(), /cannot be reached/);
  expect(page).toMatch(
    /bandcamp\.com cannot be reached: no sales yet, tried since 29 Nov 2026, 09:2\d UTC\./,
  );
  expect(page).toContain('Check the internet connection, DNS and firewall of this machine.');
  expect(page).toContain('No sales with a known genre in this period.');
  expect(page).not.toContain('Try a longer one');
  expect(status).toMatchObject({
    headline: expect.stringMatching(/^bandcamp\.com cannot be reached: no sales/),
  });
  expect(stateOf(status)).toMatchObject({
    Failures: expect.stringMatching(/^\d+ in a row: https:\/\/bandcamp\.com\/\S+: network; next attempt /),
    'What to do': expect.stringMatching(/^Check the internet .* The next try is at \d\d:\d\d\.$/),
  });
}, 180_000);

test('where nobody ever answers', async () => {
  const silent = await silentOrigin();
  try {
    const { page } = await offline(silent.origin, /does not answer in time/);
    expect(page).toMatch(/bandcamp\.com does not answer in time: no sales yet, tried since 29 Nov 2026/);
  } finally {
    await silent.close();
  }
}, 180_000);

const feed = (lastError: string | null, failures: number, more: Partial<FeedState> = {}): FeedState => ({
  until: NOON,
  behindMicros: 0,
  since: NOON,
  stalled: false,
  nextAt: null,
  lastError,
  failures,
  ...more,
});

test('one failure after a success is not told, two are; a feed that hangs is', () => {
  const error = 'https://bandcamp.com/api: network';
  expect(feedTrouble(feed(error, 1), 'UTC')).toBeUndefined();
  expect(feedTrouble(feed(error, 2), 'Europe/Berlin')).toEqual({
    what: 'bandcamp.com cannot be reached: no new sales since 7 Oct 2026, 14:00 (Europe/Berlin).',
    todo: 'Check the internet connection, DNS and firewall of this machine.',
  });
  expect(feedTrouble(feed(null, 0, { stalled: true }), 'UTC')?.what).toMatch(/^The feed is stalled: no new/);
  expect(feedTrouble(feed('bandcamp.com refuses: forbidden (HTTP 403)', 2), 'UTC')).toEqual({
    what: 'bandcamp.com refuses to answer: no new sales since 7 Oct 2026, 12:00 UTC.',
    todo: 'Set CONTACT in .env, and ask Bandcamp for permission.',
  });
  expect(feedTrouble(feed('bandcamp.com refuses: forbidden, left alone for now', 3), 'UTC')?.what).toMatch(
    /^bandcamp\.com refuses to answer/,
  );
});
