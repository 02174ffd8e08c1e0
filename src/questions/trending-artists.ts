/** Which artists, known or not, sell more than their own weeks before predict. */

import type { Concentration, Row } from '../core/answer.ts';
import { UserError } from '../core/errors.ts';
import { countOf, formatRatio, round } from '../core/numbers.ts';
import { verdictOf } from '../core/verdict.ts';
import type { Reader } from '../db/connect.ts';
import { artistGenres } from '../db/read/artist-genres.ts';
import { artistCounts, readBreadths } from '../db/read/artist-trends.ts';
import type { Named } from '../db/read/name-likeness.ts';
import { type NamedArtist, nameArtists } from '../db/read/named-subjects.ts';
import { AS_IF_BROAD, LEAST } from '../stats/emergence.ts';
import { type RisingArtist, rankRisingArtists, withCountries } from '../stats/rising-artists.ts';
import { LEAST_EXPECTED } from '../stats/trend.ts';
import {
  amongArtists,
  type Behind,
  behindCells,
  behindNotes,
  behindWords,
  loadBehind,
  passing,
  placeColumns,
  quietNotes,
  WIDE_BEHIND_COLUMNS,
} from './lib/behind.ts';
import { behindParameters, isNarrowed, type Meant, meantBy } from './lib/behind-parameters.ts';
import { concentrationColumn, concentrations } from './lib/concentration.ts';
import { type AnswerBody, defineQuestion, type Frame, isComparable, type Values } from './lib/definition.ts';
import { LIFT_COLUMNS, liftChart } from './lib/lift-chart.ts';
import { ART_COLUMN, GENRE_COLUMN } from './lib/listed.ts';
import {
  genreParameter,
  limitParameter,
  untilParameter,
  windowParameter,
  zoneParameter,
} from './lib/parameters.ts';
import { didYouMean, nameNotes, type Resolved, resolve } from './lib/resolve-name.ts';
import { calledIn, comparedBySlices, thinness, youngNotes } from './lib/trend-windows.ts';

const parameters = {
  genre: genreParameter,
  window: windowParameter('7d'),
  ...behindParameters,
  limit: limitParameter(10, 100),
  until: untilParameter,
  zone: zoneParameter,
};
type Asked = Values<typeof parameters>;

interface Found extends RisingArtist<number>, NamedArtist {
  genre: string | null;
  sales: number;
  countries: number;
  behind: Behind | undefined;
  reason: Concentration | undefined;
}

interface Loaded {
  genre: Resolved<Named> | null;
  meant: Meant;
  /** Null where the weeks before are not there to compare with. */
  artists: Found[] | null;
}

export const trendingArtists = defineQuestion<typeof parameters, Loaded>({
  name: 'trending-artists',
  title: 'Trending artists',
  summary: 'Artists selling well above their own recent level, to many buyers and for several days.',
  parameters,
  phrases: [
    'trending',
    'rising',
    'what is hot',
    'hot artists',
    'trending <genre> artists',
    'rising <genre> artists',
    'hot <genre> artists',
    'rising artists',
    'artists are rising',
    'artists are trending',
    'who is rising',
    'who is trending',
    'who is hot',
    ['rising without a release', { release: 'none' }],
    ['who is rising on a label', { label: 'any' }],
  ],
  needsBaseline: true,
  load,
  answer,
});

/** Artists that `from`, `label` and `release` let pass, for each that is wanted: the order can change. */
const LOOKED_AT = 3;

async function load({ db }: { db: Reader }, wanted: Asked, frame: Frame): Promise<Loaded> {
  const { genre: asked, limit } = wanted;
  const compared = comparedBySlices(frame, LEAST.days);
  if (compared.slices.length < LEAST.days)
    throw new UserError(
      'That period is too short to see which artists are rising.',
      `Use at least ${LEAST.days} whole days, for example 7d.`,
    );
  const genre = asked === undefined ? null : await resolve(db, 'genre', asked, frame.window.until);
  const meant = await meantBy(db, wanted, frame);
  if (!isComparable(frame)) return { genre, meant, artists: null };
  const { artists, totals } = await artistCounts(db, compared, {
    by: 'baseline',
    leastExpected: LEAST_EXPECTED,
    tagId: genre?.best.id,
  });
  const known = new Map(artists.map(artist => [artist.key, artist]));
  // How broad their sales are is looked up of those alone who can come to be shown.
  const ranked = calledIn(
    frame,
    rankRisingArtists(
      artists.map(artist => ({ ...artist, ...AS_IF_BROAD })),
      totals,
    ),
  );
  // Who sells less than before is in no list of ours.
  const rising = calledFirst(ranked.filter(({ lift }) => lift > 1));
  const likely = isNarrowed(wanted)
    ? await passing(db, rising, meant, wanted, frame.window, LOOKED_AT * limit)
    : rising;
  const looked = likely.slice(0, likely.filter(({ trending }) => trending).length + limit);
  const breadths = await readBreadths(
    db,
    looked.map(({ key }) => key),
    frame.window,
  );
  const countriesOf = (id: number) => breadths.get(id)?.countries ?? 0;
  const shown = calledFirst(looked.map(artist => withCountries(artist, countriesOf(artist.key)))).slice(
    0,
    limit,
  );
  const ids = shown.map(({ key }) => key);
  const [names, genres] = [await nameArtists(db, ids), await artistGenres(db, ids)];
  const behind = await loadBehind(db, ids, frame.window);
  const narrow = await concentrations(db, { artistIds: ids }, frame);
  return {
    genre,
    meant,
    artists: shown.map(artist => ({
      ...artist,
      ...(names.get(artist.key) ?? { name: '', url: null, artUrl: null }),
      genre: genres.get(artist.key) ?? null,
      sales: known.get(artist.key)?.sales ?? 0,
      countries: countriesOf(artist.key),
      behind: behind.get(artist.key),
      reason: narrow.get(artist.key),
    })),
  };
}

