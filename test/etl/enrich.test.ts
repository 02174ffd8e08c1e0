/**
 * Pages through the real client into the database: every recorded era, and refusals that leave nothing wrong.
 */

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ambient } from '../../src/ambient.ts';
import { createHttp, type HasHttp, type Http } from '../../src/bandcamp/client.ts';
import { readConfig } from '../../src/config.ts';
import { classifyTags } from '../../src/core/tags/tag.ts';
import { simulatedClock } from '../../src/core/time/clock.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../../src/core/time/instant.ts';
import type { HasDb } from '../../src/db/connect.ts';
import { storeBatch } from '../../src/db/write/feed.ts';
import { claimDuePages } from '../../src/db/write/page-queue.ts';
import { enrich } from '../../src/etl/enrich.ts';
import { silentLog } from '../../src/log.ts';
import { emptyData, testDatabase } from '../support/database.ts';
import { type RecordedPage, recordings, wantedTags } from '../support/recordings.ts';
import { type PageSource, type Replay, startReplay } from '../support/replay-server.ts';
import { aSale, NOON } from '../support/sales.ts';

const { db } = await testDatabase();
let replay: Replay;
let http: Http;
let deps: HasDb & HasHttp & Pick<Ambient, 'clock' | 'random' | 'log'>;

/** Serves these pages. */
async function serve(pages: PageSource[]): Promise<void> {
  replay = await startReplay({ pages });
  openAt(NOON);
}

/**
 * The service as it is at that instant, on a clock so fast that the pace of a request a second costs a test
 * nothing.
 */
function openAt(at: Instant): void {
  const clock = simulatedClock(at, 1000);
  const config = readConfig({ UPSTREAM_ORIGIN: replay.origin });
  http = createHttp({ config, clock, random: () => 0.5, log: silentLog });
  deps = { db, clock, random: () => 0.5, http, log: silentLog };
}

const sell = (...urls: string[]) => {
  const sales = urls.map((url, n) =>
    aSale({ at: NOON - DAY + n, page: url, seller: new URL(url).host, artist: `Artist ${n}` }),
  );
  return storeBatch(
    db,
    { kind: 'sales', from: NOON - DAY, until: NOON, serverTime: NOON, sales, rejects: [] },
    NOON,
  );
};
const pageOf = async (url: string) => (await db`select * from page where url = ${url}`)[0];
const tagsOf = async (url: string): Promise<string[]> => {
  const found = await db<{ key: string }[]>`
    select tag.key from page_tag
    join page on page.id = page_id
    join tag on tag.id = tag_id
    where url = ${url} order by tag.key`;
  return found.map(({ key }) => key);
};

beforeEach(() => emptyData(db));
afterEach(async () => {
  await http.close();
  await replay.close();
});

describe.each(recordings)('the pages of $name', recorded => {
  /** The captures of each address, oldest first. */
  const captures = (): RecordedPage[][] =>
    [
      ...Map.groupBy(recorded.pages, page =>
        page.url.replace(/^http:/, 'https:').replace(/\/$/, ''),
      ).values(),
    ].map(pages => pages.toSorted((a, b) => a.captured.localeCompare(b.captured)));

  test.each(['first', 'last'] as const)(
    'of the %s capture are stored as docs/design.md defines',
    async which => {
      const pages = captures().map(all => all.at(which === 'first' ? 0 : -1) as RecordedPage);
      await serve(pages.map(page => ({ url: page.url, status: page.status, body: recorded.htmlOf(page) })));
      const address = (page: RecordedPage) => page.url.replace(/^http:/, 'https:').replace(/\/$/, '');
      await sell(...pages.map(address));
      const total = await enrich(deps);
      expect(total).toEqual({
        read: pages.filter(page => page.status === 200).length,
        gone: pages.filter(page => page.status === 404).length,
        postponed: 0,
        unreadable: 0,
      });
      for (const page of pages.filter(page => page.status === 200)) {
        const place = page.structured.publisherLocation ?? page.visible.location;
        const keys = classifyTags(wantedTags(page), { place: place ?? null }).map(({ key }) => key);
        expect([page.url, await tagsOf(address(page))]).toEqual([
          page.url,
          [...new Set(keys.filter(Boolean))].sort(),
        ]);
        expect(await pageOf(address(page))).toMatchObject({
          state: 'read',
          place: place || null,
          reason: null,
        });
      }
    },
  );
});

const html = (title: string, tags: string[]) => {
  const data = {
    '@type': 'MusicAlbum',
    '@id': 'https://x.bandcamp.com/album/a',
    name: title,
    keywords: tags,
    byArtist: { name: 'Somebody' },
    publisher: { name: 'Somebody' },
  };
  const links = tags.map(tag => `<a class="tag" href="#">${tag}</a>`).join('');
  return `<!DOCTYPE html><html><head><title>${title} | Somebody</title>
<script type="application/ld+json">${JSON.stringify(data)}</script>
</head><body><div id="name-section"><h2 class="trackTitle">${title}</h2></div>${links}</body></html>`;
};
const url = 'https://x.bandcamp.com/album/a';

