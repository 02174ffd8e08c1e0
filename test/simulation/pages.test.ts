/** The simulated pages: our parser reads back exactly what the world knows, wherever an address leads. */
import { describe, expect, test } from 'vitest';
import { classifyPage } from '../../src/bandcamp/item-page.ts';
import { parsePageFacts } from '../../src/bandcamp/page-facts.ts';
import { DAY, type Instant, parseInstant } from '../../src/core/time/instant.ts';
import { createWorld, type PageAnswer } from '../../src/simulation/world.ts';

const START = parseInstant('2026-07-01');
const UNTIL = START + DAY;
const world = createWorld({ seed: 7, salesADay: 4000, artists: 3000, start: START, days: 60 });
const items = [...world.events(START, UNTIL)].flatMap(event => event.items);
const facts = [...world.pageFacts(START, UNTIL)];

/** Follows redirects as a client does. */
function visit(
  url: string,
  at: Instant,
): { answer: Exclude<PageAnswer, { kind: 'redirect' }> | null; url: string; hops: number } {
  let current = url;
  for (let hops = 0; hops < 5; hops += 1) {
    const answer = world.page(current, at);
    if (answer?.kind !== 'redirect') return { answer, url: current, hops };
    current = answer.location;
  }
  throw new Error(`${url} leads in circles`);
}

describe('every page sold in a day', () => {
  test('is read back exactly', () => {
    expect(facts.length).toBeGreaterThan(1000);
    let redirected = 0;
    for (const known of facts) {
      const { answer, url, hops } = visit(known.url, UNTIL);
      if (answer?.kind !== 'page') throw new Error(`${known.url}: ${answer?.kind}`);
      redirected += hops > 0 ? 1 : 0;
      const read = classifyPage({ status: 200, url, headers: {}, body: answer.html }, known.url);
      if (read.kind !== 'page') throw new Error(`${known.url}: ${read.kind}`);
      const { title, artist, tags, place, published, owner } = read.facts;
      expect({ url: known.url, title, artist, tags, location: place, published, publisher: owner }).toEqual({
        ...known,
        published: known.published && parseInstant(known.published),
      });
    }
    expect(redirected).toBeGreaterThan(10);
  });

  test('is what import takes', () => {
    for (const known of facts) {
      const record = parsePageFacts(JSON.parse(JSON.stringify(known)));
      if ('reason' in record) throw new Error(record.reason);
      expect(record.page).toBe(known.url);
    }
  });

  test('is untagged, without a place, or in several scripts now and then', () => {
    const releases = facts.filter(({ url }) => /\/(album|track)\//.test(url));
    const untagged = releases.filter(({ tags }) => tags.length === 0).length / releases.length;
    expect(untagged).toBeGreaterThan(0.04);
    expect(untagged).toBeLessThan(0.12);
    const homeless = facts.filter(({ location }) => location === null).length / facts.length;
    expect(homeless).toBeGreaterThan(0.1);
    expect(homeless).toBeLessThan(0.35);
    expect(releases.some(({ tags }) => tags.includes('London') || tags.includes('Berlin'))).toBe(true);
  });
});

describe('addresses', () => {
  const custom = items.find(({ url }) => url.startsWith('http://music.'));

  test('of custom domains: the bandcamp.com one leads there', () => {
    if (!custom) throw new Error('nothing was sold at a custom domain');
    const url = new URL(custom.url);
    const host = url.host.replace(/^music\./, '').replace(/\.example$/, '.bandcamp.com');
    const old = `https://${host}${url.pathname}`;
    expect(world.page(old, UNTIL)).toEqual({
      kind: 'redirect',
      status: 301,
      location: `https://${url.host}${url.pathname}`,
    });
  });

  test('that never were are nobody’s, or gone from a seller', () => {
    expect(world.page('https://nobody.bandcamp.com/album/x', UNTIL)).toBeNull();
    expect(world.page('https://nobody-a1.bandcamp.com/', UNTIL)).toBeNull();
    const album = items.find(({ item_type, url }) => item_type === 'a' && url.startsWith('//'))?.url ?? '';
    const { answer } = visit(`https:${album.replace(/\/album\/.*/, '/album/never-was-1-0')}`, UNTIL);
    expect(answer?.kind).toBe('gone');
  });

  test('change their titles and disappear with time', () => {
    const later = UNTIL + 700 * DAY;
    const [renamed, gone] = [[] as string[], [] as string[]];
    for (const { url, title } of facts) {
      if (!url.includes('/album/')) continue;
      const answer = visit(url, later).answer;
      if (answer?.kind === 'gone') gone.push(url);
      else if (answer?.kind === 'page' && answer.facts.title !== title) renamed.push(url);
    }
    expect(renamed.length).toBeGreaterThan(0);
    expect(gone.length).toBeGreaterThan(0);
    const body = visit(gone[0] ?? '', later).answer?.html ?? '';
    expect(classifyPage({ status: 404, url: gone[0] ?? '', headers: {}, body })).toEqual({ kind: 'gone' });
  });
});
