/**
 * A small world in the feed's shape in which it is known what rises: for what must hold of the statistics
 * whatever way its sales arrive.
 */
import { DAY, HOUR, type Instant, parseInstant, SECOND } from '../../src/core/time/instant.ts';
import { seeded } from './random.ts';
import { poisson } from './trends.ts';

export interface Sold {
  at: Instant;
  artist: string;
  /** Which of the artist's albums. */
  album: number;
  genre: string;
  country: string;
}

/** The Monday after a Bandcamp Friday's weekend. */
export const END: Instant = parseInstant('2026-10-05T00:00:00Z');
/** The window's week and the four before. */
const DAYS = 35;
export const START: Instant = END - DAYS * DAY;
/** Midnight in California, of the window's Bandcamp Friday and of the baseline's. */
const FRIDAYS: readonly Instant[] = [
  parseInstant('2026-10-02T07:00:00Z'),
  parseInstant('2026-09-04T07:00:00Z'),
];

export const GENRES = (
  'acoustic alternative ambient blues classical comedy country devotional electronic experimental folk ' +
  'funk jazz emo latin metal pop punk reggae rock soundtrack world house techno'
).split(' ');
/** Times the ordinary sales, in the last week. */
const RISING: Record<string, number> = { jazz: 3.2, folk: 3, techno: 2.8 };
const SHRINKING: Record<string, number> = { pop: 0.5 };
export const NEWCOMER = 'Newcomer';

const COUNTRIES = ['us', 'gb', 'de', 'jp', 'fr', 'au'];
const ARTISTS = 48;

/** The rate of an artist's sales on a day; every other genre has one who sells more than counts. */
const usual = (genre: number, artist: number): number => (artist === 0 && genre % 2 === 0 ? 3.5 : 0.15);

/** @param friday times the ordinary sales on Bandcamp Fridays */
export function sellWorld({ seed = 1, friday = 1 } = {}): Sold[] {
  const sold: Sold[] = [];
  const seller = (
    hash: number,
    artist: string,
    genreOf: (album: number) => string,
    rate: (day: number) => number,
  ) => {
    const random = seeded(seed * 1_000_003 + hash);
    const extra = seeded(seed * 1_000_003 + hash + 500_000);
    const sell = (from: Random, at: Instant) => {
      const album = Math.floor(from() * 3);
      const country = COUNTRIES[Math.floor(from() * COUNTRIES.length)] ?? 'us';
      sold.push({ at, artist, album, genre: genreOf(album), country });
    };
    for (let day = 0; day < DAYS; day += 1)
      for (let left = poisson(random, rate(day)); left > 0; left -= 1)
        sell(random, START + day * DAY + Math.floor(random() * DAY));
    // Beyond the others, which stay the same.
    for (const from of friday > 1 ? FRIDAYS : [])
      for (
        let left = poisson(extra, (friday - 1) * rate(Math.floor((from - START) / DAY)));
        left > 0;
        left -= 1
      )
        sell(extra, from + Math.floor(extra() * DAY));
  };
  for (const [g, genre] of GENRES.entries())
    for (let artist = 0; artist < ARTISTS; artist += 1)
      seller(
        g * 1000 + artist,
        `${genre} ${artist}`,
        // So that it matters which of a block's sales count.
        album => (artist === 0 && album === 2 ? (GENRES[(g + 1) % GENRES.length] ?? genre) : genre),
        day => usual(g, artist) * (day < DAYS - 7 ? 1 : (RISING[genre] ?? SHRINKING[genre] ?? 1)),
      );
  seller(
    900_000,
    NEWCOMER,
    () => 'world',
    day => (day < DAYS - 6 ? 0 : 3 + (day - DAYS + 6)),
  );
  return sold.sort((a, b) => a.at - b.at);
}

type Random = () => number;

/** What a test changes in how the sales are told; addresses, by which blocks begin, stay. */
export interface Telling {
  name?: (artist: string) => string;
  label?: (genre: string) => string;
}

const AS_SOLD: Required<Telling> = { name: artist => artist, label: genre => genre };

const hostOf = (artist: string): string => `${artist.toLowerCase().replace(/\W/g, '-')}.bandcamp.com`;
const pageOf = (artist: string, album: number): string => `//${hostOf(artist)}/album/${album}`;

/** Responses of the feed of an hour each, one a line; every hour from the start to the end has one. */
export function feedLines(sold: readonly Sold[], telling: Telling = {}): string[] {
  const { name } = { ...AS_SOLD, ...telling };
  const byHour = Map.groupBy(sold, ({ at }) => Math.floor((at - START) / HOUR));
  return Array.from({ length: (DAYS * DAY) / HOUR }, (_, hour) => {
    const start = (START + hour * HOUR) / SECOND;
    const events = (byHour.get(hour) ?? []).map(({ at, artist, album, country }) => ({
      event_type: 'sale',
      utc_date: at / SECOND,
      items: [
        {
          utc_date: at / SECOND,
          artist_name: name(artist),
          item_type: 'a',
          slug_type: 'a',
          album_title: null,
          item_description: `Album ${album}`,
          url: pageOf(artist, album),
          art_id: 1,
          releases: null,
          currency: 'USD',
          amount_paid: 7,
          item_price: 7,
          amount_paid_usd: 7,
          package_image_id: null,
          country: country.toUpperCase(),
          country_code: country,
          track_album_slug_text: null,
        },
      ],
    }));
    return JSON.stringify({
      start_date: start,
      end_date: start + HOUR / SECOND,
      data_delay_sec: 120,
      server_time: start + HOUR / SECOND + 11,
      events,
    });
  });
}

/** Facts of all pages, one a line. */
export function pageLines(sold: readonly Sold[], telling: Telling = {}): string[] {
  const { name, label } = { ...AS_SOLD, ...telling };
  const pages = new Map(
    sold.map(({ artist, album, genre }) => [pageOf(artist, album), { artist, genre, album }]),
  );
  return [...pages].map(([url, { artist, genre, album }]) =>
    JSON.stringify({
      url: `https:${url}`,
      title: `Album ${album}`,
      artist: name(artist),
      tags: [label(genre)],
      location: null,
      published: null,
    }),
  );
}