describe('what is no page', () => {
  test.each([
    'challenge',
    'forbidden',
    'too-many-requests',
    'server-error',
    'cut-length',
    'cut-chunked',
    'half',
  ] as const)('%s leaves the page as it was, and is tried again later', async kind => {
    await serve([{ url, body: html('First', ['ambient', 'dnb']) }]);
    await sell(url);
    replay.faults.push({ match: 'x.bandcamp.com', kind, times: 1 });
    expect(await enrich(deps, { limit: 1 })).toMatchObject({ read: 0, postponed: 1 });
    const page = await pageOf(url);
    expect(page).toMatchObject({ state: 'new', title: null, read_at: null });
    expect(page?.reason).toBeTruthy();
    expect(page?.next_ask_at - deps.clock.now()).toBeGreaterThan(MINUTE);
    expect(await tagsOf(url)).toEqual([]);

    await http.close();
    openAt(NOON + 3 * HOUR);
    expect(await enrich(deps)).toMatchObject({ read: 1, postponed: 0 });
    expect(await pageOf(url)).toMatchObject({ state: 'read', title: 'First', reason: null, attempts: 0 });
    expect(await tagsOf(url)).toEqual(['ambient', 'drum&bass']);
  });

  test('404 is gone, and is not asked for again before a month', async () => {
    await serve([]);
    await sell(url);
    expect(await enrich(deps)).toMatchObject({ gone: 1 });
    expect(await pageOf(url)).toMatchObject({ state: 'gone' });
    expect(await enrich(deps)).toMatchObject({ read: 0, gone: 0 });
    await http.close();
    openAt(NOON + 31 * DAY);
    expect(await enrich(deps)).toMatchObject({ gone: 1 });
  });

  test('a page that was read keeps its tags when it is later refused', async () => {
    await serve([{ url, body: html('First', ['ambient']) }]);
    await sell(url);
    await enrich(deps);
    await db`update page set next_ask_at = ${deps.clock.now()}`;
    replay.faults.push({ match: 'x.bandcamp.com', kind: 'challenge' });
    expect(await enrich(deps, { limit: 1 })).toMatchObject({ postponed: 1 });
    expect([await pageOf(url), await tagsOf(url)]).toMatchObject([
      { state: 'read', title: 'First' },
      ['ambient'],
    ]);
  });
});

test('a network that is gone for days gives no page up', async () => {
  await serve([{ url, body: html('First', ['ambient']) }]);
  await sell(url);
  await http.close();
  for (let day = 0; day < 12; day += 1) {
    const clock = simulatedClock(NOON + day * 2 * DAY, 1000);
    http = createHttp({
      config: readConfig({ UPSTREAM_ORIGIN: 'http://127.0.0.1:9' }),
      clock,
      random: () => 0.5,
      log: silentLog,
    });
    expect(await enrich({ db, clock, random: () => 0.5, http, log: silentLog })).toMatchObject({
      postponed: 1,
    });
    await http.close();
  }
  openAt(NOON + 30 * DAY);
  expect(await enrich(deps)).toMatchObject({ read: 1 });
});

test('a challenge at one seller stops the asking of all of them, and not of other hosts', async () => {
  const urls = Array.from({ length: 12 }, (_, n) => `https://h${n}.bandcamp.com/album/a`);
  const own = 'https://music.example.com/album/a';
  await serve([...urls, own].map(url => ({ url, body: html('First', ['ambient']) })));
  await sell(...urls, own);
  replay.faults.push({ match: /bandcamp/, kind: 'challenge' });
  expect(await enrich(deps)).toMatchObject({ read: 1, postponed: 12 });
  expect(replay.requests.filter(({ host }) => host.endsWith('bandcamp.com')).length).toBeLessThanOrEqual(6);
});

test('two that enrich at once ask for each page once', async () => {
  const urls = Array.from({ length: 12 }, (_, n) => `https://h${n}.bandcamp.com/album/a`);
  await serve(urls.map(url => ({ url, body: html('First', ['ambient']) })));
  await sell(...urls);
  const [one, two] = await Promise.all([enrich(deps), enrich(deps)]);
  expect(one.read + two.read).toBe(12);
  expect(replay.requests.map(({ host }) => host).sort()).toEqual(urls.map(url => new URL(url).host).sort());
});

test('a page that did not change is known by its mark, and keeps what it said', async () => {
  await serve([{ url, body: html('First', ['ambient']), headers: { etag: '"one"' } }]);
  await sell(url);
  await enrich(deps);
  await http.close();
  openAt(NOON + 91 * DAY);
  expect(await enrich(deps)).toMatchObject({ read: 1 });
  expect(replay.requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"one"']);
  expect(await pageOf(url)).toMatchObject({ state: 'read', title: 'First', etag: '"one"' });
  expect((await pageOf(url))?.read_at).toBeGreaterThan(NOON + 90 * DAY);
  expect(await tagsOf(url)).toEqual(['ambient']);
});

test('the best-selling of the due pages go first, then the newest', async () => {
  const urls = ['old', 'best', 'new'].map(name => `https://x.bandcamp.com/album/${name}`);
  await serve(urls.map(url => ({ url, body: html('First', []) })));
  await sell(...urls);
  const again = [1, 2].map(n =>
    aSale({ at: NOON - n * HOUR, page: urls[1] as string, seller: 'x.bandcamp.com' }),
  );
  await storeBatch(
    db,
    { kind: 'sales', from: NOON - HOUR, until: NOON, serverTime: NOON, sales: again, rejects: [] },
    NOON,
  );
  const claim = async () =>
    (await claimDuePages(db, { now: NOON, leaseUntil: NOON + HOUR, limit: 1 })).map(
      page => new URL(page.url).pathname,
    );
  expect([await claim(), await claim(), await claim()].flat()).toEqual([
    '/album/best',
    '/album/new',
    '/album/old',
  ]);
});
