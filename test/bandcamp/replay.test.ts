/**
 * Recordings, served by host and path and read by the real client: what the whole way from the wire to
 * facts yields.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHttp, type Http } from '../../src/bandcamp/client.ts';
import { fetchFeed } from '../../src/bandcamp/feed.ts';
import { classifyPage } from '../../src/bandcamp/item-page.ts';
import { readConfig } from '../../src/config.ts';
import { instantFromSeconds } from '../../src/core/time/instant.ts';
import { silentLog } from '../../src/log.ts';
import { leapingClock } from '../support/leaping-clock.ts';
import { pagesOfRecordings, plainTag, recordings, wantedTags } from '../support/recordings.ts';
import { feedOfRecording, type Replay, startReplay } from '../support/replay-server.ts';

describe.each(recordings)('$name by replay', recorded => {
  /** Of several captures of an address the newest is served. */
  const byDate = recorded.pages.toSorted((a, b) => a.captured.localeCompare(b.captured));
  let replay: Replay;
  let http: Http;

  beforeAll(async () => {
    const feed = feedOfRecording(recorded.feed);
    replay = await startReplay({ feed, pages: pagesOfRecordings(recorded) });
    const clock = leapingClock();
    const config = readConfig({ UPSTREAM_ORIGIN: replay.origin });
    http = createHttp({ config, clock, random: () => 0, log: silentLog });
  });

  afterAll(async () => {
    await http?.close();
    await replay?.close();
  });

  test('all sales at first and again by their window, nothing after', async () => {
    const first = await fetchFeed(http, null);
    expect(first.kind === 'sales' && first.sales).toHaveLength(
      recorded.events.flatMap(({ items }) => items).length,
    );
    expect(await fetchFeed(http, instantFromSeconds(1_599_688_800))).toEqual(first);
    expect(first.kind === 'sales' && (await fetchFeed(http, first.until))).toMatchObject({
      kind: 'nothing-yet',
    });
  });

  test('every page: its facts, or that it is gone', async () => {
    const newest = new Map(
      recorded.pages.toSorted((a, b) => a.captured.localeCompare(b.captured)).map(page => [page.url, page]),
    );
    expect(newest.size).toBeGreaterThan(7);
    for (const [url, page] of newest) {
      const found = classifyPage(await http.get(url), url);
      if (page.status === 404) expect(found).toEqual({ kind: 'gone' });
      else expect(found.kind === 'page' && found.facts.tags.map(plainTag)).toEqual(wantedTags(page));
    }
  });

  test('an address that moved leads to the band or the release', async () => {
    const moved = new Map(
      byDate.flatMap(page => (page.redirectedFrom ? [[page.redirectedFrom, page] as const] : [])),
    );
    expect(moved.size).toBeGreaterThan(3);
    for (const [from, { visible }] of moved) {
      const found = classifyPage(await http.get(from), from);
      if (found.kind !== 'page') throw new Error(`${from} is ${found.kind}`);
      // A bare host that leads to a release says who the band is, nothing of the release.
      if (new URL(from).pathname === '/') expect([from, found.facts.kind]).toEqual([from, 'band']);
      else expect(visible.title.startsWith(`${found.facts.title} | `)).toBe(true);
    }
  });
});