/** Those that are called stand before those that are not: a rush can have the larger lift. */
const calledFirst = <A extends RisingArtist<number>>(ranked: readonly A[]): A[] =>
  ranked.toSorted((a, b) => Number(b.trending) - Number(a.trending) || b.low - a.low);

const rowOf = (artist: Found, meant: Meant, frame: Frame): Row => ({
  artist: artist.name,
  artistUrl: artist.url,
  artistId: artist.key,
  genre: artist.genre,
  sales: artist.sales,
  countries: artist.countries,
  expected: round(artist.expected, 1),
  lift: round(artist.lift),
  liftLow: round(artist.low),
  liftHigh: round(artist.high),
  verdict: verdictOf(artist),
  reason: artist.reason ?? null,
  ...behindCells(artist.behind, meant, frame),
  artUrl: artist.artUrl,
});

function answer(wanted: Asked, { genre, meant, artists }: Loaded, frame: Frame): AnswerBody {
  const { genre: asked, window } = wanted;
  const rows = artists?.map(artist => rowOf(artist, meant, frame)) ?? [];
  const shown = (artists ?? []).map(({ behind }) => behind);
  const inGenre = genre ? ` in ${genre.best.name}` : '';
  const where = `${inGenre}${behindWords(wanted, meant)}`;
  const title = `Trending artists${where}`;
  const trending = rows.filter(({ verdict }) => verdict === 'trending');
  const [first] = trending;
  return {
    title,
    headline: artists
      ? first
        ? `${amongArtists(wanted, meant)}${first.artist} is trending${inGenre}: selling at ` +
          `least ${formatRatio(Number(first.liftLow))} the expected amount.` +
          alsoTrending(trending.length - 1)
        : `No artist${where} is clearly selling more than expected.`
      : 'There is not enough data to tell which artists are rising.',
    columns: [
      { key: 'artist', label: 'Artist', kind: 'link', subject: 'artist' },
      GENRE_COLUMN,
      { key: 'sales', label: 'Sales', kind: 'count' },
      { key: 'countries', label: 'Countries', kind: 'count' },
      { key: 'expected', label: 'Expected', kind: 'count' },
      ...LIFT_COLUMNS,
      { key: 'verdict', label: 'Verdict', kind: 'verdict' },
      concentrationColumn(rows),
      ...placeColumns(meant),
      ...WIDE_BEHIND_COLUMNS,
      ART_COLUMN,
    ],
    rows: rows.map(({ liftHigh: _, ...row }) => row),
    ...(rows.length > 0 && { chart: liftChart(title, rows, 'artist') }),
    notes: [
      ...(asked && genre ? nameNotes(asked, genre) : []),
      ...behindNotes(meant, shown),
      ...(wanted.release === undefined ? quietNotes(shown) : []),
      ...youngNotes(frame),
      ...(artists
        ? [
            'Expected checkouts assume that an artist kept its share of the previous weeks. Only artists ' +
              `with ${LEAST_EXPECTED} or more are compared; newcomers are listed under emerging artists.`,
          ]
        : [thinness(frame)]),
    ],
    followUps: [
      ...(rows[0]
        ? [{ label: `Why ${rows[0].artist}?`, question: 'why', change: { subject: String(rows[0].artist) } }]
        : []),
      ...(genre ? didYouMean('genre', genre) : []),
      ...(window.text === '14d' ? [] : [{ label: 'Over two weeks', change: { window: '14d' } }]),
      { label: 'Newcomers', question: 'emerging-artists', change: {} },
    ],
  };
}

const alsoTrending = (others: number): string =>
  others > 0 ? ` ${countOf(others, 'other artist')} ${others === 1 ? 'is' : 'are'} also trending.` : '';
