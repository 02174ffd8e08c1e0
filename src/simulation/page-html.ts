/**
 * Pages as Bandcamp builds them in 2026, as far as a reader of their facts can tell: JSON-LD, `data-tralbum`,
 * `a.tag`, location.
 */

import { genres, spell } from '../core/tags/genres.ts';
import { DAY } from '../core/time/instant.ts';
import type { Seller } from './artists.ts';
import { localMinor, toAmount } from './prices.ts';
import type { Product } from './releases.ts';

export interface PageContent {
  kind: 'album' | 'track' | 'merch';
  seller: Seller;
  host: string;
  path: string;
  product: Product;
  title: string;
  artist: string;
  tags: string[];
  location: string | null;
  /** Days since 1970. */
  day: number | null;
  tracks?: Product[];
  album?: { title: string; path: string };
}

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const text = (raw: string): string => raw.replace(/[&<>"']/g, sign => escapes[sign] ?? sign);
const attribute = (value: unknown): string => text(JSON.stringify(value));
/** JSON inside a script element: a `</script>` in a title must not end it. */
const scriptJson = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

/** `14 Oct 2021 00:00:00 GMT` */
const gmt = (day: number): string => new Date((day * DAY) / 1000).toUTCString().replace(/^\w+, /, '');
const american = (day: number): string =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' }).format((day * DAY) / 1000);

const art = (id: number, size: number, kind: PageContent['kind']): string =>
  `https://f4.bcbits.com/img/${kind === 'merch' ? '' : 'a'}${String(id).padStart(10, '0')}_${size}.jpg`;

const property = (name: string, value: unknown) => ({ '@type': 'PropertyValue', name, value });
const bandId = (seller: Seller): number => Number.parseInt(seller.code.slice(1), 36) + 1_000_000;

function publisherOf({ seller, location, host }: PageContent) {
  const slug = seller.main === null ? undefined : genres.get(spell(seller.main))?.slug;
  return {
    '@type': 'MusicGroup',
    '@id': `https://${host}`,
    name: seller.name,
    additionalProperty: [property('band_id', bandId(seller)), property('has_any_downloads', true)],
    ...(slug && { genre: `https://bandcamp.com/discover/${slug}` }),
    mainEntityOfPage: [],
    subjectOf: [{ '@type': 'WebPage', url: `https://${host}/music`, name: 'music' }],
    ...(location !== null && { foundingLocation: { '@type': 'Place', name: location } }),
  };
}

function linkedData(content: PageContent): unknown {
  const { kind, product, title, artist, tags, day, seller, host, path, tracks = [], album } = content;
  const address = `https://${host}${path}`;
  const image = art(product.imageId, 10, kind);
  const price = toAmount(localMinor(product.price, seller.currency), seller.currency);
  const offers = { '@type': 'Offer', url: `${address}#buy`, priceCurrency: seller.currency, price };
  const common = { '@id': address, mainEntityOfPage: address, name: title, publisher: publisherOf(content) };
  if (kind === 'merch') {
    const product = {
      '@type': ['Product'],
      ...common,
      image: [image],
      offers,
      '@context': 'https://schema.org',
    };
    return [{ '@type': 'BreadcrumbList', itemListElement: [] }, product];
  }
  const dated = {
    ...common,
    byArtist: { '@type': 'MusicGroup', name: artist },
    image,
    keywords: tags,
    ...(day !== null && { datePublished: gmt(day), dateModified: gmt(day) }),
    copyrightNotice: 'All Rights Reserved',
    additionalProperty: [
      property('art_id', product.imageId),
      property('license_name', 'all_rights_reserved'),
    ],
    '@context': 'https://schema.org',
  };
  if (kind === 'track') {
    const single = { '@type': 'MusicAlbum', name: album?.title ?? title, albumReleaseType: 'SingleRelease' };
    return {
      '@type': 'MusicRecording',
      ...dated,
      duration: 'P00H04M05S',
      inAlbum: { ...single, albumRelease: [] },
    };
  }
  const item = (track: Product, at: number) => ({
    '@type': 'ListItem',
    position: at + 1,
    item: {
      '@type': 'MusicRecording',
      '@id': `https://${host}${track.path}`,
      name: track.title,
      duration: 'P00H04M05S',
    },
  });
  return {
    '@type': 'MusicAlbum',
    albumReleaseType: 'AlbumRelease',
    ...dated,
    albumRelease: [
      { '@type': ['MusicRelease', 'Product'], '@id': address, name: title, offers, image: [image] },
    ],
    numTracks: tracks.length,
    track: { '@type': 'ItemList', numberOfItems: tracks.length, itemListElement: tracks.map(item) },
  };
}

function tralbum({
  kind,
  product,
  title,
  artist,
  day,
  seller,
  host,
  path,
  tracks = [],
}: PageContent): unknown {
  const released = day === null ? null : gmt(day);
  return {
    'for the curious': 'https://bandcamp.com/help/audio_basics#steal https://bandcamp.com/terms_of_use',
    current: {
      title,
      artist: null,
      publish_date: released,
      release_date: released,
      minimum_price: toAmount(localMinor(product.price, seller.currency), seller.currency),
      band_id: bandId(seller),
      selling_band_id: bandId(seller),
      art_id: product.imageId,
      id: product.imageId % 1_000_000_007,
      type: kind,
    },
    hasAudio: true,
    art_id: product.imageId,
    packages: null,
    artist,
    item_type: kind,
    album_release_date: released,
    trackinfo: tracks.map((track, at) => ({ title: track.title, track_num: at + 1, title_link: track.path })),
    playing_from: `${kind} page`,
    url: `https://${host}${path}`,
  };
}

const band = (seller: Seller, location: string | null): string => `
    <p id="band-name-location">
        <span class="title">${text(seller.name)}</span>
        <span class="location secondaryText">${text(location ?? '')}</span>
    </p>`;

const head = (title: string, more = ''): string => `<!DOCTYPE html><html lang="en"><head>
    <title>${text(title)}</title>
    <meta name="generator" content="Bandcamp">
    <!-- simulated: no such artist, label or release exists -->${more}`;

const foot = `
<page-footer page-context="{&quot;env&quot;:&quot;demo&quot;}"></page-footer>
</body></html><!-- simulated -->
`;

const tagLink = (tag: string): string => {
  const address = `https://bandcamp.com/discover/${encodeURIComponent(tag.toLowerCase())}?from=tralbum`;
  return `<a class="tag" href="${address}">${text(tag)}</a>`;
};

/** The page of a release, a track or a piece of merch. */
export function itemHtml(content: PageContent): string {
  const { kind, product, title, artist, tags, location, day, seller, host, album } = content;
  const type = kind === 'merch' ? 'product' : kind === 'track' ? 'song' : 'album';
  const by = kind === 'merch' ? seller.name : artist;
  const social = `${title}, by ${by}`;
  const data =
    kind === 'merch'
      ? ''
      : `
    <script type="text/javascript" src="https://s4.bcbits.com/client-bundle/1/trackpipe/tralbum_head.js"` +
        ` data-band="${attribute({ id: bandId(seller), name: seller.name })}"` +
        ` data-tralbum="${attribute(tralbum(content))}"></script>`;
  const meta = `
    <meta name="title" content="${text(social)}">
    <meta property="og:title" content="${text(social)}">
    <meta property="og:type" content="${type}">
    <meta property="og:site_name" content="${text(seller.name)}">
    <meta property="og:image" content="${art(product.imageId, 5, kind)}">
    <meta property="og:url" content="https://${host}${content.path}">
    <script type="application/ld+json">${scriptJson(linkedData(content))}</script>${data}
</head><body>`;
  const line = album
    ? `<h3 class="albumTitle">from <span><a href="${text(album.path)}">` +
      `<span class="fromAlbum">${text(album.title)}</span></a></span> by
            <span><a href="https://${host}">${text(artist)}</a></span></h3>`
    : `<h3 style="margin:0px;">by
        <span><a href="https://${host}">${text(artist)}</a></span></h3>`;
  const main =
    kind === 'merch'
      ? `<div id="merch-item"><h2 class="title">${text(title)}</h2></div>`
      : `<div class="trackView leftMiddleColumns has-art">
    <div id="name-section">
        <h2 class="trackTitle">
            ${text(title)}
        </h2>
        ${line}
    </div>
    <div class="tralbumData tralbum-credits">${day === null ? '' : `released ${american(day)}`}</div>
    <div class="tralbumData tralbum-tags tralbum-tags-nu hidden">
        <h3 class="tags-inline-label">Tags</h3>
        ${tags.map(tagLink).join('\n        ')}
    </div>
</div>`;
  return `${head(`${title} | ${by}`, meta)}
${main}${band(seller, location)}${foot}`;
}

/** A seller's own page, at `/` or `/music`. */
export const sellerHtml = (seller: Seller, location: string | null): string =>
  `${head(`Music | ${seller.name}`)}
</head><body><div id="propOpenWrapper"><ol id="music-grid" class="editable-grid music-grid"></ol></div>` +
  `${band(seller, location)}${foot}`;

/** What a removed release's address shows, with status 404. */
export const goneHtml = (seller: Seller): string =>
  `${head(seller.name)}
</head><body><div class="content"><h2>Sorry, that something isn’t here.</h2>
<p>Please <a href="https://${seller.servedAt}">start at the beginning</a>` +
  ` and you’ll certainly find what you’re looking for.</p></div>${foot}`;
