/** Which page an address of the world shows at an instant, what it says, and where it only leads on. */
import { DAY, type Instant, toIso } from '../core/time/instant.ts';
import type { Artist, Artists, Seller } from './artists.ts';
import { goneHtml, itemHtml, type PageContent, sellerHtml } from './page-html.ts';
import { mix, named } from './random.ts';
import type { Releases } from './releases.ts';

/** What a page says, in the form that `import` takes. */
export interface PageFacts {
  /** The address the feed gives, in its normal form: https, no trailing slash. */
  url: string;
  title: string;
  artist: string;
  tags: string[];
  location: string | null;
  /** ISO instant; null where the page gives no date. */
  published: string | null;
  /** Whose page it is. */
  publisher: string;
}

export type PageAnswer =
  | { kind: 'page'; status: 200; html: string; facts: PageFacts }
  | { kind: 'gone'; status: 404; html: string }
  | { kind: 'redirect'; status: 301 | 303; location: string };

/**
 * How many sellers' roots show their newest release, and how many lead to `/music`; the others show their
 * band page there.
 */
const ROOTS = 3;

export function createPages(seed: number, artists: Artists, releases: Releases) {
  const rootsBy = mix(seed, named('roots'));

  function sellerOf(host: string): Seller | null {
    const code = /-([al][0-9a-z]+)\.(?:bandcamp\.com|example)$/.exec(host)?.[1];
    const seller = code ? artists.seller(code) : null;
    return seller && (host === seller.servedAt || host === seller.movedFrom) ? seller : null;
  }

  /** The artist and number that an address ends in, if that seller sells this artist. */
  function artistOf(seller: Seller, index: string | undefined): Artist | null {
    const number = Number.parseInt(index ?? '', 36);
    if (!(number < artists.size) || number.toString(36) !== index) return null;
    const artist = artists.artist(number);
    return artist.seller.code === seller.code ? artist : null;
  }

  /** What the page of a path holds on a day; null where there is none, or no more. */
  function contentOf(seller: Seller, path: string, day: number): PageContent | null {
    const location = seller.places.findLast(({ from }) => from <= day)?.location ?? null;
    const common = { seller, location, path, host: seller.servedAt };
    const album = /^\/album\/(?:.*-)?([0-9a-z]+)-(\d+)$/.exec(path);
    const track = /^\/track\/(?:.*-)?([0-9a-z]+)-(\d+)-(\d+)$/.exec(path);
    const single = /^\/track\/(?:.*-)?([0-9a-z]+)-s(\d+)$/.exec(path);
    const merch = /^\/merch\/(?:.*-)?([0-9a-z]+)-m(\d+)$/.exec(path);
    const found = album ?? track ?? single ?? merch;
    const artist = artistOf(seller, found?.[1]);
    if (!artist || !found) return null;
    const number = Number(found[2]);
    if (merch) {
      const product = releases.merch(artist, number);
      if (product.path !== path) return null;
      // Pages of merch carry neither tags nor a date, and name the seller alone.
      return {
        ...common,
        kind: 'merch',
        product,
        title: product.title,
        artist: seller.name,
        tags: [],
        day: null,
      };
    }
    if (single && !track) {
      const product = releases.single(artist, number);
      if (product.path !== path) return null;
      const tags = releases.tags(artist, product.imageId);
      const out = releases.releaseDay(artist.index, number);
      return { ...common, kind: 'track', product, title: product.title, artist: artist.name, tags, day: out };
    }
    const release = releases.release(artist, number);
    if (day >= release.removedFrom) return null;
    const title = release.renamed && day >= release.renamed.from ? release.renamed.title : release.title;
    const shared = {
      ...common,
      artist: release.artist,
      tags: releases.tags(artist, release.hash),
      day: release.day,
    };
    const tracks = (count: number) =>
      Array.from({ length: count }, (_, at) => releases.track(artist, release, at));
    if (!track) {
      if (release.path !== path) return null;
      return { ...shared, kind: 'album', product: release, title, tracks: tracks(release.tracks) };
    }
    const product = releases.track(artist, release, Number(track[3]));
    if (product.path !== path || Number(track[3]) >= release.tracks) return null;
    return { ...shared, kind: 'track', product, title: product.title, album: { title, path: release.path } };
  }

  function factsOf(content: PageContent, url: string): PageFacts {
    const { title, artist, tags, location, day, seller } = content;
    const published = day === null ? null : toIso(day * DAY);
    return { url, title, artist, tags, location, published, publisher: seller.name };
  }

  function parse(url: string): { host: string; path: string } {
    const { host, pathname } = new URL(url.replace(/^\/\//, 'https://'));
    return { host, path: pathname.replace(/\/+/g, '/').replace(/\/$/, '') };
  }

  const bandFacts = (seller: Seller, url: string, day: number): PageFacts => ({
    url,
    title: seller.name,
    artist: seller.name,
    tags: [],
    location: seller.places.findLast(({ from }) => from <= day)?.location ?? null,
    published: null,
    publisher: seller.name,
  });

  return {
    /**
     * What a page of the feed says at an instant, wherever its address leads; null for one that is gone or
     * never was.
     */
    facts(url: string, at: Instant): PageFacts | null {
      const { host, path } = parse(url);
      const seller = sellerOf(host);
      const day = Math.floor(at / DAY);
      if (!seller) return null;
      if (path === '') return bandFacts(seller, `https://${host}`, day);
      const content = contentOf(seller, path, day);
      return content && factsOf(content, `https://${host}${path}`);
    },
    page(url: string, at: Instant): PageAnswer | null {
      const { host, path } = parse(url);
      const seller = sellerOf(host);
      if (!seller) return null;
      const day = Math.floor(at / DAY);
      const base = `https://${seller.servedAt}`;
      if (host === seller.movedFrom)
        return { kind: 'redirect', status: 301, location: `${base}${path || '/'}` };
      if (path === '' || path === '/releases') {
        const root = mix(rootsBy, named(seller.code)) % ROOTS;
        const newest = seller.label ? null : newestPath(seller, day);
        if (newest && root === 0) return { kind: 'redirect', status: 303, location: `${base}${newest}` };
        if (root === 1 || path === '/releases')
          return { kind: 'redirect', status: 303, location: `${base}/music` };
      }
      if (path === '' || path === '/music') {
        const facts = bandFacts(seller, base, day);
        return { kind: 'page', status: 200, html: sellerHtml(seller, facts.location), facts };
      }
      const content = contentOf(seller, path, day);
      if (!content) return { kind: 'gone', status: 404, html: goneHtml(seller) };
      return {
        kind: 'page',
        status: 200,
        html: itemHtml(content),
        facts: factsOf(content, `https://${host}${path}`),
      };
    },
  };

  function newestPath(seller: Seller, day: number): string | null {
    const artist = artistOf(seller, seller.code.slice(1));
    const count = artist ? releases.count(artist.index, day) : 0;
    const release = artist && count > 0 ? releases.release(artist, count - 1) : null;
    return release && !release.various && day < release.removedFrom ? release.path : null;
  }
}
