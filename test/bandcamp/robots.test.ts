/** robots.txt: the rules by RFC 9309, and the client that keeps to them. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createHttp, type Http } from '../../src/bandcamp/client.ts';
import { fetchFeed } from '../../src/bandcamp/feed.ts';
import { isAllowed, parseRobots } from '../../src/bandcamp/robots.ts';
import { readConfig } from '../../src/config.ts';
import type { Clock } from '../../src/core/time/clock.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/core/time/instant.ts';
import { silentLog } from '../../src/log.ts';
import { leapingClock } from '../support/leaping-clock.ts';
import { type PageSource, type Replay, startReplay } from '../support/replay-server.ts';
import { NOON } from '../support/sales.ts';

const rules = (text: string) => parseRobots(text, 'BandcampTracker');
const allows = (text: string, path: string) => isAllowed(rules(text), path);

describe('a rule', () => {
  test.each([
    ['/fish', '/fish', true],
    ['/fish', '/fish/salmon.html', true],
    ['/fish', '/fishheads?id=1', true],
    ['/fish', '/Fish', false],
    ['/fish*', '/fishheads', true],
    ['/fish/', '/fish', false],
    ['/*.php', '/folder/a.php?x=1', true],
    ['/*.php', '/', false],
    ['/*.php$', '/a.php', true],
    ['/*.php$', '/a.php?x', false],
    ['/fish*.php', '/fishheads/catfish.php?p', true],
    ['/fish*.php', '/Fish.php', false],
    ['/a*b$', '/ab', true],
    ['/a*bb*b$', '/abb', false],
    ['/a*bb*b$', '/abbb', true],
    ['/$', '/', true],
    ['/$', '/x', false],
    ['/%7Ejoe', '/~joe', true],
    ['/b%c3%a4r', '/bär', true],
    ['/bär', '/b%C3%A4r', true],
    ['/a%2fb', '/a/b', false],
    ['/a%2fb', '/a%2Fb', true],
  ])('%s and %s: %s', (pattern, path, matches) => {
    expect(allows(`User-agent: *\nDisallow: ${pattern}`, path)).toBe(!matches);
  });

  test('the longest decides, and of two as long the one that allows', () => {
    const text =
      'User-agent: *\nDisallow: /\nAllow: /album\nDisallow: /album/x\nAllow: /album/x\nDisallow: /album/xy';
    expect(['/', '/album', '/album/x', '/album/xyz'].map(path => allows(text, path))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test('of many stars ends in no time, a line of spaces, too', () => {
    expect(allows(`User-agent: *\nDisallow: /${' '.repeat(400_000)}x\n${' '.repeat(90_000)}:`, '/y')).toBe(
      true,
    );
    expect(allows(`User-agent: *\nDisallow: /${'*a'.repeat(5_000)}$`, `/${'a'.repeat(4_999)}b`)).toBe(true);
  });
});

describe('groups', () => {
  test('ours by the product token, in any case and in several places; else those of everybody', () => {
    const text = `\ufeffUser-agent: *\r\nDisallow: /all
user-AGENT: other\nUser-agent: bandcamptracker/2.0 # us\nCrawl-delay: 3\nDisallow: /ours # why\n
User-agent: *\nDisallow: /more\nUser-agent: BandcampTracker\nDisallow: /too`;
    const paths = ['/all', '/ours', '/more', '/too'];
    expect(paths.map(path => allows(text, path))).toEqual([true, false, true, false]);
    expect(paths.map(path => isAllowed(parseRobots(text, 'Else'), path))).toEqual([false, true, false, true]);
    expect(isAllowed(parseRobots(text, 'Other'), '/ours')).toBe(false);
  });

  test('an empty one of ours allows all; what is no group or line is passed over', () => {
    expect(allows('User-agent: *\nDisallow: /\n\nUser-agent: BandcampTracker\nDisallow:', '/x')).toBe(true);
    expect(allows('Disallow: /\n<html>nothing</html>\n: x\nUser-agent\nSitemap: /', '/x')).toBe(true);
    expect(allows('', '/')).toBe(true);
  });
});

describe('the client', () => {
  const PAGE = 'https://depot.bandcamp.com/album/night-bus';
  const robots = (body: string, more: Partial<PageSource> = {}, host = 'depot.bandcamp.com'): PageSource => ({
    url: `https://${host}/robots.txt`,
    body,
    ...more,
  });
  const html = '<!DOCTYPE html><html><body>x</body></html>';
  let clock: Clock;
  let replay: Replay;
  let http: Http;
  const serve = async (...pages: PageSource[]) => {
    replay = await startReplay({
      feed: { events: [], now: () => clock.now() / SECOND },
      pages: [
        ...pages,
        { url: PAGE, body: html },
        { url: 'https://moved.example.com/x', status: 302, headers: { location: PAGE }, body: '' },
      ],
    });
    const config = readConfig({ UPSTREAM_ORIGIN: replay.origin });
    http = createHttp({ config, clock, random: () => 0, log: silentLog });
  };
  beforeEach(() => {
    clock = leapingClock(NOON);
  });
  afterEach(async () => {
    await http.close();
    await replay.close();
  });

  test('asks once a day, by our own name, for all who wait', async () => {
    await serve(robots('User-agent: *\nDisallow: /cart'));
    await Promise.all([1, 2, 3].map(() => http.get(PAGE)));
    expect(replay.robots).toMatchObject([
      { host: 'depot.bandcamp.com', headers: { 'user-agent': expect.stringMatching(/^BandcampTracker\//) } },
    ]);
    await clock.sleep(DAY - MINUTE);
    await http.get(PAGE);
    expect(replay.robots).toHaveLength(1);
    await clock.sleep(MINUTE);
    await http.get(PAGE);
    expect(replay.robots).toHaveLength(2);
  });

  test('does not ask for what is forbidden, not even by a redirect', async () => {
    await serve(robots('User-agent: bandcamptracker\nDisallow: /album/'));
    const forbidden = { name: 'Unavailable', reason: 'robots' };
    await expect(http.get(PAGE)).rejects.toMatchObject(forbidden);
    await expect(http.get('https://moved.example.com/x')).rejects.toMatchObject(forbidden);
    expect(replay.requests.map(({ host }) => host)).toEqual(['moved.example.com']);
  });

  test.each([
    ['404', { status: 404 }],
    ['a 403', { status: 403 }],
    ['a redirect without end', { status: 302, headers: { location: '/robots.txt' } }],
  ])('%s forbids nothing', async (_what, more) => {
    await serve(robots('User-agent: *\nDisallow: /', more));
    expect((await http.get(PAGE)).status).toBe(200);
  });

  test('a redirect is followed to its rules', async () => {
    const there = robots('User-agent: *\nDisallow: /album', {}, 'else.example.com');
    await serve(robots('', { status: 301, headers: { location: there.url } }), there);
    await expect(http.get(PAGE)).rejects.toMatchObject({ reason: 'robots' });
  });

  test('only its first 500 kB count', async () => {
    const filler = `# ${'x'.repeat(98)}\n`.repeat(6_000);
    await serve(robots(`User-agent: *\nDisallow: /cart\n${filler}Disallow: /`));
    expect((await http.get(PAGE)).status).toBe(200);
  });

  test.each(['server-error', 'cut-length'] as const)(
    '%s lets nothing be asked for a while, and then again',
    async kind => {
      await serve();
      replay.faults.push({ match: 'robots.txt', kind, times: 1 });
      for (const _ of [1, 2])
        await expect(http.get(PAGE)).rejects.toMatchObject({ reason: kind === 'cut-length' ? 'cut' : kind });
      expect(replay.requests).toHaveLength(0);
      expect(replay.robots).toHaveLength(1);
      await clock.sleep(6 * MINUTE);
      expect((await http.get(PAGE)).status).toBe(200);
    },
  );

  test('an older one holds as long as no newer can be had', async () => {
    await serve(robots('User-agent: *\nDisallow: /cart'));
    await http.get(PAGE);
    replay.faults.push({ match: 'robots.txt', kind: 'server-error' });
    await clock.sleep(DAY);
    expect((await http.get(PAGE)).status).toBe(200);
    await expect(http.get('https://depot.bandcamp.com/cart')).rejects.toMatchObject({ reason: 'robots' });
  });

  test('429 leaves the host alone', async () => {
    await serve();
    replay.faults.push({ match: 'robots.txt', kind: 'too-many-requests', retryAfterSeconds: 7200, times: 1 });
    await expect(http.get(PAGE)).rejects.toMatchObject({ name: 'Refused', reason: 'too-many-requests' });
    await clock.sleep(HOUR);
    await expect(http.get(PAGE)).rejects.toMatchObject({ name: 'Refused', reason: 'too-many-requests' });
    expect([replay.robots.length, replay.requests.length]).toEqual([1, 0]);
  });

  test.each(['server-error', 'cut-length'] as const)(
    'the feed is read past a robots.txt that cannot be had: %s',
    async kind => {
      await serve();
      replay.faults.push({ match: 'robots.txt', kind });
      for (const _ of [1, 2, 3]) expect((await fetchFeed(http, null)).kind).toBe('sales');
      expect(replay.robots).toHaveLength(1);
    },
  );

  test('the feed is not read where robots.txt forbids it', async () => {
    await serve(robots('User-agent: *\nDisallow: /api/', {}, 'bandcamp.com'));
    await expect(fetchFeed(http, null)).rejects.toMatchObject({ name: 'Unavailable', reason: 'robots' });
    expect(replay.requests).toEqual([]);
  });
});
