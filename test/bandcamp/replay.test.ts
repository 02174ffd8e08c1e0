/**
 * The recordings, served by host and path and read by the real client: what the whole way from the wire to
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
import {
  hasRecordings,
  pagesOfRecordings,
  plainTag,
  readRecording,
  recordedPages,
  wantedTags,
} from '../support/recordings.ts';
import { feedOfRecording, type Replay, startReplay } from '../support/replay-server.ts';

describe.skipIf(!hasRecordings)('the recordings by replay', () => {
  let replay: Replay;
  let http: Http;

  beforeAll(async () => {
    const feed = feedOfRecording(readRecording('recordings/feed/get-2020-09-09T2200Z.json'));
    replay = await startReplay({ feed, pages: pagesOfRecordings() });
    const clock = leapingClock();
    const config = readConfig({ UPSTREAM_ORIGIN: replay.origin });
    http = createHttp({ config, clock, random: () => 0, log: silentLog });
  });

  afterAll(async () => {
    await http?.close();
    await replay?.close();
  });

  test('61 sales at first and again by their window, nothing after', async () => {
    const first = await fetchFeed(http, null);
    expect(first.kind === 'sales' && first.sales).toHaveLength(61);
    expect(await fetchFeed(http, instantFromSeconds(1_599_688_800))).toEqual(first);
    expect(first.kind === 'sales' && (await fetchFeed(http, first.until))).toMatchObject({
      kind: 'nothing-yet',
    });
  });

  test('every page: its facts, or that it is gone', async () => {
    const newest = new Map(
      recordedPages()
        .sort((a, b) => a.captured.localeCompare(b.captured))
        .map(page => [page.url, page]),
    );
    expect(newest.size).toBeGreaterThan(30);
    for (const [url, page] of newest) {
      const found = classifyPage(await http.get(url), url);
      if (page.status === 404) expect(found).toEqual({ kind: 'gone' });
      else expect(found.kind === 'page' && found.facts.tags.map(plainTag)).toEqual(wantedTags(page));
    }
  });

  test('an address that moved leads to the band or the release', async () => {
    const root = 'https://diskak.usopop.com';
    expect(classifyPage(await http.get(root), root)).toMatchObject({
      kind: 'page',
      facts: { kind: 'band', title: 'Usopop' },
    });
    const releases = 'https://shirakumon.bandcamp.com/releases';
    expect(classifyPage(await http.get(releases), releases)).toMatchObject({
      facts: { title: 'Alabaster Dawn (Original Soundtrack)' },
    });
  });
});
